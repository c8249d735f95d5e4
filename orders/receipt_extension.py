"""The shopper needs more time to look at the goods: receipt is confirmed by itself three days later, at most twice."""

from datetime import timedelta

from django.db import transaction

from accounts import history
from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from orders import deadlines, resends
from orders.models import Order
from orders.moves import COMPLETED, DELIVERED, SHIPPED
from orders.order_timers import AUTO_CONFIRM, AUTO_CONFIRM_UNSIGNED

DAYS, MOST = 3, 2
EVENT = "more_time"


def times(order):
    """How often the time of ``order`` was extended already."""
    return StateLog.objects.filter(about=order.about, entity="orders.order", data__event=EVENT).count()


def may_extend(order):
    """Whether the clock of ``order`` runs and may be put on once more."""
    running = order.status in {SHIPPED, DELIVERED} and _running(order) is not None
    return running and times(order) < MOST and not resends.unsettled(order)


def extend(order, *, by):
    """Put the clock on by three days; returns when receipt is confirmed by itself now. Raises ``TransitionNotAllowed``."""
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if not may_extend(locked):
            raise TransitionNotAllowed(locked, to=COMPLETED)
        kind, due = _running(locked)
        due += timedelta(days=DAYS)
        deadlines.set_deadline(locked, kind, due)
        history.record(
            locked,
            about=locked.about,
            from_state=locked.status,
            to=locked.status,
            by=by,
            actor=StateLog.Actor.BUYER,
            data={"event": EVENT},
        )
        return due


def _running(order):
    """(timer, when) of the confirmation to come; None while it stands still or there is none."""
    for kind in (AUTO_CONFIRM, AUTO_CONFIRM_UNSIGNED):
        due = deadlines.due_at(order, kind)
        if due is not None:
            return kind, due
    return None
