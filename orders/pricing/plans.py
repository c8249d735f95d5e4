"""The search for the one best combination: unit prices × line offers × threshold offers, each finished fully.

A plan is compared by what is to pay before points, which are the shopper's own money. The order of the search and every
tie are fixed, so the same basket, shopper, snapshot and minute give the same answer.
"""

from dataclasses import dataclass

from catalog.money import allocate
from orders.pricing.basket import LINE, SHIPPING, THRESHOLD, UNIT
from orders.pricing.offers import GIFT, UNLIMITED
from orders.pricing.states import State, States
from orders.pricing.threshold_search import KEEP, NODES, Budget, Search, greedy, prune
from orders.pricing.unit_prices import UnitPrices

MOST_STATES = 16
DENSE = 12  # with more threshold offers than this, only few ways to get there are followed
FEW_STATES = 3
LEAST_TRIES, TRIES = 8, 160  # ways to get there that are tried at all: the more lines, the fewer
LEAF_COST = 25


@dataclass
class Plan:
    """A whole combination. ``thresholds`` and ``line_groups``: [(offer, positions)]; ``units``: an offer or None a line."""

    state: State
    thresholds: list
    ending: object
    coupons_for_delivery: list
    proved: bool = True


class Planner:
    """Finds the best ``Plan`` for ``lines`` among ``candidates`` [(offer, positions)]."""

    def __init__(self, lines, candidates, *, buyer, finisher, limits=None, nodes=NODES, keep=KEEP, told=None):
        self.lines, self.finisher = lines, finisher
        self.limits = limits or {}
        self.budget, self.keep, self.told = Budget(nodes), keep, told
        by_stage = {UNIT: [], LINE: [], THRESHOLD: [], SHIPPING: []}
        for offer, among in candidates:
            if offer.kind != GIFT and self.limits.get(offer.id, UNLIMITED).is_used_up:
                self._tell(offer, "used_up")
                continue
            by_stage[offer.stage].append((offer, tuple(i for i in among if offer.stage not in lines[i].excludes)))
        self.by_stage = by_stage
        self.prices = UnitPrices(lines, by_stage[UNIT], buyer=buyer, limits=self.limits)
        self.states = States(lines, self.prices, by_stage[LINE], limits=self.limits)
        self.exact = True
        self.could_be = None  # no plan that was not finished in every way can cost less than this
        self.best = self.payable_fen = None
        self.seen = set()

    def _tell(self, offer, why, **facts):
        if self.told is not None:
            self.told.append((offer, why, facts))

    # --- stage THRESHOLD and the end ------------------------------------------------------------------------------------

    def _measure(self, state):
        """What ``state`` can gain by coupons and what delivery costs at least."""
        state.goods = sum(state.left)
        state.gain = self.finisher.gain_at_most(state.left, state.barred)
        state.fee = self.finisher.fee_at_least(state.goods)
        return state

    def _bound(self, state):
        """No finished plan from ``state`` costs less than its ``least``."""
        most, open_lines = 0, self._open_lines(state)
        for offer, among in self.by_stage[THRESHOLD]:
            most += offer.worth(sum([open_lines[i] for i in among]))
        state.least = max(0, state.goods - most - state.gain) + state.fee
        return state

    def run(self):
        gross = [line.gross_fen for line in self.lines]
        self.worthy = prune(self.by_stage[THRESHOLD], gross, keep=self.keep * 2)[0]
        for state in self._worth_searching(self._all_states()):
            if self.best is None or state.least <= self.best.ending.payable_fen:
                self._search(state)
        proved = self.best.ending.payable_fen <= self.could_be
        self.best.proved = proved and self.exact and not self.budget.spent_out
        return self.best

    def _all_states(self):
        later = bool(self.by_stage[THRESHOLD]) or not self.finisher.is_simple
        states = self.states.all(matter_later=later)
        self.exact = self.exact and self.states.exact and len(states) <= MOST_STATES
        return states

    def _worth_searching(self, states):
        """All ``states``, or of many the few whose greedy plan costs least."""
        if len(states) <= FEW_STATES or (len(states) <= MOST_STATES and len(self.by_stage[THRESHOLD]) <= DENSE):
            return [self._bound(self._measure(state)) for state in states]
        self.exact = False
        tries = max(LEAST_TRIES, TRIES // len(self.lines))
        tried = [(self._dive(state), n, state) for n, state in enumerate(states[:tries])]
        tried += self._climb(tries)
        tried.sort(key=lambda row: row[:2])
        return [self._bound(state) for _payable, _n, state in tried[:FEW_STATES]]

    def _dive(self, state):
        """What the greedy plan from ``state`` costs."""
        self._measure(state)
        open_lines = self._open_lines(state)
        groups = greedy(self.worthy, open_lines)
        self._consider(state, [])
        self._consider(state, [(self.worthy[n][0], sorted(among)) for n, among in sorted(groups.items())])
        return state.goods if state.reached is None else state.reached

    def _climb(self, tries):
        """Changes one unit price at a time for as long as that pays: [(payable, number, state)]."""
        options, found = self.prices.options, []
        places = [
            (i, o) for i in sorted(range(len(options)), key=lambda i: -self.lines[i].gross_fen) for o in options[i]
        ]
        for number, (i, (off, offer)) in enumerate(places[: tries * 2]):
            units = list(self.best.state.units)
            if (units[i][0] if units[i] else None) is offer:
                continue
            units[i] = (offer, off) if offer else None
            start = self.states.start([(unit[1], unit[0]) if unit else (0, None) for unit in units])
            state = self.states.with_lines(start, self.states.line_orders(start)[0])
            found.append((self._dive(state), tries + number, state))
        return found

    def _open_lines(self, state):
        return [0 if THRESHOLD in state.barred[i] else state.left[i] for i in range(len(self.lines))]

    def _search(self, state):
        open_lines = self._open_lines(state)
        kept, cut = prune(self.by_stage[THRESHOLD], open_lines, keep=self.keep, told=self.told)
        self.exact = self.exact and not cut

        open_fen, fee = state.goods - state.gain, state.fee

        def beats(saving):
            # a goods total below nothing is nothing
            return (open_fen - saving if open_fen > saving else 0) + fee < self.payable_fen

        def consider(groups, offers):
            named = [(offers[n][0], sorted(among)) for n, among in sorted(groups.items())]
            self._consider(state, named)
            simple = self.finisher.is_simple and not any(offer.excludes for offer, _among in named)
            if named and not simple:
                self._consider(state, [])
                for gone in named if len(named) > 1 else ():
                    self._consider(state, [row for row in named if row is not gone])

        def search(offers):
            Search(offers, open_lines, self.budget, consider=lambda groups: consider(groups, offers), beats=beats).run()

        self._consider(state, [])
        for offer, among in kept:
            self._consider(state, [(offer, [i for i in among if open_lines[i]])])
        search(kept)
        harmless = [row for row in kept if not row[0].excludes]
        if len(harmless) < len(kept):
            search(harmless)

    def _consider(self, state, groups):
        key = (id(state), tuple((offer.id, tuple(among)) for offer, among in groups))
        if key in self.seen:
            return
        self.seen.add(key)
        # No line is in two groups, so what each gives does not depend on the others; lines get their shares of it only
        # when the plan may be the best.
        giving = [(offer, among, self.worth(offer, sum([state.left[i] for i in among]))) for offer, among in groups]
        least = max(0, state.goods - sum([off for _offer, _among, off in giving]) - state.gain) + state.fee
        if self.best is not None and (least > self.payable_fen or not self.budget.spend(LEAF_COST)):
            return
        left, barred, used = state.left, state.barred, []
        if groups:
            left, barred = list(left), list(barred)
        for offer, among, off in giving:
            if off:
                shares = _shares(off, among, left)
                left = [before - share for before, share in zip(left, shares, strict=True)]
                used.append((offer, shares))
                for i in among if offer.excludes else ():
                    barred[i] = barred[i] | offer.excludes
        self.could_be = least if self.could_be is None else min(self.could_be, least)
        ids = {offer.id for offer, _shares in used} | {offer.id for offer, _shares in state.groups}
        ids |= {unit[0].id for unit in state.units if unit}
        ending = self.finisher.finish(left, barred, ids)
        if state.reached is None or ending.payable_fen < state.reached:
            state.reached = ending.payable_fen
        if self.best is None or ending.key < self.best.ending.key:
            self.best, self.payable_fen = Plan(state, used, ending, self.finisher.shipping_coupons), ending.payable_fen

    def worth(self, offer, base):
        off = offer.worth(base)
        most = self.limits[offer.id].fen if offer.id in self.limits else None
        return off if most is None else min(off, most)

    # --- what the plan did not use --------------------------------------------------------------------------------------

    def lost_units(self):
        """(offer, line) of unit prices that were passed over because they forbid something worth more."""
        for i, found in enumerate(self.prices.options):
            taken = self.best.state.units[i]
            now = taken[1] if taken else 0
            better = [(off, offer) for off, offer in found if off > now]
            if better:
                yield max(better, key=lambda row: row[0])[1], i

    def gifts(self):
        """(offer, units, units that are sold out, positions) of GIFT offers earned by lines that no other threshold offer
        took; one that is sold out leaves its lines to the next."""
        plan = self.best
        busy = {i for _offer, shares in plan.thresholds for i, share in enumerate(shares) if share}
        gifts = [row for row in self.by_stage[THRESHOLD] if row[0].kind == GIFT]
        gifts.sort(key=lambda row: (-row[0].gift_value_fen, row[0].id))
        for offer, among in gifts:
            free = [i for i in among if i not in busy and THRESHOLD not in plan.state.barred[i]]
            units = offer.gift_units(sum(plan.state.left[i] for i in free))
            there = self.limits.get(offer.id, UNLIMITED).units
            some = units if there is None else max(0, min(units, there))
            if some:
                busy |= set(free)
            if units:
                yield offer, some, units - some, free


def _shares(off, among, left):
    weights = [0] * len(left)
    for i in among:
        weights[i] = left[i]
    return allocate(off, weights)
