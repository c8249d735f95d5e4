"""The history of everything that has states: one row a change, in the transaction of the change."""

from contextlib import nullcontext

from django.db import connection, transaction

from accounts.models import StateLog


class TransitionNotAllowed(Exception):
    """A change of state that the present state forbids. ``str()`` is for logs; views write their own sentence."""

    def __init__(self, entity, *, to):
        super().__init__(f"{entity._meta.label} {entity.pk} cannot go from {entity.status} to {to}")
        self.entity = entity
        self.to = to


def record(entity, *, about, to, **facts):
    """Write that ``entity`` went to the state ``to``; the facts are those of ``entry``."""
    line = entry(entity, about=about, to=to, **facts)
    line.save(force_insert=True)
    return line


def entry(entity, *, about, to, from_state="", by=None, actor=StateLog.Actor.SYSTEM, reason="", data=None):
    """The unsaved line that ``entity`` went ``from_state`` → ``to``, for whoever writes several rows at once.

    ``about`` is the text key of the story this belongs to ("order:ZG…"), so that one query reads a whole timeline.
    ``by`` is the user who did it; ``data`` holds ids and plain facts, never personal data.
    """
    return StateLog(
        entity=entity._meta.label_lower,
        entity_id=str(entity.pk),
        about=about,
        from_state=from_state,
        to_state=to,
        actor=actor,
        user=by,
        reason=reason,
        data=data or {},
    )


def move(entity, *, to, allowed, about, by=None, actor=StateLog.Actor.SYSTEM, reason="", data=None, **changes):
    """Guarded change of ``entity.status`` to ``to`` from one of ``allowed``; also sets ``changes``.

    Returns True when it moved and False when it was there already (a repeated call changes nothing).
    Raises ``TransitionNotAllowed`` from any other state.
    """
    rows = type(entity)._default_manager.filter(pk=entity.pk).order_by()
    # Refused before anything is written, so inside a transaction there is nothing to go back to.
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        before = rows.select_for_update(of=("self",)).values_list("status", flat=True).get()
        if before == to:
            entity.refresh_from_db()
            return False
        if before not in allowed:
            entity.status = before
            raise TransitionNotAllowed(entity, to=to)
        rows.filter(status=before).update(status=to, **changes)
        entity.refresh_from_db()
        record(entity, about=about, from_state=before, to=to, by=by, actor=actor, reason=reason, data=data)
        return True
