"""What delivery costs. Pure: zones of a template by region, pieces and weight, and the fee of a whole basket.

Amounts are fen, weights grams. A merchant's template gives a ``Charge``; a basket has one for each template in it. All of
them are free from the threshold of the member's tier on, each also from its own.
"""

from dataclasses import dataclass, field

PIECE, WEIGHT = "piece", "weight"


@dataclass(frozen=True)
class DeliveryFee:
    """``fen`` to pay, ``saved_fen`` waived by the threshold, ``missing_fen`` of goods until delivery is free."""

    fen: int
    saved_fen: int
    free_from_fen: int
    missing_fen: int


def delivery_fee(goods_fen, *, fee_fen, free_from_fen):
    """The fee for goods that cost ``goods_fen`` after coupons and before points; nothing to send costs nothing."""
    if goods_fen <= 0:
        return DeliveryFee(0, 0, free_from_fen, free_from_fen)
    if goods_fen >= free_from_fen:
        return DeliveryFee(0, fee_fen, free_from_fen, 0)
    return DeliveryFee(fee_fen, 0, free_from_fen, free_from_fen - goods_fen if fee_fen else 0)


@dataclass(frozen=True)
class Zone:
    """The fee of some regions; ``codes`` empty: everywhere else. ``refused`` is why nothing is sent there, or ""."""

    codes: frozenset = frozenset()
    first: int = 1
    first_fen: int = 0
    further: int = 1
    further_fen: int = 0
    free_from_fen: int | None = None
    free_from_pieces: int | None = None
    days: int = 3
    refused: object = ""

    def fee(self, by, *, pieces, grams):
        """The fee for so much, before any threshold of money: the first ones, then every begun further step."""
        if not pieces or (self.free_from_pieces is not None and pieces >= self.free_from_pieces):
            return 0
        amount = pieces if by == PIECE else grams
        steps = max(0, -(-(amount - self.first) // self.further))
        return self.first_fen + steps * self.further_fen


@dataclass(frozen=True)
class Terms:
    """A template as the rule knows it."""

    id: int
    by: str
    zones: tuple

    def zone_at(self, region_code):
        """The zone with the nearest name of the place: district, city, province, everywhere else; None: not served."""
        for code in (region_code, region_code[:4] + "00", region_code[:2] + "0000"):
            for zone in self.zones:
                if region_code and code in zone.codes:
                    return zone
        return next((zone for zone in self.zones if not zone.codes), None)


@dataclass(frozen=True)
class Charge:
    """What one template takes for the goods ``sku_ids`` (None: all that are not in another charge)."""

    fen: int
    sku_ids: frozenset | None = None
    free_from_fen: int | None = None


@dataclass(frozen=True)
class Charges:
    """The charges of a basket. ``refused`` maps SKU ids that cannot be sent there to why, ``days`` merchant ids to the
    days on the road."""

    rows: tuple = ()
    refused: dict = field(default_factory=dict, hash=False)
    days: dict = field(default_factory=dict, hash=False)

    @property
    def fen(self):
        """All of them, before any threshold."""
        return sum(charge.fen for charge in self.rows)


def flat(fen):
    """The ``Charges`` of a shop with one fee for every order."""
    return Charges((Charge(fen),))


@dataclass(frozen=True)
class BasketFee:
    """``Charges`` laid over the lines of a basket, so that a quote may ask often: positions in place of SKU ids."""

    fixed_fen: int
    rows: tuple  # (fen, free from fen, positions)
    fixed: tuple = ()  # (fen, positions) of the charges that ``fixed_fen`` sums

    @classmethod
    def over(cls, charges, sku_ids):
        rows, fixed = [], []
        for charge in charges.rows:
            among = tuple(i for i, sku_id in enumerate(sku_ids) if charge.sku_ids is None or sku_id in charge.sku_ids)
            if charge.free_from_fen is None:
                fixed.append((charge.fen, among))
            elif charge.fen:
                rows.append((charge.fen, charge.free_from_fen, among))
        return cls(sum(fen for fen, _among in fixed), tuple(rows), tuple(fixed))

    @property
    def depends_on_goods(self):
        return bool(self.rows)

    @property
    def most_fen(self):
        return self.fixed_fen + sum(row[0] for row in self.rows)

    def fen(self, goods_fen, left):
        """The fee when lines cost ``left`` after promotions and all goods ``goods_fen`` after coupons."""
        fee = self.fixed_fen
        for fen, free_from_fen, among in self.rows:
            if self._is_due(free_from_fen, among, goods_fen, left):
                fee += fen
        return fee

    def charged(self, goods_fen, left):
        """[(fen, positions)] that make up ``fen(goods_fen, left)``."""
        rows = [(fen, among) for fen, free_from, among in self.rows if self._is_due(free_from, among, goods_fen, left)]
        everything = tuple(range(len(left)))
        return [(fen, among or everything) for fen, among in (*self.fixed, *rows) if fen]

    def _is_due(self, free_from_fen, among, goods_fen, left):
        # Coupons came before: goods of a part of the basket cannot cost more than what is left in all.
        return min(goods_fen, sum(left[i] for i in among)) < free_from_fen


def charges_of(parcels, region_code, *, otherwise_fen=0, refusal=""):
    """The ``Charges`` of ``parcels`` — (terms or None, merchant id, [(sku id, pieces, grams)]) — sent to a region.

    Goods without terms share the shop's one fee ``otherwise_fen``. A region that a template does not name and that no
    "everywhere else" covers is refused with the words ``refusal``.
    """
    rows, refused, days, plain = [], {}, {}, set()
    for terms, merchant_id, goods in parcels:
        if terms is None:
            plain |= {sku_id for sku_id, _pieces, _grams in goods}
            continue
        zone = terms.zone_at(region_code)
        if zone is None or zone.refused:
            refused |= {sku_id: (zone.refused if zone else refusal) for sku_id, _pieces, _grams in goods}
            continue
        pieces, grams = sum(row[1] for row in goods), sum(row[1] * row[2] for row in goods)
        fee = zone.fee(terms.by, pieces=pieces, grams=grams)
        rows.append(Charge(fee, frozenset(row[0] for row in goods), zone.free_from_fen))
        days[merchant_id] = max(days.get(merchant_id, 0), zone.days)
    if plain:
        rows.append(Charge(otherwise_fen, frozenset(plain)))
    return Charges(tuple(rows), refused, days)
