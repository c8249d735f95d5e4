"""The list of listings: what its columns show, and what it can be narrowed to."""

from django.contrib import admin
from django.db.models import F, OuterRef, Subquery, Sum
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_global
from catalog.admin.thumbnails import pill, thumbnail
from catalog.models import Product, Stock
from catalog.money import yuan

TONES = {Product.Status.PUBLISHED: "ok", Product.Status.IN_REVIEW: "warn", Product.Status.TAKEN_DOWN: "bad"}


class ListColumns:
    """Mixin of ``ProductAdmin``: the rows of its list and their columns."""

    def get_queryset(self, request):
        left = (
            Stock.objects.filter(sku__product=OuterRef("pk"), sku__is_active=True)
            .order_by()
            .values("sku__product")
            .annotate(units=Sum(F("on_hand") - F("reserved") + F("presale")))
        )
        return super().get_queryset(request).annotate(left=Subquery(left.values("units")))

    def get_list_filter(self, request):
        return [f for f in self.list_filter if f != "merchant" or is_global(request.user)]

    @admin.display(description=_("picture"))
    def picture(self, product):
        return thumbnail(product.cover)

    @admin.display(description=_("listing"), ordering="title")
    def title_and_handle(self, product):
        return format_html('{}<br><small class="quiet">{}</small>', product.title_local, product.handle)

    @admin.display(description=_("price"), ordering="price_min_fen")
    def price(self, product):
        if product.price_min_fen == product.price_max_fen:
            return f"¥{yuan(product.price_min_fen)}"
        return f"¥{yuan(product.price_min_fen)}–{yuan(product.price_max_fen)}"

    @admin.display(description=_("stock"), ordering="left")
    def stock(self, product):
        units = product.left or 0
        return units if units >= 10 else pill(units, "bad" if units <= 0 else "warn")

    @admin.display(description=_("status"), ordering="status")
    def state(self, product):
        return pill(product.get_status_display(), TONES.get(product.status, ""))
