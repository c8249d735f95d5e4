"""Listings that go on or off sale at a time: planned by people, carried out by a worker, cancelled until then."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.history import TransitionNotAllowed
from catalog import listing_changes, listings
from catalog.models import ListingTimer

OPEN = {"done_at": None, "given_up_at": None}


def plan(product, action, at, by=None):
    """Have ``action`` carried out at ``at``; returns the timer. Raises ValidationError: in the past, or planned already."""
    if at <= timezone.now():
        raise ValidationError(_("This time has passed."))
    try:
        with transaction.atomic():
            timer = ListingTimer.objects.create(product=product, action=action, run_after=at, by=by)
            listing_changes.note(product, f"plan:{timer.action}", "", _moment(at), by=by, source="timer")
            return timer
    except IntegrityError:
        raise ValidationError(_("This is planned already. Cancel it before you plan another time.")) from None


def cancel(timer, by=None):
    """Nothing will happen. False when it has happened or was cancelled before."""
    now = timezone.now()
    waiting = ListingTimer.objects.filter(pk=timer.pk, leased_until=None, **OPEN)
    with transaction.atomic():
        cancelled = bool(waiting.update(done_at=now, cancelled_at=now))
        if cancelled:
            planned = _moment(timer.run_after)
            listing_changes.note(timer.product, f"plan:{timer.action}", planned, "", by=by, source="timer")
    return cancelled


def _moment(at):
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def carry_out(timer):
    """Do what was planned; safe to repeat. What the shop refuses is noted on the timer, not tried again."""
    source = f"timer:{timer.pk}"
    try:
        if timer.action == ListingTimer.Action.PUBLISH:
            listings.publish(timer.product, by=timer.by, reason=source)
        else:
            listings.take_down(timer.product, by=timer.by, reason=source)
    except listings.NotPublishable as refusal:
        why = " ".join(str(each) for each in refusal.reasons)
    except TransitionNotAllowed as refusal:
        why = str(refusal)
    else:
        return
    ListingTimer.objects.filter(pk=timer.pk).update(refused_because=why[:500])
