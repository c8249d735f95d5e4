from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import ReadOnlyAdmin, ScopedModelAdmin
from catalog.admin.booking import BookingPage
from catalog.models import PriceChange, StockMovement, Warehouse
from catalog.money import yuan


@admin.register(StockMovement)
class StockMovementAdmin(BookingPage, ReadOnlyAdmin):
    merchant_path = "stock__sku__merchant"
    list_display = ["at", "sku", "kind", "on_hand_change", "reserved_change", "source", "reason", "by"]
    list_filter = ["kind", "at"]
    list_select_related = ["stock__sku", "by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["stock__sku__code", "=source", "=stock__sku__product__handle"]
    search_help_text = _("SKU code, handle or source")

    @admin.display(description=_("SKU"))
    def sku(self, movement):
        return str(movement.stock.sku)


@admin.register(PriceChange)
class PriceChangeAdmin(ReadOnlyAdmin):
    merchant_path = "sku__merchant"
    list_display = ["at", "sku", "before", "after", "source", "by"]
    list_filter = ["at"]
    list_select_related = ["sku", "by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["sku__code", "=sku__product__handle"]
    search_help_text = _("SKU code or handle")
    fields = ["at", "sku", "before", "after", "source", "by"]

    @admin.display(description=_("before"))
    def before(self, change):
        return "—" if change.before_fen is None else f"¥{yuan(change.before_fen)}"

    @admin.display(description=_("after"), ordering="after_fen")
    def after(self, change):
        return f"¥{yuan(change.after_fen)}"


@admin.register(Warehouse)
class WarehouseAdmin(ScopedModelAdmin):
    merchant_path = "merchant"
    list_display = ["name", "merchant", "region_code", "is_default"]
    list_select_related = ["merchant"]
    search_fields = ["name"]

    def has_delete_permission(self, request, obj=None):
        return False  # its stock is named by the ledger

    def get_readonly_fields(self, request, obj=None):
        return ["merchant"] if obj else []
