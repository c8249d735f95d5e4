"""The ways to get to stage THRESHOLD: unit prices, then the line offers in every order that may matter. Pure; fen."""

from dataclasses import dataclass
from itertools import permutations

from orders.pricing.basket import LINE
from orders.pricing.line_offers import shares_of
from orders.pricing.offers import ADD_ON, UNLIMITED
from orders.pricing.unit_prices import MOST_UNIT_PLANS

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


class States:
    """The states that ``prices`` (UnitPrices) and the LINE ``offers`` [(offer, positions)] lead to.

    ``exact`` turns False when some that might have mattered were left out.
    """

    def __init__(self, lines, prices, offers, *, limits):
        self.lines, self.prices, self.offers, self.limits = lines, prices, offers, limits
        self.exact = True
        self.shared = {}  # (LINE offer, its free lines, what they cost) → shares

    def all(self, *, matter_later):
        """Every state worth a look, the plainest first; ``matter_later``: whether what goods cost decides more later."""
        states, known = [], set()
        plans = self.prices.plans(matter_later=bool(self.offers) or matter_later)
        for plan in plans:
            start = self.start(plan)
            orders = self.line_orders(start)
            for order in orders if len(plans) < MOST_UNIT_PLANS or plan is plans[0] else orders[:2]:
                state = self.with_lines(start, order)
                key = (tuple(state.left), tuple(state.barred))
                if key not in known:
                    known.add(key)
                    states.append(state)
        # The first is what a plain till would do: the lowest unit prices, every line offer. Nothing may be worse than it.
        plain = min(states, key=lambda state: sum(state.left))
        rest = sorted((state for state in states if state is not plain), key=lambda state: sum(state.left))
        self.exact = self.exact and self.prices.exact
        return [plain, *rest]

    def start(self, plan):
        """The state of these unit prices [(fen taken off, offer or None)], before line offers."""
        left = [line.gross_fen - off for line, (off, _offer) in zip(self.lines, plan, strict=True)]
        barred = [
            line.excludes | (offer.excludes if offer else FREE)
            for line, (_off, offer) in zip(self.lines, plan, strict=True)
        ]
        return State(left, barred, [(offer, off) if offer else None for off, offer in plan])

    def line_orders(self, state):
        """The orders in which LINE offers may take their lines: each offer takes all of its lines that are free."""
        giving, open_lines = [], self._open(state)
        for offer, among in self.offers:
            off = sum(self._line_shares(offer, among, state, open_lines)[0])
            if off:
                giving.append((off, offer, among))
        giving.sort(key=lambda row: (-row[0], row[1].id))
        if len(giving) > 3:
            self.exact = False
            whole = [row[1:] for row in giving]
            return [whole, [], *([row for row in whole if row is not gone] for gone in whole[:6])]
        rows = [row[1:] for row in giving]
        return [list(order) for size in range(len(rows), -1, -1) for order in permutations(rows, size)]

    def _open(self, state):
        """For each line whether a LINE offer may take it."""
        return [bool(cost) and LINE not in barred for cost, barred in zip(state.left, state.barred, strict=True)]

    def _line_shares(self, offer, among, state, open_lines):
        free = tuple([i for i in among if open_lines[i]])
        key = (offer.id, free, tuple([state.left[i] for i in free]))
        known = self.shared.get(key)
        if known is not None:
            return known, free
        shares = shares_of(offer, free, state.left, self.lines) if free else [0] * len(self.lines)
        most = self.limits.get(offer.id, UNLIMITED).fen
        if most is not None and sum(shares) > most:
            shares = [0] * len(self.lines)
        if offer.kind != ADD_ON:  # what an add-on gives also depends on what other offers took off other lines
            self.shared[key] = shares
        return shares, free

    def with_lines(self, start, order):
        left, barred, groups = list(start.left), list(start.barred), []
        state = State(left, barred, start.units)
        open_lines = self._open(state)
        for offer, among in order:
            shares, free = self._line_shares(offer, among, state, open_lines)
            if any(shares):
                state.left = [before - share for before, share in zip(state.left, shares, strict=True)]
                groups.append((offer, shares))
                for i in free:
                    open_lines[i] = False
                    barred[i] |= offer.excludes
        state.groups = tuple(groups)
        return state
