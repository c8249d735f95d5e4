"""The balance of a presale order: what it costs with the discounts of now, and taking these once (docs/domain.md 4.10, E12).

Discounts of the other stages apply to the balance only and are tested on it: thresholds, coupons, and points, of which half
of the balance after coupons may be paid (5.4). A presale that is not together with a stage (``excludes``) has none of it.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import history
from accounts.history import TransitionNotAllowed
from catalog.tree import tree
from loyalty import coupons, points
from loyalty.members import Benefits
from orders import pricing, promotions
from orders.live_offers import offers_for
from orders.models import Adjustment, Order, OrderPresale
from orders.moves import PENDING_BALANCE, SYSTEM
from orders.pricing import COUPON, LINE, POINTS, RED_PACKET, THRESHOLD, UNIT

NO_FEE = Benefits("", 10_000, 0, 7, priority=False)  # the delivery fee was settled with the deposit


class BalanceChanged(Exception):
    """The balance is not the one the shopper saw; ``quote`` has the one of now. Nothing was changed."""

    def __init__(self, quote):
        super().__init__(f"balance is {quote.payable_fen}")
        self.quote = quote


def balance_quote(order, choice=None, points_wanted=0):
    """The ``Quote`` of the balance of the goods with what can be had now: coupons and thresholds look at it alone (E12)."""
    line = order.lines.select_related("sku__product").get(gift_of=None)
    product = line.sku.product
    terms = order.presale.version.terms
    whole = pricing.Line(
        line.sku_id,
        line.merchant_id,
        line.payable_fen - order.presale.deposit_fen,
        1,
        excludes=frozenset({UNIT, LINE, *terms["excludes"]}),
        product_id=product.pk,
        category_ids=tuple(category.pk for category in tree().line(product.category_id)),
        brand_id=product.brand_id,
        tags=tuple(product.tags),
    )
    if order.presale.settled_at:
        return pricing.quote([whole], benefits=NO_FEE, delivery_fee_fen=0)
    offers = offers_for(order.user, [whole], tier_code=order.tier_code, region_code=order.region_code, choice=choice)
    return pricing.quote([whole], benefits=NO_FEE, delivery_fee_fen=0, offers=offers, points=points_wanted)


def points_offered(order, quote):
    """How many points the shopper may use on the balance that ``quote`` is of; none once it is settled."""
    if order.presale.settled_at:
        return 0
    return min(quote.points_max, points.most_usable(order.user, quote.goods_fen))


def settle(order, *, seen_fen, choice=None, use_points=False):
    """Take the discounts of the balance, once, before it is paid; returns the fresh order.

    ``seen_fen`` is the balance that the page showed, delivery included; ``use_points``: as many points as may be used.
    Raises ``BalanceChanged``, ``TransitionNotAllowed`` when the window is not open, ``lifecycle.ChannelBusy``,
    ``coupons.CouponUnusable`` and ``points.NotEnoughPoints``.
    """
    from orders import lifecycle, marking_paid, payments

    for payment in order.payments.filter(status__in=payments.OPEN):
        payments.close(payment)
    with transaction.atomic():
        locked = (
            Order.objects.select_for_update(of=("self",)).select_related("presale__version", "user").get(pk=order.pk)
        )
        if locked.status != PENDING_BALANCE or locked.presale.balance_until <= timezone.now():
            raise TransitionNotAllowed(locked, to=PENDING_BALANCE)
        if locked.payments.filter(status__in=payments.OPEN).exists():
            raise lifecycle.ChannelBusy(locked.number)
        quote = balance_quote(locked, choice)
        if use_points:
            quote = balance_quote(locked, choice, points_offered(locked, quote))
        if quote.payable_fen + locked.shipping_fen != seen_fen:
            raise BalanceChanged(quote)
        if not locked.presale.settled_at:
            _take(locked, quote)
            OrderPresale.objects.filter(order=locked).update(settled_at=timezone.now())
    order.refresh_from_db()
    if order.due_fen == 0:
        marking_paid.mark_paid(order, actor=SYSTEM)
    return order


def _take(order, quote):
    (quoted,) = quote.lines
    off = quoted.line.gross_fen - quoted.payable_fen
    if not off:
        return
    coupons.lock(order.user, [c.id for c in quote.coupons], source=order.about, saved=_saved(quote))
    points.reserve(order.user, order.about, quote.points)
    try:
        promotions.take(order, quote)
    except promotions.PromotionGone:
        raise BalanceChanged(quote) from None
    line = order.lines.get(gift_of=None)
    order.lines.filter(pk=line.pk).update(
        d_threshold_fen=line.d_threshold_fen + quoted.share(THRESHOLD),
        d_coupon_fen=line.d_coupon_fen + quoted.share(COUPON),
        d_red_packet_fen=line.d_red_packet_fen + quoted.share(RED_PACKET),
        d_points_fen=line.d_points_fen + quoted.share(POINTS),
        payable_fen=line.payable_fen - off,
        anchor_fen=line.payable_fen - off,
    )
    Adjustment.objects.bulk_create(
        Adjustment(
            order=order,
            line=line,
            stage=step.stage,
            code=step.code,
            params=step.params,
            source=step.source,
            fen=step.fen,
        )
        for step in quote.steps
        if step.shares and step.fen
    )
    before = order.payable_fen
    Order.objects.filter(pk=order.pk).update(
        discount_fen=F("discount_fen") + off,
        payable_fen=F("payable_fen") - off,
        points_used=F("points_used") + quote.points,
    )
    facts = {"before_fen": before, "after_fen": before - off}
    history.record(order, about=order.about, from_state=order.status, to=order.status, by=order.user, data=facts)


def _saved(quote):
    return {coupon.id: step.fen for step in quote.steps for coupon in quote.coupons if step.source == coupon.source}
