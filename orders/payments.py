"""Attempts to pay an order: opened at a channel, asked about, closed there. What the answers mean is in orders.booking.

Nothing here calls a channel inside a transaction, and nothing but a channel's word makes a payment succeed.
"""

from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import StateLog
from accounts.one_trip import insert
from accounts.prepared import SOME, Prepared
from orders import booking, deadlines, instalments, marking_paid, numbers
from orders.gateways import GATEWAYS, gateway_of
from orders.gateways.base import Refused, TradeStatus, Unreachable, Visit
from orders.models import Order, Payment
from orders.notices import receive_notice
from orders.order_timers import UNPAID

__all__ = [
    "GATEWAYS",
    "AlreadyPaid",
    "NotPayable",
    "close",
    "pay_until",
    "query",
    "query_due",
    "receive_notice",
    "start",
]

OPEN = booking.OPEN
AGAIN = timedelta(minutes=1)
LONGEST = timedelta(hours=6)
LONGEST_ATTEMPT = timedelta(hours=2)  # of a balance that may wait for days


class NotPayable(Exception):
    """The order does not wait for money (any more), or its time is over."""


class AlreadyPaid(Exception):
    """While a second attempt was being opened the first turned out to be paid."""


def pay_until(order):
    """Until when the order waits for money: its timer says so, and nothing else. Without one it waits no longer."""
    if order.status == Order.Status.PENDING_BALANCE:
        return order.presale.balance_until
    return deadlines.moment_of(order, UNPAID) or order.placed_at


def start(order, gateway, *, return_url="", visit=None):
    """A ``Payment`` whose ``pay_url`` takes the shopper to the channel. Opening a second attempt closes the first
    there. ``visit`` says on what the shopper pays and in how many months.

    The browser comes back to ``return_url``, which proves nothing. Raises ``NotPayable``, ``AlreadyPaid``, ``Refused``,
    ``Unreachable``; ``KeyError`` for a channel that is not set up and ``instalments.NotOffered``.
    """
    channel, visit = gateway_of(gateway), visit or Visit()
    plan = instalments.plan_of(channel, order.due_fen, visit.instalments)
    for earlier in _open_ones(order_id=order.pk):
        if _can_go_on(earlier, gateway, order, visit):
            return earlier
        if not close(earlier):
            raise AlreadyPaid
    payment = _open(order, gateway, visit, plan)
    subject = _("Order %(number)s") % {"number": order.number}
    page = order.get_absolute_url() + "payment/"
    return_url = f"{return_url or settings.SITE_URL + page}?waiting={payment.number}"
    try:
        opening = channel.create(payment, return_url=return_url, subject=subject, visit=visit)
    except Refused as refused:
        booking.move(payment, Payment.Status.FAILED, reason=str(refused))
        raise
    # A code and a form are shown by our own page; everything else is an address to go to.
    address = f"{page}?waiting={payment.number}" if opening.code or opening.fields else opening.url
    booking.move(
        payment,
        Payment.Status.PENDING,
        pay_url=address,
        opening={name: value for name, value in asdict(opening).items() if value},
        query_after=timezone.now() + channel.query_pauses[0],
    )
    return payment


_open_ones = Prepared(lambda order_id: Payment.objects.filter(order_id=order_id, status__in=OPEN), order_id=SOME)


def _can_go_on(payment, gateway, order, visit):
    same_way = (payment.on_phone, payment.instalments) == (visit.phone, visit.instalments)
    return (
        same_way
        and payment.gateway == gateway
        and payment.status == Payment.Status.PENDING
        and (payment.purpose, payment.amount_fen) == (order.due_purpose, order.due_fen)
        and payment.expires_at > timezone.now()
    )


@transaction.atomic
def _open(order, gateway, visit, plan):
    order = marking_paid.lock(order.pk)
    until = pay_until(order)
    if not order.waits_for_money or order.due_fen <= 0 or until <= timezone.now():
        raise NotPayable(order.number)
    payment = Payment(
        order=order,
        number=numbers.payment_number(),
        gateway=gateway,
        purpose=order.due_purpose,
        amount_fen=order.due_fen,
        on_phone=visit.phone,
        instalments=visit.instalments,
        instalment_fee_fen=plan.fee_fen if plan else 0,
        expires_at=min(until, timezone.now() + LONGEST_ATTEMPT),
    )
    insert(payment)
    return payment


def query(payment):
    """Ask the channel and book the answer; returns the fresh payment. Raises ``Unreachable``."""
    booking.book(payment, gateway_of(payment.gateway).query(payment))
    payment.refresh_from_db()
    return payment


def close(payment, *, by=None):
    """Make the attempt impossible to pay; True when it is, False when the shopper was faster (and it is booked).

    A payment whose state the channel does not tell stays open: look at ``payment.status``, then try again later.
    """
    payment.refresh_from_db()
    if payment.status not in OPEN:
        return payment.status != Payment.Status.SUCCEEDED
    try:
        trade = gateway_of(payment.gateway).close(payment)
    except Unreachable:
        Payment.objects.filter(pk=payment.pk, status__in=OPEN).update(query_after=timezone.now() + AGAIN)
        return True
    if trade.status in {TradeStatus.PAID, TradeStatus.WAITING}:
        booking.book(payment, trade)
    else:
        # UNKNOWN: the shopper never came to the cashier, so there is nothing to close; a late visit finds evidence
        # against it.
        _mark_closed(payment, by)
    payment.refresh_from_db()
    return payment.status != Payment.Status.SUCCEEDED


def _mark_closed(payment, by):
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=payment.order_id)
        if Payment.objects.filter(pk=payment.pk, status__in=OPEN).exists():
            actor = StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM
            booking.move(payment, Payment.Status.CLOSED, by=by, actor=actor, query_after=None)


def query_due(*, limit=50):
    """Ask about every payment whose time has come; returns how many. Called by a worker every half minute."""
    asked = 0
    while asked < limit:
        payment = _claim()
        if payment is None:
            break
        asked += 1
        try:
            if payment.expires_at < timezone.now():
                close(payment)
            else:
                query(payment)
        except (Unreachable, Refused, KeyError):
            continue  # it was given its next time when it was claimed
    return asked


@transaction.atomic
def _claim():
    due = Payment.objects.filter(query_after__lte=timezone.now())
    payment = due.order_by("query_after").select_for_update(skip_locked=True, of=("self",)).first()
    if payment is None:
        return None
    payment.queries += 1
    payment.query_after = _next_query(payment) if payment.status in OPEN else None
    payment.save(update_fields=["queries", "query_after"])
    return payment


def _next_query(payment):
    channel = GATEWAYS.get(payment.gateway)
    pauses = channel.query_pauses if channel else ()
    now = timezone.now()
    if payment.queries < len(pauses):
        return max(payment.created_at + pauses[payment.queries], now + timedelta(seconds=10))
    if payment.expires_at > now:
        return payment.expires_at + timedelta(seconds=5)
    return now + min(AGAIN * 2 ** min(payment.queries - len(pauses), 9), LONGEST)
