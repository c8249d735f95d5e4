"""The line in the ledger that every change of stock writes, and word of it to the listings."""

from functools import partial

from django.db import transaction

from catalog import listings
from catalog.models import StockMovement


def write_movement(stock_id, kind, source, *, on_hand=0, reserved=0, pooled=0, by=None, reason=""):
    """What changed in a stock row, in units. Raises ``IntegrityError`` when ``source`` has moved that row so before."""
    StockMovement.objects.create(
        stock_id=stock_id,
        kind=kind,
        source=source,
        on_hand_change=on_hand,
        reserved_change=reserved,
        pooled_change=pooled,
        by=by,
        reason=reason,
    )


def tell_listings(sku_ids):
    """Listings look afresh whether they are sold out."""
    # After commit and without locks: a listing's row is never held while stock rows are. A sweep corrects what is lost.
    transaction.on_commit(partial(listings.correct_stock_flags, sku_ids), robust=True)
