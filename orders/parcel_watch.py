"""Parcels that nobody scans: not picked up, not moving, lost (docs/domain.md 2.9).

The carrier is asked once more before anything is concluded. A parcel that was scanned meanwhile moves its timer on; a
timer that fires late or twice does nothing.
"""

import structlog
from django.db import transaction
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from accounts.notifications import notify
from accounts.work import TryLater
from orders import carriers, deadlines, parcel_timers, parcels, road, tracking
from orders.carriers.base import TooSoon, Unreachable
from orders.models import Order, Parcel
from orders.parcel_timers import LOST, MOVING, PICKUP, PICKUP_HOURS, STILL

log = structlog.get_logger(__name__)

Status = Parcel.Status


def not_picked_up(parcel):
    """Timer: staff see it on the today page, where the card turns red; the history keeps that it was late."""
    if parcel.status == Status.PACKED:
        history.record(
            parcel,
            about=parcel.order.about,
            to=parcel.status,
            actor=StateLog.Actor.SYSTEM,
            reason="not handed over in time",
            data={"number": parcel.number, "hours": PICKUP_HOURS},
        )


def stands_still(parcel):
    """Timer: no scan for days. The carrier was asked; if it knows nothing new the parcel is held up and the shopper told."""
    _ask(parcel)
    if parcel.status not in MOVING:
        return
    _wait_on(parcel, STILL)
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=parcel.order_id)
        if not parcels.move(parcel, Status.EXCEPTION, actor=StateLog.Actor.SYSTEM, reason="no scan for days"):
            return
        _tell(parcel, "parcel_delayed")


def is_lost(parcel):
    """Timer: ten days without a scan. The shopper may have it sent again or the money back."""
    _ask(parcel)
    if parcel.status not in {*MOVING, Status.EXCEPTION}:
        return
    _wait_on(parcel, LOST)
    declare_lost(parcel, reason="no scan for ten days")


def declare_lost(parcel, *, by=None, reason=""):
    """The parcel will not come: LOST by way of EXCEPTION, and the shopper is told what they may ask for."""
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=parcel.order_id)
        actor = StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM
        if parcel.status in MOVING:
            parcels.move(parcel, Status.EXCEPTION, by=by, actor=actor, reason=reason)
        if not parcels.move(parcel, Status.LOST, by=by, actor=actor, reason=reason):
            return False
        deadlines.cancel_deadlines(parcel)
        _tell(parcel, "parcel_lost")
        if parcel.direction == Parcel.Direction.OUTBOUND:
            road.note_delivered(parcel.order)
        return True


def _wait_on(parcel, kind):
    """A scan came since the timer was set: it runs on instead."""
    left = parcel_timers.due_times(parcel)[kind] - timezone.now()
    if left.total_seconds() > 0:
        raise TryLater(left.total_seconds())


def _ask(parcel):
    """Bring ``parcel`` up to date with what the carrier knows, if it can be reached."""
    tracker = carriers.tracker()
    if tracker is None or not hasattr(parcel, "subscription"):
        return
    try:
        scans = tracker.query(parcel)
    except TooSoon:
        return
    except Unreachable as error:
        log.warning("carrier not reached", parcel=parcel.number, error=str(error))
        return
    if scans:
        tracking.apply_events(parcel, scans)
        parcel.refresh_from_db()


def _tell(parcel, kind):
    if parcel.direction == Parcel.Direction.OUTBOUND:
        facts = {"number": parcel.order.number, "parcel": parcel.number}
        key = f"parcel:{parcel.number}:{kind}:{parcel.last_event_at or ''}"
        notify(parcel.order.user, kind, key=key, facts=facts, url=parcel.order.get_absolute_url())


deadlines.register(PICKUP, not_picked_up)
deadlines.register(STILL, stands_still)
deadlines.register(LOST, is_lost)
