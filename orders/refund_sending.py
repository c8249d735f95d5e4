"""A refund's way through its channel: asked for under its own number until the channel says how it ended.

A time-out decides nothing: the refund stays PROCESSING and the channel is asked. Only its word makes it SUCCEEDED.
"""

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import rate_limit
from accounts.models import StateLog
from accounts.notifications import notify
from accounts.work import TryLater
from catalog.money import yuan
from loyalty import points
from orders import coupon_returns, deadlines, refund_timers, refunds, settling
from orders.gateways import gateway_of
from orders.gateways.base import RefundStatus, Refused, Unreachable
from orders.models import Order, Payment, Refund

log = structlog.get_logger(__name__)

Status = Refund.Status
CHANNEL = StateLog.Actor.CHANNEL
PAUSE_WHEN_UNREACHABLE = 30


def send(refund):
    """One step; raises ``TryLater`` until the channel has said how it ended. No transaction around it."""
    refund.refresh_from_db()
    channel = gateway_of(refund.payment.gateway)
    if refund.status == Status.APPROVED:
        _take_turn(refund, channel)
        _tell(refund, "surplus_sent" if refund.is_surplus else "refund_sent")
    elif refund.status != Status.PROCESSING:
        return
    over = _over_limits(refund, channel)
    if over:
        _stop(refund, Status.FAILED, over)
        return
    if not rate_limit.allow(f"refunds:{channel.name}", channel.refund_limits.per_second, 1):
        raise TryLater(1)
    try:
        state = channel.query_refund(refund)
        if state.status == RefundStatus.UNKNOWN:
            state = channel.refund(refund)
    except Refused as refused:
        _stop(refund, Status.FAILED, str(refused))
        return
    except Unreachable as error:
        log.warning("refund unknown", refund=refund.number, error=str(error))
        raise TryLater(PAUSE_WHEN_UNREACHABLE) from error
    _believe(refund, channel, state)


def _take_turn(refund, channel):
    """Begin to send, unless another refund of the payment was sent a moment ago: channels want a pause between them."""
    with transaction.atomic():
        # The payment's lock makes two workers take turns.
        payment = Payment.objects.select_for_update().get(pk=refund.payment_id)
        others = payment.refunds.exclude(pk=refund.pk).filter(sent_at__isnull=False)
        last = others.aggregate(at=Max("sent_at"))["at"]
        pause = timedelta(seconds=channel.refund_limits.pause_seconds)
        wait = (last + pause - timezone.now()).total_seconds() if last else 0
        if wait > 0:
            raise TryLater(wait)
        refunds.move(refund, Status.PROCESSING, sent_at=timezone.now())
        refund_timers.watch_sent(refund)


def _over_limits(refund, channel):
    """Why the channel would not take this refund at all, in words; then finance pays by bank. "" when it may be sent."""
    limits, payment = channel.refund_limits, refund.payment
    if payment.paid_at and refund.sent_at - payment.paid_at > timedelta(days=limits.days):
        return f"{channel.name} refunds within {limits.days} days of the payment"
    sent = payment.refunds.filter(sent_at__lt=refund.sent_at).exclude(status__in=[Status.FAILED, Status.MANUAL])
    if sent.count() >= limits.times:
        return f"{channel.name} refunds one payment {limits.times} times"
    return ""


def _believe(refund, channel, state):
    if state.status == RefundStatus.SUCCEEDED:
        succeed(refund, reference=state.reference)
    elif state.status == RefundStatus.FAILED:
        _stop(refund, Status.FAILED, state.reason)
    elif state.status == RefundStatus.ABNORMAL:
        _stop(refund, Status.ABNORMAL, state.reason)
    else:
        raise TryLater(_pause(refund, channel))


def _pause(refund, channel):
    """Seconds until the next question: the channel's pauses, counted from when the refund was sent; the last one
    repeats.
    """
    age = timezone.now() - refund.sent_at
    later = [pause for pause in channel.refund_pauses if pause > age]
    return (later[0] - age if later else channel.refund_pauses[-1]).total_seconds()


def _stop(refund, to, reason):
    log.error("refund stopped", refund=refund.number, status=to, reason=reason)
    refunds.move(refund, to, actor=CHANNEL, reason=reason[:500])


def succeed(refund, *, reference="", by=None, actor=CHANNEL):
    """Book the channel's success once: points, the order's state, the message, and whoever waits for it.

    Locks: order, refund, coupons, points.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=refund.order_id)
        now = timezone.now()
        if not refunds.move(
            refund, Status.SUCCEEDED, by=by, actor=actor, succeeded_at=now, gateway_reference=reference, done_at=now
        ):
            return False
        deadlines.cancel_deadlines(refund)
        parts = list(refund.lines.all())
        if parts:
            coupon_returns.give_back_free(order, our_fault=refund.our_fault)
            points.give_back(order.about, sum(part.points for part in parts), f"refund:{refund.number}")
            settling.after_refund(order)
        _tell(refund, "surplus_back" if refund.is_surplus else "refund_done")
        for hook in refunds.WHEN_SUCCEEDED:
            hook(refund)
        return True


def try_again(refund, *, by, reason=""):
    """A refund that the channel refused is asked for once more, under the same number."""
    due = {"run_after": timezone.now(), "done_at": None, "attempts": 0}
    return refunds.move(refund, Status.PROCESSING, by=by, actor=StateLog.Actor.STAFF, reason=reason, **due)


def paid_by_bank(refund, *, by, reason=""):
    """Finance pays by bank because the channel cannot; a second person confirms with ``confirm_bank``."""
    return refunds.move(refund, Status.MANUAL, by=by, actor=StateLog.Actor.STAFF, reason=reason, approved_by=by)


def confirm_bank(refund, *, by, reference):
    """The second signature under a payment by bank. Raises ``refunds.SamePerson``."""
    if refund.approved_by_id == by.pk:
        raise refunds.SamePerson
    return succeed(refund, reference=reference, by=by, actor=StateLog.Actor.STAFF)


def _tell(refund, kind):
    """One message to the shopper for each kind and refund."""
    notify(
        refund.order.user,
        kind,
        key=f"refund:{refund.number}:{kind}",
        facts={"number": refund.order.number, "amount": yuan(refund.amount_fen)},
        url=refund.order.get_absolute_url(),
    )
