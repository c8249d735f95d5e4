"""An order on the road: what follows for it when a parcel leaves or is signed for."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from catalog import reviews
from orders import deadlines
from orders.models import Order, OrderLine, Parcel
from orders.moves import CARRIER, DELIVERED, PARTIALLY_SHIPPED, PROCESSING, SHIPPED, STAFF, SYSTEM, move
from orders.order_timers import AUTO_CONFIRM, AUTO_CONFIRM_DAYS, AUTO_CONFIRM_UNSIGNED, AUTO_CONFIRM_UNSIGNED_DAYS
from orders.windows import window_end


def note_shipped(order, *, by=None):
    """After a parcel left, or after units were cancelled: PARTIALLY_SHIPPED or SHIPPED, by the units still waiting.

    Called by ``orders.parcels`` and ``orders.refunds`` in their transaction; changes nothing when nothing follows.
    """
    actor = STAFF if by else SYSTEM
    with transaction.atomic():
        status = Order.objects.select_for_update().get(pk=order.pk).status
        lines = list(order.lines.order_by("pk"))
        if not any(line.shipped_quantity for line in lines) or status not in {PROCESSING, PARTIALLY_SHIPPED}:
            return False
        now = timezone.now()
        if any(line.waiting_quantity for line in lines):
            return status == PROCESSING and move(order, PARTIALLY_SHIPPED, by=by, actor=actor)
        move(order, SHIPPED, by=by, actor=actor, shipped_at=now)
        deadlines.set_deadline(order, AUTO_CONFIRM_UNSIGNED, now + timedelta(days=AUTO_CONFIRM_UNSIGNED_DAYS))
        return True


def note_delivered(order):
    """After a parcel was signed for: lines get ``signed_at`` (their last parcel), the order becomes DELIVERED when
    every live parcel is signed for. Called by ``orders.tracking`` in its transaction.
    """
    with transaction.atomic():
        status = Order.objects.select_for_update().get(pk=order.pk).status
        parcels = Parcel.objects.filter(order=order, direction=Parcel.Direction.OUTBOUND)
        _sign_lines(order, parcels)
        invite_reviews(order)
        gone = {Parcel.Status.DELIVERED, Parcel.Status.VOID, Parcel.Status.RETURNED, Parcel.Status.LOST}
        if status != SHIPPED or parcels.exclude(status__in=gone).exists():
            return False
        signed = parcels.aggregate(at=Max("delivered_at"))["at"]
        if signed is None:
            return False
        move(order, DELIVERED, actor=CARRIER, delivered_at=signed)
        stands_still = deadlines.is_paused(order, AUTO_CONFIRM_UNSIGNED)
        deadlines.cancel_deadlines(order, AUTO_CONFIRM_UNSIGNED)
        deadlines.set_deadline(order, AUTO_CONFIRM, signed + timedelta(days=AUTO_CONFIRM_DAYS))
        if stands_still:
            # After-sales has a request open ("not received"): the clock begins when it ends.
            deadlines.pause(order, AUTO_CONFIRM)
        return True


def invite_reviews(order):
    """What was signed for may be reviewed; a repeated call changes nothing."""
    for line in order.lines.filter(shipped_quantity__gt=0).exclude(signed_at=None).order_by("pk"):
        until = window_end(line.signed_at, reviews.REVIEW_DAYS)
        reviews.invite(order.user, line.product_id, line.sku_id, line.source, until)


def _sign_lines(order, parcels):
    signed = parcels.filter(status=Parcel.Status.DELIVERED)
    for line_id, at in signed.values_list("lines__line").annotate(at=Max("delivered_at")):
        OrderLine.objects.filter(pk=line_id).update(signed_at=at)
