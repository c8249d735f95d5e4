from django.contrib import admin
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import ScopedModelAdmin
from catalog import presale
from catalog.admin.stock_filter import StockFilter
from catalog.admin.thumbnails import pill
from catalog.forms_back_office import SkuPageForm
from catalog.models import Picture, Sku
from catalog.money import yuan


@admin.register(Sku)
class SkuAdmin(ScopedModelAdmin):
    """One page a variant once a listing has many of them; prices and stock go through their ledgers."""

    merchant_path = "merchant"
    form = SkuPageForm
    list_display = ["code", "listing", "chosen", "price", "on_hand_units", "available_units", "is_active"]
    list_filter = [StockFilter, "is_active"]
    list_select_related = ["product"]
    list_per_page = 50
    search_fields = ["code", "product__title", "product__title_en", "product__handle", "barcode"]
    search_help_text = _("SKU code, barcode, title or handle")
    readonly_fields = ["listing", "sold_ahead"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "listing",
                    "code",
                    "option1",
                    "option2",
                    "option3",
                    "barcode",
                    "weight_g",
                    "picture",
                    "position",
                    "is_active",
                ]
            },
        ),
        (_("Price"), {"fields": ["price_fen", "reference_price_fen", "tax_bp"]}),
        (_("Stock"), {"fields": ["on_hand", "stock_reason"]}),
        (_("Pre-sale"), {"fields": ["presale", "presale_on", "sold_ahead"]}),
    ]

    def get_queryset(self, request):
        left = Sum(F("stocks__on_hand") - F("stocks__reserved") + F("stocks__presale"), default=0)
        return super().get_queryset(request).annotate(left=left, counted=Sum("stocks__on_hand", default=0))

    def has_add_permission(self, request):
        return False  # variants are added in the listing that they belong to

    def has_delete_permission(self, request, obj=None):
        return False  # ledgers name it; it is taken off sale instead

    def get_readonly_fields(self, request, obj=None):
        readonly = list(self.readonly_fields)
        if not request.user.has_perm("catalog.price_sku"):
            readonly += ["price_fen", "reference_price_fen"]
        if not self.may_count(request):
            readonly += ["on_hand_units"]
        return readonly

    def may_count(self, request):
        return request.user.has_perm("catalog.count_sku") and request.user.has_perm("catalog.change_sku")

    def get_fieldsets(self, request, obj=None):
        if self.may_count(request):
            return self.fieldsets
        return [*self.fieldsets[:2], (_("Stock"), {"fields": ["on_hand_units"]})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change=change, **{"form": SkuPageForm.for_user(request.user), **kwargs})

    def formfield_for_foreignkey(self, field, request, **kwargs):
        if field.name == "picture":
            sku = request.resolver_match.kwargs.get("object_id") or ""
            mine = Picture.objects.filter(product__skus__pk=sku) if sku.isdigit() else Picture.objects.none()
            kwargs["queryset"] = mine
        return super().formfield_for_foreignkey(field, request, **kwargs)

    @admin.display(description=_("Options"), ordering="option1")
    def chosen(self, sku):
        return sku.options_text

    @admin.display(description=_("sold in pre-sale, not here yet"))
    def sold_ahead(self, sku):
        place = presale.place_of(sku)
        return place.waiting if place else 0

    def save_model(self, request, sku, form, change):
        form.keep(request.user)

    @admin.display(description=_("listing"), ordering="product__title")
    def listing(self, sku):
        return sku.product.title_local

    @admin.display(description=_("price"), ordering="price_fen")
    def price(self, sku):
        return f"¥{yuan(sku.price_fen)}"

    @admin.display(description=_("on hand"), ordering="counted")
    def on_hand_units(self, sku):
        return sku.counted

    @admin.display(description=_("available"), ordering="left")
    def available_units(self, sku):
        return sku.left if sku.left >= 10 else pill(sku.left, "bad" if sku.left <= 0 else "warn")
