"""Tells the catalog which offers run, so that lists can be narrowed by them: when one is published, at each edge of its
windows, and when what it is limited to is gone. The timer is a row, so an edge that a worker missed or died over is kept
by the next one."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.work import TryLater
from catalog import shelf_offers
from catalog.models import ShelfOffer
from orders import deadlines
from orders.limits import limits_of
from orders.live_offers import offer_of
from orders.models import Promotion
from orders.pricing import Buyer, offers, weekly

EDGE = "promotion_edge"
# How often an offer with limits is looked at while it runs: a shopper or a closed order may have changed what is left.
LOOK_AGAIN = timedelta(minutes=5)
Sort = ShelfOffer.Sort
SORT_OF = {
    **dict.fromkeys((offers.FLASH, offers.SALE), Sort.SALE),
    **dict.fromkeys((offers.SPEND_SAVE, offers.EVERY, offers.SPEND_RATE), Sort.SPEND),
    **dict.fromkeys((offers.PIECES, offers.NTH), Sort.PIECES),
    offers.GIFT: Sort.GIFT,
    offers.MEMBER: Sort.MEMBER,
    offers.NEWCOMER: Sort.NEWCOMER,
    offers.ADD_ON: Sort.ADD_ON,
    offers.FREE_SHIPPING: Sort.DELIVERY,
    "presale": Sort.PRESALE,
}


def soon(promotion):
    """Something about ``promotion`` has changed: a worker looks at it at once. In the caller's transaction."""
    deadlines.set_deadline(promotion, EDGE, timezone.now())


def settle(promotion):
    """Make the shelves say what is true now; returns the moment of the next edge, or None. Safe to repeat."""
    promotion = Promotion.objects.select_related("current").get(pk=promotion.pk)
    runs = promotion.status == Promotion.Status.PUBLISHED
    offer = offer_of(promotion) if runs else None
    now = timezone.localtime()
    if offer is None or offer.kind not in SORT_OF or offer.refusal(Buyer(now=now)) in offers.CLOCK:
        shelf_offers.take_away(promotion.pk)
        return _next_edge(offer, now) if offer else None
    left = limits_of([offer], None).get(offer.id, offers.UNLIMITED)
    if left.is_used_up:
        shelf_offers.take_away(promotion.pk)
    else:
        _put(promotion, offer, left)
    again = now + LOOK_AGAIN if offer.is_limited or offer.kind == offers.GIFT else None
    return min(filter(None, [again, _next_edge(offer, now)]), default=None)


def _put(promotion, offer, left):
    scope = offer.scope
    # Of a sale with a stock of its own only what is left of that; prices by SKU are for these alone.
    pooled = None if left.by_sku is None else sorted(sku_id for sku_id, units in left.by_sku if units)
    priced = sorted(offer.prices) if offer.prices and not offer.steps else sorted(scope.skus)
    facts = {
        "sort": SORT_OF[offer.kind],
        "name": offer.name,
        "name_en": offer.name_en,
        "merchant_id": next(iter(scope.merchants), None),
        "category_ids": sorted(scope.categories),
        "brand_ids": sorted(scope.brands),
        "tags": sorted(scope.tags),
        "product_ids": sorted(scope.products),
        "sku_ids": priced if pooled is None else pooled,
        "except_product_ids": sorted(scope.not_products),
        "except_sku_ids": sorted(scope.not_skus),
    }
    known = ShelfOffer.objects.filter(number=promotion.pk, **facts)
    if not known.exists():
        shelf_offers.put(promotion.pk, **facts)


def _next_edge(offer, now):
    edges = [offer.starts_at, offer.ends_at, *weekly.edges_after(offer.weekdays, offer.hours, now)]
    ahead = [edge for edge in edges if edge and edge > now]
    if offer.ends_at and offer.ends_at <= now:
        return None
    return min(ahead, default=None)


def at_edge(promotion):
    """The timer: settle, and come back at the next edge."""
    edge = settle(promotion)
    if edge is not None:
        raise TryLater(max(1, (edge - timezone.now()).total_seconds()))


def settle_all():
    """All published promotions and all that are still on shelves (for commands and the night)."""
    on_shelves = Q(pk__in=ShelfOffer.objects.values("number"))
    for promotion in Promotion.objects.filter(Q(status=Promotion.Status.PUBLISHED) | on_shelves):
        settle(promotion)


deadlines.register(EDGE, at_edge)
