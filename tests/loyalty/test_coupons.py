"""Coupons: claimed, held, used, set free and given back; who may have them; and what the ledger says."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts import work
from accounts.history import TransitionNotAllowed
from accounts.models import Notification
from config import books
from loyalty import coupon_batches, coupon_expiry, coupon_templates, coupons, points
from loyalty.coupons import ClaimRefused, CouponUnusable
from loyalty.members import member_of
from loyalty.models import Coupon, CouponBatch, CouponEntry, CouponTemplate, Goods, Scope
from tests.loyalty.tickets import make_template

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2031, 3, 1, 15))  # noqa: DTZ001
ORDER = "order:310301000001"


def loyalty_books_are_right():
    broken = [finding for finding in books.check() if finding.app == "loyalty" and finding.broken]
    assert not broken, broken


def kinds(coupon):
    return list(coupon.entries.order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def ticket(alice):
    """A coupon of alice's, usable for 7 days from 1 March 2031, 15:00."""
    with time_machine.travel(NOW, tick=False):
        return coupons.claim(alice, make_template())


def at(moment):
    return time_machine.travel(moment, tick=False)


def test_a_coupon_is_worth_what_its_template_said_when_it_was_issued(ticket, alice):
    assert (ticket.threshold_fen, ticket.amount_fen) == (19_900, 1_500)
    assert kinds(ticket) == ["issue"]
    # Days end at local midnight: signed on 1 March, seven days, over on 9 March at 00:00.
    assert timezone.localtime(ticket.valid_until).isoformat() == "2031-03-09T00:00:00+08:00"
    assert coupons.usable(alice, at=NOW) == [ticket]
    assert coupons.usable(alice, at=ticket.valid_until) == []
    assert coupons.usable(alice, at=NOW - timedelta(seconds=1)) == []


def test_looking_for_usable_coupons_is_one_query(ticket, alice, django_assert_num_queries):
    with django_assert_num_queries(1):
        for coupon in coupons.usable(alice, at=NOW):
            assert coupon.scope.kind == "all"
            assert coupon.name_local


@pytest.mark.parametrize(
    ("fields", "base", "off"),
    [
        ({"threshold_fen": 19_900, "amount_fen": 1_500}, 19_900, 1_500),
        ({"threshold_fen": 19_900, "amount_fen": 1_500}, 19_899, 0),
        ({"threshold_fen": 0, "amount_fen": 1_500}, 990, 990),  # E24: the excess is lost
        ({"amount_fen": None, "rate_bp": 9_500, "threshold_fen": 0}, 9_999, 500),
        ({"amount_fen": None, "rate_bp": 9_000, "threshold_fen": 0, "cap_fen": 300}, 9_999, 300),
        ({"kind": "shipping", "amount_fen": None, "threshold_fen": 5_000}, 800, 800),
        ({"kind": "shipping", "amount_fen": 500, "threshold_fen": 5_000}, 800, 500),
    ],
)
def test_what_a_coupon_takes_off(alice, fields, base, off):
    assert coupons.claim(alice, make_template(**fields)).off(base) == off


def test_the_path_of_a_coupon_through_a_paid_order(ticket, alice):
    with at(NOW):
        for _ in range(2):
            coupons.lock(alice, [ticket.pk], source=ORDER, saved={ticket.pk: 1_500})
        assert coupons.usable(alice) == []
        for _ in range(2):
            coupons.spend(ORDER, paid_fen=18_400)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.locked_for) == ("used", ORDER)
    assert kinds(ticket) == ["issue", "lock", "spend"]
    assert coupon_templates.figures([ticket.template_id])[ticket.template_id] == {
        "issued": 1, "usable": 0, "held": 0, "used": 1, "expired": 0, "void": 0, "saved_fen": 1_500, "paid_fen": 18_400,
    }  # fmt: skip
    loyalty_books_are_right()


def test_a_coupon_comes_back_once_when_its_order_is_closed_unpaid(ticket, alice):
    until = ticket.valid_until
    with at(NOW):
        coupons.lock(alice, [ticket.pk], source=ORDER)
        assert len(coupons.release(ORDER)) == 1
        assert coupons.release(ORDER) == []
        assert coupons.spend(ORDER) == []
    ticket.refresh_from_db()
    assert (ticket.status, ticket.valid_until, kinds(ticket)) == ("available", until, ["issue", "lock", "release"])
    with at(NOW):
        coupons.lock(alice, [ticket.pk], source="order:another")
    loyalty_books_are_right()


@pytest.mark.parametrize(
    ("paid", "ours", "status", "until"),
    [
        (False, False, "expired", "2031-03-09"),
        (False, True, "available", "2031-03-28"),
        (True, False, "expired", "2031-03-09"),
        (True, True, "available", "2031-03-28"),
    ],
)
def test_a_coupon_that_expired_in_its_order_lives_on_only_if_that_was_our_doing(
    ticket, alice, paid, ours, status, until
):
    with at(NOW):
        coupons.lock(alice, [ticket.pk], source=ORDER)
    with at(NOW + timedelta(days=19)):
        coupon_expiry.expire_due()  # held coupons stay good for their order
        if paid:
            coupons.spend(ORDER)
            coupons.give_back(ORDER, our_fault=ours)
        else:
            coupons.release(ORDER, by_staff=ours)
    ticket.refresh_from_db()
    assert ticket.status == status
    assert timezone.localtime(ticket.valid_until).date().isoformat() == until
    assert ticket.entries.filter(reason="extended").exists() == ours
    loyalty_books_are_right()


def test_only_the_coupons_named_are_given_back(alice):
    with at(NOW):
        one, other = coupons.claim(alice, make_template()), coupons.claim(alice, make_template(kind="red_packet"))
        coupons.lock(alice, [one.pk, other.pk], source=ORDER)
        coupons.spend(ORDER)
        assert [c.pk for c in coupons.give_back(ORDER, coupon_ids=[other.pk])] == [other.pk]
    assert {c.pk: c.status for c in Coupon.objects.all()} == {one.pk: "used", other.pk: "available"}
    loyalty_books_are_right()


@pytest.mark.parametrize("spoil", ["stranger", "expired", "held", "void", "early"])
def test_a_coupon_that_cannot_be_used_holds_nothing_and_is_named(ticket, alice, bob, spoil):
    with at(NOW):
        fine = coupons.claim(alice, make_template())
    moment, user = NOW, alice
    if spoil == "stranger":
        ticket = coupons.issue(ticket.template, bob, source="gift")
    elif spoil == "expired":
        moment = ticket.valid_until
        fine = coupons.issue(make_template(valid_days=99), alice, source="gift")
    elif spoil == "early":
        moment = NOW - timedelta(minutes=1)
        fine = ticket
    elif spoil == "held":
        with at(NOW):
            coupons.lock(alice, [ticket.pk], source="order:other")
    else:
        assert coupons.void(ticket, reason="fraud") is True
        assert coupons.void(ticket, reason="fraud") is False
    before = list(CouponEntry.objects.values_list("pk", flat=True))
    with at(moment), pytest.raises(CouponUnusable) as refused:
        coupons.lock(user, [fine.pk, ticket.pk], source=ORDER)
    assert ticket.pk in refused.value.coupon_ids
    assert not Coupon.objects.filter(locked_for=ORDER).exists()
    assert list(CouponEntry.objects.values_list("pk", flat=True)) == before


def test_claims_stop_at_the_limit_of_a_member_also_in_the_next_version(alice, manager):
    template = make_template(per_member=2)
    coupons.claim(alice, template)
    coupons.claim(alice, template)
    with pytest.raises(ClaimRefused, match="limit"):
        coupons.claim(alice, template)
    after = coupon_templates.revise(template, by=manager)
    coupon_templates.publish(after, by=manager)
    with pytest.raises(ClaimRefused, match="limit"):
        coupons.claim(alice, after)
    assert Coupon.objects.count() == 2
    loyalty_books_are_right()


def test_claims_stop_at_the_quota_and_at_the_budget(alice, bob, mallory):
    few, poor = make_template(quota=1), make_template(budget_fen=2_999)
    coupons.claim(alice, few)
    coupons.claim(alice, poor)
    for template in (few, poor):
        with pytest.raises(ClaimRefused, match="sold_out"):
            coupons.claim(bob, template)
        with pytest.raises(ClaimRefused, match="sold_out"):
            coupons.issue(template, mallory, source="gift")
    assert set(Coupon.objects.values_list("user", flat=True)) == {alice.pk}
    loyalty_books_are_right()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "draft"}, "not_open"),
        ({"status": "paused"}, "not_open"),
        ({"claimable": False}, "not_open"),
        ({"claim_from": NOW + timedelta(hours=1)}, "not_open"),
        ({"claim_until": NOW}, "over"),
        ({"valid_days": None, "valid_until": NOW}, "over"),
        ({"tier_ranks": [1, 2]}, "tier"),
        ({"newcomer_only": True}, "newcomers"),
    ],
)
def test_who_may_not_claim_is_told_why_and_gets_nothing(alice, fields, reason):
    alice.date_joined = NOW - timedelta(days=31)
    alice.save()
    template = make_template(**fields)
    with at(NOW), pytest.raises(ClaimRefused, match=f"^{reason}$"):
        coupons.claim(alice, template)
    assert not Coupon.objects.exists()
    assert CouponTemplate.objects.get().claimed == 0


def test_a_newcomer_is_one_who_has_not_bought(alice, bob):
    template = make_template(newcomer_only=True)
    points.grant_pending(bob, "order:1", 20)
    coupons.claim(alice, template)
    with pytest.raises(ClaimRefused, match="newcomers"):
        coupons.claim(bob, template)


def test_the_right_tier_claims(alice):
    member = member_of(alice)
    member.tier_id = 2
    member.save()
    assert coupons.claim(alice, make_template(tier_ranks=[2, 3])).status == "available"


def test_a_source_issues_once_a_person(alice, bob):
    template = make_template(claimable=False)
    first = coupons.issue(template, alice, source="birthday:2031")
    assert coupons.issue(template, alice, source="birthday:2031") == first
    assert coupons.issue(template, bob, source="birthday:2031") != first
    assert CouponTemplate.objects.get().claimed == 2
    loyalty_books_are_right()


def test_a_published_template_cannot_be_changed_and_an_edit_is_a_new_version(alice, manager):
    template = make_template()
    with pytest.raises(DatabaseError), transaction.atomic():
        CouponTemplate.objects.filter(pk=template.pk).update(amount_fen=9_900)
    mine = coupons.claim(alice, template)
    draft = coupon_templates.revise(template, by=manager)
    assert coupon_templates.revise(template, by=manager) == draft
    CouponTemplate.objects.filter(pk=draft.pk).update(amount_fen=2_000)
    coupon_templates.publish(draft, by=manager)
    template.refresh_from_db()
    mine.refresh_from_db()
    assert (template.status, mine.amount_fen, mine.template_id) == ("ended", 1_500, template.pk)
    with pytest.raises(TransitionNotAllowed):
        coupon_templates.publish(template, by=manager)


def test_the_ledger_of_coupons_refuses_change(ticket):
    with pytest.raises(DatabaseError), transaction.atomic():
        CouponEntry.objects.update(reason="x")


def test_free_coupons_expire_at_their_moment_and_once(ticket):
    assert coupon_expiry.expire_due(ticket.valid_until - timedelta(seconds=1)) == 0
    assert coupon_expiry.expire_due(ticket.valid_until) == 1
    assert coupon_expiry.expire_due(ticket.valid_until) == 0
    ticket.refresh_from_db()
    assert ticket.status == "expired"
    assert kinds(ticket) == ["issue", "expire"]
    loyalty_books_are_right()


def test_owners_are_told_three_days_and_one_day_before_once(ticket, alice):
    Coupon.objects.update(created_at=NOW)
    end = ticket.valid_until
    assert coupon_expiry.tell_expiring(end - timedelta(days=3, seconds=1)) == 0
    assert coupon_expiry.tell_expiring(end - timedelta(days=3)) == 1
    assert coupon_expiry.tell_expiring(end - timedelta(days=2, hours=1)) == 0
    assert coupon_expiry.tell_expiring(end - timedelta(hours=15)) == 1
    assert coupon_expiry.tell_expiring(end - timedelta(hours=14)) == 0
    facts = Notification.objects.order_by("pk").values_list("facts", flat=True)
    assert [fact["days"] for fact in facts] == [3, 1]
    assert {fact["last_day"] for fact in facts} == {"2031-03-08"}


def test_coupons_for_a_tier_reach_everybody_once_however_often_the_worker_starts(alice, bob, mallory, manager):
    gold = member_of(bob)
    gold.tier_id = 2
    gold.save()
    template, key = make_template(claimable=False), uuid4()
    for _ in range(2):
        batch = coupon_batches.ask(template, by=manager, key=key, tier_ranks=[0])
    coupon_batches.STEP, before = 1, coupon_batches.STEP
    try:
        coupon_batches._step(batch.pk)  # a worker that died after its first step
        work.run_due(CouponBatch)
        coupon_batches.work_on(batch)
    finally:
        coupon_batches.STEP = before
    batch.refresh_from_db()
    owners = set(Coupon.objects.values_list("user", flat=True))
    assert {alice.pk, mallory.pk} <= owners
    assert bob.pk not in owners
    assert batch.issued == len(owners) == Coupon.objects.count() == CouponTemplate.objects.get().claimed
    assert Notification.objects.filter(kind="coupon_received").count() == batch.issued
    loyalty_books_are_right()


def test_coupons_for_a_list_stop_when_there_are_no_more(alice, bob, mallory, manager):
    template = make_template(claimable=False, quota=2)
    people = [alice.pk, bob.pk, mallory.pk]
    batch = coupon_batches.ask(template, by=manager, key=uuid4(), user_ids=people)
    work.run_due(CouponBatch)
    batch.refresh_from_db()
    assert (batch.issued, batch.sold_out, Coupon.objects.count()) == (2, True, 2)
    loyalty_books_are_right()


TEA = Goods(sku_id=1, product_id=10, merchant_id=5, category_ids=(3, 17), brand_id=7, tags=("春",))


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        (Scope("all"), True),
        (Scope("all", merchant_id=5), True),
        (Scope("all", merchant_id=6), False),
        (Scope("all", except_product_ids=frozenset({10})), False),
        (Scope("all", except_sku_ids=frozenset({1})), False),
        (Scope("categories", category_ids=frozenset({3})), True),
        (Scope("categories", category_ids=frozenset({4})), False),
        (Scope("brands", brand_ids=frozenset({7})), True),
        (Scope("brands", brand_ids=frozenset({8})), False),
        (Scope("tags", tags=frozenset({"春", "夏"})), True),
        (Scope("tags", tags=frozenset({"夏"})), False),
        (Scope("goods", product_ids=frozenset({10})), True),
        (Scope("goods", sku_ids=frozenset({1})), True),
        (Scope("goods", sku_ids=frozenset({2})), False),
        (Scope("goods", product_ids=frozenset({10}), except_sku_ids=frozenset({1})), False),
    ],
)
def test_which_goods_a_coupon_is_good_for(scope, covered):
    assert scope.covers(TEA) is covered


def test_the_books_find_a_coupon_that_moved_without_an_entry(ticket):
    Coupon.objects.filter(pk=ticket.pk).update(status="used", locked_for="order:x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE loyalty_coupontemplate SET claimed = 5")
    broken = {finding.name for finding in books.check() if finding.broken}
    assert {
        "issued coupons are counted",
        "a coupon is where its last entry left it",
        "a coupon in use belongs to one order",
    } <= broken
