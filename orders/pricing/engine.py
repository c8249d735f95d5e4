"""What a basket costs: a pure function of lines, tier benefits, delivery fee, points and offers (docs/domain.md 4 and 6).

The price is made in seven stages in a fixed order: UNIT, LINE, THRESHOLD, COUPON, RED_PACKET, SHIPPING, POINTS. Inside a
stage offers compete; ``orders.pricing.plans`` finds the combination that costs the shopper least, this module writes it
down step by step. Amounts are fen.
"""

from dataclasses import dataclass, field, replace

from catalog.money import allocate
from loyalty.points import LEAST_GOODS_FEN, MOST_SHARE_PERCENT, STEP
from orders.pricing.account import notes, pooled, shipping_coupon, used
from orders.pricing.basket import (
    COUPON,
    LINE,
    POINTS,
    RED_PACKET,
    SHIPPING,
    THRESHOLD,
    UNIT,
    Basket,
    Gift,
    Quote,
    QuotedLine,
    Step,
)
from orders.pricing.finishing import Finisher
from orders.pricing.offers import Buyer, Choice
from orders.pricing.plans import Planner
from orders.pricing.snapshot import EMPTY, Snapshot
from orders.pricing.threshold_search import KEEP, NODES


@dataclass(frozen=True)
class Offers:
    """Everything that may make a basket cheaper: the shop's ``snapshot``, the buyer's ``coupons`` and their own choice.

    ``limits`` maps an offer's id to what is ``Left`` of it for this buyer; ``explain`` asks for the trace of what was
    dropped and why.
    """

    snapshot: Snapshot = EMPTY
    buyer: Buyer = Buyer()
    coupons: tuple = ()
    limits: dict = field(default_factory=dict, hash=False)
    choice: Choice = Choice()
    explain: bool = False
    nodes: int = NODES
    keep: int = KEEP


NO_OFFERS = Offers()


def quote(lines, *, benefits, delivery_fee_fen, points=0, offers=NO_OFFERS):
    """The ``Quote`` of ``lines``; ``benefits`` is a loyalty.members.Benefits, ``points`` a wish, cut to the cap.

    ``delivery_fee_fen`` is one fee for the basket, or the ``orders.delivery_fees.Charges`` of its templates.
    """
    lines = tuple(lines)
    order = sorted(range(len(lines)), key=lambda i: (lines[i].sku_id, lines[i].unit_price_fen, lines[i].quantity, i))
    told = [] if offers.explain else None
    planner = _planner([lines[i] for i in order], benefits, delivery_fee_fen, offers, told)
    plan = planner.run()
    basket = _basket(planner, plan)
    charged = planner.finisher.fee.charged(sum(basket.left), _left_after_promotions(basket))
    basket = _points(
        replace(basket, delivery=plan.ending.delivery, steps=(*basket.steps, _delivery_step(plan))), points
    )
    better = 0
    if not offers.choice.is_auto:
        best = _planner(planner.lines, benefits, delivery_fee_fen, replace(offers, choice=Choice()), None).run()
        better = max(0, plan.ending.payable_fen - best.ending.payable_fen)
    charged = [(fen, [order[place] for place in among]) for fen, among in charged]
    frozen = _frozen(_in_asked_order(basket, lines, order), charged)
    given = [
        Gift(o, o.gift_sku_id, units, o.gift_value_fen, tuple(sorted(order[place] for place in among)), missing)
        for o, units, missing, among in planner.gifts()
    ]
    return replace(
        frozen,
        coupons=tuple(c for c in (plan.ending.coupon, plan.ending.red_packet, shipping_coupon(plan)) if c),
        used=used(planner, plan, given),
        pooled=pooled(planner, plan),
        gifts=tuple(gift for gift in given if gift.quantity),
        notes=tuple(notes(planner, plan, offers, given)),
        better_fen=better,
        proved_optimal=plan.proved,
        snapshot_version=offers.snapshot.version,
        trace=tuple(told or ()),
        nodes=offers.nodes - planner.budget.left,
    )


def _planner(lines, benefits, fee_fen, offers, told):
    candidates = offers.snapshot.candidates(lines, offers.buyer)
    finisher = Finisher(
        lines,
        coupons=offers.coupons,
        choice=offers.choice,
        shipping_offers=[row for row in candidates if row[0].stage == SHIPPING],
        fee_fen=fee_fen,
        free_from_fen=benefits.free_delivery_from_fen,
    )
    return Planner(
        lines,
        candidates,
        buyer=offers.buyer,
        finisher=finisher,
        limits=offers.limits,
        nodes=offers.nodes,
        keep=offers.keep,
        told=told,
    )


def _basket(planner, plan):
    """The plan, step by step."""
    basket = Basket(lines=tuple(planner.lines), left=tuple(line.gross_fen for line in planner.lines))
    units = {}
    for i, unit in enumerate(plan.state.units):
        if unit:
            units.setdefault(unit[0].id, (unit[0], [0] * len(planner.lines)))[1][i] = unit[1]
    for stage, rows in (
        (UNIT, [units[key] for key in sorted(units)]),
        (LINE, plan.state.groups),
        (THRESHOLD, plan.thresholds),
    ):
        for offer, shares in rows:
            base = sum(left for left, share in zip(basket.left, shares, strict=True) if share)
            units = sum(line.quantity for line, share in zip(planner.lines, shares, strict=True) if share)
            basket = basket.give(stage, offer.kind, shares, source=offer.source, **offer.facts(base, units))
    for stage, coupon in ((COUPON, plan.ending.coupon), (RED_PACKET, plan.ending.red_packet)):
        if coupon:
            barred = _barred(plan)
            among = [i for i in planner.finisher.covers[coupon.id] if stage not in barred[i]]
            base = sum(basket.left[i] for i in among)
            facts = {"name": coupon.name, "name_en": coupon.name_en, "at_fen": coupon.at_fen}
            code = "coupon" if stage == COUPON else "red_packet"
            basket = basket.take(stage, code, coupon.worth(base), among=among, source=coupon.source, **facts)
    return replace(basket, lines=tuple(_with_bars(planner.lines, _barred(plan))))


def _barred(plan):
    barred = list(plan.state.barred)
    for offer, shares in plan.thresholds:
        for i, share in enumerate(shares):
            if share:
                barred[i] = barred[i] | offer.excludes
    return barred


def _with_bars(lines, barred):
    return [replace(line, excludes=frozenset(stages)) for line, stages in zip(lines, barred, strict=True)]


def _delivery_step(plan):
    delivery, by = plan.ending.delivery, plan.ending.shipping
    facts = {"saved_fen": delivery.saved_fen, "free_from_fen": delivery.free_from_fen}
    if by is None:
        return Step(SHIPPING, "delivery" if delivery.fen else "delivery_free", -delivery.fen, params=facts)
    facts |= {"name": by.name, "name_en": by.name_en}
    code = "delivery_coupon" if by in plan.coupons_for_delivery else "delivery_promotion"
    return Step(SHIPPING, code, -delivery.fen, params=facts, source=by.source)


def _points(basket, wanted):
    """Points pay for goods, never for delivery, within the cap."""
    eligible = sum(left for line, left in zip(basket.lines, basket.left, strict=True) if POINTS not in line.excludes)
    most = points_cap(eligible)
    basket = replace(basket, points_max=most)
    used = min(max(wanted, 0), most) // STEP * STEP
    return basket.take(POINTS, "points", used, points=used) if used else basket


def points_cap(goods_fen):
    """The most points that ``goods_fen`` of goods allow: half, in hundreds, and only from ¥10 on (E10, E13)."""
    if goods_fen < LEAST_GOODS_FEN:
        return 0
    return goods_fen * MOST_SHARE_PERCENT // 100 // STEP * STEP


def _in_asked_order(basket, lines, order):
    back = [0] * len(order)
    for place, i in enumerate(order):
        back[i] = place
    steps = tuple(
        replace(step, shares=tuple(step.shares[place] for place in back) if step.shares else ())
        for step in basket.steps
    )
    return replace(basket, lines=lines, left=tuple(basket.left[place] for place in back), steps=steps)


def _left_after_promotions(basket):
    """What lines cost when the delivery fee was decided: before coupons."""
    left = [line.gross_fen for line in basket.lines]
    for step in basket.steps:
        if step.stage in {UNIT, LINE, THRESHOLD}:
            left = [before - share for before, share in zip(left, step.shares, strict=True)]
    return left


def _frozen(basket, charged):
    goods = sum(line.gross_fen for line in basket.lines)
    fee = basket.delivery.fen
    off = sum(step.fen for step in basket.steps if step.stage != SHIPPING)
    by_line = [{} for _line in basket.lines]
    for step in basket.steps:
        for shares, share in zip(by_line, step.shares, strict=False):
            if share:
                shares[step.stage] = shares.get(step.stage, 0) + share
    fees = _fee_shares(fee, charged, basket.left, [line.gross_fen for line in basket.lines])
    return Quote(
        lines=tuple(QuotedLine(line, by_line[i], basket.left[i], fees[i]) for i, line in enumerate(basket.lines)),
        steps=basket.steps,
        goods_fen=goods,
        discount_fen=off,
        shipping_fen=fee,
        payable_fen=goods - off + fee,
        points=sum(shares.get(POINTS, 0) for shares in by_line),
        points_max=basket.points_max,
        delivery=basket.delivery,
    )


def _fee_shares(fee_fen, charged, payables, grosses):
    """The fee over the lines: each charge is borne by the lines that it is for, what a coupon left of it included."""
    fees = [0] * len(payables)
    for fen, among in zip(allocate(fee_fen, [fen for fen, _among in charged]), charged, strict=True):
        among = among[1]
        shares = shipping_shares(fen, [payables[i] for i in among], [grosses[i] for i in among])
        for i, share in zip(among, shares, strict=True):
            fees[i] += share
    return fees


def shipping_shares(fee_fen, payables, grosses):
    """The delivery fee over the lines, by largest remainder of what they cost (E17); by list price when all are free.

    A fee may be larger than the goods, so weights are scaled: ``allocate`` never gives a line more than its weight.
    """
    weights = payables if any(payables) else grosses
    return allocate(fee_fen, [weight * fee_fen for weight in weights])
