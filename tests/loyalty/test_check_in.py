"""Check-in: what a day earns by its place in the streak, and the make-up of a missed day (docs/domain.md 5.5)."""

from datetime import UTC, date, datetime, timedelta
from itertools import product, takewhile

import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction

from config import books
from loyalty import check_in_rule as rule
from loyalty import check_ins, points
from loyalty.check_ins import MakeUpRefused
from loyalty.members import member_of
from loyalty.models import CheckIn, GrowthEntry, LotteryTicket, Member, PointsLot

MONDAY = date(2026, 11, 2)


def noon(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 4, tzinfo=UTC), tick=False)


def come(user, *days):
    """``user`` checks in on these days of November 2026; returns what each day earned."""
    earned = []
    for day in days:
        with noon(date(2026, 11, day)):
            earned.append(check_ins.check_in(user).reward.points)
    return earned


def balance(user):
    return Member.objects.get(user=user).points


def loyalty_books():
    return [finding.name for finding in books.check() if finding.app == "loyalty" and finding.broken]


# --- the rule ---------------------------------------------------------------------------------------------------------


def test_a_round_of_seven_days_brings_a_hundred_points_and_one_ticket():
    rewards = [rule.reward(place) for place in range(1, 8)]
    assert sum(reward.points for reward in rewards) == 100
    assert [reward.tickets for reward in rewards] == [0] * 6 + [1]


def test_a_streak_is_the_run_of_days_that_ends_with_the_day():
    week = [MONDAY + timedelta(days=n) for n in range(8)]
    for chosen in product((False, True), repeat=8):
        days = {day for day, here in zip(week, chosen, strict=True) if here}
        expected = len(list(takewhile(bool, reversed(chosen))))
        assert rule.streak(days, week[-1]) == expected


def test_the_eighth_day_begins_the_table_again():
    assert [rule.position(length) for length in range(1, 16)] == [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7, 1]


def test_only_yesterday_is_made_up_only_to_save_a_streak_and_once_a_month():
    today = MONDAY + timedelta(days=3)
    here = {MONDAY, MONDAY + timedelta(days=1)}
    assert rule.make_up_refusal(here, today, used=False) == ""
    assert rule.make_up_refusal(here, today, used=True) == "used"
    assert rule.make_up_refusal({MONDAY}, today, used=False) == "nothing"
    assert rule.make_up_refusal(here | {today - rule.DAY}, today, used=False) == "done"


# --- the ledgers ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_check_in_pays_points_that_can_be_used_at_once_and_growth(alice):
    assert come(alice, 2) == [5]
    lot = PointsLot.objects.get()
    assert (lot.status, lot.granted, lot.last_day) == ("available", 5, date(2027, 12, 31))
    entry = GrowthEntry.objects.get()
    assert (entry.amount, entry.reason, entry.effective_date) == (2, "activity", MONDAY)
    assert loyalty_books() == []


@pytest.mark.django_db
def test_a_second_check_in_of_the_day_changes_nothing(alice):
    come(alice, 2)
    with noon(MONDAY):
        again = check_ins.check_in(alice)
    assert (again.new, again.streak, again.reward.points) == (False, 1, 5)
    assert (CheckIn.objects.count(), balance(alice), GrowthEntry.objects.count()) == (1, 5, 1)


@pytest.mark.django_db
def test_the_day_ends_at_midnight_in_shanghai(alice):
    for moment in ("2026-11-02 15:59:59Z", "2026-11-02 16:00:00Z"):
        with time_machine.travel(moment, tick=False):
            check_ins.check_in(alice)
    assert [row.date for row in CheckIn.objects.order_by("date")] == [MONDAY, MONDAY + rule.DAY]
    assert balance(alice) == 10


@pytest.mark.django_db
def test_the_seventh_day_brings_a_ticket_and_says_so(alice):
    come(alice, *range(2, 8))
    assert not LotteryTicket.objects.exists()
    come(alice, 8)
    ticket = LotteryTicket.objects.get()
    assert (ticket.source, ticket.day, ticket.nth, ticket.used_at) == ("checkin:2026-11-08", date(2026, 11, 8), 1, None)
    assert alice.notifications.filter(kind="ticket_earned").count() == 1
    assert balance(alice) == 100
    assert loyalty_books() == []


@pytest.mark.django_db
def test_a_made_up_day_costs_twenty_points_and_saves_the_streak(alice):
    come(alice, 2, 3, 4)
    with noon(date(2026, 11, 6)):
        assert check_ins.make_up(alice) is True
        assert check_ins.make_up(alice) is False
        assert balance(alice) == 5 + 5 + 10 - 20 + 10
        assert check_ins.check_in(alice).streak == 5
    assert balance(alice) == 10 + 15
    assert CheckIn.objects.get(date=date(2026, 11, 5)).made_up_in == date(2026, 11, 1)
    assert loyalty_books() == []


@pytest.mark.django_db
def test_today_is_paid_the_difference_when_yesterday_is_made_up_after_it(alice):
    come(alice, *range(2, 7))
    assert come(alice, 8) == [5]
    before = balance(alice)
    with noon(date(2026, 11, 8)):
        check_ins.make_up(alice)
        assert check_ins.check_in(alice).reward == rule.Reward(40, 1)
    assert balance(alice) == before - 20 + 15 + (40 - 5)
    assert LotteryTicket.objects.count() == 1
    assert loyalty_books() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "today", "why"), [((2, 3), 4, "done"), ((2,), 5, "nothing"), ((), 5, "nothing"), ((2, 3), 5, "points")]
)
def test_a_make_up_that_is_not_allowed_changes_nothing(alice, days, today, why):
    come(alice, *days)
    member = member_of(alice)
    before = member.points, CheckIn.objects.count()
    with noon(date(2026, 11, today)), pytest.raises(MakeUpRefused) as refused:
        check_ins.make_up(alice)
    assert refused.value.reason == why
    assert (member_of(alice).points, CheckIn.objects.count()) == before


@pytest.mark.django_db
def test_there_is_one_make_up_a_month(alice):
    points.grant(alice, "gift", 100, "gift")
    come(alice, 2, 3, 5)
    with noon(date(2026, 11, 5)):
        check_ins.make_up(alice)
    come(alice, 7)
    with noon(date(2026, 11, 7)), pytest.raises(MakeUpRefused, match="used"):
        check_ins.make_up(alice)
    come(alice, 29)
    with noon(date(2026, 12, 1)):
        assert check_ins.make_up(alice) is True
    assert loyalty_books() == []


@pytest.mark.django_db
def test_check_ins_are_never_changed_and_the_database_refuses_a_second_one(alice):
    come(alice, 2)
    row = CheckIn.objects.get()
    for change in (lambda: CheckIn.objects.update(date=date(2020, 1, 1)), CheckIn.objects.all().delete):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(member=row.member, date=row.date)
    assert CheckIn.objects.get().date == MONDAY


@pytest.mark.django_db
def test_the_books_see_a_wrong_pay_a_free_make_up_and_a_missing_ticket(alice):
    come(alice, *range(2, 8))
    CheckIn.objects.create(member=member_of(alice), date=date(2026, 11, 8), made_up_in=date(2026, 11, 1))
    assert set(loyalty_books()) == {
        "a check-in is paid by its place", "the last day of a round brings a ticket", "a make-up was paid"
    }  # fmt: skip
