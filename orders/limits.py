"""What is left of offers in this moment: quotas, budgets, a member's share, units of flash sales, gifts on the shelf.

All of it and whether the shopper has bought before are one statement, however many offers a page asks about.
"""

from functools import cache, partial

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Exists, F, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject

from accounts.prepared import OTHER, SOME, Prepared, is_among
from catalog import stock
from orders.models import FlashPool, Order, Promotion, PromotionMember
from orders.pricing import Left
from orders.pricing.offers import GIFT


class Limits:
    """What one page asks, read once: the answers are those of the first look.

    ``user``: None for a guest. ``also``: offers that the page asks about later, read along with the first.
    """

    def __init__(self, user, also=()):
        self.user, self.also, self.rows, self.bought = user, also, {}, None

    @property
    def is_newcomer(self):
        """Nobody who has bought before; a guest may be one. No statement when an offer for newcomers was looked at."""
        if self.bought is None:
            self.bought = not is_newcomer(self.user)
        return not self.bought

    def of(self, offers, lines=()):
        """{offer id: ``Left``} of those of ``offers`` that have limits, and of gifts beside the goods wanted in ``lines``."""
        self.look(offers)
        found = {offer.id: self._left(offer) for offer in offers if offer.is_limited}
        return found | self._gifts([offer for offer in offers if offer.kind == GIFT], lines)

    def look(self, offers):
        """Read what is not known yet of ``offers``; one statement, none where nothing is limited."""
        missing = [offer for offer in offers if self._is_asked(offer)]
        if missing:
            every = [*missing, *(offer for offer in self.also if self._is_asked(offer))]
            for row in _read(every, self.user):
                self.rows[row.pk] = row
                self.bought = getattr(row, "bought", self.bought)

    def _is_asked(self, offer):
        if offer.promotion_id in self.rows:
            return False
        return offer.is_limited or offer.kind == GIFT or (offer.newcomers_only and self.bought is None)

    def _left(self, offer):
        row = self.rows[offer.promotion_id]
        had = getattr(row, "had", None) or 0
        units = [
            most - used
            for most, used in ((row.quota_units, row.used_units), (row.units_a_member, had))
            if most is not None
        ]
        fen = None if row.budget_fen is None else row.budget_fen - row.used_fen
        pool = tuple((each["sku"], each["left"]) for each in getattr(row, "pool", ())) if offer.is_pooled else None
        return Left(units=max(0, min(units)) if units else None, fen=fen, by_sku=pool)

    def _gifts(self, gifts, lines):
        left, others = {}, []
        for offer in gifts:
            row = self.rows.get(offer.promotion_id)
            # A version that is not the published one (a draft, or published since the snapshot) may give something else.
            if row is not None and row.given_sku == offer.gift_sku_id:
                left[offer.gift_sku_id] = row.gift_left or 0
            else:
                others.append(offer.gift_sku_id)
        if others:
            left |= stock.available(others)
        for line in lines:
            if line.sku_id in left:
                left[line.sku_id] -= line.quantity
        return {offer.id: Left(units=max(0, left[offer.gift_sku_id])) for offer in gifts}


def limits_of(offers, user):
    """{offer id: ``Left``} of offers with limits, for ``user`` (None: a guest)."""
    return Limits(user).of(offers)


def is_newcomer(user):
    """Nobody who has bought before; a guest may be one."""
    return user is None or not _bought(user_id=user.pk)


_bought = Prepared(
    lambda user_id: Order.objects.only("pk").filter(user_id=user_id, paid_at__isnull=False)[:1], user_id=SOME
)


def _read(offers, user):
    """The promotions of ``offers`` with what these need to know, and nothing else."""
    mine = user is not None
    wanted = {
        "had": mine and any(offer.most_units is not None for offer in offers),
        "bought": mine and any(offer.newcomers_only for offer in offers),
        "pool": any(offer.is_pooled for offer in offers),
        "gift": any(offer.kind == GIFT for offer in offers),
    }
    values = {"ids": sorted({offer.promotion_id for offer in offers})}
    if wanted["had"] or wanted["bought"]:
        values["user_id"] = user.pk
    return _question(**wanted)(**values)


@cache
def _question(*, had, bought, pool, gift):
    who = {"user_id": OTHER} if had or bought else {}
    return Prepared(partial(_about, had=had, bought=bought, pool=pool, gift=gift), ids=[SOME], **who)


def _about(ids, user_id=None, *, had, bought, pool, gift):
    rows = Promotion.objects.filter(is_among("orders_promotion.id", ids)).order_by()
    rows = rows.only("quota_units", "used_units", "units_a_member", "budget_fen", "used_fen")
    if had:
        mine = PromotionMember.objects.filter(promotion=OuterRef("pk"), user=user_id)
        rows = rows.annotate(had=Subquery(mine.values("units")))
    if bought:
        rows = rows.annotate(bought=Exists(Order.objects.filter(user=user_id, paid_at__isnull=False)))
    if pool:
        pools = FlashPool.objects.filter(promotion=OuterRef("pk"), closed_at=None).order_by("sku_id")
        row = JSONObject(sku="sku_id", left=F("quota") - F("sold"))
        rows = rows.annotate(pool=ArraySubquery(pools.values(row=row)))
    if gift:
        sku_id = Cast(KeyTextTransform("gift_sku_id", "current__terms"), BigIntegerField())
        rows = rows.annotate(given_sku=sku_id).annotate(gift_left=stock.units_of("given_sku"))
    return rows
