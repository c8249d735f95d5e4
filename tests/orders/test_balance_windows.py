"""More time for the balances of a presale, for everybody; and points that pay a part of a balance."""

# ruff: noqa: F811

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import work
from accounts.models import Notification, StateLog
from loyalty import points
from loyalty.models import Member
from orders import balance_windows, deadlines, lifecycle, presale_balance, presale_terms, presales
from orders.models import Deadline, OrderPresale, PromotionVersion
from orders.order_timers import BALANCE_ENDS, BALANCE_LAST_REMINDER, BALANCE_OPENS, BALANCE_REMINDER
from tests.fakes.shopping import pay_and_hear, run_refunds
from tests.orders.test_presales import (  # noqa: F401 (fixtures)
    lamp,
    order_it,
    presale,
    shift,
    the_books_are_right,
)

pytestmark = pytest.mark.django_db(transaction=True)


def timers(order):
    rows = Deadline.objects.filter(entity="orders.order", entity_id=order.pk, cancelled_at=None, done_at=None)
    return {row.kind: row.run_after for row in rows if row.kind.startswith("order_balance")}


def extended(user):
    return Notification.objects.filter(user=user, kind="presale_extended").count()


@pytest.fixture
def bobs(bob, alices_address, order_it):
    return lambda: order_it(key="bob-1", user=bob)


def test_everybody_who_waits_gets_more_time_is_told_and_no_reminder_is_lost(
    alice, bob, operator, presale, order_it, bobs
):
    offer = presale()
    waiting = shift(pay_and_hear(order_it()), 1)
    before, paid = pay_and_hear(bobs()), order_it(key="unpaid")
    present = waiting.presale.balance_until + timedelta(
        days=1
    )  # the window of the promotion did not shift with the order
    until = present + timedelta(days=3)
    assert balance_windows.outlook(offer).orders == 3
    assert balance_windows.outlook(offer).deposits_fen == 15_000
    assert balance_windows.extend(offer, until, by=operator, reason="bank was down") == 3
    assert set(OrderPresale.objects.values_list("balance_until", flat=True)) == {until}
    assert timers(waiting) == {
        BALANCE_ENDS: until,
        BALANCE_REMINDER: until - timedelta(hours=24),
        BALANCE_LAST_REMINDER: until - timedelta(hours=2),
    }
    assert set(timers(before)) == {BALANCE_OPENS}
    assert timers(paid) == {}
    assert (extended(alice), extended(bob)) == (1, 1)  # who has not even paid the deposit is not troubled
    assert StateLog.objects.filter(about=waiting.about, reason="bank was down", user=operator).count() == 1
    the_books_are_right()


def test_a_timer_of_the_old_end_closes_nothing_and_the_new_one_does(alice, operator, presale, order_it):
    offer = presale()
    order = shift(pay_and_hear(order_it()), 1)
    present = balance_windows.end_of(offer)
    balance_windows.extend(offer, present + timedelta(days=2), by=operator, reason="x")
    order = shift(order, 3)  # beyond the old end
    assert order.status == "pending_balance"
    presales.remind(order)
    lifecycle.expire(order)  # an old timer that looked before the window moved
    order.refresh_from_db()
    assert (order.status, OrderPresale.objects.get().kept_fen) == ("pending_balance", 0)
    order = shift(order, 2)
    assert (order.status, order.close_reason, OrderPresale.objects.get().kept_fen) == ("closed", "balance", 5_000)
    the_books_are_right()


def test_later_orders_get_the_new_window_and_a_changed_draft_stays_a_draft(operator, lamp, presale, order_it):
    offer = presale()
    offer.name = "a draft nobody has published"
    offer.save()
    until = balance_windows.end_of(offer) + timedelta(days=1)
    assert balance_windows.extend(offer, until, by=operator, reason="x") == 0
    from orders.live_offers import snapshot

    snapshot.forget()
    version = PromotionVersion.objects.first()
    assert (version.number, version.terms["name"], version.published_by) == (2, "双旦预售", operator)
    assert presale_terms.of_sku(lamp.pk).balance_until == until
    assert order_it().presale.balance_until == until
    offer.refresh_from_db()
    assert offer.presale["balance_until"] == until.isoformat()


@pytest.mark.parametrize("days", [0, -1, 31])
def test_a_window_never_gets_shorter_nor_endless(alice, operator, presale, order_it, days):
    offer = presale()
    order = shift(pay_and_hear(order_it()), 1)
    before = timers(order), list(OrderPresale.objects.values())
    with pytest.raises(balance_windows.NotLater):
        balance_windows.extend(offer, balance_windows.end_of(offer) + timedelta(days=days), by=operator, reason="x")
    assert (timers(order), list(OrderPresale.objects.values())) == before
    assert (PromotionVersion.objects.count(), extended(alice)) == (1, 0)


def test_what_is_closed_stays_closed(alice, operator, presale, order_it):
    offer = presale()
    order = shift(shift(pay_and_hear(order_it()), 1), 2)
    assert order.status == "closed"
    until = balance_windows.end_of(offer) + timedelta(days=3)
    assert balance_windows.extend(offer, until, by=operator, reason="x") == 0
    order.refresh_from_db()
    assert (order.status, extended(alice)) == ("closed", 0)


def test_a_worker_that_held_the_old_timer_does_not_end_the_new_one(alice, operator, presale, order_it, monkeypatch):
    offer = presale()
    order = shift(pay_and_hear(order_it()), 1)
    until = balance_windows.end_of(offer) + timedelta(days=2)
    Deadline.objects.filter(kind=BALANCE_ENDS).update(run_after=timezone.now() - timedelta(seconds=1))

    def extend_meanwhile(held):
        balance_windows.extend(offer, until, by=operator, reason="x")

    monkeypatch.setitem(deadlines.HANDLERS, BALANCE_ENDS, extend_meanwhile)
    assert work.run_due(Deadline, rows=Deadline.objects.filter(kind=BALANCE_ENDS)) == 1
    assert timers(order)[BALANCE_ENDS] == until


def test_the_page_says_what_it_will_do_and_only_who_may_publish_does_it(
    client, alice, operator, manager, presale, order_it
):
    offer = presale()
    shift(pay_and_hear(order_it()), 1)
    until = timezone.localtime(balance_windows.end_of(offer) + timedelta(days=1))
    asked = {"action": "extend_balance", "_selected_action": [offer.pk], "index": 0}
    typed = asked | {"until_0": f"{until:%Y-%m-%d}", "until_1": f"{until:%H:%M}", "reason": "bank was down"}
    address = reverse("admin:orders_promotion_changelist")
    client.force_login(manager)
    page = client.post(address, asked)
    assert page.context["outlook"].orders == 1
    assert b"50.00" in page.content
    assert client.post(address, typed | {"until_0": "2020-01-01"}).context["form"].errors.keys() == {"until"}
    assert extended(alice) == 0
    assert client.post(address, typed).status_code == 302
    assert extended(alice) == 1


# --- points on the balance --------------------------------------------------------------------------------------------


@pytest.fixture
def rich(alice):
    points.grant(alice, "test:rich", 60_000, "test")
    return alice


def spent(user):
    return 60_000 - Member.objects.get(user=user).points


def test_points_pay_half_of_the_balance_at_most_and_come_back_with_the_goods(rich, presale, order_it):
    presale()
    order = shift(pay_and_hear(order_it()), 1)
    plain = presales.balance_quote(order)
    assert presale_balance.points_offered(order, plain) == 44_900  # of 89,900, in hundreds
    order = presales.settle(order, seen_fen=45_000, use_points=True)
    line = order.lines.get()
    assert (order.points_used, line.d_points_fen, order.due_fen) == (44_900, 44_900, 45_000)
    assert points.spendable(rich) == 15_100
    the_books_are_right()
    order = pay_and_hear(order)
    assert (order.status, spent(rich)) == ("paid", 44_900)
    the_books_are_right()
    lifecycle.cancel(order, by=rich)
    run_refunds()
    assert points.spendable(rich) == 60_000
    the_books_are_right()


def test_points_are_free_again_when_the_balance_does_not_come(rich, presale, order_it):
    presale()
    order = shift(pay_and_hear(order_it()), 1)
    presales.settle(order, seen_fen=45_000, use_points=True)
    order = shift(order, 2)
    assert (order.close_reason, points.spendable(rich)) == ("balance", 60_000)
    the_books_are_right()


def test_points_are_free_again_when_the_shop_fails(rich, operator, presale, order_it):
    presale()
    order = shift(pay_and_hear(order_it()), 1)
    order = presales.settle(order, seen_fen=45_000, use_points=True)
    lifecycle.cancel(order, by=operator, reason="the kiln broke")
    assert points.spendable(rich) == 60_000
    the_books_are_right()


def test_a_presale_without_points_takes_none(rich, presale, order_it):
    presale(excludes=["POINTS"])
    order = shift(pay_and_hear(order_it()), 1)
    assert presale_balance.points_offered(order, presales.balance_quote(order)) == 0
    with pytest.raises(presales.BalanceChanged):
        presales.settle(order, seen_fen=45_000, use_points=True)
    order.refresh_from_db()
    assert (order.points_used, order.due_fen) == (0, 89_900)


def test_points_and_coupon_together_on_the_page(client, rich, presale, order_it, coupon_of):
    presale()
    coupon_of(rich, 5_000, threshold_fen=80_000)
    order = shift(pay_and_hear(order_it()), 1)
    client.force_login(rich)
    address = reverse("order_balance", args=[order.number])
    page = client.post(address, {"go": "update", "use_points": "1", "coupon": "auto", "red_packet": "auto"})
    # Half of what the coupon leaves: 84,900 → 42,400.
    assert (page.context["page"].points_offered, page.context["balance_fen"]) == (42_400, 42_500)
    assert b'name="use_points" value="1" data-submit checked' in page.content
    said = {"go": "pay", "use_points": "1", "coupon": "auto", "red_packet": "auto", "seen": 42_500}
    assert client.post(address, said).status_code == 302
    order.refresh_from_db()
    assert (order.points_used, order.due_fen) == (42_400, 42_500)
    the_books_are_right()
