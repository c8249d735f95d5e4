"""A return that breaks a promotion which does not keep (``on_break`` RESETTLE, docs/domain.md 4.4): what is kept is priced
anew at the unit prices of the purchase, with those of the order's own promotions that still hold.

The refund is what was paid beyond that, at least nothing; nobody ever pays more. The allocation of the lines is rewritten so
that what is kept sums to the net paid (E5, E6, E26). A coupon that no longer holds is given back.
"""

from dataclasses import dataclass

from catalog.money import allocate, part_returned
from loyalty import coupons
from loyalty.models import Coupon
from orders import anchors
from orders.live_offers import coupon_offer, offer_by_terms
from orders.models import OrderLine, Promotion, PromotionVersion
from orders.pricing import THRESHOLD

RESETTLE = Promotion.OnBreak.RESETTLE


@dataclass(frozen=True)
class Resettled:
    """Fen a line: ``back`` is refunded now, ``left`` stays worth of the units kept (``units``); ``dropped``: coupon ids."""

    back: dict
    left: dict
    units: dict
    dropped: tuple


def preview(order, going):
    """The ``Resettled`` of ``order`` when ``going`` (line id → units) come back; None when its promotions keep.

    ``going`` are units that no refund was asked for yet.
    """
    lines = {line.pk: line for line in order.lines.all()}
    groups = _groups(order)
    if not any(rule == RESETTLE and covered & going.keys() for _offer, covered, rule in groups):
        return None
    kept = {pk: line.anchor_quantity - line.anchor_returned - going.get(pk, 0) for pk, line in lines.items()}
    paid = {pk: anchors.worth(line, line.anchor_quantity - line.anchor_returned)[0] for pk, line in lines.items()}
    price = {pk: _before_thresholds(line) * kept[pk] // line.quantity for pk, line in lines.items()}
    for offer, covered, rule in groups:
        _take_threshold(price, lines, kept, offer, covered, rule)
    dropped = _take_coupons(order, price)
    for pk, line in lines.items():
        gone = part_returned(line.d_points_fen, line.quantity, 0, line.quantity - kept[pk])
        price[pk] -= min(price[pk], line.d_points_fen - gone)
    weights = [_before_thresholds(lines[pk]) * going[pk] // lines[pk].quantity for pk in going]
    back = min(max(0, sum(paid.values()) - sum(price.values())), sum(weights))
    shares = allocate(back, weights)
    left = allocate(sum(paid.values()) - back, list(price.values()))
    return Resettled(
        back=dict(zip(going, shares, strict=True)),
        left=dict(zip(price, left, strict=True)),
        units=kept,
        dropped=tuple(dropped),
    )


def rewrite(order, found):
    """Write the new allocation down, before the refund is asked for; the order is locked. Gives dropped coupons back."""
    for line in order.lines.select_for_update().order_by("pk"):
        gone = anchors.refunded(line)["goods_fen"]
        payable = gone + found.back.get(line.pk, 0) + found.left[line.pk]
        OrderLine.objects.filter(pk=line.pk).update(
            payable_fen=payable, d_threshold_fen=line.d_threshold_fen + line.payable_fen - payable
        )
    coupons.give_back(order.about, coupon_ids=found.dropped)


def settle_anchors(order, found):
    """After the refund was asked for: the kept units of each line are worth what is left."""
    for line_id, fen in found.left.items():
        order.lines.filter(pk=line_id).update(anchor_fen=fen, anchor_quantity=found.units[line_id], anchor_returned=0)


def _groups(order):
    """[(offer, ids of the lines it took something off, on_break)] of the threshold promotions that the order used."""
    covered = {}
    for source, line_id in order.adjustments.filter(stage=THRESHOLD, fen__gt=0).values_list("source", "line_id"):
        covered.setdefault(source, set()).add(line_id)
    if not covered:
        return []
    versions = PromotionVersion.objects.filter(promotion__uses__order=order).select_related("promotion").distinct()
    return [
        (
            offer_by_terms(version.promotion, version.terms, version.pk, version.source),
            covered[version.source],
            version.terms.get("on_break", ""),
        )
        for version in versions.order_by("pk")
        if version.source in covered
    ]


def _before_thresholds(line):
    return line.gross_fen - line.d_unit_fen - line.d_presale_fen - line.d_line_fen


def _take_threshold(price, lines, kept, offer, covered, rule):
    """A promotion that keeps gives each kept unit its frozen share; another gives what the kept goods still earn."""
    some = sorted(covered)
    if rule != RESETTLE:
        for pk in some:
            price[pk] -= min(price[pk], lines[pk].d_threshold_fen * kept[pk] // lines[pk].quantity)
        return
    base = sum(price[pk] for pk in some)
    for pk, share in zip(some, allocate(offer.worth(base), [price[pk] for pk in some]), strict=True):
        price[pk] -= share


def _take_coupons(order, price):
    """Take off what the order's coupons still give the kept goods; returns the ids of those that no longer hold."""
    covered, dropped = {}, []
    for source, line_id in order.adjustments.filter(source__startswith="coupon:", line__isnull=False).values_list(
        "source", "line_id"
    ):
        covered.setdefault(int(source.removeprefix("coupon:")), []).append(line_id)
    for coupon in Coupon.objects.filter(pk__in=covered).select_related("template").order_by("pk"):
        some = sorted(covered[coupon.pk])
        off = coupon_offer(coupon).worth(sum(price[pk] for pk in some))
        if not off:
            dropped.append(coupon.pk)
        for pk, share in zip(some, allocate(off, [price[pk] for pk in some]), strict=True):
            price[pk] -= share
    return dropped
