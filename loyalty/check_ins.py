"""Check-in: one a member and local day, paid by its place in the streak; one missed day a month can be made up.

Everything happens under the member's lock, so that two tabs and twenty threads make one check-in. What a day earns is
always "what its place says, less what it was paid before": a made-up yesterday moves today to a later place, and today is
paid the difference.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from loyalty import check_in_rule as rule
from loyalty import growth, lots, points, tickets
from loyalty.members import member_of
from loyalty.models import CheckIn, GrowthEntry


@dataclass(frozen=True)
class Outcome:
    """``new`` is False when the day was checked in before; ``streak`` in days; ``reward`` is what the day earns in all."""

    new: bool
    streak: int
    reward: rule.Reward


class MakeUpRefused(Exception):
    """Nothing was made up or paid. ``reason``: done, nothing, used (``check_in_rule``), points (too few)."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def check_in(user):
    """``user`` is here today. Returns the ``Outcome``; a repeated call changes nothing."""
    member = lots.lock(member_of(user))
    today = timezone.localdate()
    _row, new = CheckIn.objects.get_or_create(member=member, date=today)
    length = rule.streak(days_of(member), today)
    if new:
        _pay(user, member, today, length)
    return Outcome(new, length, rule.reward(rule.position(length)))


@transaction.atomic
def make_up(user):
    """Check ``user`` in for yesterday, for 20 points. Returns whether this call did; raises ``MakeUpRefused``."""
    member = lots.lock(member_of(user))
    today = timezone.localdate()
    yesterday, month = today - rule.DAY, today.replace(day=1)
    if member.check_ins.filter(date=yesterday, made_up_in__isnull=False).exists():
        return False
    why = rule.make_up_refusal(days_of(member), today, used=used_in(member, month))
    if why:
        raise MakeUpRefused(why)
    source = f"makeup:{member.pk}:{yesterday}"
    try:
        points.reserve(user, source, rule.MAKE_UP_COST)
    except points.NotEnoughPoints:
        raise MakeUpRefused("points") from None
    points.spend(source)
    CheckIn.objects.create(member=member, date=yesterday, made_up_in=month)
    days = days_of(member)
    for day in (yesterday, today):
        if day in days:
            _pay(user, member, day, rule.streak(days, day))
    return True


def days_of(member):
    """The days on which ``member`` was here. One query, answered by an index alone."""
    return set(member.check_ins.order_by().values_list("date", flat=True))


def used_in(member, month):
    """Whether ``member`` made a day up in the month that begins with ``month``."""
    return member.check_ins.filter(made_up_in=month).exists()


def _pay(user, member, day, length):
    source, due = f"checkin:{day}", rule.reward(rule.position(length))
    paid = member.lots.filter(source=source).aggregate(points=Sum("granted", default=0))["points"]
    points.grant(user, source, due.points - paid, "made up" if paid else "check-in")
    if due.tickets:
        tickets.give(member, source)
    growth.post(user, source, rule.GROWTH, GrowthEntry.Reason.ACTIVITY, timezone.localdate())
