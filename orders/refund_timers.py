"""The timers of a refund (docs/domain.md 2.9): sent within a day of approval, seen by its channel within three.

Both only tell: staff find it in the queue of late refunds, and the history keeps that it was late. Sending goes on.
"""

from datetime import timedelta

import structlog
from django.db.models import Q
from django.utils import timezone

from accounts import history
from orders import deadlines
from orders.models import Refund

log = structlog.get_logger(__name__)

Status = Refund.Status
SENT, SEEN = "refund_sent", "refund_seen"
SENT_HOURS, SEEN_HOURS = 24, 72


def watch_approved(refund):
    """An approved refund ought to be on its way within a day."""
    deadlines.set_deadline(refund, SENT, timezone.now() + timedelta(hours=SENT_HOURS))


def watch_sent(refund):
    """A refund that was sent ought to be seen by its channel within three days."""
    deadlines.cancel_deadlines(refund, SENT)
    deadlines.set_deadline(refund, SEEN, timezone.now() + timedelta(hours=SEEN_HOURS))


def late():
    """Refunds that nobody has sent for a day, or whose channel has said nothing for three."""
    now = timezone.now()
    unsent = Q(status=Status.APPROVED, created_at__lt=now - timedelta(hours=SENT_HOURS))
    unseen = Q(status=Status.PROCESSING, sent_at__lt=now - timedelta(hours=SEEN_HOURS))
    return Refund.objects.filter(unsent | unseen)


def _not_sent(refund):
    if refund.status == Status.APPROVED:
        _tell(refund, "not sent within a day")


def _not_seen(refund):
    if refund.status == Status.PROCESSING:
        _tell(refund, "the channel has not confirmed it for three days")


def _tell(refund, reason):
    log.error("refund late", refund=refund.number, why=reason)
    facts = {"amount_fen": refund.amount_fen, "number": refund.number}
    history.record(
        refund, about=refund.order.about, from_state=refund.status, to=refund.status, reason=reason, data=facts
    )


deadlines.register(SENT, _not_sent)
deadlines.register(SEEN, _not_seen)
