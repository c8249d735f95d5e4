"""The states of an order and the table of allowed moves (docs/domain.md 2.1); effects are in ``orders.lifecycle``."""

from accounts import history
from accounts.models import StateLog
from orders.models import Order

(
    PENDING_PAYMENT,
    PENDING_DEPOSIT,
    DEPOSIT_PAID,
    PENDING_BALANCE,
    PAID,
    PROCESSING,
    PARTIALLY_SHIPPED,
    SHIPPED,
    DELIVERED,
    COMPLETED,
    FINISHED,
    CLOSED,
) = Order.Status.values
# States in which the order takes money, and in which none of it is the whole.
WAITING = frozenset({PENDING_PAYMENT, PENDING_DEPOSIT, PENDING_BALANCE})
UNPAID = WAITING | {DEPOSIT_PAID}
BUYER, STAFF, SYSTEM = StateLog.Actor.BUYER, StateLog.Actor.STAFF, StateLog.Actor.SYSTEM
CARRIER, CHANNEL = StateLog.Actor.CARRIER, StateLog.Actor.CHANNEL

# from → to. The books check the history against this table.
MOVES = {
    "": {PENDING_PAYMENT, PENDING_DEPOSIT},
    PENDING_PAYMENT: {PAID, CLOSED},
    PENDING_DEPOSIT: {DEPOSIT_PAID, CLOSED},
    DEPOSIT_PAID: {PENDING_BALANCE, CLOSED},
    PENDING_BALANCE: {PAID, CLOSED},
    PAID: {PROCESSING, CLOSED},
    PROCESSING: {PARTIALLY_SHIPPED, SHIPPED, CLOSED},
    PARTIALLY_SHIPPED: {SHIPPED, CLOSED},
    SHIPPED: {DELIVERED, COMPLETED, CLOSED},
    DELIVERED: {COMPLETED, CLOSED},
    COMPLETED: {FINISHED, CLOSED},
    FINISHED: set(),
    CLOSED: set(),
}


def move(order, to, *, by=None, actor=SYSTEM, reason="", **changes):
    """Guarded change of state by the table, with its row of history; see ``accounts.history.move``."""
    allowed = {state for state, targets in MOVES.items() if to in targets}
    return history.move(order, to=to, allowed=allowed, about=order.about, by=by, actor=actor, reason=reason, **changes)
