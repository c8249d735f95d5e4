"""An order takes payments, and what follows when they equal its price: timers, promises, points, coupons, figures."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from accounts.notifications import notify
from catalog import dealt_prices, sales, shopper_events
from loyalty import coupons, points
from orders import deadlines, delivery_promise, presales, risk_holds
from orders.models import Order, Payment
from orders.moves import CHANNEL, PAID, PENDING_DEPOSIT, SYSTEM, WAITING, move
from orders.order_timers import RELEASE, RELEASE_MINUTES, UNPAID


def mark_paid(order, payment=None, *, actor=CHANNEL):
    """The order takes ``payment`` (SUCCEEDED) and is paid when the applied payments equal its payable amount.

    Returns whether it was paid now. Raises ``TransitionNotAllowed`` when the order does not wait for money any more:
    then the payment stays unapplied and is refunded. A payable of nothing needs no payment.
    """
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if payment is not None and not _take(locked, payment):
            return False
        if locked.status == PENDING_DEPOSIT:
            presales.deposit_paid(locked, actor=actor)
            order.status = locked.status
            return False
        if _applied(locked) != locked.payable_fen:
            return False
        now = timezone.now()
        if not move(order, PAID, actor=actor, paid_at=now):
            return False
        _after_payment(order, now)
        return True


def _take(order, payment):
    if order.status not in WAITING:
        if Payment.objects.filter(pk=payment.pk, applied=True).exists():
            return False
        raise TransitionNotAllowed(order, to=PAID)
    mine = Payment.objects.filter(pk=payment.pk, order=order, status=Payment.Status.SUCCEEDED, second_of=None)
    if payment.amount_fen > order.payable_fen - _applied(order, but=payment):
        return False  # an attempt of before the price was lowered: the order does not take more than it costs
    if payment.purpose != order.due_purpose:
        return False  # a second deposit is no part of the balance
    taken = mine.update(applied=True)
    payment.applied = bool(taken)
    return bool(taken)


def _applied(order, but=None):
    """Fen of the payments that the order took, ``but`` left out."""
    taken = order.payments.filter(applied=True).exclude(pk=but and but.pk)
    return taken.aggregate(fen=Sum("amount_fen"))["fen"] or 0


def _after_payment(order, now):
    deadlines.cancel_deadlines(order, UNPAID)
    if not risk_holds.hold_when_judged(order):
        deadlines.set_deadline(order, RELEASE, now + min(timedelta(minutes=RELEASE_MINUTES), _time_to_pay(order)))
    lines = list(order.lines.select_related("sku__product"))
    delivery_promise.promise(order, lines)
    sold = {}
    for line in sorted(lines, key=lambda line: line.product_id):
        sold[line.product_id] = sold.get(line.product_id, 0) + line.quantity
    coupons.spend(order.about, paid_fen=order.payable_fen)
    if order.points_used:
        points.spend(order.about)
    earned = points.earned(order.payable_fen - order.shipping_fen, order.earn_bp)
    if earned:
        points.grant_pending(order.user, order.about, earned)
    notify(
        order.user,
        "order_paid",
        key=f"{order.about}:paid",
        facts={"number": order.number},
        url=order.get_absolute_url(),
    )
    dealt_prices.record(dealt_units(lines), at=now)
    sales.record(sold)
    # After the sales, which hold the listings: the other way round two payments could wait for each other.
    shopper_events.record(order.user_id, sold, shopper_events.Kind.PURCHASE)


def _time_to_pay(order):
    """How long the order had: units of a flash sale go to the warehouse as soon as they had to be paid."""
    due = deadlines.moment_of(order, UNPAID)
    return max(due - order.placed_at, timedelta()) if due else timedelta(minutes=RELEASE_MINUTES)


def dealt_units(lines):
    """[(SKU id, fen a unit, units)]: the price after every discount; points and red packets are a way to pay it."""
    return [
        (line.sku_id, (line.payable_fen + line.d_points_fen + line.d_red_packet_fen) // line.quantity, line.quantity)
        for line in sorted(lines, key=lambda line: line.sku_id)
        if line.gift_of_id is None
    ]


def pay_nothing(order):
    """An order that costs nothing is paid at once."""
    if order.payable_fen == 0:
        mark_paid(order, actor=SYSTEM)
