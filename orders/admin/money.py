from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin
from catalog.admin.thumbnails import pill
from catalog.money import yuan
from orders.admin.order_columns import short
from orders.gateways import title_of
from orders.models import Payment, Refund
from orders.reason_words import words_of

TONES = {
    "succeeded": "ok",
    "pending": "warn",
    "processing": "warn",
    "requested": "warn",
    "failed": "bad",
    "abnormal": "bad",
}


class WordsFilter(admin.SimpleListFilter):
    """A filter by a column of codes that shows them in words; only those that occur."""

    def lookups(self, request, model_admin):
        codes = model_admin.get_queryset(request).order_by(self.parameter_name).distinct()
        return [(code, self.words(code)) for code in codes.values_list(self.parameter_name, flat=True)]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class ReasonFilter(WordsFilter):
    title, parameter_name = _("reason"), "reason"
    words = staticmethod(words_of)


class ChannelFilter(WordsFilter):
    title, parameter_name = _("channel"), "gateway"
    words = staticmethod(title_of)


class OfAnOrder(ReadOnlyAdmin):
    """Rows whose one page is the desk of their order."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    list_select_related = ["order"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["number", "order__number", "gateway_reference"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect("admin:orders_order_change", row.order_id)

    @admin.display(description=_("order"), ordering="order__number")
    def order_link(self, row):
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:orders_order_change", args=[row.order_id]), row.order.number
        )

    @admin.display(description=_("status"), ordering="status")
    def state(self, row):
        return pill(row.get_status_display(), TONES.get(row.status, ""))

    @admin.display(description=_("amount"), ordering="amount_fen")
    def amount(self, row):
        return f"¥{yuan(row.amount_fen)}"


@admin.register(Payment)
class PaymentAdmin(OfAnOrder):
    list_display = ["number", "order_link", "state", "amount", "channel", "applied", "created_at", "paid_at"]
    list_filter = ["status", "applied", ChannelFilter]

    @admin.display(description=_("channel"), ordering="gateway")
    def channel(self, payment):
        return title_of(payment.gateway)


@admin.register(Refund)
class RefundAdmin(OfAnOrder):
    list_display = [
        "number",
        "order_link",
        "state",
        "amount",
        "why",
        "requested_by",
        "approved_by",
        "began",
        "arrived",
    ]
    list_filter = ["status", ReasonFilter, ("created_at", admin.DateFieldListFilter)]
    list_select_related = ["order", "requested_by", "approved_by"]

    @admin.display(description=_("reason"), ordering="reason")
    def why(self, refund):
        return words_of(refund.reason)

    @admin.display(description=_("created at"), ordering="created_at")
    def began(self, refund):
        return short(refund.created_at)

    @admin.display(description=_("succeeded at"), ordering="succeeded_at")
    def arrived(self, refund):
        return short(refund.succeeded_at)
