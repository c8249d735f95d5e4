"""Promotions and coupons as the engine knows them: frozen facts and pure arithmetic, no database.

What ``steps`` of an offer mean depends on its kind:

==============  =========  ===========================================================================
kind            stage      steps
==============  =========  ===========================================================================
SALE, NEWCOMER  UNIT       ((0, basis points),): the unit price at that rate; or ``prices`` by SKU
MEMBER          UNIT       ((tier code, basis points), …)
FLASH           UNIT       ``prices`` by SKU; limited units
PRESALE         UNIT       ``prices`` by SKU, after the gain of the deposit; priced apart, see orders.presale_terms
NTH             LINE       ((n, basis points),): every n-th unit, the cheaper ones, at that rate
PIECES          LINE       ((pieces, basis points), …): all units at the rate of the highest step reached
ADD_ON          LINE       ((fen, 0),): from that much of ``trigger`` goods, ``prices`` for its own SKUs
SPEND_SAVE      THRESHOLD  ((fen, fen), …)
EVERY           THRESHOLD  ((fen, fen),): for every so much, so much, up to ``cap_fen``
SPEND_RATE      THRESHOLD  ((fen, basis points), …)
GIFT            THRESHOLD  ((fen, units), …) of the SKU ``gift_sku_id``
FREE_SHIPPING   SHIPPING   ((fen, 0),)
==============  =========  ===========================================================================
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from catalog.money import rate_of
from orders.pricing import weekly
from orders.pricing.basket import COUPON, LINE, SHIPPING, THRESHOLD, UNIT

SALE, MEMBER, NEWCOMER, FLASH = "sale", "member", "newcomer", "flash"
NTH, PIECES, ADD_ON = "nth", "pieces", "add_on"
SPEND_SAVE, EVERY, SPEND_RATE, GIFT = "spend_save", "every", "spend_rate", "gift"
FREE_SHIPPING, PRESALE = "free_shipping", "presale"

STAGE_OF = {
    **dict.fromkeys((SALE, MEMBER, NEWCOMER, FLASH, PRESALE), UNIT),
    **dict.fromkeys((NTH, PIECES, ADD_ON), LINE),
    **dict.fromkeys((SPEND_SAVE, EVERY, SPEND_RATE, GIFT), THRESHOLD),
    FREE_SHIPPING: SHIPPING,
}
NOTHING = frozenset()
NO_CAP = float("inf")
# Refusals that time alone cures.
CLOCK = frozenset({"window", "weekday", "hour"})


@dataclass(frozen=True)
class Scope:
    """Which goods: those in any of the named sets (all when none is named), of ``merchants`` only, minus the last two."""

    categories: frozenset = NOTHING
    brands: frozenset = NOTHING
    tags: frozenset = NOTHING
    products: frozenset = NOTHING
    skus: frozenset = NOTHING
    merchants: frozenset = NOTHING
    not_products: frozenset = NOTHING
    not_skus: frozenset = NOTHING

    @property
    def is_everything(self):
        return not (self.categories or self.brands or self.tags or self.products or self.skus)

    def covers(self, line):
        if line.sku_id in self.not_skus or line.product_id in self.not_products:
            return False
        if self.merchants and line.merchant_id not in self.merchants:
            return False
        return (
            self.is_everything
            or line.sku_id in self.skus
            or line.product_id in self.products
            or line.brand_id in self.brands
            or not self.categories.isdisjoint(line.category_ids)
            or not self.tags.isdisjoint(line.tags)
        )


ALL = Scope()


@dataclass(frozen=True)
class Buyer:
    """Who asks, from where and when: what the conditions of offers look at. ``now`` is a local moment."""

    tier_code: str = ""
    is_newcomer: bool = False
    region_code: str = ""
    now: datetime | None = None


@dataclass(frozen=True)
class Left:
    """What is left of an offer's limits for this shopper: ``units`` and ``fen``; None is no limit.

    ``by_sku``: ((SKU id, units), …) of an offer that sells out of a stock of its own; a SKU that is not there has none.
    """

    units: int | None = None
    fen: int | None = None
    by_sku: tuple | None = None

    @property
    def is_used_up(self):
        empty = self.by_sku is not None and not any(units for _sku, units in self.by_sku)
        return empty or (self.units is not None and self.units <= 0) or (self.fen is not None and self.fen <= 0)


UNLIMITED = Left()


@dataclass(frozen=True)
class Offer:
    """One published version of a promotion. ``id`` orders ties: the lower one wins."""

    id: int
    kind: str
    steps: tuple = ()
    scope: Scope = ALL
    name: str = ""
    name_en: str = ""
    cap_fen: int | None = None
    prices: dict = field(default_factory=dict, hash=False)
    excludes: frozenset = NOTHING
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    weekdays: frozenset = NOTHING
    hours: tuple = ()  # of the day, in minutes; see orders.pricing.weekly
    tiers: frozenset = NOTHING
    newcomers_only: bool = False
    regions: tuple = ()
    trigger: Scope = ALL
    most_units: int | None = None
    gift_sku_id: int | None = None
    gift_value_fen: int = 0
    is_limited: bool = False
    is_pooled: bool = False
    source: str = ""
    promotion_id: int = 0

    @property
    def stage(self):
        return STAGE_OF[self.kind]

    def refusal(self, buyer):
        """Why ``buyer`` cannot have it at all, as one word; nothing when they can."""
        if buyer.now is not None:
            if (self.starts_at and buyer.now < self.starts_at) or (self.ends_at and buyer.now >= self.ends_at):
                return "window"
            if why := weekly.refusal(self.weekdays, self.hours, buyer.now):
                return why
        if self.tiers and buyer.tier_code not in self.tiers:
            return "tier"
        if self.newcomers_only and not buyer.is_newcomer:
            return "newcomer"
        if self.regions and not buyer.region_code.startswith(self.regions):
            return "region"
        return ""

    # --- what it gives ------------------------------------------------------------------------------------------------

    def unit_price(self, line, buyer):
        """The unit price at the UNIT stage, never above the list price."""
        price = self.prices.get(line.sku_id)
        if price is None:
            rates = dict(self.steps)
            rate = rates.get(buyer.tier_code) if self.kind == MEMBER else rates.get(0)
            price = line.unit_price_fen if rate is None else rate_of(line.unit_price_fen, rate)
        return min(price, line.unit_price_fen)

    @cached_property
    def worth(self):
        """``worth(base)`` is what a THRESHOLD offer takes off goods that cost ``base``. A quote asks thousands of times."""
        return _worth_of(self)

    def facts(self, base, units):
        """For the explanation of goods of ``base`` fen, ``units`` in all: names, and the highest step they reach."""
        at, gives = 0, 0
        for step in self.steps:
            if isinstance(step[0], int) and step[0] <= (units if self.kind in {NTH, PIECES} else base):
                at, gives = step
        return {"name": self.name, "name_en": self.name_en, "base_fen": base, "at": at, "gives": gives}

    def gift_units(self, base):
        return max((gives for at, gives in self.steps if base >= at), default=0)

    def next_step(self, base):
        """The next threshold above ``base``, or None."""
        if self.kind == EVERY:
            at, gives = self.steps[0]
            following = (base // at + 1) * at
            full = self.cap_fen is not None and base // at * gives >= self.cap_fen
            return None if full else following
        return min((at for at, _gives in self.steps if at > base), default=None)


def _worth_of(offer):
    most = NO_CAP if offer.cap_fen is None else offer.cap_fen
    if offer.kind == EVERY:
        at, gives = offer.steps[0]

        def off(base):
            return base // at * gives

    elif offer.kind == SPEND_RATE:
        highest_first = offer.steps[::-1]

        def off(base):
            for at, rate in highest_first:
                if base >= at:
                    return base - rate_of(base, rate)
            return 0

    elif offer.kind == GIFT:
        return lambda base: 0
    else:
        highest_first = offer.steps[::-1]

        def off(base):
            for at, gives in highest_first:
                if base >= at:
                    return gives
            return 0

    def worth(base):
        # ``min`` would be a call more, each of many thousand times
        gives = off(base)
        if gives > most:
            gives = most
        return gives if gives < base else base

    return worth


@dataclass(frozen=True)
class CouponOffer:
    """A shopper's coupon: ``off_fen``, or the rate ``rate_bp`` when that is not 0, from ``at_fen`` of its goods on."""

    id: int
    stage: str = COUPON
    at_fen: int = 0
    off_fen: int = 0
    rate_bp: int = 0
    cap_fen: int | None = None
    scope: Scope = ALL
    name: str = ""
    name_en: str = ""
    expires_at: datetime | None = None

    @property
    def source(self):
        return f"coupon:{self.id}"

    def worth(self, base):
        """What it takes off goods that cost ``base``; never more than they cost (E24)."""
        if base < self.at_fen or base <= 0:
            return 0
        off = base - rate_of(base, self.rate_bp) if self.rate_bp else self.off_fen
        if self.cap_fen is not None:
            off = min(off, self.cap_fen)
        return min(off, base)

    def wasted(self, gave):
        return 0 if self.rate_bp else self.off_fen - gave


AUTO, NONE = "auto", "none"


@dataclass(frozen=True)
class Choice:
    """The shopper's own choice: "auto" (the best), "none", or the id of one of their coupons."""

    coupon: object = AUTO
    red_packet: object = AUTO
    shipping: object = AUTO

    @property
    def is_auto(self):
        return (self.coupon, self.red_packet, self.shipping) == (AUTO, AUTO, AUTO)
