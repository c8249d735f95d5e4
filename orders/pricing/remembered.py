"""Quotes of the last minutes, kept in the process: asking again for the same basket costs a look-up (docs/domain.md 6.6).

A quote is a pure function, and the key holds everything that goes in: lines, shopper's terms, coupons, limits, the version
of the snapshot and the minute. So an entry never grows stale; it is only pushed out by newer ones.
"""

from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from orders.pricing.engine import quote
from orders.pricing.nudges import with_nudges

MOST_KEPT = 256

_kept = OrderedDict()
_lock = Lock()


def remembered_quote(lines, *, benefits, delivery_fee_fen, offers, points=0, nudges=False):
    """As ``engine.quote`` (and ``with_nudges``), from memory when the same was asked within the minute."""
    terms = {"benefits": benefits, "delivery_fee_fen": delivery_fee_fen, "offers": _of_the_minute(offers)}
    key = _key(tuple(lines), points, nudges, **terms)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = quote(lines, points=points, **terms)
    if nudges:
        found = with_nudges(found, **terms)
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _of_the_minute(offers):
    now = offers.buyer.now
    if now is None:
        return offers
    return replace(offers, buyer=replace(offers.buyer, now=now.replace(second=0, microsecond=0)))


def _key(lines, points, nudges, *, benefits, delivery_fee_fen, offers):
    limits = tuple((number, offers.limits[number]) for number in sorted(offers.limits))
    shop = (offers.snapshot.version, benefits, delivery_fee_fen, offers.nodes, offers.keep, offers.explain)
    return lines, points, nudges, shop, offers.buyer, offers.coupons, limits, offers.choice
