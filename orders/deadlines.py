"""Timers are rows: set, paused, cancelled with the thing they belong to, and fired by whichever worker claims them.

A handler gets the thing and re-checks its guard, so a timer that fires late or twice does nothing. It may raise
``accounts.work.TryLater``.
"""

from django.apps import apps
from django.db.models import F, Value
from django.utils import timezone

from accounts.prepared import Question
from accounts.work import TryLater, run_due
from orders.models import Deadline

# kind → function of the entity; filled by register() from the modules that own the rules.
HANDLERS = {}


def register(kind, handler):
    """``handler(entity)`` is called when a timer of ``kind`` is due; outside any transaction."""
    HANDLERS[kind] = handler


def set_deadline(entity, kind, due, *, seq=0):
    """Start (or move) the timer ``kind`` of ``entity``; ``seq`` tells the second of a kind from the first."""
    set_all([first_timer(entity, kind, due, seq=seq)])


def set_all(timers):
    """Start or move many timers (unsaved ``first_timer`` rows) in one statement."""
    Deadline.objects.bulk_create(
        timers,
        update_conflicts=True,
        unique_fields=["entity", "entity_id", "kind", "seq"],
        update_fields=[
            "run_after",
            "attempts",
            "leased_until",
            "done_at",
            "given_up_at",
            "last_error",
            "paused_at",
            "cancelled_at",
        ],
    )


def first_timer(entity, kind, due, *, seq=0):
    """The unsaved timer of an entity that has none of this kind yet, for whoever writes several rows at once."""
    return Deadline(entity=_label(entity), entity_id=entity.pk, kind=kind, seq=seq, run_after=due)


def due_at(entity, kind):
    """When the running timer ``kind`` of ``entity`` fires, or None."""
    return running(entity).filter(kind=kind, paused_at=None).values_list("run_after", flat=True).first()


def moment_of(entity, kind):
    """When the timer ``kind`` of ``entity`` was due last, whether it still runs or not, or None."""
    found = _last_moment(entity=_label(entity), pk=entity.pk, kind=kind)
    return found[0][0] if found else None


_last_moment = Question("""
SELECT run_after FROM orders_deadline
WHERE entity = %(entity)s AND entity_id = %(pk)s AND kind = %(kind)s ORDER BY seq DESC LIMIT 1
""")


def running(entity):
    """The timers of ``entity`` that may still fire, paused ones included."""
    return Deadline.objects.filter(
        entity=_label(entity), entity_id=entity.pk, done_at=None, given_up_at=None, cancelled_at=None
    )


def cancel_deadlines(entity, kind=None):
    """The timers of ``entity`` (of one kind, or all) will not fire any more."""
    _of_kind(entity, kind).update(cancelled_at=timezone.now())


def pause(entity, kind=None):
    """Stop the clock; a paused timer keeps the time it had left."""
    _of_kind(entity, kind).filter(paused_at=None).update(paused_at=timezone.now())


def resume(entity, kind=None):
    """Let the clock run on: the timer is due later by as long as it was paused."""
    now = timezone.now()
    _of_kind(entity, kind).filter(paused_at__isnull=False).update(
        run_after=F("run_after") + (Value(now) - F("paused_at")), paused_at=None
    )


def is_paused(entity, kind):
    return _of_kind(entity, kind).filter(paused_at__isnull=False).exists()


def fire(deadline):
    """Performed by the worker: hand the thing to the handler of its kind."""
    deadline.refresh_from_db(fields=["paused_at", "cancelled_at"])
    if deadline.cancelled_at:
        return
    if deadline.paused_at:
        raise TryLater(60)
    entity = apps.get_model(deadline.entity)._default_manager.filter(pk=deadline.entity_id).first()
    if entity is not None:
        HANDLERS[deadline.kind](entity)


def fire_due(limit=100):
    """Fire what is due; returns how many timers were looked at."""
    return run_due(Deadline, limit=limit, rows=Deadline.objects.filter(paused_at=None, cancelled_at=None))


def _of_kind(entity, kind):
    timers = running(entity)
    return timers.filter(kind=kind) if kind else timers


def _label(entity):
    return entity._meta.label_lower
