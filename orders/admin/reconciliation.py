"""The queue of differences between channels' bills and our books."""

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.history import TransitionNotAllowed
from accounts.reasoned_action import reasoned
from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin
from catalog.admin.thumbnails import pill
from catalog.money import yuan
from orders import reconciliation
from orders.admin.money import ChannelFilter
from orders.gateways import title_of
from orders.models import ChannelBill, Difference, Payment, Refund
from orders.refunds import SamePerson

TONES = {"open": "bad", "proposed": "warn", "resolved": "ok", "cleared": "plain"}


class ToResolveFilter(admin.SimpleListFilter):
    title = gettext_lazy("queue")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [("open", _("to resolve")), ("second", _("waits for a second person"))]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.filter(status__in=reconciliation.TO_RESOLVE)
        return queryset.filter(status=Difference.Status.PROPOSED) if self.value() == "second" else queryset


class BillChannelFilter(ChannelFilter):
    parameter_name = "bill__gateway"


@admin.register(Difference)
class DifferenceAdmin(ReadOnlyAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = [
        "number",
        "state",
        "kind",
        "of_what",
        "here",
        "there",
        "of_bill",
        "order_link",
        "reason",
        "found_at",
    ]
    list_filter = [ToResolveFilter, "status", "kind", BillChannelFilter, ("bill__day", admin.DateFieldListFilter)]
    search_fields = ["number", "payment__order__number", "refund__order__number"]
    list_select_related = ["bill", "payment__order", "refund__order"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["resolve"]

    def has_resolve_permission(self, request):
        return request.user.has_perm("orders.change_difference")

    @admin.action(description=gettext_lazy("Resolve…"), permissions=["resolve"])
    @reasoned(
        gettext_lazy("Resolve differences"),
        gettext_lazy("Say why they differ. From ¥100 on a second person confirms; nothing is booked by this."),
    )
    def resolve(self, request, queryset, reason):
        done = waiting = refused = 0
        for difference in queryset.select_related("bill").order_by("pk"):
            try:
                resolved = reconciliation.resolve(difference, by=request.user, reason=reason)
            except (SamePerson, TransitionNotAllowed):
                refused += 1
                continue
            done, waiting = done + resolved, waiting + (not resolved)
        if done:
            text = ngettext("%(n)d difference is resolved.", "%(n)d differences are resolved.", done)
            messages.success(request, text % {"n": done})
        if waiting:
            text = ngettext("%(n)d waits for a second person.", "%(n)d wait for a second person.", waiting)
            messages.warning(request, text % {"n": waiting})
        if refused:
            text = ngettext(
                "%(n)d was left: it is resolved already, or a second person has to do it.",
                "%(n)d were left: they are resolved already, or a second person has to do it.",
                refused,
            )
            messages.error(request, text % {"n": refused})

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, row):
        return pill(row.get_status_display(), TONES[row.status])

    @admin.display(description=gettext_lazy("in our books"), ordering="here_fen")
    def here(self, row):
        return f"¥{yuan(row.here_fen)}"

    @admin.display(description=gettext_lazy("on the bill"), ordering="there_fen")
    def there(self, row):
        return f"¥{yuan(row.there_fen)}"

    @admin.display(description=gettext_lazy("about"), ordering="is_refund")
    def of_what(self, row):
        return (Refund if row.is_refund else Payment)._meta.verbose_name

    @admin.display(description=gettext_lazy("bill"), ordering="bill__day")
    def of_bill(self, row):
        return f"{title_of(row.bill.gateway)} {row.bill.day}"

    @admin.display(description=gettext_lazy("order"))
    def order_link(self, row):
        of = row.payment or row.refund
        if of is None:
            return "—"
        address = reverse("admin:orders_order_change", args=[of.order_id])
        return format_html('<a href="{}">{}</a>', address, of.order.number)


@admin.register(ChannelBill)
class ChannelBillAdmin(ReadOnlyAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["day", "channel", "state", "paid", "refunded", "fees", "left", "fetched_at", "last_error"]
    list_filter = [ChannelFilter, ("day", admin.DateFieldListFilter)]
    list_per_page = 50
    show_full_result_count = False
    actions = ["fetch_again"]

    def get_queryset(self, request):
        open_ones = Count("differences", filter=Q(differences__status__in=reconciliation.TO_RESOLVE))
        return super().get_queryset(request).annotate(open_ones=open_ones)

    def has_fetch_permission(self, request):
        return request.user.has_perm("orders.change_channelbill")

    @admin.action(description=gettext_lazy("Fetch and compare again"), permissions=["fetch"])
    def fetch_again(self, request, queryset):
        for bill in queryset.order_by("pk"):
            reconciliation.again(bill)
        messages.success(request, _("The worker fetches them again."))

    @admin.display(description=gettext_lazy("channel"), ordering="gateway")
    def channel(self, bill):
        return title_of(bill.gateway)

    @admin.display(description=gettext_lazy("status"))
    def state(self, bill):
        if bill.given_up_at:
            return pill(_("given up"), "bad")
        if bill.fetched_at is None:
            return pill(_("not there yet"), "warn")
        return pill(_("differs"), "bad") if bill.open_ones else pill(_("agrees"), "ok")

    @admin.display(description=gettext_lazy("payments"), ordering="paid_fen")
    def paid(self, bill):
        return f"¥{yuan(bill.paid_fen)}"

    @admin.display(description=gettext_lazy("refunds"), ordering="refunded_fen")
    def refunded(self, bill):
        return f"¥{yuan(bill.refunded_fen)}"

    @admin.display(description=gettext_lazy("fees"), ordering="fee_fen")
    def fees(self, bill):
        return f"¥{yuan(bill.fee_fen)}"

    @admin.display(description=gettext_lazy("to resolve"), ordering="open_ones")
    def left(self, bill):
        address = reverse("admin:orders_difference_changelist")
        return format_html('<a href="{}?bill__id__exact={}">{}</a>', address, bill.pk, bill.open_ones)
