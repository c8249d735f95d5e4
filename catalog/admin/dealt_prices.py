from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import ReadOnlyAdmin
from catalog.models import DealtPrice
from catalog.money import yuan


@admin.register(DealtPrice)
class DealtPriceAdmin(ReadOnlyAdmin):
    """The ground of every strike-through price, for whoever asks."""

    merchant_path = "sku__merchant"
    list_display = ["day", "sku", "price", "units", "first_at", "last_at"]
    list_filter = ["day"]
    list_select_related = ["sku"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["sku__code"]
    search_help_text = _("SKU code")
    fields = ["day", "sku", "price", "units", "first_at", "last_at"]

    @admin.display(description=_("price of a unit"), ordering="unit_fen")
    def price(self, dealt):
        return f"¥{yuan(dealt.unit_fen)}"
