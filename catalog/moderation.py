"""Whether a shopper's words are shown: reviews, follow-ups, questions and answers. The words are never changed.

What is hidden keeps its reason; its author still sees it, and is told.
"""

from django.db import transaction
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from accounts.notifications import notify
from catalog.models import Answer, FollowUp, Question, Review
from catalog.models.moderated import Moderated

Status = Moderated.Status
KINDS = {Review: "review", FollowUp: "follow_up", Question: "question", Answer: "answer"}


def publish(said, by=None):
    """Show ``said``; False when it is shown already."""
    was_held = said.status == Status.PENDING
    with transaction.atomic():
        moved = _move(said, Status.PUBLISHED, by, "", hidden_reason="", held_because="")
        if moved:
            if was_held:
                _tell(said, "review_shown")
            after_showing(said)
    return moved


def hide(said, by=None, *, reason):
    """Show ``said`` no longer, keep why and tell its author; False when it is hidden already."""
    with transaction.atomic():
        moved = _move(said, Status.HIDDEN, by, reason, hidden_reason=reason)
        if moved:
            _tell(said, "review_hidden", reason=reason)
    return moved


def after_showing(said):
    """What follows when words appear, now or after they were read: buyers are asked, askers are told."""
    from catalog import questions

    if isinstance(said, Question):
        questions.ask_buyers(said)
    elif isinstance(said, Answer):
        questions.tell_asker(said)


def _move(said, to, by, reason, **changes):
    with transaction.atomic():
        moved = history.move(
            said,
            to=to,
            allowed=set(Status) - {to},
            about=said.about,
            by=by,
            actor=StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM,
            reason=reason,
            **changes,
        )
        if isinstance(said, Review):
            from catalog import reviews

            reviews.recount([said.product_id])
    return moved


def _tell(said, kind, **facts):
    if isinstance(said, Answer) and said.from_merchant:
        return
    facts |= {"title": said.product.title[:60], "what": KINDS[type(said)], "text": said.text[:40]}
    key = f"{said.about}:{kind}:{timezone.now():%y%m%d%H%M%S%f}"
    notify(said.user, kind, key=key, facts=facts, url=page_of(said))


def page_of(said):
    """Where its author finds ``said`` with its state."""
    from django.urls import reverse

    return reverse("my_questions" if isinstance(said, Question | Answer) else "my_reviews")
