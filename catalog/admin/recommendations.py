"""Why something is recommended: what goes with a listing, and what staff may weigh. What a shopper did is shown to nobody."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin, ScopedModelAdmin
from catalog.models import Companions, PopularList, Product, RecommendationWeights


@admin.register(RecommendationWeights)
class RecommendationWeightsAdmin(ScopedModelAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["__str__", "view", "favourite", "cart", "purchase", "interested", "half_life", "least_shoppers"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not RecommendationWeights.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


def _titles(ids):
    found = dict(Product.objects.filter(pk__in=ids).values_list("pk", "title"))
    return [found.get(pk, f"#{pk}") for pk in ids]


@admin.register(Companions)
class CompanionsAdmin(ReadOnlyAdmin):
    merchant_path = "product__merchant"
    list_display = ["product", "kind", "how_many", "made_at"]
    list_filter = ["kind"]
    list_select_related = ["product"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["product__title", "=product__handle"]
    fields = ["product", "kind", "made_at", "companions", "stands_beside"]
    readonly_fields = ["companions", "stands_beside"]

    @admin.display(description=_("companions"))
    def how_many(self, row):
        return len(row.others)

    @admin.display(description=_("companions"))
    def companions(self, row):
        lines = zip(_titles(row.others), row.scores, row.shoppers, strict=True)
        return format_html_join("", "<div>{} · {} · {}</div>", ((t, f"{s / 1e6:.3f}", n) for t, s, n in lines)) or "—"

    @admin.display(description=_("stands beside"))
    def stands_beside(self, row):
        beside = Companions.objects.filter(kind=row.kind, others__contains=[row.product_id])[:50]
        return (
            format_html_join("", "<div>{}</div>", ((title,) for title in _titles([b.product_id for b in beside])))
            or "—"
        )


@admin.register(PopularList)
class PopularListAdmin(ReadOnlyAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["__str__", "made_at"]
    list_select_related = ["category"]
    fields = ["category", "made_at", "best"]
    readonly_fields = ["best"]

    @admin.display(description=_("listings"))
    def best(self, row):
        lines = zip(_titles(row.products[:40]), row.scores, strict=False)
        return format_html_join("", "<div>{} · {}</div>", ((t, f"{s / 1e3:.1f}") for t, s in lines)) or "—"
