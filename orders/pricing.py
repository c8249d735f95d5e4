"""What a basket costs: a pure function of lines, tier benefits, delivery fee and points (docs/domain.md 4 and 6).

The price is made in stages, in the fixed order of docs/domain.md 6.1. A stage is a function
``(Basket, Terms) → Basket`` that takes something off the lines; a stage for promotions or coupons slots into ``STAGES``
at its place. Amounts are fen.
"""

import hashlib
from dataclasses import dataclass, field, replace

from catalog.money import allocate
from loyalty.points import LEAST_GOODS_FEN, MOST_SHARE_PERCENT, STEP
from orders.delivery_fees import DeliveryFee, delivery_fee

SHIPPING, POINTS = "SHIPPING", "POINTS"


@dataclass(frozen=True)
class Line:
    """What somebody wants: ``quantity`` units of a SKU. ``excludes`` names stages this line takes no part in."""

    sku_id: int
    merchant_id: int
    unit_price_fen: int
    quantity: int
    excludes: frozenset = frozenset()

    @property
    def gross_fen(self):
        return self.unit_price_fen * self.quantity


@dataclass(frozen=True)
class Terms:
    """Everything a stage may look at besides the lines."""

    free_delivery_from_fen: int
    delivery_fee_fen: int
    points: int


@dataclass(frozen=True)
class Step:
    """One explained step from list price to payable: ``fen`` is what it takes off (a fee takes off less than nothing).

    ``shares`` has one part of ``fen`` a line, or is empty for a step that is not about lines.
    """

    stage: str
    code: str
    fen: int
    shares: tuple = ()
    params: dict = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Basket:
    """The state between two stages: what each line still costs, and the steps so far."""

    lines: tuple
    left: tuple
    steps: tuple = ()
    delivery: DeliveryFee | None = None
    points_max: int = 0

    def take(self, stage, code, amount, **params):
        """The basket after ``amount`` was taken off the lines that take part in ``stage``, by largest remainder."""
        weights = [0 if stage in line.excludes else left for line, left in zip(self.lines, self.left, strict=True)]
        shares = allocate(amount, weights)
        left = tuple(before - share for before, share in zip(self.left, shares, strict=True))
        step = Step(stage, code, sum(shares), tuple(shares), params)
        return replace(self, left=left, steps=(*self.steps, step))


@dataclass(frozen=True)
class QuotedLine:
    """A line with its frozen amounts: ``gross − points = payable``, and its share of the delivery fee."""

    line: Line
    points_fen: int
    payable_fen: int
    shipping_share_fen: int


@dataclass(frozen=True)
class Quote:
    """What the basket costs. ``goods_fen − discount_fen + shipping_fen = payable_fen``, to the fen."""

    lines: tuple
    steps: tuple
    goods_fen: int
    discount_fen: int
    shipping_fen: int
    payable_fen: int
    points: int
    points_max: int
    delivery: DeliveryFee

    @property
    def fingerprint(self):
        """Equal for equal quotes, in any process."""
        facts = [(q.line.sku_id, q.line.unit_price_fen, q.line.quantity, q.payable_fen) for q in self.lines]
        return hashlib.sha256(repr((sorted(facts), self.shipping_fen, self.payable_fen)).encode()).hexdigest()


def shipping(basket, terms):
    """Delivery: free from the tier's threshold of goods after coupons; it looks neither at itself nor at points."""
    fee = delivery_fee(sum(basket.left), fee_fen=terms.delivery_fee_fen, free_from_fen=terms.free_delivery_from_fen)
    code = "delivery" if fee.fen else "delivery_free"
    step = Step(SHIPPING, code, -fee.fen, params={"saved_fen": fee.saved_fen, "free_from_fen": fee.free_from_fen})
    return replace(basket, delivery=fee, steps=(*basket.steps, step))


def points(basket, terms):
    """Points pay for goods, never for delivery, within the cap."""
    eligible = sum(left for line, left in zip(basket.lines, basket.left, strict=True) if POINTS not in line.excludes)
    most = points_cap(eligible)
    basket = replace(basket, points_max=most)
    used = min(max(terms.points, 0), most) // STEP * STEP
    return basket.take(POINTS, "points", used, points=used) if used else basket


def points_cap(goods_fen):
    """The most points that ``goods_fen`` of goods allow: half, in hundreds, and only from ¥10 on (E10, E13)."""
    if goods_fen < LEAST_GOODS_FEN:
        return 0
    return goods_fen * MOST_SHARE_PERCENT // 100 // STEP * STEP


STAGES = (shipping, points)


def quote(lines, *, benefits, delivery_fee_fen, points=0, stages=STAGES):
    """The ``Quote`` of ``lines``; ``benefits`` is a loyalty.members.Benefits, ``points`` a wish, cut to the cap."""
    lines = tuple(lines)
    terms = Terms(benefits.free_delivery_from_fen, delivery_fee_fen, points)
    basket = Basket(lines=lines, left=tuple(line.gross_fen for line in lines))
    for stage in stages:
        basket = stage(basket, terms)
    return _frozen(basket)


def _frozen(basket):
    goods = sum(line.gross_fen for line in basket.lines)
    fee = basket.delivery.fen
    off = sum(step.fen for step in basket.steps if step.stage != SHIPPING)
    points_by_line = _by_line(basket, POINTS)
    shares = shipping_shares(fee, basket.left, [line.gross_fen for line in basket.lines])
    return Quote(
        lines=tuple(
            QuotedLine(line, points_by_line[i], basket.left[i], shares[i]) for i, line in enumerate(basket.lines)
        ),
        steps=basket.steps,
        goods_fen=goods,
        discount_fen=off,
        shipping_fen=fee,
        payable_fen=goods - off + fee,
        points=sum(points_by_line),
        points_max=basket.points_max,
        delivery=basket.delivery,
    )


def _by_line(basket, stage):
    sums = [0] * len(basket.lines)
    for step in basket.steps:
        if step.stage == stage:
            sums = [before + share for before, share in zip(sums, step.shares, strict=True)]
    return sums


def shipping_shares(fee_fen, payables, grosses):
    """The delivery fee over the lines, by largest remainder of what they cost (E17); by list price when all are free.

    A fee may be larger than the goods, so weights are scaled: ``allocate`` never gives a line more than its weight.
    """
    weights = payables if any(payables) else grosses
    return allocate(fee_fen, [weight * fee_fen for weight in weights])
