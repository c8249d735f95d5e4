"""Real threads on real connections: a ticket draws once, the last prize is given once, no promise is broken.

The negative control takes a prize carelessly through the same harness, which must catch it.
"""

import pytest
from django.db import connection

from accounts.models import User
from config import books
from loyalty import lottery, seeds
from loyalty.members import member_of
from loyalty.models import Coupon, LotteryDraw, LotterySeed, LotteryTicket, OddsTable, PointsLot, Prize, Tier
from tests.loyalty.lotteries import make_prize, make_table
from tests.orders.test_races import storm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd(db):
    """Twenty people with a ticket each, earned by a check-in of their own."""
    Tier.objects.get_or_create(rank=0, defaults={"code": "normal", "name": "普通", "name_en": "Normal", "threshold": 0})
    people = User.objects.bulk_create(User(email=f"lucky{n}@example.com") for n in range(20))
    for person in people:
        person.ticket = LotteryTicket.objects.create(member=member_of(person), source="gift:1", day="2026-11-22", nth=1)
    return people


def broken():
    """What the books find, but for the tickets that nobody paid."""
    found = [finding.name for finding in books.check() if finding.app == "loyalty" and finding.broken]
    return [name for name in found if name != "a ticket for points was paid"]


def test_twenty_clicks_on_one_ticket_are_one_draw_and_one_prize(crowd):
    table = make_table((make_prize(100, stock=50), 1_000_000))
    outcome = storm(20, lambda _n: lottery.draw(crowd[0], crowd[0].ticket.pk).pk)
    assert (outcome.errors, len(set(outcome.results))) == ([], 1)
    assert (LotteryDraw.objects.count(), PointsLot.objects.count(), table.lines.get().prize.given) == (1, 1, 1)
    assert broken() == []


def test_the_last_prize_goes_to_one_of_twenty_and_the_others_get_the_substitute(crowd):
    last, substitute = make_prize(1_000, "coupon", stock=1), make_prize(1_000)
    make_table((last, 1_000_000, substitute))
    outcome = storm(20, lambda n: lottery.draw(crowd[n], crowd[n].ticket.pk).prize_id)
    assert outcome.errors == []
    assert sorted(outcome.results) == sorted([last.pk] + [substitute.pk] * 19)
    assert (Coupon.objects.count(), PointsLot.objects.count()) == (1, 19)
    assert broken() == []


def test_three_prizes_without_a_substitute_are_three_draws_and_seventeen_tickets_stay_good(crowd):
    prize = make_prize(100, stock=3)
    table = make_table((prize, 1_000_000))
    outcome = storm(20, lambda n: lottery.draw(crowd[n], crowd[n].ticket.pk))
    assert len(outcome.results) == 3
    assert all(isinstance(error, lottery.DrawRefused) for error in outcome.errors), outcome.errors
    table.refresh_from_db()
    assert (table.status, LotteryTicket.objects.filter(used_at=None).count()) == ("closed", 17)
    assert broken() == []


def test_a_day_has_one_seed_whoever_asks_first(db):
    outcome = storm(20, lambda _n: seeds.turn())
    assert outcome.errors == []
    assert LotterySeed.objects.count() == 2


def test_the_harness_catches_a_careless_taking(crowd):
    prize = make_prize(100, stock=3)

    def careless(_n):
        present = Prize.objects.get(pk=prize.pk)
        if present.given >= present.stock:
            raise lottery.DrawRefused
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
        Prize.objects.filter(pk=prize.pk).update(given=present.given + 1)

    outcome = storm(20, careless)
    assert len(outcome.results) > 3
    assert not OddsTable.objects.exists()
    assert "prizes given are within their stock" in broken()
