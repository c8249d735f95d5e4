"""What makes a payment look strange: pure rules over counted facts, each with a reason that is a code and its figures.

A rule answers ASK (the shopper proves once more who they are) or HOLD (the paid order waits for a person). Several
reasons to ask together hold the order. The limits are staff's (``orders.models.RiskRules``).
"""

from dataclasses import dataclass, field

from orders.models import RiskAssessment

Level = RiskAssessment.Level
NONE, ASK, HOLD = Level.NONE, Level.ASK, Level.HOLD
STRENGTH = {NONE: 0, ASK: 1, HOLD: 2}


@dataclass(frozen=True)
class Facts:
    """About one payment. Counts are of the window and include this order; ``None`` for a device: the browser keeps no
    cookies."""

    amount_fen: int
    orders_of_shopper: int = 1
    orders_of_device: int = 1
    orders_to_address: int = 1
    attempts: int = 0
    failed: int = 0
    paid_before: bool = False
    device_known: bool = True
    region_usual: bool = True
    may_ask: bool = True


@dataclass(frozen=True)
class Reason:
    """``code`` is worded in ``orders.risk_words`` with ``facts``; both go into the row."""

    code: str
    level: str
    facts: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    level: str
    reasons: tuple


def judge(facts, limits):
    """The ``Verdict`` on ``facts`` by ``limits`` (a ``RiskRules``)."""
    reasons = tuple(_reasons(facts, limits))
    asking = [reason for reason in reasons if reason.level == ASK]
    if len(asking) < len(reasons) or len(asking) >= limits.reasons_to_hold:
        return Verdict(HOLD, reasons)
    if not asking:
        return Verdict(NONE, ())
    if not facts.may_ask:
        # Nobody could answer: a person looks instead of nobody.
        return Verdict(HOLD, (*reasons, Reason("cannot_ask", HOLD)))
    return Verdict(ASK, reasons)


def _reasons(facts, limits):
    minutes = {"minutes": limits.window_minutes}
    counted = (
        ("many_orders", HOLD, facts.orders_of_shopper, limits.orders_per_shopper),
        ("many_orders_of_device", HOLD, facts.orders_of_device, limits.orders_per_device),
        ("many_orders_to_address", HOLD, facts.orders_to_address, limits.orders_per_address),
        ("many_attempts", ASK, facts.attempts, limits.attempts_per_shopper),
        ("failed_payments", ASK, facts.failed, limits.failed_payments),
    )
    for code, level, count, most in counted:
        if count > most:
            yield Reason(code, level, {"count": count, "most": most} | minutes)
    amounts = (
        ("first_order", HOLD, not facts.paid_before, limits.first_order_from_fen),
        ("new_device", ASK, facts.paid_before and not facts.device_known, limits.new_device_from_fen),
        ("strange_region", ASK, facts.paid_before and not facts.region_usual, limits.strange_region_from_fen),
    )
    for code, level, applies, from_fen in amounts:
        if applies and facts.amount_fen >= from_fen:
            yield Reason(code, level, {"amount_fen": facts.amount_fen, "from_fen": from_fen})
