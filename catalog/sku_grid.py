"""Prices, stock and sale of many variants of one listing at once: all or nothing, each through its ledger."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog import listing_changes, listings, prices, stock, stock_bookings
from catalog.models import Sku

SET, ADD, PERCENT = "set", "add", "percent"
HIGHEST_FEN = 10**9
MOST_UNITS = 10_000_000
SHOWN = 5


def priced(fen, mode, value):
    """``fen`` after the change: ``value`` is fen for "set" and "add", basis points for "percent"; half a fen rounds up."""
    if mode == SET:
        return value
    if mode == ADD:
        return fen + value
    return (fen * (10_000 + value) + 5_000) // 10_000


def save(product, *, fen=None, units=None, seen=None, active=None, by=None, reason=""):
    """Write changes of variants of ``product``; returns (prices changed, stocks changed, put on or off sale).

    ``fen`` maps SKU id → new price, ``units`` → counted units (with ``seen``, what was seen), ``active`` → on sale or not.
    Raises ValidationError that names the variants; then nothing is written.
    """
    fen, units, active = fen or {}, units or {}, active or {}
    codes = dict(product.skus.values_list("pk", "code"))
    fen, units, active = ({pk: v for pk, v in each.items() if pk in codes} for each in (fen, units, active))
    _refuse([codes[pk] for pk, value in fen.items() if not 0 < value < HIGHEST_FEN],
            _("A price is more than 0 and less than ¥10,000,000: %(codes)s."))  # fmt: skip
    _refuse([codes[pk] for pk, value in units.items() if not 0 <= value <= MOST_UNITS],
            _("Stock is a number from 0 to 10,000,000: %(codes)s."))  # fmt: skip
    if units and not reason:
        raise ValidationError(_("Say why the stock differs."))
    with listing_changes.noting([product.pk], by=by, source="table"):
        dearer = prices.change_many(fen, by=by, source="back office")
        moved = sum(
            Sku.objects.filter(pk__in=[pk for pk, on in active.items() if on is wanted], is_active=not wanted).update(
                is_active=wanted
            )
            for wanted in (True, False)
        )
        if moved:
            listings.refresh([product.pk])
        counted = _count(units, seen, codes, by, reason)
    return dearer, counted, moved


def _count(units, seen, codes, by, reason):
    if not units:
        return 0
    try:
        return stock_bookings.count_many(units, source=f"count:{uuid4()}", by=by, reason=reason, seen=seen)
    except stock.OutOfStock as refusal:
        _refuse(
            [codes[pk] for pk in refusal.short],
            _("More units are promised to orders than these would have: %(codes)s."),
        )
    except stock_bookings.Moved as refusal:
        _refuse([codes[pk] for pk in refusal.now], _("The stock has changed meanwhile; please look again: %(codes)s."))


def _refuse(codes, sentence):
    if codes:
        shown = ", ".join(codes[:SHOWN]) + ("…" if len(codes) > SHOWN else "")
        raise ValidationError(sentence, params={"codes": shown})
