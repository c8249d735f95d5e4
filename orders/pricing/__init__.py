"""What a basket costs (docs/domain.md 4 and 6): pure, from frozen offers to a frozen quote. Start at ``engine.quote``."""

from orders.pricing.basket import (
    COUPON,
    LINE,
    POINTS,
    RED_PACKET,
    SHIPPING,
    THRESHOLD,
    UNIT,
    Line,
    Quote,
    Step,
)
from orders.pricing.engine import NO_OFFERS, Offers, points_cap, quote, shipping_shares
from orders.pricing.offers import AUTO, NONE, Buyer, Choice, CouponOffer, Left, Offer, Scope
from orders.pricing.snapshot import Snapshot

__all__ = [
    "AUTO",
    "COUPON",
    "LINE",
    "NONE",
    "NO_OFFERS",
    "POINTS",
    "RED_PACKET",
    "SHIPPING",
    "THRESHOLD",
    "UNIT",
    "Buyer",
    "Choice",
    "CouponOffer",
    "Left",
    "Line",
    "Offer",
    "Offers",
    "Quote",
    "Scope",
    "Snapshot",
    "Step",
    "points_cap",
    "quote",
    "shipping_shares",
]
