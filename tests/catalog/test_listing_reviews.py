"""The review queue and the standing behind it: who is read first, what is told, and that two decisions are one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from accounts.models import MerchantStaff, Notification, StateLog, User
from catalog import listing_reviews, listings, spot_checks, standing
from catalog.models import (
    Category,
    ListingReview,
    MerchantStanding,
    Picture,
    Product,
    SpotCheck,
    StandingEntry,
    WordRule,
)
from tests.factories import make_category, make_product, make_sku


@pytest.fixture
def songyan_staff(songyan):
    user = User.objects.create_user(email="songyan@example.com", password=None, is_staff=True)
    MerchantStaff.objects.create(merchant=songyan, user=user)
    return user


def draft_of(merchant, title="山雨 竹杯垫"):
    made = make_product(merchant, title=title, published=False, category=Category.objects.first() or make_category())
    make_sku(made)
    Picture.objects.create(product=made, status=Picture.Status.READY)
    return made


@pytest.fixture
def waiting(songyan, songyan_staff):
    """A new merchant's listing in the queue."""
    draft = draft_of(songyan)
    assert not listings.publish(draft, by=songyan_staff)
    return ListingReview.objects.get()


def told(user, kind):
    return Notification.objects.filter(user=user, kind=kind).count()


def test_a_trusted_merchant_publishes_directly(yuji, yuji_staff):
    assert listings.publish(draft_of(yuji), by=yuji_staff)
    assert not ListingReview.objects.exists()


def test_a_new_merchants_listing_is_read_first(waiting, songyan_staff):
    assert waiting.product.status == Product.Status.IN_REVIEW
    assert waiting.submitted_by == songyan_staff
    assert not listings.on_sale().exists()
    assert not listings.publish(waiting.product, by=songyan_staff)
    assert ListingReview.objects.count() == 1


def test_approval_puts_it_on_sale_once_and_tells_the_merchant(waiting, operator, songyan_staff):
    assert listing_reviews.approve(waiting, operator)
    assert listings.on_sale().get() == waiting.product
    assert not listing_reviews.approve(waiting, operator)
    assert told(songyan_staff, "listing_approved") == 1
    steps = StateLog.objects.filter(about=f"listing:{waiting.product_id}", user=operator)
    assert set(steps.values_list("to_state", flat=True)) == {"approved", "published"}


def test_a_return_names_reasons_and_leaves_a_draft(waiting, operator, songyan_staff):
    assert listing_reviews.return_to_merchant(waiting, operator, reasons=["pictures"], note="换图")
    waiting.product.refresh_from_db()
    assert waiting.product.status == Product.Status.DRAFT
    assert (waiting.reasons, waiting.note, waiting.decided_by) == (["pictures"], "换图", operator)
    assert Notification.objects.get(kind="listing_returned").user == songyan_staff
    with pytest.raises(TransitionNotAllowed):
        listing_reviews.approve(waiting, operator)
    assert not listings.on_sale().exists()


def test_what_was_approved_goes_on_sale_again_without_a_second_reading(waiting, operator, songyan_staff):
    listing_reviews.approve(waiting, operator)
    product = Product.objects.get()
    listings.take_down(product, by=songyan_staff)
    assert listings.publish(product, by=songyan_staff)
    listings.take_down(product, by=songyan_staff)
    Product.objects.update(title="改过的标题")
    product.refresh_from_db()
    assert not listings.publish(product, by=songyan_staff)
    assert product.status == Product.Status.IN_REVIEW


def test_the_rules_stop_an_approval_and_nothing_changes(waiting, operator):
    WordRule.objects.get_or_create(text="竹杯垫", defaults={"kind": "forbidden", "severity": "block"})
    with pytest.raises(listings.NotPublishable):
        listing_reviews.approve(waiting, operator)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.product.status) == ("submitted", "in_review")


def test_taking_down_ends_the_waiting(waiting, songyan_staff, operator):
    listings.take_down(waiting.product, by=songyan_staff)
    waiting.refresh_from_db()
    assert waiting.status == "withdrawn"
    with pytest.raises(TransitionNotAllowed):
        listing_reviews.approve(waiting, operator)


def test_new_words_of_a_listing_on_sale_wait_and_shoppers_see_the_old_ones(waiting, operator, songyan_staff):
    listing_reviews.approve(waiting, operator)
    product = Product.objects.get()
    assert listing_reviews.hold_edits(product, {"title": "新标题"}, songyan_staff) == ["title"]
    edit = ListingReview.objects.get(kind="edit")
    assert (Product.objects.get().title, edit.proposed) == ("山雨 竹杯垫", {"title": "新标题"})
    assert Product.objects.get().is_published
    assert listing_reviews.approve(edit, operator)
    assert Product.objects.get().title == "新标题"


def test_returned_words_are_never_shown(waiting, operator, songyan_staff):
    listing_reviews.approve(waiting, operator)
    product = Product.objects.get()
    listing_reviews.hold_edits(product, {"title": "新标题"}, songyan_staff)
    edit = ListingReview.objects.get(kind="edit")
    listing_reviews.return_to_merchant(edit, operator, reasons=["words"])
    assert (Product.objects.get().title, Product.objects.get().status) == ("山雨 竹杯垫", "published")


def test_a_merchant_is_new_until_five_listings_were_approved(songyan):
    assert standing.duty_of(songyan).code == "new"
    for _n in range(5):
        ListingReview.objects.create(product=draft_of(songyan), status="approved", submitted_at=timezone.now())
    assert standing.duty_of(songyan).code == "trusted"


def test_a_merchant_is_new_for_ninety_days_at_most(songyan):
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert standing.duty_of(songyan).code == "trusted"


@pytest.mark.parametrize(("points", "level"), [(10, "trusted"), (11, "watched"), (31, "restricted"), (61, "frozen")])
def test_the_level_follows_from_the_score(yuji, points, level):
    today = timezone.localdate()
    standing.deduct(yuji, points, reason="rules", source="t:1", until=today + timedelta(days=1))
    assert standing.duty_of(yuji).code == level


def test_a_deduction_counts_once_and_until_its_day(yuji, yuji_staff):
    today = timezone.localdate()
    assert standing.deduct(yuji, 12, reason="rules", source="t:1", until=today + timedelta(days=30))
    assert standing.deduct(yuji, 12, reason="rules", source="t:1", until=today + timedelta(days=30)) is None
    assert yuji.standing.score == 88
    assert told(yuji_staff, "standing_deducted") == 1
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        standing.recount()
    assert MerchantStanding.objects.get().score == 100


def test_the_ledger_refuses_change(yuji):
    from django.db import DatabaseError, transaction

    standing.deduct(yuji, 3, reason="rules", source="t:1", until=timezone.localdate())
    with pytest.raises(DatabaseError), transaction.atomic():
        StandingEntry.objects.update(points=0)
    assert StandingEntry.objects.get().points == -3


def test_an_objection_upheld_gives_the_points_back_once(yuji, yuji_staff, operator):
    entry = standing.deduct(yuji, 40, reason="rules", source="t:1", until=timezone.localdate() + timedelta(days=9))
    objection = standing.object_to(entry, "测量方法不同", yuji_staff)
    assert standing.uphold(objection, operator, reason="属实")
    assert not standing.uphold(objection, operator, reason="属实")
    assert MerchantStanding.objects.get().score == 100
    assert StandingEntry.objects.count() == 2
    with pytest.raises(TransitionNotAllowed):
        standing.dismiss(objection, operator, reason="x")


def test_a_frozen_merchant_puts_nothing_on_sale_but_staff_may(yuji, yuji_staff, operator):
    standing.deduct(yuji, 99, reason="rules", source="t:1", until=timezone.localdate() + timedelta(days=9))
    draft = draft_of(yuji)
    with pytest.raises(listings.NotPublishable):
        listings.publish(draft, by=yuji_staff)
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert listings.publish(draft, by=operator)


# --- spot checks -----------------------------------------------------------------------------------------------------


@pytest.fixture
def on_sale(yuji, songyan):
    tea = make_category("茶")
    return [make_product(merchant, category=tea) for merchant in (yuji, songyan) for _n in range(8)]


def test_a_sample_can_be_drawn_again_by_its_seed(on_sale, operator):
    drawn = spot_checks.draw("一月", size=5, by=operator, seed="s")
    ids = list(drawn.checks.order_by("position").values_list("product_id", flat=True))
    assert (len(ids), drawn.population) == (5, 16)
    assert spot_checks.sample(drawn) == ids
    again = spot_checks.draw("又", size=5, seed="s")
    assert list(again.checks.values_list("product_id", flat=True)) == ids
    other = spot_checks.draw("别", size=5, seed="t")
    assert list(other.checks.values_list("product_id", flat=True)) != ids


def test_a_sample_keeps_to_merchant_and_category_and_to_what_is_on_sale(on_sale, yuji):
    elsewhere = make_category("别处")
    make_product(yuji, category=elsewhere)
    make_product(yuji, category=on_sale[0].category, published=False)
    drawn = spot_checks.draw("屿集的茶", size=50, merchant=yuji, category=on_sale[0].category)
    assert {check.product for check in drawn.checks.all()} == set(on_sale[:8])


def test_a_failed_check_takes_points_and_the_listing_down(on_sale, yuji, yuji_staff, operator):
    check = spot_checks.draw("一月", size=1, merchant=yuji).checks.get()
    assert spot_checks.fail(check, operator, fault="quality", gravity="serious", note="釉裂", take_down=True)
    check.refresh_from_db()
    assert (check.status, check.fault, check.taken_down, check.checked_by) == ("failed", "quality", True, operator)
    assert (yuji.standing.score, check.product.status) == (88, "taken_down")
    assert told(yuji_staff, "listing_taken_down") == 1
    assert not spot_checks.fail(check, operator, fault="quality", gravity="serious", note="釉裂")
    assert StandingEntry.objects.count() == 1
    with pytest.raises(TransitionNotAllowed):
        spot_checks.pass_(check, operator)


def test_a_passed_check_changes_nothing_else(on_sale, yuji, operator):
    check = spot_checks.draw("一月", size=1, merchant=yuji).checks.get()
    assert spot_checks.pass_(check, operator, note="相符")
    assert SpotCheck.objects.get().status == "passed"
    assert not StandingEntry.objects.exists()
    assert Product.objects.get(pk=check.product_id).is_published


@pytest.mark.django_db(transaction=True)
def test_two_people_approve_and_it_happens_once(songyan, operator):
    review = listing_reviews.submit(draft_of(songyan))

    def approve(_n):
        try:
            return listing_reviews.approve(ListingReview.objects.get(pk=review.pk), operator)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(approve, range(2)))
    assert sorted(results) == [False, True]
    assert StateLog.objects.filter(to_state="published").count() == 1
