"""How little more would save more: the next step of a promotion, with the net saving over the present plan. Pure; fen."""

from dataclasses import replace

from orders.pricing.basket import LINE, THRESHOLD, UNIT, Nudge
from orders.pricing.engine import quote
from orders.pricing.offers import GIFT

MOST = 2
LOOKED_AT = 4
NODES = 400
LEAST_GAP_LIMIT = 5_000


def with_nudges(quoted, *, benefits, delivery_fee_fen, offers):
    """``quoted`` with at most two nudges, the larger net saving first.

    Each is priced again with goods for exactly the gap added, so it never promises what the plan would not give.
    """
    lines = tuple(line.line for line in quoted.lines)
    cost = [line.line.gross_fen - line.share(UNIT) - line.share(LINE) for line in quoted.lines]
    found = []
    for offer, gap, like in _possible(quoted, lines, cost, offers)[:LOOKED_AT]:
        more = replace(like, quantity=1, unit_price_fen=gap, excludes=frozenset({UNIT, LINE}))
        terms = {"benefits": benefits, "delivery_fee_fen": delivery_fee_fen}
        then = quote((*lines, more), offers=replace(offers, nodes=NODES, explain=False), **terms)
        takes_part = any(used.id == offer.id for used, _fen, _units in then.used)
        saves = (quoted.payable_fen + sum(line.points_fen for line in quoted.lines)) + gap - then.payable_fen
        if takes_part and saves > 0:
            found.append(Nudge(offer, gap, saves))
    found.sort(key=lambda nudge: (-nudge.saves_fen, nudge.gap_fen, nudge.offer.id))
    return replace(quoted, nudges=tuple(found[:MOST]))


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
