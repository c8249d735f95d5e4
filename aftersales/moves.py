"""The states of a request and the table of allowed moves (docs/domain.md 2.5) for the kinds that are offered."""

from django.db.models import F

from accounts import history
from accounts.models import StateLog
from aftersales.models import ReturnRequest

Status = ReturnRequest.Status
BUYER, STAFF, SYSTEM, CARRIER = (
    StateLog.Actor.BUYER,
    StateLog.Actor.STAFF,
    StateLog.Actor.SYSTEM,
    StateLog.Actor.CARRIER,
)

# from → to. The books check the history against this table.
MOVES = {
    "": {Status.SUBMITTED},
    Status.SUBMITTED: {
        Status.REJECTED,
        Status.REFUNDING,
        Status.AWAIT_BUYER_SHIP,
        Status.ESCALATED,
        Status.CANCELLED,
    },
    Status.AWAIT_BUYER_SHIP: {Status.RETURN_IN_TRANSIT, Status.CLOSED_TIMEOUT, Status.CANCELLED},
    Status.RETURN_IN_TRANSIT: {Status.INSPECTING, Status.ESCALATED},
    Status.INSPECTING: {Status.REFUNDING, Status.DISPUTED},
    Status.DISPUTED: {Status.REFUNDING, Status.ESCALATED, Status.CLOSED},
    Status.ESCALATED: {Status.REFUNDING, Status.AWAIT_BUYER_SHIP, Status.CLOSED},
    Status.REJECTED: {Status.SUBMITTED, Status.ESCALATED, Status.CLOSED, Status.CANCELLED},
    Status.REFUNDING: {Status.COMPLETED},
}


def move(request, to, *, by=None, actor=SYSTEM, reason="", **changes):
    """Guarded change of state by the table, with its row of history; the version goes up. See ``accounts.history.move``."""
    allowed = {state for state, targets in MOVES.items() if to in targets}
    return history.move(
        request,
        to=to,
        allowed=allowed,
        about=request.about,
        by=by,
        actor=actor,
        reason=reason,
        version=F("version") + 1,
        **changes,
    )
