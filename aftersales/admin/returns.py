from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import ReadOnlyAdmin, ScopedTabularInline
from aftersales import progress, timers
from aftersales.admin.desk import Refused, desk_of
from aftersales.models import ReturnLine, ReturnRequest
from catalog.admin.thumbnails import pill
from catalog.money import yuan

Status = ReturnRequest.Status
WAITS_FOR_US = (Status.SUBMITTED, Status.RETURN_IN_TRANSIT, Status.INSPECTING, Status.DISPUTED, Status.ESCALATED)
LATE_AFTER = timedelta(hours=24)
TONES = {Status.COMPLETED: "ok", Status.REFUNDING: "ok", Status.REJECTED: "bad", Status.ESCALATED: "bad"}


class Waiting(admin.SimpleListFilter):
    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [("us", _("waiting for us")), ("shopper", _("waiting for the shopper")), ("over", _("over"))]

    def queryset(self, request, rows):
        if self.value() == "us":
            return rows.filter(status__in=WAITS_FOR_US).order_by("created_at")
        if self.value() == "shopper":
            return rows.filter(status__in=[Status.AWAIT_BUYER_SHIP, Status.REJECTED])
        return rows.filter(status__in=ReturnRequest.ENDED) if self.value() == "over" else rows


class ReturnLineInline(ScopedTabularInline):
    model = ReturnLine
    fields = readonly_fields = [
        "line",
        "quantity",
        "accepted_quantity",
        "bin",
        "condition",
        "goods_money",
        "delivery_money",
        "points",
    ]
    can_delete = False

    @admin.display(description=_("goods"))
    def goods_money(self, part):
        return f"¥{yuan(part.cash_fen)}"

    @admin.display(description=_("delivery"))
    def delivery_money(self, part):
        return f"¥{yuan(part.shipping_fen)}"

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(ReturnRequest)
class ReturnRequestAdmin(ReadOnlyAdmin):
    """The queue and the page of a request. What may be done to it now stands in buttons; each is one POST."""

    merchant_path = "merchant"
    change_form_template = "admin/aftersales/returnrequest/change_form.html"
    list_display = ["number", "state", "kind", "reason_words", "shopper", "merchant", "age"]
    list_filter = [Waiting, "status", "kind", "merchant"]
    list_select_related = ["merchant", "user"]
    list_per_page = 50
    search_fields = ["number", "order__number"]
    fields = [
        "number",
        "kind",
        "status",
        "reason_words",
        "fault",
        "note",
        "order",
        "merchant",
        "reject_reason",
        "created_at",
    ]
    readonly_fields = ["reason_words"]
    inlines = [ReturnLineInline]

    @admin.display(description=_("reason"))
    def reason_words(self, asked):
        return asked.reason_label

    @admin.display(description=_("shopper"))
    def shopper(self, asked):
        return str(asked.user)[:1] + "**"

    @admin.display(description=_("status"), ordering="status")
    def state(self, asked):
        return pill(asked.get_status_display(), TONES.get(asked.status, "warn" if asked.is_open else ""))

    @admin.display(description=_("age"), ordering="created_at")
    def age(self, asked):
        late = asked.status in WAITS_FOR_US and timezone.now() - asked.created_at > LATE_AFTER
        return pill(timesince(asked.created_at, depth=1), "bad" if late else "")

    def get_urls(self):
        decide = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/desk/<slug:step>/", decide, name="aftersales_returnrequest_desk"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        asked = self.get_object(request, object_id)
        extra = {"desk": desk_of(asked), "due": timers.due(asked), "story": progress.story(asked)} if asked else {}
        may_decide = request.user.has_perm("aftersales.change_returnrequest")
        extra |= {"asked": asked, "may_decide": may_decide}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    def decide(self, request, pk, step):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.has_perm("aftersales.change_returnrequest"):
            raise PermissionDenied
        asked = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            messages.success(request, desk_of(asked).do(step, request.POST, by=request.user))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:aftersales_returnrequest_change", pk)
