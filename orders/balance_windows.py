"""More time for the balances of a presale: for everybody who has ordered it, at once (docs/domain.md 2.9, "merchant extends
for all").

One transaction whatever their number: the window of each order, its timers, a line in its history and a message. Locks: the
promotion, then orders by id.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from accounts.notifications import notify_many
from orders import deadlines, presales, promotions
from orders.models import Order, OrderPresale, Promotion
from orders.moves import DEPOSIT_PAID, PENDING_BALANCE, PENDING_DEPOSIT, STAFF
from orders.order_timers import BALANCE_ENDS

WAITING = (PENDING_DEPOSIT, DEPOSIT_PAID, PENDING_BALANCE)
MOST = timedelta(days=30)  # later than the present end: a deposit must not be held for ever


class NotLater(Exception):
    """The new end is not after the present one and after now, or more than ``MOST`` later; nothing was changed."""


@dataclass(frozen=True)
class Outlook:
    """What extending is about: the open ``orders``, their deposits in fen, the first and the last present end."""

    orders: int
    deposits_fen: int
    first: datetime | None
    last: datetime | None


def outlook(promotion):
    """The ``Outlook`` of a presale."""
    found = _open(promotion).aggregate(
        orders=Count("pk"), deposits_fen=Sum("deposit_fen"), first=Min("balance_until"), last=Max("balance_until")
    )
    return Outlook(**found | {"deposits_fen": found["deposits_fen"] or 0})


def _open(promotion):
    return OrderPresale.objects.filter(version__promotion=promotion, order__status__in=WAITING)


def end_of(promotion):
    """Until when the balance can be paid by the present terms."""
    terms = promotion.current.terms if promotion.current_id else {"presale": promotion.presale}
    return datetime.fromisoformat(terms["presale"]["balance_until"])


@transaction.atomic
def extend(promotion, until, *, by, reason):
    """Let the balances of ``promotion`` be paid ``until``; returns how many orders got more time.

    Whoever orders it later gets the same window. Orders that were closed already stay closed. Raises ``NotLater``.
    """
    promotion = Promotion.objects.select_for_update(of=("self",)).select_related("current").get(pk=promotion.pk)
    present = end_of(promotion)
    if promotion.kind != Promotion.Kind.PRESALE or not max(present, timezone.now()) < until <= present + MOST:
        raise NotLater(until)
    orders = Order.objects.select_for_update(of=("self",)).select_related("presale", "user").order_by("pk")
    orders = list(orders.filter(presale__version__promotion=promotion, status__in=WAITING))
    OrderPresale.objects.filter(order__in=orders).update(balance_until=until)
    for order in orders:
        order.presale.balance_until = until
    _move_timers(order for order in orders if order.status == PENDING_BALANCE)
    facts = {"before": present.isoformat(), "until": until.isoformat()}
    told = {"by": by, "actor": STAFF, "reason": reason, "data": facts}
    StateLog.objects.bulk_create(
        history.entry(order, about=order.about, from_state=order.status, to=order.status, **told) for order in orders
    )
    paid = [order for order in orders if order.status != PENDING_DEPOSIT]
    notify_many([presales.message(order, "presale_extended", part=f":{until.isoformat()}") for order in paid])
    promotions.extend_presale(promotion, until, by=by, reason=reason)
    return len(orders)


def _move_timers(orders):
    timers = []
    for order in orders:
        until = order.presale.balance_until
        timers.append(deadlines.first_timer(order, BALANCE_ENDS, until))
        timers += [deadlines.first_timer(order, kind, due) for kind, due in presales.reminders(until)]
    deadlines.set_all(timers)
