"""The life of a presale order between its deposit and its balance (docs/domain.md 2.1, 4.10).

The deposit is kept when the balance does not come in its window, which the shopper is told beside the button that pays
it; when the shop fails to deliver it is paid back twice. Discounts of the balance (a coupon, a threshold) are settled
once, before it is paid, and never make anything dearer. Locks as in ``orders.lifecycle``.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from accounts.notifications import notify
from catalog import stock
from catalog.money import yuan
from loyalty import coupons, points
from orders import deadlines, debts, presale_balance, promotions
from orders.models import DepositDebt, Order, OrderPresale
from orders.moves import CLOSED, DEPOSIT_PAID, PENDING_BALANCE, STAFF, SYSTEM, move
from orders.order_timers import BALANCE_ENDS, BALANCE_LAST_REMINDER, BALANCE_OPENS, BALANCE_REMINDER, UNPAID

REMINDERS = ((BALANCE_REMINDER, timedelta(hours=24)), (BALANCE_LAST_REMINDER, timedelta(hours=2)))
OPEN_STATES = (DEPOSIT_PAID, PENDING_BALANCE)
BalanceChanged, balance_quote, settle = (
    presale_balance.BalanceChanged,
    presale_balance.balance_quote,
    presale_balance.settle,
)
SamePerson, debt_sent, debt_confirmed = debts.SamePerson, debts.sent, debts.confirmed


def begin(order, terms):
    """Freeze ``terms`` with a new ``order``, in the transaction that places it."""
    units = sum(line.quantity for line in order.new_lines)
    return OrderPresale.objects.create(
        order=order,
        version_id=terms.version_id,
        deposit_fen=terms.deposit_fen * units,
        counts_fen=terms.counts_fen * units,
        balance_from=terms.balance_from,
        balance_until=terms.balance_until,
    )


# --- deposit and window -----------------------------------------------------------------------------------------------


def deposit_paid(order, *, actor):
    """The order took its deposit. In the caller's transaction, the order locked. Returns whether that was news."""
    presale = order.presale
    if not move(order, DEPOSIT_PAID, actor=actor):
        return False
    deadlines.cancel_deadlines(order, UNPAID)
    deadlines.set_deadline(order, BALANCE_OPENS, presale.balance_from)
    _tell(order, "presale_deposit_paid")
    if presale.balance_from <= timezone.now():
        open_balance(order)
    return True


def open_balance(order):
    """Timer: the balance may be paid from now on."""
    with transaction.atomic():
        order = Order.objects.select_for_update(of=("self",)).select_related("presale").get(pk=order.pk)
        now = timezone.now()
        if order.status != DEPOSIT_PAID or order.presale.balance_from > now:
            return False
        move(order, PENDING_BALANCE, actor=SYSTEM)
        deadlines.cancel_deadlines(order, BALANCE_OPENS)
        deadlines.set_deadline(order, BALANCE_ENDS, order.presale.balance_until)
        for kind, due in reminders(order.presale.balance_until):
            deadlines.set_deadline(order, kind, due)
        _tell(order, "presale_balance_open")
        return True


def reminders(until):
    """[(timer, moment)] of the reminders that are still to come when the window ends at ``until``."""
    now = timezone.now()
    return [(kind, until - before) for kind, before in REMINDERS if until - before > now]


def remind(order):
    """Timer: the window ends soon and the balance is not there."""
    until = order.presale.balance_until
    if order.status == PENDING_BALANCE:
        hours = round((until - timezone.now()).total_seconds() / 3600)
        _tell(order, "presale_balance_soon", part=f":{hours}:{until.isoformat()}")


def keep_deposit(order):
    """The balance did not come: what was paid stays with the shop. In the transaction that closes the order."""
    OrderPresale.objects.filter(order=order).update(kept_fen=F("deposit_fen"))


# --- the shop fails ---------------------------------------------------------------------------------------------------


def fail(order, *, by, reason=""):
    """Staff give up a presale order that has its deposit: that goes back through the channel, and as much again is owed.

    Raises ``TransitionNotAllowed`` and ``lifecycle.ChannelBusy``.
    """
    from orders import lifecycle, payments, refunds

    for payment in order.payments.filter(status__in=payments.OPEN):
        payments.close(payment)
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        order.status = locked.status
        if locked.status not in OPEN_STATES:
            raise TransitionNotAllowed(order, to=CLOSED)
        if locked.payments.filter(status__in=payments.OPEN).exists():
            raise lifecycle.ChannelBusy(locked.number)
        why = Order.CloseReason.STAFF
        move(order, CLOSED, by=by, actor=STAFF, reason=reason, closed_at=timezone.now(), close_reason=why)
        deadlines.cancel_deadlines(order)
        line, deposit = order.lines.get(gift_of=None), order.presale.deposit_fen
        parts = [(line, line.quantity, deposit, 0, 0)]
        refunds.request(order, lines=parts, source=f"cancel:{order.number}", reason=why, by=by, our_fault=True)
        coupons.release(order.about, by_staff=True)
        if order.points_used:
            points.release(order.about)
        promotions.give_back(order)
        DepositDebt.objects.create(order=order, amount_fen=deposit)
        order.lines.filter(pk=line.pk).update(cancelled_quantity=line.quantity)
        _tell(order, "presale_failed")
        stock.release(line.source, line.quantity, part="cancel")
    return True


def _tell(order, kind, part=""):
    notify(**message(order, kind, part))


def message(order, kind, part=""):
    """What ``order``'s shopper is told about its presale: the arguments of ``notify``."""
    presale = order.presale
    until = timezone.localtime(presale.balance_until)
    facts = {
        "number": order.number,
        "deposit": yuan(presale.deposit_fen),
        "balance": yuan(order.payable_fen - presale.deposit_fen),
        "from": f"{timezone.localtime(presale.balance_from):%Y-%m-%d %H:%M}",
        "until": f"{until:%Y-%m-%d %H:%M}",
    }
    key = f"{order.about}:{kind}{part}"
    return {"user": order.user, "kind": kind, "key": key, "facts": facts, "url": order.get_absolute_url()}


deadlines.register(BALANCE_OPENS, open_balance)
deadlines.register(BALANCE_REMINDER, remind)
deadlines.register(BALANCE_LAST_REMINDER, remind)
