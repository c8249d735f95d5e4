from django.contrib import admin

from accounts.scoped_admin import HIDDEN_FROM_MERCHANTS, ReadOnlyAdmin, ScopedModelAdmin
from catalog.models import FruitlessSearch, SearchLog, SearchWeights, StopWord, Synonym


@admin.register(Synonym)
class SynonymAdmin(ScopedModelAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["words"]
    search_fields = ["words"]


@admin.register(StopWord)
class StopWordAdmin(ScopedModelAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["word"]
    search_fields = ["word"]


@admin.register(SearchWeights)
class SearchWeightsAdmin(ScopedModelAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["__str__", "place", "exact", "sales", "rating", "freshness", "stock"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not SearchWeights.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(SearchLog)
class SearchLogAdmin(ReadOnlyAdmin):
    merchant_path = HIDDEN_FROM_MERCHANTS
    list_display = ["query", "day", "count", "hits"]
    list_filter = ["day"]
    search_fields = ["query"]


@admin.register(FruitlessSearch)
class FruitlessSearchAdmin(SearchLogAdmin):
    """What people wanted and this shop does not have, or calls otherwise."""

    list_display = ["query", "day", "count"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(hits=0)
