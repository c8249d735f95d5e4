"""Units of a SKU that are set aside for a sale with a stock of its own, and brought back after it."""

from django.db import transaction
from django.db.models import F

from catalog.models import Stock, StockMovement
from catalog.stock_ledger import write_movement


def set_aside(sku_id, units, *, source, stock_id=None, by=None):
    """Move up to ``units`` free units of a SKU out of normal stock, for a sale that has a stock of its own.

    ``stock_id`` names the stock row to take them from. Returns (stock row id, units moved), (None, 0) when nothing was
    free. Once per ``source``.
    """
    with transaction.atomic():
        places = Stock.objects.select_for_update(of=("self",)).filter(sku_id=sku_id).select_related("warehouse")
        places = [place for place in places.order_by("pk") if stock_id in (None, place.pk)]
        for place in sorted(places, key=lambda place: not place.warehouse.is_default):
            moved = min(units, place.free - place.waiting)
            if moved > 0:
                _move_pooled(place.pk, moved, StockMovement.Kind.POOL, source, by)
                return place.pk, moved
    return None, 0


def bring_back(stock_id, units, *, source, by=None):
    """``units`` that were set aside in a stock row are normal stock again; once per ``source``."""
    if units:
        _move_pooled(stock_id, -units, StockMovement.Kind.UNPOOL, source, by)


def _move_pooled(stock_id, units, kind, source, by):
    write_movement(stock_id, kind, source, pooled=units, by=by)
    Stock.objects.filter(pk=stock_id).update(pooled=F("pooled") + units)
