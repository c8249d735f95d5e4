"""Worked examples of docs/domain.md section 7 that are about points, growth and tiers, on the real ledgers."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from loyalty import check_ins, explanation, growth, nightly, odds, points
from loyalty.members import member_of
from loyalty.models import Member, PointsLot
from tests.loyalty.lotteries import e22_table

pytestmark = pytest.mark.django_db

SOON, LATER = datetime(2026, 12, 31, 16, tzinfo=UTC), datetime(2027, 12, 31, 16, tzinfo=UTC)
IN_TIME = "2026-11-22 02:00Z"


def remaining(user):
    return {lot.source: lot.remaining for lot in PointsLot.objects.filter(member__user=user)}


@time_machine.travel(IN_TIME, tick=False)
def test_e14_points_leave_the_lot_that_ends_first_and_come_back_the_other_way(alice):
    points.grant(alice, "L1", 300, "gift", expires_at=SOON)
    points.grant(alice, "L2", 400, "gift", expires_at=LATER)
    points.reserve(alice, "order:1", 500)
    points.spend("order:1")
    assert remaining(alice) == {"L1": 0, "L2": 200}
    points.give_back("order:1", 240, "refund:1")
    assert remaining(alice) == {"L1": 40, "L2": 400}
    points.give_back("order:1", 260, "refund:2")
    assert remaining(alice) == {"L1": 300, "L2": 400}


def test_e15_earned_points_that_were_spent_become_a_debt(alice):
    points.grant_pending(alice, "order:1", 327)
    points.mature("order:1")
    points.reserve(alice, "order:2", 300)
    points.spend("order:2")
    points.adjust_earned("order:1", 0)
    assert Member.objects.get(user=alice).points == -300
    points.grant(alice, "gift", 180, "gift")
    assert Member.objects.get(user=alice).points == -120
    assert points.spendable(alice) == 0


def test_e22_a_streak_with_a_missed_day_and_the_odds_of_the_lottery(alice):
    earned = []
    for day in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12):
        with time_machine.travel(datetime(2026, 11, day, 4, tzinfo=UTC), tick=False):
            earned.append(check_ins.check_in(alice).reward.points)
    assert earned == [5, 5, 10, 5, 5, 10, 10, 15, 15, 40, 5]
    member = member_of(alice)
    assert (member.points, member.tickets.count()) == (sum(earned), 1)
    table = e22_table().odds()
    assert sum(line.weight for line in table) == 1_000_000
    assert odds.cost(table) == 38_900  # thousandths of a fen


@time_machine.travel(IN_TIME, tick=False)
def test_e23_activity_counts_up_to_its_cap_and_gold_is_forty_away(alice):
    day = date(2026, 11, 21)
    for source, amount, reason in (("spend", 4_100, "spend"), ("act", 720, "activity"), ("rev", 260, "review")):
        growth.post(alice, source, amount, reason, day)
    member = member_of(alice)
    found = explanation.of(member)
    assert (member.growth, found.growth.total, found.growth.activity_counted) == (4_960, 4_960, 600)
    assert (found.tier.code, found.next.code, found.left) == ("silver", "gold", 40)


def test_e28_gold_has_a_year_and_thirty_days_of_grace(alice):
    with time_machine.travel("2025-03-10 04:00Z", tick=False):
        growth.post(alice, "first", 5_000, "spend", date(2025, 3, 10))
    member = member_of(alice)
    assert (member.tier.code, member.tier_valid_until) == ("gold", date(2026, 3, 10))
    with time_machine.travel("2025-09-01 04:00Z", tick=False):
        growth.post(alice, "second", 4_100, "spend", date(2025, 9, 1))
    seen = []
    for end, more in ((date(2026, 3, 9), 0), (date(2026, 3, 10), 500), (date(2026, 4, 8), 0), (date(2026, 4, 9), 0)):
        with time_machine.travel(datetime(end.year, end.month, end.day, 17, tzinfo=UTC), tick=False):
            nightly.recalculate(end)
            if more:
                growth.post(alice, "in grace", more, "spend", end)
            member = member_of(alice)
            seen.append((member.tier.code, member.grace_until))
    gold = ("gold", date(2026, 4, 9))
    assert seen == [("gold", None), gold, gold, ("silver", None)]
