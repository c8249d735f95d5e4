"""All live offers in a form that answers "which of them concern this line?" at once (docs/domain.md 6.6).

Each offer is one bit; each SKU, listing, category, brand, tag and merchant has the number whose bits are the offers that
name it. A snapshot never changes: a new one replaces it whole.
"""

from dataclasses import replace

from orders.pricing.offers import ADD_ON

MOST_KEPT = 64


class Snapshot:
    """``offers`` in the order of their ids; ``version`` names this state of the shop's promotions."""

    def __init__(self, offers=(), version=""):
        self.offers = sorted(offers, key=lambda offer: offer.id)
        self.version = version
        self._by = {name: {} for name in ("sku", "product", "category", "brand", "tag", "merchant")}
        self._not = {"sku": {}, "product": {}}
        self._everything = self._any_merchant = self._conditional = 0
        self._for = {}
        for number, offer in enumerate(self.offers):
            self._index(offer, 1 << number)

    def _index(self, offer, bit):
        scope = offer.scope
        if offer.kind == ADD_ON or (offer.prices and not offer.steps):
            self._put(self._by["sku"], offer.prices, bit)
        elif scope.is_everything:
            self._everything |= bit
        else:
            for name, members in (
                ("sku", scope.skus),
                ("product", scope.products),
                ("category", scope.categories),
                ("brand", scope.brands),
                ("tag", scope.tags),
            ):
                self._put(self._by[name], members, bit)
        if scope.merchants:
            self._put(self._by["merchant"], scope.merchants, bit)
        else:
            self._any_merchant |= bit
        self._put(self._not["sku"], scope.not_skus, bit)
        self._put(self._not["product"], scope.not_products, bit)

    @staticmethod
    def _put(index, keys, bit):
        for key in keys:
            index[key] = index.get(key, 0) | bit

    def bits_of(self, line):
        """The offers whose scope covers ``line``."""
        by = self._by
        bits = self._everything | by["sku"].get(line.sku_id, 0) | by["product"].get(line.product_id, 0)
        bits |= by["brand"].get(line.brand_id, 0)
        for category in line.category_ids:
            bits |= by["category"].get(category, 0)
        for tag in line.tags:
            bits |= by["tag"].get(tag, 0)
        bits &= self._any_merchant | by["merchant"].get(line.merchant_id, 0)
        return bits & ~self._not["sku"].get(line.sku_id, 0) & ~self._not["product"].get(line.product_id, 0)

    def bits_for(self, buyer):
        """The offers whose conditions ``buyer`` meets; remembered by tier, region and minute."""
        buyer = replace(buyer, now=buyer.now.replace(second=0, microsecond=0)) if buyer.now else buyer
        key = (buyer.tier_code, buyer.is_newcomer, buyer.region_code, buyer.now)
        bits = self._for.get(key)
        if bits is None:
            bits = sum(1 << n for n, offer in enumerate(self.offers) if not offer.refusal(buyer))
            if len(self._for) >= MOST_KEPT:
                self._for = {}
            self._for[key] = bits
        return bits  # not read again: another thread may have begun a new dict

    def candidates(self, lines, buyer):
        """[(offer, positions of the lines it covers)] in the order of ids; offers that nobody's line wants are absent."""
        allowed = self.bits_for(buyer)
        positions = {}
        for i, line in enumerate(lines):
            bits = self.bits_of(line) & allowed
            while bits:
                lowest = bits & -bits
                positions.setdefault(lowest.bit_length() - 1, []).append(i)
                bits ^= lowest
        return [(self.offers[number], tuple(positions[number])) for number in sorted(positions)]


EMPTY = Snapshot()
