"""Promotions in the shop: published, used by orders, counted, stopped, and given back."""

from datetime import time, timedelta

import pytest
from django.contrib.admin import site
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from config import books
from loyalty import coupons
from loyalty.models import Coupon
from orders import checkout_refusals, lifecycle, order_page, order_timers, promotions
from orders.admin.promotions import PromotionAdmin
from orders.books_promotions import PROMOTION_INVARIANTS
from orders.models import Adjustment, Deadline, Order, Promotion, PromotionUse, PromotionVersion
from orders.pricing import Choice

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_an_order_keeps_what_its_promotion_said(alice, teapot, place, promote):
    promotion = promote("spend_save", [(20_000, 4_000)])
    order = place(alice, (teapot, 1))
    line = order.lines.get()
    assert (order.payable_fen, line.d_threshold_fen, line.anchor_fen) == (22_800, 4_000, 22_800)
    step = order.adjustments.get(stage="THRESHOLD")
    assert (step.fen, step.source) == (4_000, promotion.current.source)
    Promotion.objects.filter(pk=promotion.pk).update(steps=[[20_000, 9_000]])
    promotions.publish(promotion)
    line.refresh_from_db()
    assert line.payable_fen == 22_800
    assert order.promotion_uses.get().version.number == 1


def test_a_published_version_cannot_be_changed(promote):
    version = promote("spend_save", [(20_000, 4_000)]).current
    with pytest.raises(DatabaseError), transaction.atomic():
        PromotionVersion.objects.filter(pk=version.pk).update(terms={})
    version.refresh_from_db()
    assert version.terms["steps"] == [[20_000, 4_000]]


@pytest.mark.django_db(transaction=True)
def test_a_promotion_that_ends_between_page_and_order_shows_the_new_total(alice, teapot, place, promote):
    promotion = promote("spend_save", [(20_000, 4_000)])
    promotions.stop(promotion)
    with pytest.raises(checkout_refusals.PriceChanged) as changed:
        place(alice, (teapot, 1), seen=22_800)
    assert changed.value.quote.payable_fen == 26_800
    assert not Order.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_flash_units_are_counted_and_come_back_when_the_order_closes(alice, bob, teapot, place, promote):
    flash = promote("flash", prices={str(teapot.pk): 9_900}, quota_units=1, excludes=["COUPON"])
    order = place(alice, (teapot, 2))
    assert order.lines.get().d_unit_fen == 16_900  # one at the price of the sale, one at its own
    flash.refresh_from_db()
    assert flash.used_units == 1
    lifecycle.cancel(order, by=alice)
    lifecycle.cancel(order, by=alice)
    flash.refresh_from_db()
    assert flash.used_units == 0


@pytest.mark.django_db(transaction=True)
def test_one_member_gets_no_more_than_their_share(alice, teapot, place, promote):
    promote("flash", prices={str(teapot.pk): 9_900}, units_a_member=1)
    place(alice, (teapot, 1))
    second = place(alice, (teapot, 1), key="key-2")
    assert second.lines.get().d_unit_fen == 0


@pytest.mark.django_db(transaction=True)
def test_a_coupon_is_held_used_and_set_free_with_its_order(alice, teapot, place, coupon_of):
    coupon = coupon_of(alice, 1_500, threshold_fen=19_900)
    order = place(alice, (teapot, 1))
    coupon.refresh_from_db()
    assert (order.payable_fen, coupon.status, coupon.locked_for) == (25_300, Coupon.Status.LOCKED, order.about)
    lifecycle.cancel(order, by=alice)
    coupon.refresh_from_db()
    assert coupon.status == Coupon.Status.AVAILABLE


@pytest.mark.django_db(transaction=True)
def test_a_chosen_coupon_that_died_is_named_and_nothing_is_ordered(alice, teapot, place, coupon_of):
    coupon = coupon_of(alice, 1_500)
    Coupon.objects.filter(pk=coupon.pk).update(valid_until=timezone.now() - timedelta(minutes=1))
    with pytest.raises(coupons.CouponUnusable) as refusal:
        place(alice, (teapot, 1), seen=26_800, choice=Choice(coupon=coupon.pk))
    assert refusal.value.coupon_ids == {coupon.pk}
    assert not Order.objects.exists()
    assert not Adjustment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_shopper_may_keep_the_coupon(alice, teapot, place, coupon_of):
    coupon = coupon_of(alice, 1_500)
    order = place(alice, (teapot, 1), seen=26_800, choice=Choice(coupon="none"))
    coupon.refresh_from_db()
    assert (order.payable_fen, coupon.status) == (26_800, Coupon.Status.AVAILABLE)


def test_a_stopped_promotion_stays_stopped_and_is_written_down_once(promote, manager):
    promotion = promote("spend_save", [(20_000, 4_000)])
    assert promotions.stop(promotion, manager) is True
    assert promotions.stop(promotion, manager) is False


@pytest.mark.django_db(transaction=True)
def test_the_order_page_names_each_discount(alice, teapot, place, promote, coupon_of):
    promote("spend_save", [(20_000, 4_000)])
    coupon_of(alice, 1_500)
    order = place(alice, (teapot, 1))
    named = order_page.discounts(order)
    assert [fen for _label, fen in named] == [4_000, 1_500]
    assert "冬季" in named[0][0]
    rows = order_page.summary(order)
    assert sum(fen for _label, fen, tone in rows if tone == "off") == -5_500


@pytest.mark.django_db(transaction=True)
def test_the_books_know_what_orders_use_of_promotions(alice, bob, teapot, place, promote):
    flash = promote("flash", prices={str(teapot.pk): 9_900}, quota_units=2)
    lifecycle.cancel(place(alice, (teapot, 1)), by=alice)
    order = place(bob, (teapot, 1), key="key-2")
    assert not _broken()
    Promotion.objects.filter(pk=flash.pk).update(used_units=2)
    assert _broken() == {"counters of promotions"}
    Promotion.objects.filter(pk=flash.pk).update(used_units=1)
    PromotionUse.objects.filter(order=order).update(fen=1)
    assert _broken() == {"uses are what orders say"}
    PromotionUse.objects.filter(order=order).delete()
    assert _broken() == {"counters of promotions", "orders name what they use"}


def _broken():
    names = {name for name, _rule, _sql in PROMOTION_INVARIANTS}
    return {finding.name for finding in books.check() if finding.broken and finding.name in names}


def test_a_draft_has_changed_only_when_it_says_something_else(promote):
    offer = promote("spend_save", [(20_000, 4_000)], weekdays=[2])
    listed = PromotionAdmin(Promotion, site)
    fresh = Promotion.objects.select_related("current")
    with translation.override("en"):
        assert "draft" not in listed.state(fresh.get())
        del (young := fresh.get()).current.terms["hours"]
        assert not promotions.is_changed(young)
        Promotion.objects.filter(pk=offer.pk).update(name="another", hours_from=time(10), hours_until=time(12))
        assert "the draft has changed" in listed.state(fresh.get())
        promotions.publish(fresh.get())
        assert "draft" not in listed.state(fresh.get())


@pytest.mark.parametrize(("who", "may"), [("manager", True), ("operator", False)])
def test_only_those_who_answer_for_the_margin_publish(request, rf, promote, who, may):
    promotion = promote("spend_save", [(20_000, 4_000)])
    asked = rf.get("/")
    asked.user = request.getfixturevalue(who)
    actions = site._registry[Promotion].get_actions(asked)
    assert ("publish" in actions, "stop" in actions) == (may, may)
    assert promotion.versions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_units_of_a_flash_sale_wait_ten_minutes_for_money(alice, teapot, cup, place, promote):
    promote("flash", prices={str(teapot.pk): 9_900}, quota_units=1)
    flash, plain = place(alice, (teapot, 1)), place(alice, (cup, 1), key="key-2")
    due = {order.pk: order.placed_at for order in (flash, plain)}
    rows = Deadline.objects.filter(kind=order_timers.UNPAID)
    waits = {row.entity_id: (row.run_after - due[row.entity_id]).total_seconds() / 60 for row in rows}
    assert waits == {flash.pk: 10, plain.pk: order_timers.UNPAID_MINUTES}
