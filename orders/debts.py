"""Paying by bank what we owe beside payments: one person pays, another confirms; each step once."""

from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from orders.models.debt import BankDebt

Status = BankDebt.Status


class SamePerson(Exception):
    """Two signatures are two people."""


def sent(debt, *, by):
    """Finance has paid ``debt`` by bank. Returns whether that was news."""
    owed = type(debt).objects.filter(pk=debt.pk, status=Status.OWED)
    return _record(debt, bool(owed.update(status=Status.SENT, sent_by=by)), Status.SENT, by)


def confirmed(debt, *, by):
    """A second person confirms it. Raises ``SamePerson``."""
    if debt.sent_by_id == by.pk:
        raise SamePerson
    waiting = type(debt).objects.filter(pk=debt.pk, status=Status.SENT)
    paid = waiting.update(status=Status.PAID, confirmed_by=by, paid_at=timezone.now())
    return _record(debt, bool(paid), Status.PAID, by)


def _record(debt, changed, to, by):
    if changed:
        facts = {"amount_fen": debt.amount_fen}
        actor = StateLog.Actor.STAFF
        history.record(debt, about=debt.about, from_state=debt.status, to=to, by=by, actor=actor, data=facts)
    return changed
