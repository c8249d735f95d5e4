"""The offers of this moment for one shopper: the shop's published promotions and the shopper's own coupons.

The compiled promotions are kept in the process; whether they changed is asked at most every few seconds, and what an
order uses is checked again when it is placed.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Count, Max
from django.utils import timezone

from accounts.memo import Memo
from loyalty import coupons as loyalty_coupons
from orders.limits import Limits
from orders.models import Promotion
from orders.pricing import Buyer, Choice, CouponOffer, Offer, Offers, Scope, Snapshot
from orders.pricing.offers import PRESALE
from orders.pricing.weekly import minutes_of

SECONDS = 5
STAGE_OF_COUPON = {"coupon": "COUPON", "red_packet": "RED_PACKET", "shipping": "SHIPPING"}
WHOLE_FEE = 10**9


@dataclass(frozen=True)
class Compiled:
    """A state of the shop's promotions, always replaced whole: threads never see the parts of two."""

    version: str | None = None
    snapshot: Snapshot = field(default_factory=Snapshot)
    presales: tuple = ()


_compiled = {"now": Compiled()}


@Memo(SECONDS)
def snapshot():
    """The ``Snapshot`` of everything published, at most ``SECONDS`` old."""
    published = Promotion.objects.filter(status=Promotion.Status.PUBLISHED)
    facts = published.aggregate(n=Count("pk"), at=Max("changed_at"), last=Max("current"))
    version = f"{facts['n']}.{facts['last'] or 0}.{facts['at'].timestamp() if facts['at'] else 0}"
    compiled = _compiled["now"]
    if compiled.version != version:
        rows = list(published.select_related("current")) if facts["n"] else []
        offers = [(offer_of(promotion), promotion.current.terms) for promotion in rows]
        presales = tuple(row for row in offers if row[0].kind == PRESALE)
        others = Snapshot([offer for offer, _terms in offers if offer.kind != PRESALE], version)
        compiled = _compiled["now"] = Compiled(version, others, presales)
    return compiled.snapshot


def compiled_presales():
    """((offer, terms), …) of published presales; no basket finds them, they are ordered apart."""
    snapshot()
    return _compiled["now"].presales


def offer_of(promotion):
    """The published version of ``promotion`` as the engine knows it."""
    return offer_by_terms(promotion, promotion.current.terms, promotion.current_id, promotion.current.source)


def offer_by_terms(promotion, terms, number, source):
    """An ``Offer`` of ``terms`` in the shape in which ``orders.promotions`` freezes them."""
    merchants = frozenset([terms["merchant_id"]] if terms["merchant_id"] else [])
    prices = {int(sku_id): fen for sku_id, fen in terms["prices"].items()}
    named = Scope(
        categories=frozenset(terms["category_ids"]),
        brands=frozenset(terms["brand_ids"]),
        skus=frozenset(terms["sku_ids"]),
        merchants=merchants,
        not_skus=frozenset(terms["except_sku_ids"]),
    )
    is_add_on = terms["kind"] == Promotion.Kind.ADD_ON
    # An add-on is about the SKUs with a price of their own; the goods it names are those that earn it.
    scope = Scope(skus=frozenset(prices), merchants=merchants) if is_add_on else named
    return Offer(
        id=number,
        kind=terms["kind"],
        steps=tuple((at, gives) for at, gives in terms["steps"]),
        scope=scope,
        trigger=named if is_add_on else Scope(),
        name=terms["name"],
        name_en=terms["name_en"],
        cap_fen=terms["cap_fen"],
        prices=prices,
        excludes=frozenset(terms["excludes"]),
        # Quotes are made for whole minutes, so an offer starts with its minute.
        starts_at=datetime.fromisoformat(terms["starts_at"]).replace(second=0, microsecond=0),
        ends_at=datetime.fromisoformat(terms["ends_at"]) if terms["ends_at"] else None,
        weekdays=frozenset(terms["weekdays"]),
        hours=minutes_of(terms.get("hours")),
        tiers=frozenset(terms["tiers"]),
        newcomers_only=terms["newcomers_only"] or terms["kind"] == Promotion.Kind.NEWCOMER,
        regions=tuple(terms["regions"]),
        most_units=terms["units_a_member"],
        is_limited=promotion.is_limited,
        is_pooled=bool(terms.get("pool_units")),
        gift_sku_id=terms.get("gift_sku_id"),
        gift_value_fen=terms.get("gift_value_fen", 0),
        source=source,
        promotion_id=promotion.pk,
    )


def offers_for(user, lines, *, tier_code, region_code="", choice=None, explain=False, coupons=None, limits=None):
    """The ``Offers`` for ``user`` (None: a guest) and pricing lines; at most two queries, fewer for a plain shop.

    ``limits`` (orders.limits.Limits): what the page has read, or wants to read along.
    """
    user = user if user is not None and user.is_authenticated else None
    live, limits = snapshot(), limits or Limits(user)
    buyer = Buyer(tier_code, True, region_code, timezone.localtime())
    # Whether somebody is new is asked only where an offer for these goods depends on it.
    about = [offer for offer, _lines in live.candidates(lines, buyer)] if live.offers else []
    limits.look(about)
    if not any(offer.newcomers_only for offer in (live.offers if explain else about)) or not limits.is_newcomer:
        buyer = replace(buyer, is_newcomer=False)
        about = [offer for offer in about if not offer.newcomers_only]
    mine = loyalty_coupons.usable(user) if coupons is None else coupons
    return Offers(
        snapshot=live,
        buyer=buyer,
        coupons=tuple(coupon_offer(coupon) for coupon in mine),
        limits=limits.of(about, lines),
        choice=choice or Choice(),
        explain=explain,
    )


def coupon_offer(coupon):
    """A loyalty.Coupon as the engine knows it; a delivery coupon without an amount pays the whole fee."""
    return _coupon_offer(coupon, coupon.template, coupon.valid_until)


def coupon_of_template(template):
    """A coupon that may be claimed, as the engine would know it; its id is that of the template."""
    return _coupon_offer(template, template, template.valid_until)


def _coupon_offer(coupon, named, expires_at):
    return CouponOffer(
        id=coupon.pk,
        stage=STAGE_OF_COUPON[coupon.kind],
        at_fen=coupon.threshold_fen,
        off_fen=coupon.amount_fen or (coupon.cap_fen or WHOLE_FEE if coupon.kind == "shipping" else 0),
        rate_bp=coupon.rate_bp or 0,
        cap_fen=coupon.cap_fen,
        scope=coupon.scope,
        name=named.name,
        name_en=named.name_en,
        expires_at=expires_at,
    )
