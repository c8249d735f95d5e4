"""The search for the one best combination: unit prices × line offers × threshold offers, each finished fully.

A plan is compared by what is to pay before points, which are the shopper's own money. The order of the search and every
tie are fixed, so the same basket, shopper, snapshot and minute give the same answer.
"""

from dataclasses import dataclass
from itertools import permutations, product

from catalog.money import allocate
from orders.pricing.basket import LINE, SHIPPING, THRESHOLD, UNIT
from orders.pricing.line_offers import shares_of
from orders.pricing.offers import ADD_ON, GIFT, Left
from orders.pricing.threshold_search import KEEP, NODES, Budget, Search, greedy, prune

MOST_UNIT_PLANS = 16
MOST_STATES = 16
DENSE = 12  # with more threshold offers than this, only few ways to get there are followed
FEW_STATES = 3
LEAST_TRIES, TRIES = 8, 160  # ways to get there that are tried at all: the more lines, the fewer
LEAF_COST = 25
FREE = frozenset()


@dataclass
class State:
    """Lines after the stages UNIT and LINE: what each costs, what it is barred from, who gave what."""

    left: list
    barred: list
    units: list
    groups: tuple = ()
    goods: int = 0
    gain: int = 0
    fee: int = 0
    least: int = 0
    reached: int | None = None


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
        self.lines, self.buyer, self.finisher = lines, buyer, finisher
        self.limits = limits or {}
        self.budget, self.keep, self.told = Budget(nodes), keep, told
        by_stage = {UNIT: [], LINE: [], THRESHOLD: [], SHIPPING: []}
        for offer, among in candidates:
            if self._is_used_up(offer):
                self._tell(offer, "used_up")
                continue
            by_stage[offer.stage].append((offer, tuple(i for i in among if offer.stage not in lines[i].excludes)))
        self.by_stage = by_stage
        self.room = {}
        for offer, among in by_stage[UNIT]:
            self._share_out(offer, among)
        self.exact = True
        self.could_be = None  # no plan that was not finished in every way can cost less than this
        self.best = None
        self.seen = set()
        self.shared = {}  # (LINE offer, its free lines, what they cost) → shares

    def _tell(self, offer, why, **facts):
        if self.told is not None:
            self.told.append((offer, why, facts))

    def _is_used_up(self, offer):
        left = self.limits.get(offer.id, Left())
        return (left.units is not None and left.units <= 0) or (left.fen is not None and left.fen <= 0)

    # --- stage UNIT ---------------------------------------------------------------------------------------------------

    def _share_out(self, offer, among):
        """Of an offer with a limit, each line gets its units from what the lines before it leave."""
        limit = self.limits.get(offer.id, Left())
        known = [most for most in (offer.most_units, limit.units) if most is not None]
        left, fen = min(known) if known else None, limit.fen
        for i in among:
            off = self.lines[i].unit_price_fen - offer.unit_price(self.lines[i], self.buyer)
            units = self.lines[i].quantity if left is None else min(left, self.lines[i].quantity)
            if fen is not None and off > 0:
                units = min(units, fen // off)
                fen -= units * off
            left = None if left is None else left - units
            self.room[offer.id, i] = units

    def unit_saving(self, offer, i):
        """What ``offer`` takes off line ``i``: for the units that it has room for."""
        line = self.lines[i]
        return (line.unit_price_fen - offer.unit_price(line, self.buyer)) * self.room[offer.id, i]

    def _unit_options(self):
        """A line's options: the best offer for each set of forbidden stages, and the list price."""
        options = [{} for _line in self.lines]
        for offer, among in self.by_stage[UNIT]:
            for i in among:
                off = self.unit_saving(offer, i)
                known = options[i].get(offer.excludes)
                if off > 0 and (known is None or (off, -offer.id) > (known[0], -known[1].id)):
                    options[i][offer.excludes] = (off, offer)
        return [[(0, None), *sorted(found.values(), key=lambda o: (-o[0], o[1].id))] for found in options]

    def _unit_plans(self):
        options = self._unit_options()
        later = self.by_stage[LINE] or self.by_stage[THRESHOLD] or not self.finisher.is_simple
        if not later:
            return [[max(found, key=lambda o: (o[0], -o[1].id if o[1] else 0)) for found in options]]
        count = 1
        for found in options:
            count *= len(found)
        if count <= MOST_UNIT_PLANS:
            return [list(plan) for plan in product(*options)]
        self.exact = False
        cheapest = [max(found, key=lambda o: (o[0], -o[1].id if o[1] else 0)) for found in options]
        plans = [cheapest, [found[0] for found in options]]
        for forbidden in sorted({o[1].excludes for found in options for o in found if o[1]}, key=sorted):
            plans.append(
                [
                    next((o for o in found if o[1] and o[1].excludes == forbidden), best)
                    for found, best in zip(options, cheapest, strict=True)
                ]
            )
        offers = sorted({o[1].id for o in cheapest if o[1]})
        for dropped in offers:
            plans.append(
                [o if not o[1] or o[1].id != dropped else found[0] for o, found in zip(cheapest, options, strict=True)]
            )
        return plans[:MOST_UNIT_PLANS]

    # --- stage LINE ---------------------------------------------------------------------------------------------------

    def _states(self):
        states, known, plans = [], set(), self._unit_plans()
        for plan in plans:
            start = self._start(plan)
            orders = self._line_orders(start)
            for order in orders if len(plans) < MOST_UNIT_PLANS or plan is plans[0] else orders[:2]:
                state = self._with_lines(start, order)
                key = (tuple(state.left), tuple(state.barred))
                if key not in known:
                    known.add(key)
                    states.append(state)
        # The first is what a plain till would do: the lowest unit prices, every line offer. Nothing may be worse than it.
        plain = min(states, key=lambda state: sum(state.left))
        rest = sorted((state for state in states if state is not plain), key=lambda state: sum(state.left))
        self.exact = self.exact and len(states) <= MOST_STATES
        return [plain, *rest]

    def _start(self, plan):
        """The state of these unit prices [(fen taken off, offer or None)], before line offers."""
        left = [line.gross_fen - off for line, (off, _offer) in zip(self.lines, plan, strict=True)]
        barred = [
            line.excludes | (offer.excludes if offer else FREE)
            for line, (_off, offer) in zip(self.lines, plan, strict=True)
        ]
        return State(left, barred, [(offer, off) if offer else None for off, offer in plan])

    def _line_orders(self, state):
        """The orders in which LINE offers may take their lines: each offer takes all of its lines that are free."""
        giving = []
        for offer, among in self.by_stage[LINE]:
            off = sum(self._line_shares(offer, among, state, set())[0])
            if off:
                giving.append((off, offer, among))
        giving.sort(key=lambda row: (-row[0], row[1].id))
        if len(giving) > 3:
            self.exact = False
            whole = [row[1:] for row in giving]
            return [whole, [], *([row for row in whole if row is not gone] for gone in whole[:6])]
        rows = [row[1:] for row in giving]
        return [list(order) for size in range(len(rows), -1, -1) for order in permutations(rows, size)]

    def _line_shares(self, offer, among, state, taken):
        free = tuple([i for i in among if i not in taken and LINE not in state.barred[i] and state.left[i]])
        key = (offer.id, free, tuple([state.left[i] for i in free]))
        known = self.shared.get(key)
        if known is not None:
            return known, free
        shares = shares_of(offer, free, state.left, self.lines) if free else [0] * len(self.lines)
        most = self.limits.get(offer.id, Left()).fen
        if most is not None and sum(shares) > most:
            shares = [0] * len(self.lines)
        if offer.kind != ADD_ON:  # what an add-on gives also depends on what other offers took off other lines
            self.shared[key] = shares
        return shares, free

    def _with_lines(self, start, order):
        left, barred, taken, groups = list(start.left), list(start.barred), set(), []
        state = State(left, barred, start.units)
        for offer, among in order:
            shares, free = self._line_shares(offer, among, state, taken)
            if any(shares):
                state.left = [before - share for before, share in zip(state.left, shares, strict=True)]
                groups.append((offer, shares))
                taken |= set(free)
                for i in free:
                    barred[i] |= offer.excludes
        state.groups = tuple(groups)
        return state

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
        for state in self._worth_searching(self._states()):
            if self.best is None or state.least <= self.best.ending.payable_fen:
                self._search(state)
        proved = self.best.ending.payable_fen <= self.could_be
        self.best.proved = proved and self.exact and not self.budget.spent_out
        return self.best

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
        options, found = self._unit_options(), []
        places = [
            (i, o) for i in sorted(range(len(options)), key=lambda i: -self.lines[i].gross_fen) for o in options[i]
        ]
        for number, (i, (off, offer)) in enumerate(places[: tries * 2]):
            units = list(self.best.state.units)
            if (units[i][0] if units[i] else None) is offer:
                continue
            units[i] = (offer, off) if offer else None
            start = self._start([(unit[1], unit[0]) if unit else (0, None) for unit in units])
            state = self._with_lines(start, self._line_orders(start)[0])
            found.append((self._dive(state), tries + number, state))
        return found

    def _open_lines(self, state):
        return [0 if THRESHOLD in state.barred[i] else state.left[i] for i in range(len(self.lines))]

    def _search(self, state):
        open_lines = self._open_lines(state)
        kept, cut = prune(self.by_stage[THRESHOLD], open_lines, keep=self.keep, told=self.told)
        self.exact = self.exact and not cut

        def beats(saving):
            return max(0, state.goods - saving - state.gain) + state.fee < self.best.ending.payable_fen

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
        left, barred, used = state.left, state.barred, []
        if groups:
            left, barred = list(left), list(barred)
        for offer, among in groups:
            off = self.worth(offer, sum(left[i] for i in among))
            if off:
                shares = _shares(off, among, left)
                left = [before - share for before, share in zip(left, shares, strict=True)]
                used.append((offer, shares))
                for i in among if offer.excludes else ():
                    barred[i] = barred[i] | offer.excludes
        least = max(0, sum(left) - state.gain) + state.fee
        if self.best is not None and (least > self.best.ending.payable_fen or not self.budget.spend(LEAF_COST)):
            return
        self.could_be = least if self.could_be is None else min(self.could_be, least)
        ids = {offer.id for offer, _shares in used} | {offer.id for offer, _shares in state.groups}
        ids |= {unit[0].id for unit in state.units if unit}
        ending = self.finisher.finish(left, barred, ids)
        if state.reached is None or ending.payable_fen < state.reached:
            state.reached = ending.payable_fen
        if self.best is None or ending.key < self.best.ending.key:
            self.best = Plan(state, used, ending, self.finisher.shipping_coupons)

    def worth(self, offer, base):
        most = self.limits.get(offer.id, Left()).fen
        off = offer.worth(base)
        return off if most is None else min(off, most)

    # --- what the plan did not use --------------------------------------------------------------------------------------

    def lost_units(self):
        """(offer, line) of unit prices that were passed over because they forbid something worth more."""
        for i, found in enumerate(self._unit_options()):
            taken = self.best.state.units[i]
            now = taken[1] if taken else 0
            better = [(off, offer) for off, offer in found if off > now]
            if better:
                yield max(better, key=lambda row: row[0])[1], i

    def gifts(self):
        """(offer, units) of GIFT offers earned by lines that no other threshold offer took."""
        plan = self.best
        busy = {i for _offer, shares in plan.thresholds for i, share in enumerate(shares) if share}
        gifts = [row for row in self.by_stage[THRESHOLD] if row[0].kind == GIFT]
        gifts.sort(key=lambda row: (-row[0].gift_value_fen, row[0].id))
        for offer, among in gifts:
            free = [i for i in among if i not in busy and THRESHOLD not in plan.state.barred[i]]
            units = offer.gift_units(sum(plan.state.left[i] for i in free))
            if units:
                busy |= set(free)
                yield offer, units


def _shares(off, among, left):
    weights = [0] * len(left)
    for i in among:
        weights[i] = left[i]
    return allocate(off, weights)
