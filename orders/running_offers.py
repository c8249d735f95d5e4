"""The offers that can be had in this minute, as the process knows them: windows, limits, and the SKUs that they name.

Nothing here asks the database for each page; what is limited or changed is asked about every few seconds.
"""

from django.utils import timezone

from accounts.memo import KeyedMemo, Memo
from catalog.models import Sku
from catalog.tree import tree
from orders import flash_sales
from orders.limits import Limits
from orders.live_offers import snapshot
from orders.pricing import Buyer, Line, weekly
from orders.pricing.offers import CLOCK
from orders.pricing.snapshot import EMPTY

SECONDS = 5
KEPT = 60
MOST_KEPT = 10_000

_named = KeyedMemo(KEPT, 2)
_window = {"last": (None, 0)}


class _OfListings:
    """What is known of listings under one snapshot; the next one begins anew."""

    def __init__(self, live):
        self.live, self.kept = live, {}
        self.careful = sum(1 << n for n, offer in enumerate(live.offers) if offer.scope.not_skus)


_listings = {"now": _OfListings(EMPTY)}


@Memo(SECONDS)
def _spent():
    """(versions that nobody can have any more, (version, SKU) of which the sale's own stock is gone), at most ``SECONDS``
    old; no statement where nothing is limited."""
    live = snapshot()
    limited = [offer for offer in live.offers if offer.is_limited]
    left = Limits(None).of(live.offers)
    over = frozenset(number for number, each in left.items() if each.is_used_up)
    pools = {offer.id: dict(left[offer.id].by_sku) for offer in limited if offer.is_pooled}
    gone = {
        (offer.id, sku) for offer in limited if offer.is_pooled for sku in offer.prices if not pools[offer.id].get(sku)
    }
    return over, frozenset(gone)


def running():
    """(snapshot, the bits of what can be had in this minute by somebody); remembered for the minute."""
    live = snapshot()
    if not live.offers:
        return live, 0
    over, _gone = _spent()
    now = timezone.now().replace(second=0, microsecond=0)
    key = (live.version, now, over)
    known, bits = _window["last"]
    if known != key:
        moment = Buyer(now=timezone.localtime(now))
        bits = sum(
            1 << n for n, offer in enumerate(live.offers) if offer.id not in over and offer.refusal(moment) not in CLOCK
        )
        _window["last"] = (key, bits)
    return live, bits


def offers_of(live, bits):
    while bits:
        lowest = bits & -bits
        yield live.offers[lowest.bit_length() - 1]
        bits ^= lowest


def ends_of(used):
    """When the offers that make a price are over: for good, or until their hours come again."""
    now = timezone.localtime()
    ends = [(offer.ends_at, weekly.end_of_run(offer.weekdays, offer.hours, now)) for offer in used]
    return [end for pair in ends for end in pair if end is not None]


def named_skus(live):
    """{listing: ((SKU, price), …)} of the SKUs that offers name one by one; one statement a minute and version."""

    def read():
        ids = {sku_id for offer in live.offers for sku_id in (*offer.prices, *offer.scope.skus)}
        rows = Sku.objects.filter(pk__in=ids, is_active=True) if ids else Sku.objects.none()
        found = {}
        for product_id, sku_id, fen in rows.values_list("product", "pk", "price_fen"):
            found.setdefault(product_id, []).append((sku_id, fen))
        return {pk: tuple(skus) for pk, skus in found.items()}

    return _named.get(live.version, read)


def line_of(product, sku_id, fen):
    return Line(
        sku_id,
        product.merchant_id,
        fen,
        1,
        product_id=product.pk,
        category_ids=tuple([category.pk for category in tree().line(product.category_id)]),
        brand_id=product.brand_id,
        tags=tuple(product.tags),
    )


def bits_of(live, product, skus):
    """The offers for a listing with what a card reads and its named ``skus``; remembered as long as ``live`` stands."""
    mine = _listings["now"]
    if mine.live is not live:
        mine = _listings["now"] = _OfListings(live)
    place = (product.merchant_id, product.category_id, product.brand_id, tuple(product.tags))
    key = (product.pk, *place, skus)
    found = mine.kept.get(key)
    if found is None:
        found = 0
        for sku_id, fen in ((0, product.price_min_fen), *skus):
            found |= live.bits_of(line_of(product, sku_id, fen))
        if len(mine.kept) >= MOST_KEPT:
            mine.kept = {}
        mine.kept[key] = found
    careful = found & mine.careful
    # Which SKUs there are besides those left out is known to the listing's own column.
    for offer in offers_of(live, careful):
        if str(offer.promotion_id) not in product.deals:
            found &= ~(1 << live.offers.index(offer))
    return found


def gone_of(skus):
    """((version, SKU), …) of pools that are empty, among these SKUs."""
    _over, gone = _spent()
    return tuple(sorted(pair for pair in gone if pair[1] in skus)) if gone else ()


def sold_of(live, skus):
    """How many percent of the units of a running flash sale are sold, the most of ``skus``; None without such a sale."""
    if not any(offer.is_pooled for offer in live.offers):
        return None
    known = flash_sales.sold_of_skus()
    return max((known[sku_id] for sku_id in skus if sku_id in known), default=None)


def state():
    """All that cards say of offers, as a key for pieces that hold several of them."""
    live, now = running()
    sold = tuple(flash_sales.sold_of_skus().items()) if any(offer.is_pooled for offer in live.offers) else ()
    return (live.version, now, sold) if now else None
