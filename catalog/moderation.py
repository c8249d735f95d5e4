"""Whether a review is shown. Its text and stars are never changed."""

from django.db import transaction

from accounts import history
from accounts.models import StateLog
from catalog import reviews
from catalog.models import Review

Status = Review.Status


def publish(review, by=None):
    """Show ``review``; False when it is shown already."""
    return _move(review, Status.PUBLISHED, by, "", hidden_reason="")


def hide(review, by=None, *, reason):
    """Show ``review`` no longer and keep why; False when it is hidden already."""
    return _move(review, Status.HIDDEN, by, reason, hidden_reason=reason)


def _move(review, to, by, reason, **changes):
    with transaction.atomic():
        moved = history.move(
            review,
            to=to,
            allowed=set(Status) - {to},
            about=f"review:{review.pk}",
            by=by,
            actor=StateLog.Actor.STAFF,
            reason=reason,
            **changes,
        )
        reviews.recount([review.product_id])
    return moved
