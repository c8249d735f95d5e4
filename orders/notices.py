"""The inbox of payment channels: a notice is checked, kept, then acts, once, in one transaction."""

import hashlib

import structlog
from django.db import connection, transaction
from django.db.models import F

from accounts.one_trip import insert_new
from accounts.prepared import PreparedUnderLock
from orders import booking, refunds
from orders.gateways import gateway_of
from orders.gateways.base import BadSignature, NoticeKind
from orders.models import Payment, PaymentNotice, Refund

log = structlog.get_logger(__name__)

MOST_BYTES = 64 * 1024
ACTED = "UPDATE orders_paymentnotice SET payment_id = %s, outcome = %s WHERE id = %s"


def receive_notice(gateway, request):
    """The answer to a channel's notice. ``gateway`` is the name in the address; raises ``KeyError`` for a strange one.

    A repeated notice is counted and answered as the first. A notice that no signature covers leaves no trace but a
    log line.
    """
    channel = gateway_of(gateway)
    body = request.body
    try:
        if len(body) > MOST_BYTES:
            raise BadSignature
        notice = channel.parse_notice(request)
    except BadSignature:
        log.warning("notice refused", gateway=gateway, digest=_digest(body)[:12])
        return channel.answer(False)
    outcome = _take_in(gateway, notice, _digest(notice.meaning or body))
    return channel.answer(outcome not in {"unknown-payment", "other-body"})


@transaction.atomic
def _take_in(gateway, notice, digest):
    event = {"gateway": gateway, "event_id": notice.event_id}
    kept = PaymentNotice(**event, digest=digest, facts=_facts(notice))
    new = insert_new(kept)
    if not new:
        kept = PaymentNotice.objects.get(**event)
    if not new and kept.digest != digest:
        return _other_body(gateway, notice, digest)
    if not new:
        PaymentNotice.objects.filter(pk=kept.pk).update(times=F("times") + 1)
        return kept.outcome
    kept.payment = _payment_of(gateway, notice)
    kept.outcome = _act(notice, kept.payment)
    with connection.cursor() as cursor:
        cursor.execute(ACTED, [kept.payment and kept.payment.pk, kept.outcome, kept.pk])
    return kept.outcome


def _payment_of(gateway, notice):
    if not notice.payment_number and notice.refund_number:
        # Some channels tell of a refund by its own number alone.
        return Payment.objects.filter(refunds__number=notice.refund_number, gateway=gateway).first()
    return next(iter(_numbered(number=notice.payment_number, gateway=gateway)), None)


_numbered = PreparedUnderLock(
    lambda number, gateway: Payment.objects.filter(number=number, gateway=gateway).order_by(),
    number="P0",
    gateway="none",
)


def _act(notice, payment):
    if notice.kind == NoticeKind.OTHER:
        return "not-followed"
    if payment is None:
        log.error("notice for a payment that is not ours", number=notice.payment_number)
        return "unknown-payment"
    if notice.kind == NoticeKind.REFUNDED:
        # It names a refund; whether money moved is asked of the channel by the worker.
        known = Refund.objects.filter(number=notice.refund_number, payment=payment).first()
        return refunds.ask_soon(known) if known else "unknown-refund"
    return booking.book(payment, notice.trade)


def _other_body(gateway, notice, digest):
    """The channel (or somebody with its key) gave one event two meanings: the second is kept beside the first, not
    obeyed.
    """
    log.error("one event with two bodies", gateway=gateway, event_id=notice.event_id)
    PaymentNotice.objects.get_or_create(
        gateway=gateway,
        event_id=f"{notice.event_id[:60]}#{digest[:16]}",
        defaults={"digest": digest, "facts": _facts(notice), "outcome": "other-body"},
    )
    return "other-body"


def _facts(notice):
    return {
        "kind": notice.kind,
        "number": notice.payment_number[:64],
        "status": notice.trade.status,
        "amount_fen": notice.trade.amount_fen,
        "currency": notice.trade.currency[:8],
        "refund": notice.refund_number[:64],
    }


def _digest(body):
    return hashlib.sha256(body).hexdigest()
