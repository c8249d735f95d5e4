"""A draw from ticket to prize, the life of an odds table, seeds and the daily check (docs/domain.md 5.8)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from accounts.models import StateLog
from config import books
from loyalty import fair_draw, lottery, lottery_checks, odds_tables, points, seeds, tickets
from loyalty.members import member_of
from loyalty.models import (
    Coupon,
    LotteryCheck,
    LotteryDraw,
    LotterySeed,
    LotteryTicket,
    Member,
    OddsLine,
    OddsTable,
    Prize,
)
from tests.loyalty.lotteries import e22_table, give_tickets, make_prize, make_table
from tests.loyalty.tickets import make_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def rolls(monkeypatch):
    """The numbers of the next draws, in order."""
    numbers = []
    monkeypatch.setattr(fair_draw, "number", lambda *_facts: numbers.pop(0))
    return numbers


@pytest.fixture
def member(alice):
    points.grant(alice, "gift", 1_000, "gift")
    return member_of(alice)


def ticket_of(user):
    return tickets.exchange(user, uuid4())


def draw(user):
    return lottery.draw(user, ticket_of(user).pk)


def broken():
    return [finding.name for finding in books.check() if finding.app == "loyalty" and finding.broken]


# --- a draw -----------------------------------------------------------------------------------------------------------


def test_every_number_of_the_example_wins_what_the_table_says_and_grants_it(alice, member, rolls):
    e22_table()
    rolls += [0, 20_999, 21_000, 399_999, 400_000]
    won = [draw(alice).prize.name for _ in range(5)]
    assert won == ["¥50", "¥10", "100", "20", "—"]
    assert sorted(Coupon.objects.values_list("amount_fen", flat=True)) == [1_000, 5_000]
    assert Member.objects.get(user=alice).points == 1_000 - 500 + 100 + 20
    assert alice.notifications.filter(kind="prize_won").count() == 4
    assert broken() == []


def test_a_ticket_draws_once_and_a_repeated_call_is_the_same_draw(alice, member):
    e22_table()
    ticket = ticket_of(alice)
    first = lottery.draw(alice, ticket.pk)
    assert lottery.draw(alice, ticket.pk) == first
    assert LotteryDraw.objects.count() == 1
    assert broken() == []


def test_the_number_of_a_draw_is_that_of_its_seed(alice, member):
    e22_table()
    drawn = draw(alice)
    seed = LotterySeed.objects.get()
    assert seed.date == timezone.localdate()
    assert drawn.number == fair_draw.number(seed.secret, drawn.pk, member.pk, drawn.ticket_id)


def test_nobody_draws_with_the_ticket_of_another_or_when_nothing_is_open(alice, bob, member):
    ticket = ticket_of(alice)
    with pytest.raises(lottery.DrawRefused):
        lottery.draw(alice, ticket.pk)
    e22_table()
    with pytest.raises(LotteryTicket.DoesNotExist):
        lottery.draw(bob, ticket.pk)
    ticket.refresh_from_db()
    assert ticket.used_at is None
    assert not LotteryDraw.objects.exists()


def test_a_prize_that_has_run_out_is_replaced_by_the_published_substitute(alice, member, rolls):
    substitute = make_prize(60)
    few, nothing = make_prize(50, stock=1), make_prize(0, "nothing")
    make_table((few, 500_000, substitute), (nothing, 500_000))
    rolls += [0, 0, 0]
    assert [draw(alice).prize for _ in range(3)] == [few, substitute, substitute]
    few.refresh_from_db()
    assert (few.given, few.stock) == (1, 1)
    assert OddsTable.objects.get().status == "published"
    assert broken() == []


def test_the_table_closes_with_the_last_prize_that_nothing_replaces(alice, member, rolls):
    few, nothing = make_prize(50, stock=1), make_prize(0, "nothing")
    table = make_table((few, 500_000), (nothing, 500_000))
    waiting = ticket_of(alice)
    rolls += [0]
    assert draw(alice).prize == few
    table.refresh_from_db()
    assert table.status == "closed"
    assert StateLog.objects.get(entity="loyalty.oddstable").reason == lottery.RAN_OUT
    with pytest.raises(lottery.DrawRefused):
        lottery.draw(alice, waiting.pk)
    waiting.refresh_from_db()
    assert waiting.used_at is None
    assert broken() == []


def test_a_coupon_that_staff_ended_is_replaced_and_the_stock_goes_back(alice, member, rolls):
    coupon, substitute = make_prize(1_000, "coupon", stock=5), make_prize(1_000)
    make_table((coupon, 500_000, substitute), (make_prize(0, "nothing"), 500_000))
    type(coupon.coupon_template).objects.update(status="ended")
    rolls += [0]
    assert draw(alice).prize == substitute
    assert Prize.objects.get(pk=coupon.pk).given == 0
    assert broken() == []


def test_a_win_that_cannot_be_handed_over_is_no_draw_and_closes_the_table(alice, member, rolls):
    """Never a thank-you in place of a prize: the ticket stays good and nothing is written."""
    coupon = make_prize(1_000, "coupon", stock=5)
    table = make_table((coupon, 500_000), (make_prize(0, "nothing"), 500_000))
    type(coupon.coupon_template).objects.update(status="ended")
    ticket = ticket_of(alice)
    rolls += [0]
    with pytest.raises(lottery.DrawRefused):
        lottery.draw(alice, ticket.pk)
    table.refresh_from_db()
    ticket.refresh_from_db()
    assert (table.status, ticket.used_at, LotteryDraw.objects.count()) == ("closed", None, 0)
    assert broken() == []


def test_tickets_for_points_are_five_a_day_and_an_earned_sixth_counts_for_tomorrow(alice, member):
    for _ in range(5):
        ticket_of(alice)
    with pytest.raises(tickets.TicketRefused, match="limit"):
        ticket_of(alice)
    earned = tickets.give(member, "checkin:2026-01-07")
    assert (earned.day, earned.nth) == (timezone.localdate() + timedelta(days=1), 1)
    assert tickets.unused(member).count() == 6
    assert Member.objects.get(user=alice).points == 500


def test_a_ticket_without_points_is_refused_and_nothing_is_taken(alice, bob, member):
    points.grant(bob, "gift", 99, "gift")
    with pytest.raises(tickets.TicketRefused, match="points"):
        ticket_of(bob)
    assert (Member.objects.get(user=bob).points, LotteryTicket.objects.count()) == (99, 0)


# --- the odds table ---------------------------------------------------------------------------------------------------


def tomorrow():
    return {"opens_at": timezone.now() + timedelta(days=1)}


def test_a_sound_table_is_published_once_and_then_never_changes(manager):
    table = e22_table(publish=False, **tomorrow())
    assert odds_tables.publish(table, by=manager) is True
    assert odds_tables.publish(table, by=manager) is False
    prize = table.lines.first().prize
    changes = [
        lambda: OddsTable.objects.update(closes_at=timezone.now() + timedelta(days=60)),
        lambda: OddsLine.objects.update(weight=1),
        lambda: OddsLine.objects.filter(pk=table.lines.first().pk).delete(),
        lambda: OddsLine.objects.create(table=table, place=9, prize=make_prize(1), weight=1),
        lambda: Prize.objects.filter(pk=prize.pk).update(value_fen=1),
        lambda: Prize.objects.filter(pk=prize.pk).update(stock=1),
        lambda: OddsTable.objects.update(status="draft"),
    ]
    for change in changes:
        with pytest.raises((IntegrityError, InternalError), match="immutable"), transaction.atomic():
            change()
    Prize.objects.filter(pk=prize.pk).update(stock=200)
    assert broken() == []


@pytest.mark.parametrize(
    ("parts", "fields"),
    [((500_000, 499_999), {}), ((500_000, 500_001), {}), ((500_000, 500_000), {"opens_at": datetime(2020, 1, 1, tzinfo=UTC)}),
     ((500_000, 500_000), {"opens_at": datetime(2020, 1, 1, tzinfo=UTC), "closes_at": datetime(2020, 2, 1, tzinfo=UTC)})],
)  # fmt: skip
def test_a_table_that_is_no_whole_or_comes_too_late_stays_a_draft(manager, parts, fields):
    lines = zip((make_prize(100), make_prize(0, "nothing")), parts, strict=True)
    table = make_table(*lines, publish=False, **tomorrow() | fields)
    with pytest.raises(odds_tables.NotPublishable):
        odds_tables.publish(table, by=manager)
    table.refresh_from_db()
    assert table.status == "draft"


def troubles(first, *others):
    table = make_table((first, 400_000, *others), (make_prize(0, "nothing"), 600_000), publish=False, **tomorrow())
    return list(odds_tables.troubles(table))


def test_substitutes_stock_and_coupons_are_checked_before_publishing(manager):
    assert troubles(make_prize(100, stock=5), make_prize(100)) == []
    assert len(troubles(make_prize(100, stock=5), make_prize(99))) == 1
    assert len(troubles(make_prize(100, stock=0))) == 1
    short = make_prize(1_000, "coupon", stock=5, coupon_template=make_template(amount_fen=1_000, quota=4))
    assert len(troubles(short)) == 1
    assert len(troubles(make_prize(0, "nothing"))) == 1  # nothing to win


def test_the_top_prize_is_at_most_fifty_thousand_yuan():
    assert make_prize(5_000_000).value_fen == 5_000_000
    with pytest.raises(IntegrityError), transaction.atomic():
        make_prize(5_000_001)
    assert Prize.objects.count() == 1


def test_a_new_version_must_favour_the_members_and_takes_the_place_of_the_one_before(manager):
    table = e22_table()
    worse = odds_tables.revise(table, by=manager)
    worse.lines.filter(place=4).update(weight=299_000)
    worse.lines.filter(place=5).update(weight=601_000)
    with pytest.raises(odds_tables.NotPublishable):
        odds_tables.publish(worse, by=manager)
    assert OddsTable.objects.get(status="published") == table
    better = odds_tables.revise(table, by=manager)
    assert better == worse
    better.lines.filter(place=4).update(weight=301_000)
    better.lines.filter(place=5).update(weight=599_000)
    OddsTable.objects.filter(pk=better.pk).update(closes_at=table.closes_at - timedelta(days=1))
    with pytest.raises(odds_tables.NotPublishable):
        odds_tables.publish(better, by=manager)
    OddsTable.objects.filter(pk=better.pk).update(closes_at=table.closes_at)
    odds_tables.publish(better, by=manager)
    assert dict(OddsTable.objects.values_list("version", "status")) == {1: "closed", 2: "published"}
    assert lottery.open_now() == better
    assert broken() == []


def test_two_lotteries_are_never_open_at_once(manager):
    e22_table()
    other = make_table((make_prize(100), 400_000), (make_prize(0, "nothing"), 600_000), publish=False, **tomorrow())
    with pytest.raises(odds_tables.NotPublishable):
        odds_tables.publish(other, by=manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        OddsTable.objects.filter(pk=other.pk).update(status="published", published_at=timezone.now())
    assert OddsTable.objects.filter(status="published").count() == 1


# --- seeds and the daily check ----------------------------------------------------------------------------------------


def test_the_hash_is_published_before_the_day_and_the_seed_after_it():
    with time_machine.travel("2026-11-20 16:00Z", tick=False):  # midnight in Shanghai: the 21st begins
        assert seeds.turn() == 0
        assert list(LotterySeed.objects.values_list("date", flat=True)) == [date(2026, 11, 22), date(2026, 11, 21)]
        assert {seed.published for seed in LotterySeed.objects.all()} == {""}
    with time_machine.travel("2026-11-21 16:00Z", tick=False):
        seed = LotterySeed.objects.get(date=date(2026, 11, 21))
        assert seed.published  # by the clock alone, also when the job is late
        assert seeds.turn() == 1
        assert seeds.turn() == 0
        seed.refresh_from_db()
        assert fair_draw.commitment(seed.revealed) == seed.commitment
        assert LotterySeed.objects.get(date=date(2026, 11, 22)).revealed == ""
    assert broken() == []


def test_a_commitment_cannot_be_changed_or_taken_back():
    seed = seeds.of(date(2026, 11, 21))
    assert seeds.of(date(2026, 11, 21)).commitment == seed.commitment
    for change in (lambda: LotterySeed.objects.update(commitment="0" * 64), LotterySeed.objects.all().delete):
        with pytest.raises((IntegrityError, InternalError), match="immutable"), transaction.atomic():
            change()


def test_the_daily_check_passes_true_results_and_is_written_once(alice, member):
    e22_table()
    for _ in range(5):
        draw(alice)
    (row,) = lottery_checks.check(timezone.localdate())
    assert (row.draws, row.alarm, row.wrong_numbers) == (5, False, 0)
    assert lottery_checks.check(timezone.localdate()) == []
    assert LotteryCheck.objects.count() == 1


def test_results_that_are_not_those_of_the_seed_raise_an_alarm(alice, member, rolls, monkeypatch, client, manager):
    e22_table()
    rolls += [999_999] * 5
    for _ in range(5):
        draw(alice)
    monkeypatch.undo()
    (row,) = lottery_checks.check(timezone.localdate())
    assert row.wrong_numbers >= 4  # one in a million is what the seed says anyway
    assert row.alarm
    client.force_login(manager)
    assert "lotterycheck" in client.get("/admin/").content.decode()


def test_results_that_chance_does_not_explain_raise_an_alarm(alice, member, rolls):
    table = make_table((make_prize(10), 500_000), (make_prize(0, "nothing"), 500_000))
    rolls += [500_000 + n for n in range(24)] * 2
    for ticket in give_tickets(member, 24):
        lottery.draw(alice, ticket.pk)
    (row,) = lottery_checks.check(timezone.localdate())
    assert (row.table, row.draws, row.freedom, row.alarm) == (table, 24, 1, True)
    assert row.chi_square == pytest.approx(24)
    assert row.p < lottery_checks.ALARM_BELOW


def test_the_books_see_a_free_ticket_and_a_prize_given_twice(alice, member):
    e22_table()
    give_tickets(member, 1)
    Prize.objects.filter(name="¥50").update(given=2)
    assert set(broken()) == {"a ticket for points was paid", "prizes given are within their stock"}


def test_draws_are_append_only(alice, member):
    e22_table()
    drawn = draw(alice)
    for change in (lambda: LotteryDraw.objects.update(number=0), LotteryDraw.objects.all().delete):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()
    assert LotteryDraw.objects.get().number == drawn.number
