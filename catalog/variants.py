"""Saving one variant from a form: plain fields, the price through its history, the stock through its ledger."""

from uuid import uuid4

from catalog import listing_changes, listings, prices, stock_bookings
from catalog.importing.products import stable_code
from catalog.models import PriceChange, Sku


def save(sku, *, price_fen, on_hand=None, by=None, reason=""):
    """Write ``sku`` with ``price_fen`` and, unless None, ``on_hand`` units counted.

    Raises ``stock.OutOfStock`` when more units are promised than were counted; then nothing is written.
    """
    with listing_changes.noting([sku.product_id], by=by, source="editor"):
        if not sku.code:
            sku.code = stable_code(sku.product.handle, [sku.option1, sku.option2, sku.option3])
        if sku.pk:
            prices.change(Sku(pk=sku.pk), price_fen, by=by, source="back office")
        sku.price_fen = price_fen
        new = sku.pk is None
        sku.save()
        if new:
            PriceChange.objects.create(sku=sku, before_fen=None, after_fen=price_fen, by=by, source="back office")
        if on_hand is not None:
            stock_bookings.set_on_hand(sku, on_hand, source=f"count:{uuid4()}", by=by, reason=reason)
        listings.refresh([sku.product_id])
    return sku


def on_hand_of(sku):
    """Units counted in the merchant's default warehouse, without making the place when it is missing."""
    if sku is None or sku.pk is None:
        return None
    places = [place for place in sku.stocks.all() if place.warehouse.is_default]
    return places[0].on_hand if places else 0
