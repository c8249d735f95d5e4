"""What a channel says about a payment becomes true here: evidence in, state out, however often and in whatever order.

Success beats every other news. The order takes the money only while it waits for it; money that no order takes goes
back in the same transaction. Locks: order, then payment.
"""

import structlog
from django.db import transaction
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from accounts.prepared import SOME, PreparedUnderLock, QuestionUnderLock
from orders import marking_paid, numbers, refunds
from orders.gateways import gateway_of
from orders.gateways.base import TradeStatus
from orders.models import Payment

log = structlog.get_logger(__name__)

CHANNEL = StateLog.Actor.CHANNEL
OPEN = (Payment.Status.CREATED, Payment.Status.PENDING)
# From → to; tests and the books read this table.
MOVES = {
    Payment.Status.CREATED: {
        Payment.Status.PENDING,
        Payment.Status.FAILED,
        Payment.Status.CLOSED,
        Payment.Status.SUCCEEDED,
    },
    Payment.Status.PENDING: {Payment.Status.SUCCEEDED, Payment.Status.FAILED, Payment.Status.CLOSED},
    Payment.Status.FAILED: {Payment.Status.SUCCEEDED},
    Payment.Status.CLOSED: {Payment.Status.SUCCEEDED},
    Payment.Status.SUCCEEDED: set(),
}


def move(payment, to, *, by=None, actor=CHANNEL, reason="", **changes):
    """Guarded change of state by the table; see ``accounts.history.move``."""
    allowed = {state for state, targets in MOVES.items() if to in targets}
    return history.move(
        payment, to=to, allowed=allowed, about=payment.order.about, by=by, actor=actor, reason=reason, **changes
    )


def book(payment, trade):
    """Bring ``payment`` in line with what the channel says; returns the outcome as one word for the inbox.

    "paid", "unapplied" (it goes back), "paid-twice" (a second payment of the attempt, which goes back), "known"
    (nothing new), "closed", "waiting", or "held:…" when the success does not fit the payment: then nothing is booked
    and staff look into it.
    """
    with transaction.atomic(savepoint=False):
        order = marking_paid.lock(payment.order_id)
        [payment] = _locked(pk=payment.pk)
        payment.order = order
        if trade.status == TradeStatus.PAID:
            return _book_success(order, payment, trade)
        if trade.status == TradeStatus.CLOSED and payment.status in OPEN:
            move(payment, Payment.Status.CLOSED, query_after=None)
            return "closed"
        return "known" if payment.status not in OPEN else "waiting"


_locked = PreparedUnderLock(
    lambda pk: Payment.objects.filter(pk=pk).select_for_update(of=("self",)).order_by(), pk=SOME
)


def _book_success(order, payment, trade):
    misfit = _misfit(payment, trade)
    if misfit:
        log.error("payment held", payment=payment.number, order=order.number, why=misfit, said_fen=trade.amount_fen)
        _remember_hold(order, payment, trade, misfit)
        return f"held:{misfit}"
    if payment.status == Payment.Status.SUCCEEDED:
        return "known" if trade.reference == payment.gateway_reference else _book_second(order, payment, trade)
    move(
        payment,
        Payment.Status.SUCCEEDED,
        gateway_reference=trade.reference,
        paid_at=timezone.now(),
        query_after=None,
        data={"amount_fen": payment.amount_fen},
    )
    payment.order = order
    if marking_paid.waits(order):
        marking_paid.take(order, payment)
    if payment.applied:
        return "paid"
    log.warning("payment came too late", payment=payment.number, order=order.number)
    refunds.give_back_unapplied(payment)
    return "unapplied"


def _book_second(order, payment, trade):
    """The shopper paid one attempt twice: a payment of its own, which no order takes, so it goes back by itself."""
    if Payment.objects.filter(gateway=payment.gateway, gateway_reference=trade.reference).exists():
        return "known"
    second = Payment.objects.create(
        order=order,
        second_of=payment,
        number=numbers.payment_number(),
        gateway=payment.gateway,
        purpose=payment.purpose,
        amount_fen=trade.amount_fen,
        expires_at=payment.expires_at,
    )
    move(
        second,
        Payment.Status.SUCCEEDED,
        reason="One attempt was paid a second time; this money goes back.",
        gateway_reference=trade.reference,
        paid_at=timezone.now(),
        data={"amount_fen": second.amount_fen, "second_of": payment.number},
    )
    log.warning("attempt paid twice", payment=payment.number, second=second.number, order=order.number)
    refunds.give_back_unapplied(second)
    return "paid-twice"


def _misfit(payment, trade):
    """What about a success does not fit the payment, as one word; nothing when all fits."""
    if trade.amount_fen != payment.amount_fen:
        return "amount"
    if trade.currency != "CNY":
        return "currency"
    if trade.merchant != gateway_of(payment.gateway).merchant:
        return "merchant"
    if not trade.reference:
        return "reference"
    [(known,)] = _known_elsewhere(gateway=payment.gateway, reference=trade.reference, pk=payment.pk)
    return "reference" if known else ""


_known_elsewhere = QuestionUnderLock("""
SELECT EXISTS (
    SELECT FROM orders_payment WHERE gateway = %(gateway)s AND gateway_reference = %(reference)s
    AND id <> %(pk)s AND second_of_id IS DISTINCT FROM %(pk)s
)
""")


def _remember_hold(order, payment, trade, misfit):
    """One line on the order's timeline, however often the channel repeats itself."""
    facts = {"amount_fen": trade.amount_fen, "currency": trade.currency[:8], "misfit": misfit}
    told = StateLog.objects.filter(entity=Payment._meta.label_lower, entity_id=str(payment.pk), data__misfit=misfit)
    if not told.exists():
        history.record(
            payment,
            about=order.about,
            from_state=payment.status,
            to=payment.status,
            actor=CHANNEL,
            reason="The channel reports a payment that does not fit; it is held.",
            data=facts,
        )
