"""Lottery tickets: from check-ins, or for points; never for buying goods (docs/domain.md 5.8)."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.notifications import notify
from loyalty import lots, points
from loyalty.check_in_rule import DAY
from loyalty.members import member_of
from loyalty.models import LotteryTicket
from loyalty.models.lottery_ticket import TICKETS_A_DAY

PRICE = 100  # points


class TicketRefused(Exception):
    """No ticket was given and nothing was paid. ``reason``: limit (five of today), points (too few)."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def give(member, source):
    """A ticket that was earned, once per ``source``; ``member`` is locked. Returns it.

    When the five of today are taken it counts for the next day that has room, and can be used at once.
    """
    ticket = member.tickets.filter(source=source).first()
    if ticket is not None:
        return ticket
    day = timezone.localdate()
    while not _left(member, day):
        day += DAY
    ticket = _make(member, source, day)
    notify(member.user, "ticket_earned", key=f"ticket:{ticket.pk}", url=reverse("lottery"))
    return ticket


@transaction.atomic
def exchange(user, key):
    """A ticket for 100 points; once per form ``key`` (UUID). Returns it, new or not; raises ``TicketRefused``."""
    member = lots.lock(member_of(user))
    source = f"points:{member.pk}:{key}"
    ticket = member.tickets.filter(source=source).first()
    if ticket is not None:
        return ticket
    today = timezone.localdate()
    if not _left(member, today):
        raise TicketRefused("limit")
    try:
        points.reserve(user, source, PRICE)
    except points.NotEnoughPoints:
        raise TicketRefused("points") from None
    points.spend(source)
    return _make(member, source, today)


def unused(member):
    """The tickets that ``member`` can use, oldest first."""
    return member.tickets.filter(used_at=None).order_by("day", "nth")


def left_today(member):
    """How many more tickets ``member`` may get for points today."""
    return _left(member, timezone.localdate())


def _left(member, day):
    return TICKETS_A_DAY - member.tickets.filter(day=day).count()


def _make(member, source, day):
    nth = TICKETS_A_DAY - _left(member, day) + 1
    return LotteryTicket.objects.create(member=member, source=source, day=day, nth=nth)
