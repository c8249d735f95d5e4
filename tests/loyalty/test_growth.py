"""Growth and tiers: the rule as a pure function, then the nightly SQL against it."""

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification, User
from loyalty import growth, nightly, points
from loyalty.members import member_of
from loyalty.models import GrowthEntry, LoyaltyRun, Member, PointsEntry, PointsLot, Tier, TierEvaluation
from loyalty.standard_tiers import TIERS
from loyalty.tier_rule import Growth, Level, Standing, decide, reach, same_day_next_year

LEVELS = [Level(tier["rank"], tier["threshold"], tier["spend_share_bp"]) for tier in TIERS]
DAY = date(2026, 11, 18)  # a Wednesday


def test_activity_and_reviews_count_up_to_their_cap():
    earned = Growth(spend=4_100, activity=720, review=260)
    assert earned.total == 4_960
    assert reach(earned, LEVELS) == 1
    assert 5_000 - earned.total == 40


def test_gold_needs_half_of_its_growth_from_spending():
    assert reach(Growth(spend=2_499, granted=5_000), LEVELS) == 1
    assert reach(Growth(spend=2_500, granted=2_500), LEVELS) == 2


def test_a_tier_year_ends_on_the_same_day_and_grace_thirty_days_later():
    gold = Standing(2, date(2026, 3, 10))
    assert decide(gold, Growth(spend=4_100), LEVELS, date(2026, 3, 9)) == ("", gold)
    outcome, in_grace = decide(gold, Growth(spend=4_100), LEVELS, date(2026, 3, 10))
    assert (outcome, in_grace.grace_until) == ("grace", date(2026, 4, 9))
    assert decide(in_grace, Growth(spend=4_600), LEVELS, date(2026, 4, 8)) == ("", in_grace)
    assert decide(in_grace, Growth(spend=4_600), LEVELS, date(2026, 4, 9)) == ("demote", Standing(1, date(2027, 4, 9)))
    assert decide(in_grace, Growth(spend=5_000), LEVELS, date(2026, 3, 20)) == ("renew", Standing(2, date(2027, 3, 20)))


def test_a_tier_falls_one_level_even_when_nothing_is_left():
    assert decide(Standing(4, DAY, DAY), Growth(), LEVELS, DAY)[1] == Standing(3, same_day_next_year(DAY))
    assert decide(Standing(1, DAY, DAY), Growth(), LEVELS, DAY)[1] == Standing(0, None)


def test_the_year_of_a_leap_day_ends_on_the_28th():
    assert same_day_next_year(date(2028, 2, 29)) == date(2029, 2, 28)


def test_new_growth_raises_the_tier_at_once_and_says_so(alice):
    today = timezone.localdate()
    assert growth.post(alice, "order:1", 1_000, "spend", today)
    assert not growth.post(alice, "order:1", 1_000, "spend", today)
    member = member_of(alice)
    assert (member.tier.code, member.growth, member.tier_valid_until) == ("silver", 1_000, same_day_next_year(today))
    assert TierEvaluation.objects.get().facts["spend"] == 1_000
    assert Notification.objects.get(user=alice).kind == "tier_upgrade"


def test_a_refund_lowers_growth_but_not_the_tier(alice):
    today = timezone.localdate()
    growth.post(alice, "order:1", 1_200, "spend", today)
    growth.post(alice, "refund:1", -500, "refund", today)
    member = member_of(alice)
    assert (member.tier.code, member.growth) == ("silver", 700)


def _members(count, seed):
    chance = random.Random(seed)
    people = User.objects.bulk_create(User(email=f"m{n}@example.com", display_name=f"m{n}") for n in range(count))
    members = []
    for user in people:
        rank = chance.choice([0, 0, 1, 2, 3, 4])
        valid = DAY + timedelta(days=chance.choice([-3, 0, 1, 40, 200])) if rank else None
        in_grace = rank and valid <= DAY and chance.random() < 0.5
        members.append(
            Member(
                user=user,
                tier_id=rank,
                tier_since=DAY - timedelta(days=300),
                tier_valid_until=valid,
                grace_until=DAY + timedelta(days=chance.choice([-1, 0, 1, 20])) if in_grace else None,
            )
        )
    members = Member.objects.bulk_create(members)
    GrowthEntry.objects.bulk_create(
        GrowthEntry(
            member=member,
            source=f"order:{member.pk}-{n}",
            reason=chance.choice(["spend", "spend", "refund", "review", "activity", "grant"]),
            amount=chance.choice([-200, 50, 400, 900, 3_000, 9_000]),
            effective_date=DAY - timedelta(days=chance.choice([-1, 0, 1, 100, 364, 365, 366])),
        )
        for member in members
        for n in range(chance.randint(0, 6))
    )
    return members


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_nightly_sql_decides_what_the_pure_rule_decides(db, monkeypatch, seed):
    members = _members(150, seed)
    expected = {}
    for member in members:
        standing = growth.standing_of(member)
        expected[member.pk] = decide(standing, growth.in_window(member, DAY, upto=DAY), LEVELS, DAY)
    monkeypatch.setattr(nightly, "BATCH", 40)
    monkeypatch.setattr(nightly, "SUNDAY", DAY.weekday())
    nightly.recalculate(DAY)
    outcomes = dict(TierEvaluation.objects.values_list("member_id", "outcome"))
    for member in Member.objects.all():
        outcome, standing = expected[member.pk]
        assert (outcomes.get(member.pk, ""), growth.standing_of(member)) == (outcome, standing)
        assert member.growth == growth.in_window(member, DAY, upto=None).total
    assert set(outcomes.values()) == {"upgrade", "renew", "grace", "demote"}


def test_only_members_with_a_reason_are_rolled_and_a_full_sweep_finds_nothing_more(db, monkeypatch):
    _members(120, 7)
    monkeypatch.setattr(nightly, "SUNDAY", DAY.weekday())
    nightly.recalculate(DAY)
    monkeypatch.setattr(nightly, "SUNDAY", 99)
    nightly.recalculate(DAY + timedelta(days=1))
    run = LoyaltyRun.objects.get(date=DAY + timedelta(days=1))
    assert 0 < run.counts["members_rolled"] < 120
    before = _everything()
    monkeypatch.setattr(nightly, "SUNDAY", (DAY + timedelta(days=1)).weekday())
    for member in Member.objects.all():
        nightly.recalculate(DAY + timedelta(days=1), member=member)
    assert _everything() == before


def _everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Member, PointsLot, PointsEntry, TierEvaluation, Notification)
    ]


def test_a_finished_date_adds_nothing(alice):
    _members(50, 11)
    points.grant(alice, "old", 100, "gift", expires_at=timezone.now() - timedelta(days=900))
    nightly.recalculate(DAY)
    before = _everything()
    assert nightly.recalculate(DAY) == []
    LoyaltyRun.objects.update(status="running", step="expire", cursor=0)
    nightly.recalculate(DAY)
    assert _everything() == before


def test_a_run_that_was_killed_goes_on_from_its_cursor(db, monkeypatch):
    members = _members(60, 13)
    monkeypatch.setattr(nightly, "BATCH", 10)
    monkeypatch.setattr(nightly, "SUNDAY", DAY.weekday())

    class Killed(Exception):
        pass

    def die(day, step, *rest):
        if step == "roll":
            raise Killed

    with pytest.raises(Killed):
        nightly.recalculate(DAY, progress=die)
    run = LoyaltyRun.objects.get()
    assert (run.status, run.step, run.cursor) == ("running", "roll", members[9].pk)
    nightly.recalculate(DAY)
    run.refresh_from_db()
    assert (run.status, run.counts["members_rolled"]) == ("done", 60)


def test_missing_dates_run_first_and_in_order(db):
    nightly.recalculate(DAY)
    outcomes = nightly.recalculate(DAY + timedelta(days=3))
    assert [outcome.date for outcome in outcomes] == [DAY + timedelta(days=n) for n in (1, 2, 3)]
    assert LoyaltyRun.objects.filter(status="done").count() == 4


def test_a_run_stops_when_its_time_is_over_and_the_next_call_finishes(db):
    assert [outcome.done for outcome in nightly.recalculate(DAY, seconds=1e-9)] == [False]
    while not nightly.recalculate(DAY, seconds=1e-9)[-1].done:
        pass
    assert LoyaltyRun.objects.get().status == "done"


def test_a_dry_run_counts_and_changes_nothing(db, monkeypatch):
    _members(50, 17)
    monkeypatch.setattr(nightly, "SUNDAY", DAY.weekday())
    before = _everything()
    counts = nightly.recalculate(DAY, dry_run=True)[0].counts
    assert counts["members_rolled"] == 50
    assert counts["upgraded"] > 0
    assert _everything() == before
    assert not LoyaltyRun.objects.exists()


def test_points_expire_once_and_reserved_points_stay_for_their_order(alice):
    member = member_of(alice)
    points.grant(alice, "lot", 500, "gift")
    points.reserve(alice, "order:1", 200)
    PointsLot.objects.update(expires_at=timezone.make_aware(timezone.datetime(DAY.year, DAY.month, DAY.day)))
    nightly.recalculate(DAY, member=member)
    nightly.recalculate(DAY, member=member)
    member.refresh_from_db()
    assert member.points == 200
    points.release("order:1")
    nightly.recalculate(DAY + timedelta(days=1), member=member)
    member.refresh_from_db()
    lot = PointsLot.objects.get()
    assert (member.points, lot.status, lot.remaining) == (0, "expired", 0)
    assert list(PointsEntry.objects.filter(kind="expire").values_list("amount", flat=True)) == [-200, -300]


@pytest.mark.parametrize("days", [30, 7, 1])
def test_members_hear_before_their_points_expire(alice, days):
    midnight = timezone.make_aware(timezone.datetime(2027, 1, 1))
    points.grant(alice, "lot", 320, "gift", expires_at=midnight)
    run_for = date(2027, 1, 1) - timedelta(days=days + 1)
    nightly.recalculate(run_for)
    told = Notification.objects.get(user=alice)
    assert told.facts == {"points": "320", "days": days, "last_day": "2026-12-31"}


def test_a_balance_that_does_not_add_up_freezes_spending_and_is_not_repaired(alice):
    points.grant(alice, "lot", 500, "gift")
    Member.objects.update(points=900)
    nightly.recalculate(DAY)
    member = member_of(alice)
    assert member.frozen_at is not None
    assert member.points == 900
    assert points.spendable(alice) == 0


def test_every_shop_has_its_tiers(db):
    assert list(Tier.objects.values_list("code", flat=True)) == ["normal", "silver", "gold", "platinum", "diamond"]
