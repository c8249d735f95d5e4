"""The second factor for paying: a payment password or a code by text message, from an amount that the shopper chooses.

Five wrong tries in a row, of either kind, lock both for half an hour; the count is kept in the row, so that a new
session or another device starts nothing anew.
"""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import text_codes
from accounts.channels import sms
from accounts.notifications import notify
from accounts.prepared import SOME, Prepared
from orders.models import PaymentGuard

MOST_WRONG = 5
LOCKED_FOR = timedelta(minutes=30)
CODE_LIVES = timedelta(minutes=5)


class Wrong(Exception):
    """Neither the password nor a living code; ``left`` tries are left."""

    def __init__(self, left):
        super().__init__(left)
        self.left = left


class Locked(Exception):
    """Too many wrong tries; ``until`` says how long."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


class TooManyCodes(Exception):
    """No code leaves just now: the number got enough of them."""


def guard_of(user):
    """The guard of ``user``, saved or not."""
    found = _guard_of(user_id=user.pk)
    return found[0] if found else PaymentGuard(user=user)


_guard_of = Prepared(lambda user_id: PaymentGuard.objects.filter(user_id=user_id), user_id=SOME)


def may_text(user):
    """Whether a code can reach ``user``: the number must be proved to be theirs."""
    return bool(text_codes.available() and user.phone and user.phone_verified_at)


def asks(user, amount_fen):
    """Whether paying ``amount_fen`` needs more than being signed in; never where the shopper could not answer."""
    guard = guard_of(user)
    asked = guard.limit_fen is not None and amount_fen >= guard.limit_fen
    return asked and can_answer(user, guard)


def can_answer(user, guard=None):
    """Whether ``user`` has a payment password, or a proved number that a code can reach."""
    return bool((guard or guard_of(user)).password or may_text(user))


def choose(user, *, limit_fen, password=""):
    """Set the limit (None: never) and, when given, a new payment password; opens a lock, so ask who it is before."""
    facts = {"limit_fen": limit_fen}
    if password:
        facts |= {"password": make_password(password), "wrong": 0, "locked_until": None}
    with transaction.atomic():
        guard, _made = PaymentGuard.objects.update_or_create(user=user, defaults=facts)
        stamp = int(timezone.now().timestamp())
        notify(user, "account_payment_guard", key=f"payment-guard:{user.pk}:{stamp}")
    return guard


def send_code(user):
    """A fresh code by text message; the one before dies. Raises ``TooManyCodes`` and ``Locked``."""
    _refuse_locked(guard_of(user))
    if not (may_text(user) and text_codes.may_send(user.phone)):
        raise TooManyCodes
    code = f"{secrets.randbelow(10**6):06d}"
    facts = {"code": make_password(code), "code_expires_at": timezone.now() + CODE_LIVES}
    PaymentGuard.objects.update_or_create(user=user, defaults=facts)
    sms.send(user.phone, "code", code=code)


def check(user, secret):
    """Accept the payment password or a living code, which works once. Raises ``Wrong`` and ``Locked``."""
    with transaction.atomic():
        guard = PaymentGuard.objects.select_for_update().filter(user=user).first()
        if guard is None:
            raise Wrong(0)
        _refuse_locked(guard)
        if _is_right(guard, secret.strip()):
            PaymentGuard.objects.filter(pk=guard.pk).update(wrong=0, locked_until=None, code="")
            return
        # Counted whatever happens afterwards: this transaction ends well, the refusal is raised outside of it.
        left = _count_wrong(guard)
    if left == 0:
        raise Locked(timezone.now() + LOCKED_FOR)
    raise Wrong(left)


def _is_right(guard, secret):
    alive = guard.code and guard.code_expires_at and guard.code_expires_at > timezone.now()
    return bool(
        (guard.password and check_password(secret, guard.password)) or (alive and check_password(secret, guard.code))
    )


def _count_wrong(guard):
    last = guard.wrong + 1 >= MOST_WRONG
    changes = (
        {"wrong": 0, "locked_until": timezone.now() + LOCKED_FOR, "code": ""} if last else {"wrong": F("wrong") + 1}
    )
    PaymentGuard.objects.filter(pk=guard.pk).update(**changes)
    return 0 if last else MOST_WRONG - guard.wrong - 1


def _refuse_locked(guard):
    if guard.locked_until and guard.locked_until > timezone.now():
        raise Locked(guard.locked_until)
