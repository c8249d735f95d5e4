from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin
from aftersales.models import ReturnPostage
from catalog.money import yuan
from orders.admin.debts import DebtActions


@admin.register(ReturnPostage)
class ReturnPostageAdmin(DebtActions, ReadOnlyAdmin):
    """Return postage that we owe: one person pays by bank, another confirms. The one page of each is its return's."""

    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = [
        "return_link",
        "state",
        "amount",
        "receipt",
        "entered_by",
        "created_at",
        "sent_by",
        "confirmed_by",
        "paid_at",
    ]
    list_filter = ["status"]
    list_select_related = ["request", "entered_by", "sent_by", "confirmed_by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["request__number", "request__order__number", "receipt"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect("admin:aftersales_returnrequest_change", row.request_id)

    @admin.display(description=_("return"), ordering="request__number")
    def return_link(self, row):
        address = reverse("admin:aftersales_returnrequest_change", args=[row.request_id])
        return format_html('<a href="{}">{}</a>', address, row.request.number)

    @admin.display(description=_("amount"), ordering="amount_fen")
    def amount(self, row):
        return f"¥{yuan(row.amount_fen)}"
