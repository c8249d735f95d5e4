"""The life of an order: how it is closed, goes to the warehouse, is received and ends (docs/domain.md 2.1).

The table of moves is in ``orders.moves``, being paid in ``orders.marking_paid``, the way of its parcels in ``orders.road``.

Every move is one guarded change with one row of history, in one transaction; a repeated call that finds the move done
changes nothing, anything else raises ``accounts.history.TransitionNotAllowed``. Locks: order, payment, refund, points,
stock rows by SKU id last. Channels are asked before, never inside, a transaction.
"""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from accounts.notifications import notify
from accounts.work import TryLater
from catalog import stock
from loyalty import coupons, points
from orders import deadlines, flash_sales, marking_paid, presales, promotions, risk_holds, settling
from orders.models import Order, Parcel, Payment
from orders.moves import (
    BUYER,
    CLOSED,
    COMPLETED,
    DELIVERED,
    FINISHED,
    PAID,
    PENDING_BALANCE,
    PENDING_DEPOSIT,
    PENDING_PAYMENT,
    PROCESSING,
    SHIPPED,
    STAFF,
    SYSTEM,
    WAITING,
    move,
)
from orders.order_timers import AUTO_CONFIRM, AUTO_CONFIRM_UNSIGNED, BALANCE_ENDS, FINISH, RELEASE, UNPAID
from orders.road import invite_reviews
from orders.windows import window_end


class ChannelBusy(Exception):
    """A payment is still open at its channel, so the order cannot be closed at this moment."""


# --- closing --------------------------------------------------------------------------------------------------------


def may_cancel(order):
    """Whether the shopper may cancel alone: before payment, and after it until the warehouse has the order."""
    return order.status in {PENDING_PAYMENT, PENDING_DEPOSIT, PAID}


def cancel(order, *, by, reason="", close_reason=None):
    """Close the order for its shopper or for staff; a paid one is refunded in full.

    Raises ``TransitionNotAllowed`` when it is too late, ``ChannelBusy`` when a payment cannot be closed just now. An
    order that turns out to have been paid meanwhile is left paid (look at ``order.status``).
    """
    mine = by is not None and by.pk == order.user_id
    why = close_reason or (Order.CloseReason.BUYER if mine else Order.CloseReason.STAFF)
    actor = BUYER if mine else STAFF
    order.refresh_from_db()
    if order.status == CLOSED:
        return False
    if order.status in {PENDING_PAYMENT, PENDING_DEPOSIT}:
        return close_unpaid(order, why=why, by=by, actor=actor, reason=reason)
    if order.status in presales.OPEN_STATES and not mine:
        return presales.fail(order, by=by, reason=reason)
    if order.status not in ({PAID} if mine else {PAID, PROCESSING}):
        raise TransitionNotAllowed(order, to=CLOSED)
    return settling.cancel_paid(order, why=why, by=by, actor=actor, reason=reason)


def close_unpaid(order, *, why, by=None, actor=SYSTEM, reason=""):
    """Close an order that nobody paid: its payments are closed at the channel first.

    Returns False, and the order is paid, when the channel says that the money came after all.
    """
    from orders import payments

    for payment in order.payments.filter(status__in=[Payment.Status.CREATED, Payment.Status.PENDING]):
        payments.close(payment)
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if locked.status not in WAITING or (why == Order.CloseReason.BALANCE and not _balance_is_late(locked)):
            order.refresh_from_db()
            return False
        if locked.payments.filter(status__in=[Payment.Status.CREATED, Payment.Status.PENDING]).exists():
            raise ChannelBusy(order.number)
        move(order, CLOSED, by=by, actor=actor, reason=reason, closed_at=timezone.now(), close_reason=why)
        deadlines.cancel_deadlines(order)
        coupons.release(order.about, by_staff=actor == STAFF)
        if order.points_used:
            points.release(order.about)
        promotions.give_back(order)
        if locked.status == PENDING_BALANCE:
            presales.keep_deposit(order)
        _tell_closed(order)
        release_stock(order)
        return True


def release_stock(order):
    """Give back what the lines of an unpaid order hold, units of flash sales to their pool; rows by SKU id, the last locks
    of the transaction."""
    pooled = flash_sales.give_back(order)
    for line in order.lines.order_by("sku_id", "pk"):
        stock.release(line.source, pooled=pooled.get(line.pk, 0))


def expire(order):
    """Timer: nobody paid in time."""
    if order.status not in WAITING:
        return
    if order.payable_fen == 0:
        marking_paid.pay_nothing(order)
        return
    why = Order.CloseReason.BALANCE if order.status == PENDING_BALANCE else Order.CloseReason.TIMEOUT
    try:
        close_unpaid(order, why=why)
    except ChannelBusy:
        raise TryLater(30) from None


def _tell_closed(order):
    kind = "presale_missed" if order.close_reason == Order.CloseReason.BALANCE else "order_closed"
    notify(order.user, kind, key=f"{order.about}:closed", facts={"number": order.number}, url=_url(order))


# --- warehouse and road ---------------------------------------------------------------------------------------------


def release_to_warehouse(order, *, by=None):
    """The warehouse has it from here on; the shopper can no longer cancel alone.

    Raises ``TransitionNotAllowed`` while the order is held for review.
    """
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=order.pk)
        if risk_holds.is_held(order):
            raise TransitionNotAllowed(order, to=PROCESSING)
        deadlines.cancel_deadlines(order, RELEASE)
        return move(order, PROCESSING, by=by, actor=STAFF if by else SYSTEM)


def _balance_is_over(order):
    """Timer: the window of the balance is over."""
    if _balance_is_late(order):
        expire(order)


def _balance_is_late(order):
    return order.status == PENDING_BALANCE and order.presale.balance_until <= timezone.now()


def _release_when_due(order):
    if order.status == PAID and not risk_holds.is_held(order):
        release_to_warehouse(order)


# --- the end --------------------------------------------------------------------------------------------------------


def may_confirm(order):
    """Whether the shopper may confirm receipt: not while something of the order is being returned."""
    return order.status in {SHIPPED, DELIVERED} and not return_is_open(order)


def return_is_open(order):
    """After-sales pauses the clock of an order while a request is open; here we only see the paused clock."""
    return any(deadlines.is_paused(order, kind) for kind in (AUTO_CONFIRM, AUTO_CONFIRM_UNSIGNED, FINISH))


def confirm_received(order, *, by=None):
    """The shopper (or the timer, ``by=None``) says the goods are there. Shortens no return window."""
    if order.status in {SHIPPED, DELIVERED} and return_is_open(order):
        raise TransitionNotAllowed(order, to=COMPLETED)
    with transaction.atomic():
        now = timezone.now()
        if not move(order, COMPLETED, by=by, actor=BUYER if by else SYSTEM, completed_at=now):
            return False
        order.lines.filter(signed_at=None).update(signed_at=now)
        invite_reviews(order)
        deadlines.cancel_deadlines(order, AUTO_CONFIRM)
        deadlines.cancel_deadlines(order, AUTO_CONFIRM_UNSIGNED)
        deadlines.set_deadline(order, FINISH, max(now, no_reason_end(order)))
        facts = {"number": order.number}
        notify(order.user, "order_received", key=f"{order.about}:received", facts=facts, url=_url(order))
        return True


def no_reason_end(order):
    """When the last no-reason window of the order closes."""
    signed = order.lines.aggregate(at=Max("signed_at"))["at"] or order.completed_at
    return window_end(signed, order.return_days)


def _confirm_when_due(order):
    from orders import resends

    if order.status not in {SHIPPED, DELIVERED}:
        return
    held_up = Parcel.objects.filter(order=order, direction=Parcel.Direction.OUTBOUND, status=Parcel.Status.EXCEPTION)
    if (order.status == SHIPPED and held_up.exists()) or resends.unsettled(order):
        raise TryLater(24 * 3600)  # staff look into it; the clock does not decide
    confirm_received(order)


def finish(order):
    """Timer: the windows are over and nothing is open, so pending points and growth become the member's."""
    from orders import resends

    if order.status != COMPLETED:
        return False
    left = (no_reason_end(order) - timezone.now()).total_seconds()
    if left > 0:
        raise TryLater(left)
    if settling.refund_in_flight(order) or resends.unsettled(order):
        raise TryLater(3600)
    with transaction.atomic():
        if not move(order, FINISHED, finished_at=timezone.now()):
            return False
        deadlines.cancel_deadlines(order)
        settling.settle_loyalty(order)
        return True


def _url(order):
    return order.get_absolute_url()


deadlines.register(UNPAID, expire)
deadlines.register(BALANCE_ENDS, _balance_is_over)
deadlines.register(RELEASE, _release_when_due)
deadlines.register(AUTO_CONFIRM, _confirm_when_due)
deadlines.register(AUTO_CONFIRM_UNSIGNED, _confirm_when_due)
deadlines.register(FINISH, finish)
