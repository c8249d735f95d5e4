"""What a LINE offer takes off its lines: n-th unit cheaper, N pieces at a rate, add-on prices. Pure; fen."""

from catalog.money import allocate, rate_of
from orders.pricing.offers import ADD_ON, NTH


def shares_of(offer, among, left, lines):
    """One share a line of the basket (0 for those it does not touch) when ``offer`` takes the lines ``among``."""
    if offer.kind == ADD_ON:
        return _add_on(offer, among, left, lines)
    off = _nth(offer, among, left, lines) if offer.kind == NTH else _pieces(offer, among, left, lines)
    if offer.cap_fen is not None:
        off = min(off, offer.cap_fen)
    weights = [0] * len(lines)
    for i in among:
        weights[i] = left[i]
    return allocate(off, weights)


def _pieces(offer, among, left, lines):
    pieces = sum(lines[i].quantity for i in among)
    rate = None
    for at, gives in offer.steps:
        if pieces >= at:
            rate = gives
    if rate is None:
        return 0
    total = sum(left[i] for i in among)
    return total - rate_of(total, rate)


def _nth(offer, among, left, lines):
    """Units from the dearest to the cheapest; every n-th is the one that is cheaper."""
    ((step, rate),) = offer.steps
    position = cheaper = 0
    for unit, quantity in sorted(((left[i] // lines[i].quantity, lines[i].quantity) for i in among), reverse=True):
        cheaper += unit * ((position + quantity) // step - position // step)
        position += quantity
    return cheaper - rate_of(cheaper, rate)


def _add_on(offer, among, left, lines):
    """The trigger looks at other goods than those that get cheaper, so it never earns itself."""
    shares = [0] * len(lines)
    own = set(offer.prices)
    base = sum(left[i] for i, line in enumerate(lines) if line.sku_id not in own and offer.trigger.covers(line))
    if base < offer.steps[0][0]:
        return shares
    units = offer.most_units if offer.most_units is not None else sum(lines[i].quantity for i in among)
    for i in sorted(among, key=lambda i: (offer.prices[lines[i].sku_id] - left[i] // lines[i].quantity, i)):
        taken = min(units, lines[i].quantity)
        off = max(0, left[i] // lines[i].quantity - offer.prices[lines[i].sku_id]) * taken
        shares[i] = off
        units -= taken
    return shares
