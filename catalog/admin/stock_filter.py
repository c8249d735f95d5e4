"""Sold out or nearly: one filter of the lists of listings and of variants."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

FEW = 10


class StockFilter(admin.SimpleListFilter):
    """Rows by ``left``, the units that can be bought, which the list annotates (``None``: nothing is on sale)."""

    title = _("stock")
    parameter_name = "stock"

    def lookups(self, request, model_admin):
        return [("out", _("sold out")), ("low", _("fewer than 10"))]

    def queryset(self, request, queryset):
        if self.value() == "out":
            return queryset.filter(Q(left=None) | Q(left__lte=0))
        if self.value() == "low":
            return queryset.filter(left__lt=FEW)
        return queryset
