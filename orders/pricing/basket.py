"""What is priced and what comes out: lines, explained steps, the quote. Plain frozen data; amounts are fen."""

import hashlib
from dataclasses import dataclass, field, replace

from catalog.money import allocate
from orders.delivery_fees import DeliveryFee

UNIT, LINE, THRESHOLD, COUPON = "UNIT", "LINE", "THRESHOLD", "COUPON"
RED_PACKET, SHIPPING, POINTS = "RED_PACKET", "SHIPPING", "POINTS"


@dataclass(frozen=True)
class Line:
    """What somebody wants: ``quantity`` units of a SKU, and what offers ask about it.

    ``category_ids`` runs from the top of the tree down; ``excludes`` names stages this line takes no part in.
    """

    sku_id: int
    merchant_id: int
    unit_price_fen: int
    quantity: int
    excludes: frozenset = frozenset()
    product_id: int = 0
    category_ids: tuple = ()
    brand_id: int | None = None
    tags: tuple = ()

    @property
    def gross_fen(self):
        return self.unit_price_fen * self.quantity


@dataclass(frozen=True)
class Step:
    """One explained step from list price to payable: ``fen`` is what it takes off (a fee takes off less than nothing).

    ``shares`` has one part of ``fen`` a line, or is empty for a step that is not about lines. ``source`` names what gave
    it ("promotion:3/2", "coupon:9").
    """

    stage: str
    code: str
    fen: int
    shares: tuple = ()
    params: dict = field(default_factory=dict, hash=False)
    source: str = ""


@dataclass(frozen=True)
class Note:
    """Something to tell without an amount taken off: NOT_USED, LOST, GIFT … (docs/domain.md 6.5)."""

    code: str
    params: dict = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Nudge:
    """``gap_fen`` more of the goods of ``offer``, and the shopper pays ``saves_fen`` less than without the offer."""

    offer: object
    gap_fen: int
    saves_fen: int

    @property
    def low(self):
        """Goods from this many yuan on fill the gap alone."""
        return -(-self.gap_fen // 100)

    @property
    def high(self):
        return -(-self.gap_fen * 3 // 200)


@dataclass(frozen=True)
class Gift:
    """``quantity`` units of a SKU that come along for nothing because of ``offer``; ``value_fen`` each.

    ``among`` are the positions of the lines that earn it; ``missing`` units would be earned too but are sold out.
    """

    offer: object
    sku_id: int
    quantity: int
    value_fen: int
    among: tuple = ()
    missing: int = 0


@dataclass(frozen=True)
class Basket:
    """The state between two stages: what each line still costs, and the steps so far."""

    lines: tuple
    left: tuple
    steps: tuple = ()
    delivery: DeliveryFee | None = None
    points_max: int = 0

    def take(self, stage, code, amount, *, among=None, source="", **params):
        """The basket after ``amount`` was taken off the lines ``among`` (positions; None: those that take part in
        ``stage``), by largest remainder of what they cost."""
        if among is None:
            among = [i for i, line in enumerate(self.lines) if stage not in line.excludes]
        weights = [0] * len(self.lines)
        for i in among:
            weights[i] = self.left[i]
        return self.give(stage, code, allocate(amount, weights), source=source, **params)

    def give(self, stage, code, shares, *, source="", **params):
        """The basket after each line was given its share."""
        left = tuple(before - share for before, share in zip(self.left, shares, strict=True))
        step = Step(stage, code, sum(shares), tuple(shares), params, source)
        return replace(self, left=left, steps=(*self.steps, step))


@dataclass(frozen=True)
class QuotedLine:
    """A line with its frozen amounts: ``gross − Σ shares = payable``, and its share of the delivery fee."""

    line: Line
    shares: dict = field(hash=False)
    payable_fen: int
    shipping_share_fen: int

    def share(self, stage):
        return self.shares.get(stage, 0)

    @property
    def points_fen(self):
        return self.share(POINTS)


@dataclass(frozen=True)
class Quote:
    """What the basket costs. ``goods_fen − discount_fen + shipping_fen = payable_fen``, to the fen.

    ``coupons`` are the coupon offers used, ``used`` the promotions as (offer, fen taken off, units), ``pooled`` the units
    out of the stock of flash sales as (promotion id, SKU id, units); ``better_fen`` is what the best combination would save
    against the shopper's own choice of coupons. ``nodes``: how much of its budget the search took.
    """

    lines: tuple
    steps: tuple
    goods_fen: int
    discount_fen: int
    shipping_fen: int
    payable_fen: int
    points: int
    points_max: int
    delivery: DeliveryFee
    coupons: tuple = ()
    used: tuple = ()
    gifts: tuple = ()
    pooled: tuple = ()
    notes: tuple = ()
    nudges: tuple = ()
    better_fen: int = 0
    proved_optimal: bool = True
    snapshot_version: str = ""
    trace: tuple = ()
    nodes: int = 0

    @property
    def fingerprint(self):
        """Equal for equal quotes, in any process."""
        facts = [(q.line.sku_id, q.line.unit_price_fen, q.line.quantity, q.payable_fen) for q in self.lines]
        whole = (sorted(facts), self.shipping_fen, self.payable_fen, sorted(c.id for c in self.coupons))
        return hashlib.sha256(repr(whole).encode()).hexdigest()

    @property
    def saved_fen(self):
        """What promotions and coupons take off; points are the shopper's own money."""
        return self.discount_fen - sum(line.points_fen for line in self.lines)
