"""What should make somebody think twice before a promotion goes live, each with a basket that shows it.

Nothing here forbids: steps that are plainly wrong are refused by the form. A doubt is published over with a tick of its
own, and the history keeps which ones were.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product as combinations

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.bilingual import local
from catalog.models import Sku
from catalog.money import rate_of, yuan
from loyalty.members import Benefits
from loyalty.models import CouponTemplate, Tier
from orders import kind_checks, price_words, promotions
from orders.live_offers import coupon_of_template, offer_of
from orders.models import Promotion
from orders.pricing import THRESHOLD, Buyer, Offers, Snapshot, quote, weekly
from orders.pricing.offers import EVERY, MEMBER, NTH, PIECES, SPEND_RATE, SPEND_SAVE
from orders.quoting import priced_line
from orders.simulator import draft_offer

MOST_THRESHOLDS = 8
MOST_SKUS, TRIED_SKUS, TRIED_UNITS, TRIED_MOMENTS, MOST_COUPONS = 400, 6, 8, 3, 20
GOODS_ONLY = Benefits("", 0, 0, 0, False)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


class Doubtful(Exception):
    """The promotion was not published: ``doubts`` were not accepted."""

    def __init__(self, doubts):
        super().__init__(", ".join(doubt.code for doubt in doubts))
        self.doubts = doubts


@dataclass(frozen=True)
class Doubt:
    """``code`` names the kind; ``rows`` is the basket that shows it, as (text, fen) pairs with the payable last."""

    code: str
    text: str
    rows: tuple = ()


def publish(promotion, *, by, in_spite_of=()):
    """Publish ``promotion`` when every doubt about it is among ``in_spite_of`` (codes). Raises ``Doubtful``."""
    found = doubts(promotion)
    if {doubt.code for doubt in found} - set(in_spite_of):
        raise Doubtful(found)
    return promotions.publish(promotion, by, in_spite_of=sorted(doubt.code for doubt in found))


def doubts(promotion):
    """[``Doubt``] about the draft of ``promotion``; empty when nothing is odd."""
    of_kind = [Doubt(*each) for each in kind_checks.found_about(promotion)]
    if promotion.kind == Promotion.Kind.PRESALE:
        return of_kind
    offer = draft_offer(promotion)
    skus = list(_skus_of(promotion)[:MOST_SKUS])
    others = [other for other in _live(promotion) if _meet(offer, other)]
    found = [_no_goods(skus), _falls(offer), _crowded(offer, others, skus), _too_deep(offer, others, skus)]
    return [*of_kind, *(doubt for doubt in found if doubt)]


# --- what is looked at --------------------------------------------------------------------------------------------------


def _skus_of(promotion):
    """The SKUs on sale that the draft is for, the cheapest first."""
    goods = Q()
    if promotion.prices:
        goods = Q(pk__in=[int(pk) for pk in promotion.prices])
    elif promotion.category_ids or promotion.brand_ids or promotion.sku_ids:
        below = Q()
        for pk in promotion.category_ids:
            below |= Q(product__category__path__startswith=f"{pk}/") | Q(product__category__path__contains=f"/{pk}/")
        goods = (below if promotion.category_ids else Q(pk__in=[])) | Q(product__brand__in=promotion.brand_ids)
        goods |= Q(pk__in=promotion.sku_ids)
    skus = Sku.objects.buyable().filter(goods).exclude(pk__in=promotion.except_sku_ids)
    if promotion.merchant_id:
        skus = skus.filter(merchant=promotion.merchant_id)
    return skus.select_related("product").order_by("price_fen", "pk")


def _live(promotion):
    rows = Promotion.objects.filter(status=Promotion.Status.PUBLISHED).exclude(pk=promotion.pk)
    rows = rows.exclude(kind=Promotion.Kind.PRESALE)  # it is ordered apart: its deposits are no prices
    return [offer_of(row) for row in rows.select_related("current")]


def _meet(one, other):
    """Whether both ever run at the same moment."""
    starts = max(one.starts_at, other.starts_at)
    if starts >= min(one.ends_at or FOREVER, other.ends_at or FOREVER):
        return False
    return bool(weekly.week_of(one.weekdays, one.hours) & weekly.week_of(other.weekdays, other.hours))


def _few_of(skus):
    """The cheapest, the dearest and some between."""
    if len(skus) <= TRIED_SKUS:
        return skus
    step = (len(skus) - 1) / (TRIED_SKUS - 1)
    return [skus[round(n * step)] for n in range(TRIED_SKUS)]


# --- the doubts -----------------------------------------------------------------------------------------------------------


def _no_goods(skus):
    return None if skus else Doubt("no_goods", _("Nothing that is on sale now is meant by it."))


def _falls(offer):
    """Somebody who spends up to the next step pays less than at the step before."""
    if offer.kind not in {SPEND_SAVE, SPEND_RATE, PIECES}:
        return None
    for (at, gives), (next_at, next_gives) in zip(offer.steps, offer.steps[1:], strict=False):
        if offer.kind == PIECES:
            before, after = at * gives, next_at * next_gives  # of goods at ¥100 a piece
            goods = (at * 10_000, next_at * 10_000)
        elif offer.kind == SPEND_RATE:
            before, after, goods = rate_of(at, gives), rate_of(next_at, next_gives), (at, next_at)
        else:
            before, after, goods = at - gives, next_at - next_gives, (at, next_at)
        if after < before:
            rows = [(_("Goods for ¥%(fen)s: to pay") % {"fen": yuan(goods[0])}, before)]
            rows += [(_("Goods for ¥%(fen)s: to pay") % {"fen": yuan(goods[1])}, after)]
            return Doubt("falls", _("Who buys more pays less in all: the steps are too far apart."), tuple(rows))
    return None


def _crowded(offer, others, skus):
    """So many spend-and-save offers on one SKU that neither shoppers nor the search see through."""
    if offer.stage != THRESHOLD:
        return None
    live = Snapshot([offer, *(other for other in others if other.stage == THRESHOLD)])
    for sku in skus:
        bits = live.bits_of(priced_line(sku, 1))
        if bits.bit_count() > MOST_THRESHOLDS:
            text = _("%(n)d spend-and-save offers meet on %(sku)s (%(title)s); more than %(most)d are too many.")
            facts = {"n": bits.bit_count(), "sku": sku.code, "title": sku.product.title_local, "most": MOST_THRESHOLDS}
            named = [each for number, each in enumerate(live.offers) if bits >> number & 1]
            rows = tuple(
                (local(each.name, each.name_en), each.worth(max(at for at, _g in each.steps))) for each in named
            )
            return Doubt("crowded", text % facts, rows)
    return None


def _too_deep(offer, others, skus):
    """The cheapest way to buy leaves less of the list price than the house wants."""
    floor = settings.PROMOTION_FLOOR_PERCENT
    worst = None
    coupons = _coupons(offer)
    for sku in _few_of(skus):
        near = [other for other in others if other.scope.covers(priced_line(sku, 1)) or sku.pk in other.prices]
        tried = combinations(
            _units(sku.price_fen, [offer, *near], coupons), _buyers([offer, *near]), _moments(offer, near)
        )
        for units, buyer, moment in tried:
            given = Offers(snapshot=Snapshot([offer, *near]), buyer=replace(buyer, now=moment), coupons=coupons)
            found = quote([priced_line(sku, units)], benefits=GOODS_ONLY, delivery_fee_fen=0, offers=given)
            share = found.payable_fen * 100 / found.goods_fen
            if any(each.id == offer.id for each, _fen, _units in found.used) and (worst is None or share < worst[0]):
                worst = (share, sku, units, found)
    if worst is None or worst[0] >= floor:
        return None
    return _deep(worst, floor)


def _deep(worst, floor):
    share, sku, units, found = worst
    text = _("With what else runs, a shopper pays %(share)d%% of the list price; the house wants %(floor)d%% at least.")
    rows = [(f"{sku.code} {sku.product.title_local} × {units}", found.goods_fen)]
    rows += [(price_words.step_text(step), -step.fen) for step in found.steps if step.shares and step.fen]
    rows.append((_("To pay"), found.payable_fen))
    return Doubt("too_deep", text % {"share": int(share), "floor": floor}, tuple(rows))


def _coupons(offer):
    """Coupons that everybody can have while the promotion runs."""
    until = offer.ends_at or FOREVER
    open_ones = CouponTemplate.objects.filter(
        Q(claim_from=None) | Q(claim_from__lt=until),
        Q(claim_until=None) | Q(claim_until__gt=max(offer.starts_at, timezone.now())),
        status=CouponTemplate.Status.PUBLISHED,
        claimable=True,
    )
    return tuple(coupon_of_template(each) for each in open_ones.exclude(kind="shipping").order_by("-pk")[:MOST_COUPONS])


def _units(price_fen, offers, coupons):
    """The quantities at which something new is reached."""
    asked = [at for each in offers for at, _gives in each.steps if isinstance(at, int)]
    amounts = [each.kind in {PIECES, NTH} for each in offers for at, _gives in each.steps if isinstance(at, int)]
    wanted = {1} | {at if pieces else -(-at // price_fen) for at, pieces in zip(asked, amounts, strict=True)}
    wanted |= {-(-coupon.at_fen // price_fen) for coupon in coupons}
    wanted |= {-(-offer.cap_fen // offer.steps[0][1]) for offer in offers if offer.kind == EVERY and offer.cap_fen}
    wanted |= {n + 1 for n in wanted}  # earlier stages lower the price, so that one more is needed
    return sorted(n for n in wanted if 1 <= n <= 99)[:TRIED_UNITS]


def _buyers(offers):
    tiers = [""]
    if any(offer.tiers or offer.kind == MEMBER for offer in offers):
        tiers = list(Tier.objects.order_by("rank").values_list("code", flat=True))
    newcomers = [False, True] if any(offer.newcomers_only for offer in offers) else [False]
    regions = sorted({region for offer in offers for region in offer.regions[:1]}) or [""]
    return [Buyer(*each) for each in combinations(tiers, newcomers, regions)]


def _moments(offer, others):
    """The first moment at which it runs, and the first with each other that it ever meets."""
    first, mine = max(offer.starts_at, timezone.now()), weekly.week_of(offer.weekdays, offer.hours)
    starts = {weekly.first_of(mine, timezone.localtime(first))}
    for other in others:
        both = mine & weekly.week_of(other.weekdays, other.hours)
        if both:
            starts.add(weekly.first_of(both, timezone.localtime(max(first, other.starts_at))))
    return sorted(starts)[:TRIED_MOMENTS]
