"""Real threads on real connections: no quota is passed, no limit, no coupon is used twice, no packet gives too much.

The negative control claims carelessly through the same harness, which must catch it.
"""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from config import books
from loyalty import coupons, packets
from loyalty.models import Coupon, CouponTemplate, LuckyPacket, Tier
from tests.loyalty.tickets import make_template
from tests.orders.test_races import storm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd(db):
    Tier.objects.get_or_create(rank=0, defaults={"code": "normal", "name": "普通", "name_en": "Normal", "threshold": 0})
    return User.objects.bulk_create(User(email=f"crowd{n}@example.com") for n in range(24))


def loyalty_books_are_right():
    broken = [finding for finding in books.check() if finding.app == "loyalty" and finding.broken]
    assert not broken, broken


def refused(outcome):
    assert all(isinstance(error, coupons.ClaimRefused) for error in outcome.errors), outcome.errors
    return len(outcome.errors)


def test_twenty_four_claim_seven_coupons(crowd):
    template = make_template(quota=7)
    outcome = storm(24, lambda n: coupons.claim(crowd[n], template))
    assert (len(outcome.results), refused(outcome), Coupon.objects.count()) == (7, 17, 7)
    loyalty_books_are_right()


def test_one_person_in_twenty_tabs_claims_what_one_person_may(crowd):
    template = make_template(per_member=2)
    outcome = storm(20, lambda n: coupons.claim(crowd[0], template))
    assert (len(outcome.results), refused(outcome)) == (2, 18)
    loyalty_books_are_right()


def test_twenty_orders_at_once_use_a_coupon_once(crowd):
    ticket = coupons.claim(crowd[0], make_template())
    outcome = storm(20, lambda n: coupons.lock(crowd[0], [ticket.pk], source=f"order:{n}"))
    assert len(outcome.results) == 1
    assert all(isinstance(error, coupons.CouponUnusable) for error in outcome.errors), outcome.errors
    loyalty_books_are_right()


def test_paying_and_closing_at_once_end_in_one_of_them(crowd):
    template = make_template()
    for n in range(6):
        ticket = coupons.issue(template, crowd[n], source="gift")
        coupons.lock(crowd[n], [ticket.pk], source=f"order:{n}")
        moves = (coupons.spend, coupons.release)
        outcome = storm(8, lambda i, n=n, moves=moves: len(moves[i % 2](f"order:{n}")))
        assert sum(outcome.results) == 1
        assert not outcome.errors
    loyalty_books_are_right()


def test_a_packet_of_five_shares_opens_five_times_and_never_gives_more_than_it_holds(crowd):
    template = make_template(kind="red_packet", claimable=False, threshold_fen=0)
    packet = packets.make(
        template, total_fen=2_000, pieces=5, expires_at=timezone.now() + timedelta(days=1), source="test"
    )
    # Everybody in two tabs.
    outcome = storm(24, lambda n: packets.open_packet(packet, crowd[n // 2]))
    assert all(isinstance(error, packets.PacketClosed) for error in outcome.errors), outcome.errors
    assert LuckyPacket.objects.get().opened == Coupon.objects.count() == 5
    assert sum(Coupon.objects.values_list("amount_fen", flat=True)) == 2_000
    loyalty_books_are_right()


def test_the_harness_catches_a_careless_claim(crowd):
    template = make_template(quota=3)

    def careless(n):
        present = CouponTemplate.objects.get(pk=template.pk)
        if present.claimed >= present.quota:
            raise coupons.ClaimRefused("sold_out")
        coupon = Coupon.objects.create(
            user=crowd[n],
            template=template,
            series=template.series,
            source="claim:1",
            kind="coupon",
            amount_fen=1,
            valid_from=timezone.now(),
            valid_until=timezone.now(),
        )
        CouponTemplate.objects.filter(pk=template.pk, claimed__lt=F("quota")).update(claimed=F("claimed") + 1)
        return coupon

    storm(24, careless)
    assert Coupon.objects.count() > 3
    assert any(finding.broken for finding in books.check() if finding.app == "loyalty")
