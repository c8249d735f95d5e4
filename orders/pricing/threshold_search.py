"""Which THRESHOLD offer each line joins: candidates, pruning, then branch and bound over the lines (docs/domain.md 6.3).

A line is in at most one of them. The search is bounded by nodes, not by time, so the same basket always gets the same
answer; a greedy plan comes first, so the answer is never worse than greedy.
"""

from orders.pricing.offers import EVERY, GIFT, SPEND_RATE

KEEP = 8
NODES = 3_000
EVERY_POINTS = 40
LOOKED_AT = 3  # times as many are compared with each other as are kept


class Budget:
    """The nodes that one quote may visit; ``spent_out`` says that the search was cut."""

    def __init__(self, nodes=NODES):
        self.left = nodes
        self.spent_out = False

    def spend(self, nodes=1):
        if self.left < nodes:
            self.left = 0
            self.spent_out = True
            return False
        self.left -= nodes
        return True


def prune(candidates, left, *, keep=KEEP, told=None):
    """The candidates worth looking at, best first, and whether any that might have mattered were cut.

    ``candidates``: [(offer, positions)]. ``told`` (a list) is given (offer, why, facts) for every one that is dropped.
    """
    reached, by_lines = [], {}
    for offer, among in candidates:
        total = sum(left[i] for i in among)
        most = offer.worth(total)
        if most:
            reached.append((offer, among, most, total))
        elif told is not None and offer.kind != GIFT:
            told.append((offer, "not_reached", {"base_fen": total, "next_fen": offer.next_step(total) or 0}))
    reached.sort(key=lambda row: (-row[2], row[0].id))
    looked_at, rest = reached[: keep * LOOKED_AT], reached[keep * LOOKED_AT :]
    for row in looked_at:
        by_lines.setdefault(row[1], []).append(row)
    kept, dropped = [], bool(rest)
    for rows in by_lines.values():
        rows.sort(key=lambda row: (-row[2], row[0].id))
        alive = []
        for row in rows:
            winner = next((other for other in alive if _dominates(other[0], row[0], row[3])), None)
            if winner is None:
                alive.append(row)
                continue
            dropped = dropped or len(row[1]) > 1  # side by side on different lines both might give something
            if told is not None:
                told.append((row[0], "dominated", {"by": winner[0].id}))
        kept += alive
    kept.sort(key=lambda row: (-row[2], row[0].id))
    for offer, _among, most, _total in [*kept[keep:], *rest] if told is not None else ():
        told.append((offer, "beyond_the_best", {"could_give_fen": most}))
    return [(offer, among) for offer, among, _most, _total in kept[:keep]], len(kept) > keep or dropped


def _dominates(one, other, total):
    """Whether ``one`` gives at least as much as ``other`` for any goods up to ``total`` and forbids nothing more."""
    if not one.excludes <= other.excludes:
        return False
    mine, theirs = one.worth, other.worth
    return not any(mine(point) < theirs(point) for point in {total, *_points(one, total), *_points(other, total)})


def _points(offer, total):
    """Amounts between which an offer is a straight line, each with its neighbours."""
    found = [at for at, _gives in offer.steps]
    if offer.kind == EVERY:
        at = offer.steps[0][0]
        found = [at * n for n in range(1, min(total // at, EVERY_POINTS) + 1)]
    if offer.kind == SPEND_RATE and offer.cap_fen is not None:
        found += [offer.cap_fen * 10_000 // (10_000 - rate) for _at, rate in offer.steps if rate < 10_000]
    return [near for point in found for near in (point - 1, point, point + 1) if 0 < near <= total]


def greedy(offers, left):
    """Again and again the offer that takes off most of the lines that are still free: {number: positions}."""
    free, groups = {i for _offer, among in offers for i in among if left[i]}, {}
    while free:
        best = None
        for number, (offer, among) in enumerate(offers):
            if number not in groups:
                off = offer.worth(sum([left[i] for i in among if i in free]))
                if off and (best is None or off > best[0]):
                    best = (off, number)
        if best is None:
            break
        groups[best[1]] = [i for i in offers[best[1]][1] if i in free]
        free -= set(groups[best[1]])
    return groups


class Search:
    """Partitions of lines among ``offers`` [(offer, positions)]; ``consider(groups)`` is called with each one found.

    ``slack_fen`` is how much more than the saving of this stage a plan could gain by later stages; ``beats(saving)``
    says whether a plan that saves so much here could still be better than the best one known.
    """

    def __init__(self, offers, left, budget, *, consider, beats):
        self.offers, self.left, self.budget = offers, left, budget
        self.consider, self.beats = consider, beats
        self.of_line = {}
        for number, (_offer, among) in enumerate(offers):
            for i in among:
                if left[i]:
                    self.of_line.setdefault(i, []).append(number)
        self.lines = sorted(self.of_line, key=lambda i: (-left[i], i))

    def run(self):
        """Returns whether every plan that could be better was looked at."""
        self.consider(greedy(self.offers, self.left))
        self.worth = [offer.worth for offer, _among in self.offers]
        self.got = [0] * len(self.offers)
        self.may = [sum([self.left[i] for i in among]) for _offer, among in self.offers]
        self.most = [worth(base) for worth, base in zip(self.worth, self.may, strict=True)]
        self.joined = {}
        bound = sum(self.most)
        if self.lines and self.budget.spend() and self.beats(bound):
            self._branch(0, bound)
        return not self.budget.spent_out

    def _branch(self, depth, bound):
        """Every way on from a node that was paid for and may lead to something better. What it calls ten thousand times a
        quote is looked at before the call, and changed after it."""
        budget, lines, left, of_line, got, joined = (
            self.budget, self.lines, self.left, self.of_line, self.got, self.joined,
        )  # fmt: skip
        alone = []
        while depth < len(lines) and len(of_line[lines[depth]]) == 1:
            i = lines[depth]
            alone.append(i)
            joined[i] = of_line[i][0]
            got[joined[i]] += left[i]
            depth += 1
            if not budget.spend():
                break
        else:
            if depth == len(lines):
                self._leaf()
            else:
                self._choose(depth, bound)
        for i in alone:
            got[joined.pop(i)] -= left[i]

    def _choose(self, depth, bound):
        """The line at ``depth`` joins each of its offers in turn."""
        i = self.lines[depth]
        cost, mine, budget, beats = self.left[i], self.of_line[i], self.budget, self.beats
        got, may, most, worth = self.got, self.may, self.most, self.worth
        # What each of them could still give, with the line and without it.
        before = [(may[n], most[n]) for n in mine]
        after = []
        lost = 0
        for n, (base, gives) in zip(mine, before, strict=True):
            now = worth[n](base - cost)
            lost += now - gives
            after.append((-gives, self.offers[n][0].id, n, gives - now))
            may[n], most[n] = base - cost, now
        after.sort()
        for gives, _id, n, back in after:
            if not budget.spend():
                break
            if beats(bound + lost + back):
                now = most[n]
                got[n], may[n], most[n] = got[n] + cost, may[n] + cost, -gives
                self.joined[i] = n
                self._branch(depth + 1, bound + lost + back)
                got[n], may[n], most[n] = got[n] - cost, may[n] - cost, now
                if budget.spent_out:
                    break
        self.joined.pop(i, None)
        for n, (base, gives) in zip(mine, before, strict=True):
            may[n], most[n] = base, gives

    def _leaf(self):
        groups = {}
        for i, number in self.joined.items():
            groups.setdefault(number, []).append(i)
        self.consider({n: among for n, among in groups.items() if self.worth[n](self.got[n])})
