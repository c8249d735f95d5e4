"""Paid orders that wait for a person: held when the payment arrives, found in order or closed by staff.

Locks: the order, then its hold. While it is held, nothing of an order reaches the warehouse.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import history
from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from accounts.notifications import notify
from accounts.one_trip import insert
from orders import deadlines
from orders.models import HoldReview, KnownDevice, Order
from orders.order_timers import RELEASE, RELEASE_MINUTES
from orders.risk import HOLD
from orders.risk_assessment import said_of

Status = HoldReview.Status


def is_held(order):
    return HoldReview.objects.filter(order=order, status=Status.OPEN).exists()


def hold_when_judged(order):
    """Called when ``order`` has just been paid, under its lock: hold it if the rules wanted that; says whether it is."""
    said = said_of(order)
    if said is None or said.level != HOLD:
        if said is not None:
            _remember_device(order, said)
        return False
    hold = HoldReview(order=order, reasons=said.reasons)
    insert(hold)
    history.record(
        hold,
        about=order.about,
        to=Status.OPEN,
        data={"reasons": said.reasons},
    )
    notify(
        order.user,
        "order_held",
        key=f"{order.about}:held",
        facts={"number": order.number},
        url=order.get_absolute_url(),
    )
    return True


def release(order, *, by, reason=""):
    """A person found the order in order: its clock to the warehouse runs again. False when it was done before."""
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        hold = HoldReview.objects.select_for_update().get(order=locked)
        if not _decide(hold, Status.RELEASED, by=by, reason=reason):
            return False
        due = max(timezone.now(), locked.paid_at + timedelta(minutes=RELEASE_MINUTES))
        deadlines.set_deadline(locked, RELEASE, due)
        _remember_device(locked, locked.risk)
        facts = {"number": locked.number}
        notify(locked.user, "order_freed", key=f"{locked.about}:freed", facts=facts, url=locked.get_absolute_url())
        return True


def end(order, *, by=None, actor=StateLog.Actor.SYSTEM):
    """The order is being closed: a hold that was open has nothing to hold any more."""
    hold = HoldReview.objects.select_for_update().filter(order=order, status=Status.OPEN).first()
    if hold is not None:
        _decide(hold, Status.STOPPED, by=by, actor=actor)


def _decide(hold, to, *, by, reason="", actor=StateLog.Actor.STAFF):
    if hold.status == to:
        return False
    if hold.status != Status.OPEN:
        raise TransitionNotAllowed(hold, to=to)
    HoldReview.objects.filter(pk=hold.pk, status=Status.OPEN).update(
        status=to, decided_at=timezone.now(), decided_by=by if actor == StateLog.Actor.STAFF else None
    )
    history.record(hold, about=hold.order.about, from_state=Status.OPEN, to=to, by=by, actor=actor, reason=reason)
    return True


def _remember_device(order, said):
    if said.device:
        KnownDevice.objects.get_or_create(user=order.user, device=said.device)
