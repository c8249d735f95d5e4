"""How little more would save more: the next step of a promotion, with the net saving over the present plan. Pure; fen."""

from dataclasses import replace

from orders.pricing.basket import LINE, SHIPPING, THRESHOLD, UNIT, Nudge
from orders.pricing.engine import quote
from orders.pricing.offers import GIFT
from orders.pricing.snapshot import Snapshot

MOST = 2
LOOKED_AT = 4
NODES = 400
LEAST_GAP_LIMIT = 5_000


def with_nudges(quoted, *, benefits, delivery_fee_fen, offers):
    """``quoted`` with at most two nudges, the larger net saving first.

    Each is priced with goods for exactly the gap added, keeping the unit prices and line offers of the plan and choosing
    among its promotions and the new one only: at any size of the shop that is a small fraction of the quote, and what it
    promises is never more than the whole search would give.
    """
    lines = tuple(line.line for line in quoted.lines)
    cost = [line.line.gross_fen - line.share(UNIT) - line.share(LINE) for line in quoted.lines]
    fixed = _fixed(quoted, cost)
    used = [offer for offer, _fen, _units in quoted.used if offer.stage in {THRESHOLD, SHIPPING}]
    paid = quoted.payable_fen + sum(line.points_fen for line in quoted.lines)
    found = []
    for offer, gap, like in _possible(quoted, lines, cost, offers)[:LOOKED_AT]:
        more = replace(like, quantity=1, unit_price_fen=gap, excludes=frozenset({UNIT, LINE}))
        few = Snapshot([*(mine for mine in used if mine.id != offer.id), offer])
        terms = {"benefits": benefits, "delivery_fee_fen": delivery_fee_fen}
        then = quote((*fixed, more), offers=replace(offers, snapshot=few, nodes=NODES, explain=False), **terms)
        takes_part = any(mine.id == offer.id for mine, _fen, _units in then.used)
        saves = paid + gap - then.payable_fen
        if takes_part and saves > 0:
            found.append(Nudge(offer, gap, saves))
    found.sort(key=lambda nudge: (-nudge.saves_fen, nudge.gap_fen, nudge.offer.id))
    return replace(quoted, nudges=tuple(found[:MOST]))


def _fixed(quoted, cost):
    """The lines as one piece each at what they cost after the stages UNIT and LINE, closed to both and to all that the
    offers used there forbid."""
    by_source = {offer.source or offer.id: offer for offer, _fen, _units in quoted.used}
    barred = [line.line.excludes | {UNIT, LINE} for line in quoted.lines]
    for step in quoted.steps:
        offer = by_source.get(step.source)
        if offer is not None and step.stage in {UNIT, LINE}:
            barred = [bars | offer.excludes if share else bars for bars, share in zip(barred, step.shares, strict=True)]
    return [
        replace(line.line, quantity=1, unit_price_fen=fen, excludes=frozenset(bars))
        for line, fen, bars in zip(quoted.lines, cost, barred, strict=True)
    ]


def _possible(quoted, lines, cost, offers):
    """[(offer, gap, a line of its goods)] by what its next step would give beyond what its lines save now."""
    saved = [line.share(THRESHOLD) for line in quoted.lines]
    rows = []
    for offer, among in offers.snapshot.candidates(lines, offers.buyer):
        among = [i for i in among if THRESHOLD not in lines[i].excludes]
        if offer.stage != THRESHOLD or offer.kind == GIFT or not among:
            continue
        base = sum(cost[i] for i in among)
        at = offer.next_step(base)
        if at is None or at - base > max(at * 30 // 100, LEAST_GAP_LIMIT):
            continue
        gain = offer.worth(at) - sum(saved[i] for i in among)
        if gain > 0:
            rows.append((-gain, at - base, offer.id, offer, lines[among[0]]))
    rows.sort(key=lambda row: row[:3])
    return [(offer, gap, like) for _gain, gap, _id, offer, like in rows]
