"""Stage UNIT: what one unit of each line may cost, and which unit prices are worth following together. Pure; fen."""

from itertools import product

from orders.pricing.offers import UNLIMITED

MOST_UNIT_PLANS = 16


class UnitPrices:
    """The unit prices that ``offers`` [(offer, positions)] allow for ``lines``.

    ``room`` maps (offer id, position) to the units that get the price; ``exact`` turns False when ``plans`` left some out.
    """

    def __init__(self, lines, offers, *, buyer, limits):
        self.lines, self.offers, self.buyer, self.limits = lines, offers, buyer, limits
        self.exact = True
        self.room = {}
        for offer, among in offers:
            self._share_out(offer, among)
        self.options = self._options()

    def _share_out(self, offer, among):
        """Of an offer with a limit, each line gets its units from what the lines before it leave."""
        limit = self.limits.get(offer.id, UNLIMITED)
        known = [most for most in (offer.most_units, limit.units) if most is not None]
        left, fen = min(known) if known else None, limit.fen
        pool = None if limit.by_sku is None else dict(limit.by_sku)
        for i in among:
            off = self.lines[i].unit_price_fen - offer.unit_price(self.lines[i], self.buyer)
            units = self.lines[i].quantity if left is None else min(left, self.lines[i].quantity)
            if pool is not None:
                units = min(units, pool.get(self.lines[i].sku_id, 0))
            if fen is not None and off > 0:
                units = min(units, fen // off)
                fen -= units * off
            left = None if left is None else left - units
            self.room[offer.id, i] = units

    def saving(self, offer, i):
        """What ``offer`` takes off line ``i``: for the units that it has room for."""
        line = self.lines[i]
        return (line.unit_price_fen - offer.unit_price(line, self.buyer)) * self.room[offer.id, i]

    def _options(self):
        """A line's options: the best offer for each set of forbidden stages, and the list price."""
        options = [{} for _line in self.lines]
        for offer, among in self.offers:
            for i in among:
                off = self.saving(offer, i)
                known = options[i].get(offer.excludes)
                if off > 0 and (known is None or (off, -offer.id) > (known[0], -known[1].id)):
                    options[i][offer.excludes] = (off, offer)
        return [[(0, None), *sorted(found.values(), key=lambda o: (-o[0], o[1].id))] for found in options]

    def plans(self, *, matter_later):
        """Combinations of options, one a line; only the cheapest one when prices do not ``matter_later``."""
        options = self.options
        if not matter_later:
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
