"""Broken promises: the shopper hears of a delay before asking, with what the merchant gives for it (docs/domain.md 2.9).

Both timers look again at what is true now; fired late or twice they change nothing.
"""

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from accounts.notifications import notify
from loyalty import coupons, points
from orders import deadlines
from orders.delivery_promise import ARRIVE_BY, SHIP_BY
from orders.models import Order, OrderLine, OrderPart, Parcel, ShippingTerms

log = structlog.get_logger(__name__)

Gift = ShippingTerms.Gift
OVER = (Order.Status.CLOSED, Order.Status.COMPLETED, Order.Status.FINISHED)
WAITING = (Order.Status.PAID, Order.Status.PROCESSING, Order.Status.PARTIALLY_SHIPPED)
WAIT_DAYS = 7
UNPROMISED_HOURS = 48


def late(orders, merchants=None):
    """Orders of which something was not sent by the promised time; those without a promise after 48 hours.

    ``merchants``: look at their parts only; None looks at everybody's.
    """
    units = OrderLine.objects.filter(
        order=OuterRef("order"),
        merchant=OuterRef("merchant"),
        quantity__gt=F("shipped_quantity") + F("cancelled_quantity"),
    )
    missed = OrderPart.objects.filter(order=OuterRef("pk"), ship_by__lt=timezone.now()).filter(Exists(units))
    if merchants is not None:
        missed = missed.filter(merchant__in=merchants)
    # No join: an order of two merchants has two parts and is late once.
    parts = OrderPart.objects.filter(order=OuterRef("pk"))
    unpromised = ~Exists(parts) & Q(paid_at__lt=timezone.now() - timedelta(hours=UNPROMISED_HOURS))
    return orders.filter(status__in=WAITING).filter(Exists(missed) | unpromised)


def is_unsent(part):
    """Whether units of the part wait, packed or not, in an order that goes on."""
    if part.order.status not in WAITING:
        return False
    return any(line.waiting_quantity for line in part.order.lines.filter(merchant=part.merchant_id))


def ship_by_missed(part):
    """Timer: not all was sent in time."""
    with transaction.atomic():
        part.order = Order.objects.select_for_update().get(pk=part.order_id)
        if not is_unsent(part):
            return
        if not OrderPart.objects.filter(pk=part.pk, late_at=None).update(late_at=timezone.now()):
            return
        given = _give(part)
        OrderPart.objects.filter(pk=part.pk).update(compensated=given)
        _record(part, "not sent in time", given)
        kind = "order_late_with_gift" if given else "order_late"
        _tell(part, kind, key="late")


def _give(part):
    """What the merchant's terms give for the delay, in a word for the row; once per part, whoever calls."""
    terms = ShippingTerms.objects.filter(merchant=part.merchant_id).select_related("late_coupon").first()
    source = f"late:{part.order.number}:{part.merchant_id}"
    if terms is None:
        return ""
    if terms.late_gift == Gift.POINTS and terms.late_points:
        points.grant(part.order.user, source, terms.late_points, "late_parcel")
        return f"points:{terms.late_points}"
    if terms.late_gift == Gift.COUPON and terms.late_coupon:
        try:
            return f"coupon:{coupons.issue(terms.late_coupon, part.order.user, source=source).pk}"
        except coupons.ClaimRefused as refusal:
            log.warning("no coupon for a delay", order=part.order.number, why=refusal.reason)
    return ""


def arrive_by_missed(part):
    """Timer: something of the part was sent and has not arrived on the promised day."""
    with transaction.atomic():
        part.order = Order.objects.select_for_update().get(pk=part.order_id)
        moving = (Parcel.Status.SHIPPED, Parcel.Status.IN_TRANSIT, Parcel.Status.OUT_FOR_DELIVERY)
        boxes = part.order.parcels.filter(
            merchant=part.merchant_id, direction=Parcel.Direction.OUTBOUND, status__in=moving
        )
        if part.order.status in OVER or not boxes.exists():
            return
        if OrderPart.objects.filter(pk=part.pk, arrival_late_at=None).update(arrival_late_at=timezone.now()):
            _record(part, "not there in time", "")
            _tell(part, "parcel_arrives_late", key="arrives-late")


def wait_on(part, *, by):
    """The shopper prefers to wait: the delay is theirs to end again in a week. Returns whether that changed anything."""
    if part.late_at is None or not is_unsent(part):
        return False
    until = timezone.now() + timedelta(days=WAIT_DAYS)
    with transaction.atomic():
        if not OrderPart.objects.filter(pk=part.pk, waits_until=None).update(waits_until=until):
            return False
        history.record(part, about=part.order.about, to="waits", by=by, actor=StateLog.Actor.BUYER)
        return True


def late_parts(order):
    """The parts of ``order`` whose shopper was told of a delay and that were still not sent, for its page."""
    parts = [part for part in order.parts.select_related("merchant") if part.late_at]
    for part in parts:
        part.order = order
    return [part for part in parts if is_unsent(part)]


def _record(part, reason, given):
    history.record(
        part, about=part.order.about, to="late", reason=reason, data={"merchant": part.merchant_id, "given": given}
    )


def _tell(part, kind, *, key):
    facts = {"number": part.order.number}
    url = part.order.get_absolute_url()
    notify(part.order.user, kind, key=f"{part.order.about}:{part.merchant_id}:{key}", facts=facts, url=url)


deadlines.register(SHIP_BY, ship_by_missed)
deadlines.register(ARRIVE_BY, arrive_by_missed)
