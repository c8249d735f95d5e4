"""Real threads on real connections: one check-in a day, one make-up, five tickets a day and none unpaid.

The negative control checks in carelessly through the same harness, which must catch it.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from config import books
from loyalty import check_in_rule, check_ins, points, tickets
from loyalty.members import member_of
from loyalty.models import CheckIn, LotteryTicket, Member, PointsLot, Tier
from tests.orders.test_races import storm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shopper(db):
    Tier.objects.get_or_create(rank=0, defaults={"code": "normal", "name": "普通", "name_en": "Normal", "threshold": 0})
    return User.objects.create(email="early@example.com")


def broken():
    return [finding.name for finding in books.check() if finding.app == "loyalty" and finding.broken]


def came(user, *days_ago):
    """The rows of check-ins of the past with their pay, as the rule writes them."""
    member = member_of(user)
    days = sorted(timezone.localdate() - timedelta(days=n) for n in days_ago)
    CheckIn.objects.bulk_create(CheckIn(member=member, date=day) for day in days)
    for day in days:
        place = check_in_rule.position(check_in_rule.streak(days, day))
        points.grant(user, f"checkin:{day}", check_in_rule.reward(place).points, "check-in")


def test_twenty_clicks_check_in_once(shopper):
    came(shopper, *range(1, 7))
    outcome = storm(20, lambda _n: check_ins.check_in(shopper).new)
    assert outcome.errors == []
    assert sorted(outcome.results) == [False] * 19 + [True]
    assert (CheckIn.objects.count(), LotteryTicket.objects.count()) == (7, 1)
    assert Member.objects.get().points == 100
    assert broken() == []


def test_making_up_and_checking_in_at_once_pay_what_the_places_say(shopper):
    came(shopper, 2, 3, 4)
    deeds = (check_ins.make_up, check_ins.check_in)
    outcome = storm(20, lambda n: deeds[n % 2](shopper))
    assert all(isinstance(error, check_ins.MakeUpRefused) for error in outcome.errors), outcome.errors
    assert CheckIn.objects.count() == 5
    assert Member.objects.get().points == 20 - 20 + 10 + 15
    assert broken() == []


def test_twenty_exchanges_at_once_buy_five_tickets(shopper):
    points.grant(shopper, "gift", 2_000, "gift")
    outcome = storm(20, lambda _n: tickets.exchange(shopper, uuid4()))
    assert all(isinstance(error, tickets.TicketRefused) for error in outcome.errors), outcome.errors
    assert (len(outcome.results), LotteryTicket.objects.count(), Member.objects.get().points) == (5, 5, 1_500)
    assert broken() == []


def test_one_form_sent_twenty_times_buys_one_ticket(shopper):
    points.grant(shopper, "gift", 2_000, "gift")
    key = uuid4()
    outcome = storm(20, lambda _n: tickets.exchange(shopper, key).pk)
    assert (outcome.errors, len(set(outcome.results)), Member.objects.get().points) == ([], 1, 1_900)


def test_points_for_one_ticket_buy_one(shopper):
    points.grant(shopper, "gift", 150, "gift")
    outcome = storm(12, lambda _n: tickets.exchange(shopper, uuid4()))
    assert {error.reason for error in outcome.errors} == {"points"}
    assert (len(outcome.results), Member.objects.get().points) == (1, 50)
    assert broken() == []


def test_the_harness_catches_a_careless_check_in(shopper):
    member = member_of(shopper)
    today = timezone.localdate()

    def careless(n):
        if not PointsLot.objects.filter(source__startswith=f"checkin:{today}").exists():
            points.grant(shopper, f"checkin:{today}", 5, f"click {n}")

    storm(20, careless)
    CheckIn.objects.create(member=member, date=today)
    assert Member.objects.get().points > 5
    assert "a check-in is paid by its place" in broken()
