"""What can be added to a cart at a special price (加价购): goods of add-on offers that the chosen goods have earned, or nearly.

The engine prices them when they are in the cart; here they are only offered.
"""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Sum
from django.utils import timezone

from accounts.prepared import SOME, Prepared, is_among
from catalog.models import Sku
from orders.limits import Limits
from orders.live_offers import snapshot
from orders.pricing import LINE, UNIT, Buyer, Left
from orders.pricing.nudges import LEAST_GAP_LIMIT
from orders.pricing.offers import ADD_ON

MOST = 4


@dataclass(frozen=True)
class AddOn:
    """``sku`` for ``price_fen`` because of ``offer``; ``gap_fen`` more of its goods are needed first (0: it is earned)."""

    sku: object
    offer: object
    price_fen: int
    gap_fen: int


def running():
    """The add-on offers of this moment."""
    offers = [offer for offer in snapshot().offers if offer.kind == ADD_ON]
    buyer = Buyer(now=timezone.localtime())
    return [offer for offer in offers if not offer.refusal(buyer)]


def for_cart(quote, user, in_cart, *, limits=None):
    """(at most four ``AddOn`` for a quote, its gifts as (gift, SKU)); ``in_cart`` are the SKU ids that are there.

    ``limits`` (orders.limits.Limits) is what the page has read. One statement, none without such offers and gifts.
    """
    offers = running()
    if quote is None or not (offers or quote.gifts):
        return [], []
    found = [(_gap(offer, quote), offer) for offer in offers]
    found = sorted((row for row in found if row[0] is not None), key=lambda row: (row[0], row[1].id))
    left = (limits or Limits(user)).of([offer for _gap_fen, offer in found])
    open_to_all = [(gap, offer) for gap, offer in found if not left.get(offer.id, Left()).is_used_up]
    wanted = {sku_id for _gap_fen, offer in open_to_all for sku_id in offer.prices} - set(in_cart)
    every = _skus(wanted | {gift.sku_id for gift in quote.gifts})
    skus = {sku_id: every[sku_id] for sku_id in wanted & every.keys() if every[sku_id].on_sale}
    rows = [
        AddOn(skus[sku_id], offer, fen, gap)
        for gap, offer in open_to_all
        for sku_id, fen in offer.prices.items()
        if sku_id in skus and fen < skus[sku_id].price_fen
    ]
    shown = list({row.sku.pk: row for row in reversed(rows)}.values())[::-1][:MOST]
    return shown, [(gift, every[gift.sku_id]) for gift in quote.gifts]


def _gap(offer, quote):
    """How many fen of its goods are missing; None when there are none yet, or far too few."""
    base = 0
    for quoted in quote.lines:
        if LINE in quoted.line.excludes or quoted.line.sku_id in offer.prices or not offer.trigger.covers(quoted.line):
            continue
        base += quoted.line.gross_fen - quoted.share(UNIT)
    at = offer.steps[0][0]
    gap = max(0, at - base)
    return gap if base and gap <= max(at * 30 // 100, LEAST_GAP_LIMIT) else None


def _skus(sku_ids):
    """{SKU id: the SKU, ``on_sale`` or not}: gifts are shown even when nobody could buy them."""
    return {sku.pk: sku for sku in (_named(ids=sorted(sku_ids)) if sku_ids else ())}


def _about(ids):
    left = Sum(F("stocks__on_hand") - F("stocks__reserved") - F("stocks__pooled") - F("stocks__waiting"), default=0)
    buyable = Sku.objects.buyable().filter(pk=OuterRef("pk")).order_by().annotate(left=left).filter(left__gt=0)
    skus = Sku.objects.filter(is_among("catalog_sku.id", ids)).annotate(on_sale=Exists(buyable))
    return skus.select_related("product__cover", "picture")


_named = Prepared(_about, ids=[SOME])
