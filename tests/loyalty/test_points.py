"""Points lots: the worked examples of the domain reference, then random histories."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config import books
from loyalty import points
from loyalty.members import benefits, member_of
from loyalty.models import Member, PointsEntry, PointsHold, PointsLot

SOON = timezone.make_aware(datetime(2031, 1, 1))  # noqa: DTZ001
LATER = timezone.make_aware(datetime(2032, 1, 1))  # noqa: DTZ001


def balance(user):
    return Member.objects.get(user=user).points


def left(user):
    return {lot.source: lot.remaining for lot in PointsLot.objects.filter(member__user=user)}


def loyalty_books_are_right():
    broken = [finding for finding in books.check() if finding.app == "loyalty" and finding.broken]
    assert not broken, broken


@pytest.fixture
def two_lots(alice):
    points.grant(alice, "L1", 300, "gift", expires_at=SOON)
    points.grant(alice, "L2", 400, "gift", expires_at=LATER)
    return alice


@pytest.mark.parametrize(
    ("net_fen", "earn_bp", "expected"),
    [
        (32_770, 10_000, 327),
        (32_770, 12_500, 409),
        (32_770, 22_500, 737),
        (32_770, 20_000, 655),
        (99, 10_000, 0),
        (-1, 10_000, 0),
    ],
)
def test_points_are_floored_once_at_the_multiplier_of_the_tier(net_fen, earn_bp, expected):
    assert points.earned(net_fen, earn_bp) == expected


def test_at_most_half_of_the_goods_and_only_hundreds(alice):
    points.grant(alice, "gift", 9_999, "gift")
    assert points.most_usable(alice, 3_860) == 1_900
    assert points.most_usable(alice, 999) == 0
    assert points.most_usable(alice, 100_000_00) == 9_900


def test_fewer_than_a_hundred_points_cannot_be_used(alice):
    points.grant(alice, "gift", 99, "gift")
    assert points.most_usable(alice, 10_000) == 0


def test_points_are_spent_oldest_expiry_first_and_come_back_latest_spent_first(two_lots):
    points.reserve(two_lots, "order:1", 500)
    assert points.spend("order:1") == 500
    assert left(two_lots) == {"L1": 0, "L2": 200}
    assert points.give_back("order:1", 240, "refund:1") == 240
    assert left(two_lots) == {"L1": 40, "L2": 400}
    assert points.give_back("order:1", 260, "refund:2") == 260
    assert left(two_lots) == {"L1": 300, "L2": 400}
    assert set(PointsLot.objects.values_list("expires_at", flat=True)) == {SOON, LATER}
    loyalty_books_are_right()


def test_no_more_comes_back_than_was_spent(two_lots):
    points.reserve(two_lots, "order:1", 500)
    points.spend("order:1")
    assert points.give_back("order:1", 900, "refund:1") == 500
    assert points.give_back("order:1", 1, "refund:2") == 0
    assert balance(two_lots) == 700


def test_each_step_happens_once_per_order(two_lots):
    for _ in range(2):
        points.reserve(two_lots, "order:1", 500)
    assert PointsHold.objects.count() == 2
    for _ in range(2):
        points.spend("order:1")
        points.release("order:1")
    assert balance(two_lots) == 200
    for _ in range(2):
        points.give_back("order:1", 100, "refund:1")
    assert balance(two_lots) == 300


def test_reserved_points_cannot_be_reserved_again(two_lots):
    points.reserve(two_lots, "order:1", 500)
    with pytest.raises(points.NotEnoughPoints) as refusal:
        points.reserve(two_lots, "order:2", 300)
    assert refusal.value.usable == 200
    assert not PointsHold.objects.filter(source="order:2").exists()
    assert points.release("order:1") == 500
    assert points.reserve(two_lots, "order:2", 700) == 700


def test_pending_points_cannot_be_spent(alice):
    points.grant_pending(alice, "order:1", 327)
    member = Member.objects.get(user=alice)
    assert (member.points, member.points_pending, points.spendable(alice)) == (0, 327, 0)
    with pytest.raises(points.NotEnoughPoints):
        points.reserve(alice, "order:2", 100)
    assert points.mature("order:1") == 327
    assert points.mature("order:1") == 0
    member.refresh_from_db()
    assert (member.points, member.points_pending) == (327, 0)
    loyalty_books_are_right()


def test_an_order_earns_once(alice):
    first = points.grant_pending(alice, "order:1", 327)
    assert points.grant_pending(alice, "order:1", 327) == first
    assert Member.objects.get(user=alice).points_pending == 327


def test_refunds_take_earned_points_back_step_by_step(alice):
    points.grant_pending(alice, "order:1", 327)
    assert [points.adjust_earned("order:1", due) for due in (158, 158, 50, 158, 0)] == [169, 0, 108, 0, 50]
    lot = PointsLot.objects.get()
    assert (lot.status, lot.remaining) == ("reversed", 0)
    assert points.mature("order:1") == 0
    loyalty_books_are_right()


def test_spent_points_taken_back_are_a_debt_and_later_grants_repay_it(alice):
    points.grant_pending(alice, "order:1", 327)
    points.mature("order:1")
    points.reserve(alice, "order:2", 300)
    points.spend("order:2")
    assert points.adjust_earned("order:1", 0) == 327
    assert balance(alice) == -300
    assert points.spendable(alice) == 0
    points.grant(alice, "gift", 180, "gift")
    assert balance(alice) == -120
    assert points.spendable(alice) == 0
    points.grant(alice, "gift2", 200, "gift")
    assert (balance(alice), points.spendable(alice)) == (80, 80)
    loyalty_books_are_right()


def test_a_claw_back_takes_the_own_lot_then_the_oldest(alice):
    points.grant_pending(alice, "order:1", 300, expires_at=LATER)
    points.mature("order:1")
    points.reserve(alice, "order:9", 200)
    points.spend("order:9")
    points.grant(alice, "old", 50, "gift", expires_at=SOON)
    points.grant(alice, "new", 500, "gift", expires_at=LATER)
    points.adjust_earned("order:1", 0)
    assert left(alice) == {"order:1": 0, "old": 0, "new": 350}
    loyalty_books_are_right()


def test_points_of_a_lot_past_its_date_live_thirty_days_more(two_lots):
    points.reserve(two_lots, "order:1", 300)
    points.spend("order:1")
    PointsLot.objects.filter(source="L1").update(expires_at=timezone.now() - timedelta(days=1))
    points.give_back("order:1", 300, "refund:1")
    lot = PointsLot.objects.get(source="L1")
    assert timedelta(days=29) < lot.expires_at - timezone.now() <= timedelta(days=30)
    assert points.spendable(two_lots) == 700
    loyalty_books_are_right()


def test_a_frozen_member_cannot_spend(two_lots):
    Member.objects.update(frozen_at=timezone.now())
    assert points.most_usable(two_lots, 100_000) == 0


def test_points_expire_at_the_end_of_the_next_year():
    earned_at = timezone.make_aware(datetime(2026, 1, 1, 0, 30))  # noqa: DTZ001
    assert timezone.localtime(points.end_of_life(earned_at)).isoformat() == "2028-01-01T00:00:00+08:00"


def test_the_points_ledger_cannot_be_rewritten(two_lots):
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PointsEntry.objects.update(amount=1)
    assert PointsEntry.objects.filter(amount=300).exists()


def test_guests_have_the_benefits_of_the_first_tier_and_no_points(alice):
    from django.contrib.auth.models import AnonymousUser

    for guest in (None, AnonymousUser()):
        assert benefits(guest).tier_code == "normal"
        assert points.most_usable(guest, 100_000) == 0
    member = member_of(alice)
    member.tier_id = 2
    member.save()
    assert (benefits(alice).earn_bp, benefits(alice).return_days) == (12_500, 10)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["grant", "pend", "mature", "adjust", "reserve", "spend", "release", "back", "expire"]),
        st.integers(1, 4),
        st.integers(1, 400),
    ),
    min_size=5,
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_the_books_stay_right(bob, steps):
    from django.db import transaction

    from loyalty import nightly

    with transaction.atomic():
        for number, (step, which, amount) in enumerate(steps):
            source = f"order:{which}"
            if step == "grant":
                points.grant(bob, f"gift:{number}", amount, "gift", expires_at=SOON if which % 2 else LATER)
            elif step == "pend":
                points.grant_pending(bob, source, amount)
            elif step == "mature":
                points.mature(source)
            elif step == "adjust":
                points.adjust_earned(source, amount - 200)
            elif step == "reserve":
                before = points.spendable(bob)
                try:
                    points.reserve(bob, source, amount)
                except points.NotEnoughPoints as refusal:
                    assert refusal.usable < amount
                    assert points.spendable(bob) == before
                except ValueError:
                    assert PointsHold.objects.filter(source=source, status="released").exists()
            elif step == "spend":
                points.spend(source)
            elif step == "release":
                points.release(source)
            elif step == "back":
                points.give_back(source, amount, f"refund:{number}")
            else:
                PointsLot.objects.filter(source__startswith="gift", pk__in=[which]).update(expires_at=timezone.now())
                nightly.recalculate(timezone.localdate(), member=member_of(bob))
            loyalty_books_are_right()
        transaction.set_rollback(True)
