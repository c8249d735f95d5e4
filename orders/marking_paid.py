"""An order takes payments, and what follows when they equal its price: timers, promises, points, coupons, figures."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from accounts.notifications import notify
from accounts.prepared import SOME, PreparedUnderLock, QuestionUnderLock
from catalog import dealt_prices, sales, shopper_events
from catalog.models import Product
from loyalty import coupons, points
from orders import deadlines, delivery_promise, presales, risk_holds
from orders.models import Order, OrderLine, Payment
from orders.moves import CHANNEL, PAID, PENDING_DEPOSIT, SYSTEM, WAITING, move
from orders.order_timers import RELEASE, RELEASE_MINUTES, UNPAID


def mark_paid(order, payment=None, *, actor=CHANNEL):
    """The order takes ``payment`` (SUCCEEDED) and is paid when the applied payments equal its payable amount.

    Returns whether it was paid now. Raises ``TransitionNotAllowed`` when the order does not wait for money any more:
    then the payment stays unapplied and is refunded. A payable of nothing needs no payment.
    """
    with transaction.atomic():
        locked = lock(order.pk)
        if payment is not None and not waits(locked):
            if Payment.objects.filter(pk=payment.pk, applied=True).exists():
                return False
            raise TransitionNotAllowed(locked, to=PAID)
        paid = take(locked, payment, actor=actor)
        if paid:
            order.refresh_from_db()
        else:
            order.status = locked.status
        return paid


def lock(pk):
    """The order with its shopper, its row locked. Raises ``Order.DoesNotExist``."""
    found = _locked(pk=pk)
    if not found:
        raise Order.DoesNotExist(pk)
    return found[0]


_locked = PreparedUnderLock(
    lambda pk: Order.objects.filter(pk=pk).select_related("user").select_for_update(of=("self",)).order_by(), pk=SOME
)


def waits(order):
    """Whether ``order`` takes payments at all."""
    return order.status in WAITING


def take(order, payment=None, *, actor=CHANNEL):
    """``mark_paid`` for an order that was locked in this transaction and ``waits``, and a payment locked after it.

    Nothing in here is a refusal: an error takes the caller's transaction with it.
    """
    applied = _applied(order, but=payment)
    if payment is not None:
        if payment.amount_fen > order.payable_fen - applied:
            return False  # an attempt of before the price was lowered: the order does not take more than it costs
        if payment.purpose != order.due_purpose or not _apply(order, payment):
            return False  # a second deposit is no part of the balance
        applied += payment.amount_fen
    if order.status == PENDING_DEPOSIT:
        presales.deposit_paid(order, actor=actor)
        return False
    user, now = order.user, timezone.now()
    if applied != order.payable_fen or not move(order, PAID, actor=actor, paid_at=now):
        return False
    order.user = user
    _after_payment(order, now)
    return True


APPLY = """
UPDATE orders_payment SET applied = true
WHERE id = %s AND order_id = %s AND status = 'succeeded' AND second_of_id IS NULL
"""


def _apply(order, payment):
    with connection.cursor() as cursor:
        cursor.execute(APPLY, [payment.pk, order.pk])
        payment.applied = cursor.rowcount == 1
    return payment.applied


def _applied(order, but=None):
    """Fen of the payments that the order took, ``but`` left out."""
    [(fen,)] = _taken(pk=order.pk, but=but.pk if but else None)
    return fen


_taken = QuestionUnderLock("""
SELECT coalesce(sum(amount_fen), 0)::bigint FROM orders_payment
WHERE order_id = %(pk)s AND applied AND id IS DISTINCT FROM %(but)s::bigint
""")


def _after_payment(order, now):
    deadlines.cancel_deadlines(order, UNPAID)
    if not risk_holds.hold_when_judged(order):
        deadlines.set_deadline(order, RELEASE, now + min(timedelta(minutes=RELEASE_MINUTES), _time_to_pay(order)))
    lines = _lines(order_id=order.pk)
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


def _with_listings(order_id):
    lines = OrderLine.objects.filter(order_id=order_id).select_related("sku__product")
    return lines.defer(*(f"sku__product__{name}" for name in Product.LONG))


_lines = PreparedUnderLock(_with_listings, order_id=SOME)


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
