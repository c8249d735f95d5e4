"""The history of everything that has states: one row a change, in the transaction of the change."""

from accounts.guarded_change import guarded_change
from accounts.models import StateLog
from accounts.one_trip import insert


class TransitionNotAllowed(Exception):
    """A change of state that the present state forbids. ``str()`` is for logs; views write their own sentence."""

    def __init__(self, entity, *, to):
        super().__init__(f"{entity._meta.label} {entity.pk} cannot go from {entity.status} to {to}")
        self.entity = entity
        self.to = to


def record(entity, *, about, to, **facts):
    """Write that ``entity`` went to the state ``to``; the facts are those of ``entry``."""
    line = entry(entity, about=about, to=to, **facts)
    insert(line)
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
    line = entry(entity, about=about, to=to, by=by, actor=actor, reason=reason, data=data)
    before, moved = guarded_change(entity, {"status": to, **changes}, allowed=allowed, line=line)
    if moved:
        return True
    if before != to:
        entity.status = before
        raise TransitionNotAllowed(entity, to=to)
    entity.refresh_from_db()
    return False
