"""What comes after the promotions: one coupon, one red packet, the cheapest way to deliver. Pure; fen.

``left`` is what each line still costs, ``barred`` the stages each line may take no part in any more.
"""

from dataclasses import dataclass

from catalog.money import allocate
from orders.delivery_fees import BasketFee, DeliveryFee, delivery_fee, flat
from orders.pricing.basket import COUPON, RED_PACKET, SHIPPING
from orders.pricing.offers import AUTO, NONE

MOST_COUPONS = 20
FOREVER = float("inf")


@dataclass(frozen=True)
class Ending:
    """The best way to finish a plan. ``key`` orders plans: the lower, the better (docs/domain.md 6.3)."""

    key: tuple
    coupon: object
    red_packet: object
    shipping: object
    delivery: DeliveryFee

    @property
    def payable_fen(self):
        return self.key[0]


class Finisher:
    """Ends plans for one basket. ``best_with`` remembers the lowest payable seen with each coupon."""

    def __init__(self, lines, *, coupons, choice, shipping_offers, fee_fen, free_from_fen):
        self.lines = lines
        by_stage = {COUPON: [], RED_PACKET: [], SHIPPING: []}
        for coupon in coupons:
            by_stage[coupon.stage].append(coupon)
        self.coupons = self._wanted(by_stage[COUPON], choice.coupon)
        self.red_packets = self._wanted(by_stage[RED_PACKET], choice.red_packet)
        self.shipping_coupons = self._wanted(by_stage[SHIPPING], choice.shipping)
        self.must_coupon = choice.coupon not in (AUTO, NONE)
        self.shipping_offers = shipping_offers
        charges = flat(fee_fen) if isinstance(fee_fen, int) else fee_fen
        self.fee = BasketFee.over(charges, [line.sku_id for line in lines])
        self.free_from_fen = free_from_fen
        self.covers = {c.id: [i for i, line in enumerate(lines) if c.scope.covers(line)] for c in coupons}
        self.best_with = {}

    def _wanted(self, coupons, chosen):
        if chosen == NONE:
            return []
        if chosen != AUTO:
            return [coupon for coupon in coupons if coupon.id == chosen]
        full = [
            (coupon.worth(sum(line.gross_fen for line in self.lines if coupon.scope.covers(line))), coupon)
            for coupon in coupons
        ]
        full.sort(key=lambda row: (-row[0], row[1].expires_at.timestamp() if row[1].expires_at else FOREVER, row[1].id))
        return [coupon for most, coupon in full if most][:MOST_COUPONS]

    @property
    def is_simple(self):
        """Whether nothing after the promotions depends on what goods cost by then: less goods is always less to pay."""
        return not (self.coupons or self.red_packets or self.shipping_coupons or self.shipping_offers) and not (
            self.fee.depends_on_goods or (self.fee.fixed_fen and self.free_from_fen)
        )

    def gain_at_most(self, left, barred):
        """No plan over these lines gains more than this by coupons and red packets."""
        total = 0
        for coupons in (self.coupons, self.red_packets):
            total += max((c.worth(self._base(c, left, barred)) for c in coupons), default=0)
        return total

    def fee_at_least(self, goods):
        """No plan over goods that cost this much at first pays less for delivery."""
        may_be_free = goods >= self.free_from_fen or self.shipping_coupons or self.shipping_offers
        return 0 if may_be_free else self.fee.fixed_fen

    def _base(self, coupon, left, barred):
        stage = coupon.stage
        return sum([left[i] for i in self.covers[coupon.id] if stage not in barred[i]])

    def finish(self, left, barred, offers):
        """The best ``Ending`` for lines that cost ``left`` after the promotions ``offers`` (their ids)."""
        best = None
        goods = sum(left)
        reds = [(red, self._base(red, left, barred)) for red in self.red_packets]
        for coupon in (None, *self.coupons):
            off = coupon.worth(self._base(coupon, left, barred)) if coupon else 0
            if coupon and not off:
                continue
            after = None
            for red, base in ((None, 0), *reds):
                red_off = 0
                if red:
                    if base < red.at_fen or base <= 0:
                        continue
                    if coupon and base == goods:  # all of it is open to the packet, so nothing has to be shared out
                        red_off = red.worth(goods - off)
                    else:
                        after = self.take(coupon, off, left, barred) if after is None else after
                        red_off = red.worth(self._base(red, after, barred))
                    if not red_off:
                        continue
                payable = goods - off - red_off
                delivery, by = self._deliver(payable, left)
                payable += delivery.fen
                ticket = by if by in self.shipping_coupons else None
                for used in (coupon, red, ticket):
                    if used and payable < self.best_with.get(used.id, payable + 1):
                        self.best_with[used.id] = payable
                if best is not None and payable > best.key[0]:
                    continue
                key = self._key(payable, coupon, off, red, red_off, ticket, offers)
                if best is None or key < best.key:
                    best = Ending(key, coupon, red, by, delivery)
        return best

    def take(self, coupon, off, left, barred):
        """``left`` after a coupon took ``off`` from its lines."""
        if coupon is None:
            return left
        weights = [0] * len(left)
        for i in self.covers[coupon.id]:
            if coupon.stage not in barred[i]:
                weights[i] = left[i]
        return [before - share for before, share in zip(left, allocate(off, weights), strict=True)]

    def _key(self, payable, coupon, off, red, red_off, ticket, offers):
        """Orders endings that cost the same: few coupons, those that expire first, little of them wasted."""
        used = [c for c in (coupon, red, ticket) if c]
        expires = sum(c.expires_at.timestamp() for c in used if c.expires_at) if used else 0
        wasted = sum(c.wasted(gave) for c, gave in ((coupon, off), (red, red_off)) if c)
        ids = (*sorted(offers), *sorted(c.id for c in used))
        return payable, len(used), expires, wasted, len(offers), ids

    def _deliver(self, goods, left):
        """The lowest fee and what makes it so: None is the threshold of the tier, which burns nothing."""
        fee_fen = self.fee.fen(goods, left)
        plain = delivery_fee(goods, fee_fen=fee_fen, free_from_fen=self.free_from_fen)
        if not plain.fen:
            return plain, None
        best, by = plain, None
        for offer, among in self.shipping_offers:
            # coupons come before: goods of a part of the basket cannot cost more than what is left in all
            if min(goods, sum(left[i] for i in among)) >= offer.steps[0][0]:
                return DeliveryFee(0, plain.fen, plain.free_from_fen, 0), offer
        for coupon in self.shipping_coupons:
            off = plain.fen if not coupon.off_fen else min(coupon.off_fen, plain.fen)
            if goods >= coupon.at_fen and plain.fen - off < best.fen:
                best, by = DeliveryFee(plain.fen - off, off, plain.free_from_fen, plain.missing_fen), coupon
        return best, by
