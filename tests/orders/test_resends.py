"""Lost, broken and missing goods are sent once more (补发): by the shopper's choice or by staff, at no cost, once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Notification, StateLog
from aftersales import eligibility
from aftersales import returns as requests_of
from catalog import stock
from catalog.models import Stock
from config import books
from orders import deadlines, lifecycle, lost_parcels, parcel_changes, parcel_watch, parcels, resends, tracking
from orders.carriers.base import Scan
from orders.models import Deadline, Parcel, Refund
from tests.fakes.shopping import ship_all, to_warehouse

pytestmark = pytest.mark.django_db
SF, JD = "SF1234567890123", "JDVA0123456789"


@pytest.fixture
def order(alice, teapot, place):
    return to_warehouse(place(alice, (teapot, 3)))


@pytest.fixture
def lost(order, operator):
    (box,) = ship_all(order, operator)
    parcel_watch.declare_lost(box, by=operator, reason="carrier says so")
    return fresh(box)


def fresh(box):
    return Parcel.objects.select_related("order").get(pk=box.pk)


def arrive(box):
    tracking.apply_events(box, [Scan(at=timezone.now(), code="301", status="delivered", context="签收")])
    return fresh(box)


def state(sku):
    row = Stock.objects.get(sku=sku)
    return row.on_hand, row.reserved


def broken():
    return [finding.name for finding in books.check() if finding.broken and finding.app in {"orders", "aftersales"}]


def test_a_lost_parcel_is_sent_again_packed_shipped_and_signed_for(order, lost, alice, operator, teapot):
    assert state(teapot) == (7, 0)
    again = resends.send_again(lost, by=operator, reason="lost by the carrier")
    assert (again.status, again.resend_of, state(teapot)) == ("created", lost, (7, 3))
    assert Notification.objects.filter(user=alice, kind="parcel_sent_again").count() == 1
    assert broken() == []
    parcels.packed_again(again, by=operator)
    parcels.ship(again, "jd", JD, operator)
    assert state(teapot) == (4, 0)
    arrive(again)
    order.refresh_from_db()
    line = order.lines.get()
    assert (order.status, line.shipped_quantity, line.signed_at is not None) == ("delivered", 3, True)
    assert not Refund.objects.exists()
    assert broken() == []


def test_nobody_is_asked_to_confirm_what_was_lost(client, order, alice, operator):
    (box,) = ship_all(order, operator)
    client.force_login(alice)
    confirms = f"/orders/{order.number}/receipt/"
    assert confirms in client.get(order.get_absolute_url()).content.decode()
    parcel_watch.declare_lost(box, by=operator, reason="carrier says so")
    assert confirms not in client.get(order.get_absolute_url()).content.decode()


def test_nothing_is_sent_again_twice(order, lost, operator, teapot):
    resends.send_again(lost, by=operator)
    with pytest.raises(resends.NothingToResend):
        resends.send_again(lost, by=operator)
    assert (Parcel.objects.count(), state(teapot)) == (2, (7, 3))


def test_too_few_left_sends_nothing_and_writes_nothing(order, lost, operator, teapot):
    Stock.objects.filter(sku=teapot).update(on_hand=2)
    with pytest.raises(stock.OutOfStock):
        resends.send_again(lost, by=operator)
    assert (Parcel.objects.count(), Deadline.objects.filter(kind=resends.SHIP).count()) == (1, 0)


def test_broken_units_of_a_signed_parcel_are_sent_again_within_a_week(order, operator):
    box = arrive(ship_all(order, operator)[0])
    line = order.lines.get()
    assert resends.sendable(box) == {line.pk: 3}
    assert resends.sendable(box, now=box.delivered_at + timedelta(days=7)) == {}
    again = resends.send_again(box, by=operator, wanted={line.pk: 1}, reason="one is broken")
    assert [row.quantity for row in again.lines.all()] == [1]
    assert resends.sendable(fresh(box)) == {line.pk: 2}
    with pytest.raises(resends.NothingToResend):
        resends.send_again(box, by=operator, wanted={line.pk: 3})


@pytest.mark.parametrize("status", ["packed", "shipped", "exception", "returned", "void"])
def test_a_parcel_that_may_still_come_is_not_sent_again(order, operator, status):
    (box,) = ship_all(order, operator)
    Parcel.objects.filter(pk=box.pk).update(status=status)
    assert resends.sendable(fresh(box)) == {}
    with pytest.raises(resends.NothingToResend):
        resends.send_again(box, by=operator)


def test_the_shopper_has_one_of_the_two_not_both(order, lost, alice, operator):
    line = order.lines.get()
    again = resends.send_again(lost, by=alice)
    assert eligibility.options(line).choice("not_received") is None
    parcels.void(again, by=operator, reason="cannot be had")
    assert eligibility.options(line).choice("not_received").most == 3
    requests_of.request(alice, line, 3, "not_received")
    assert resends.sendable(fresh(lost)) == {}


def test_units_of_a_lost_parcel_can_be_asked_for_though_the_rest_arrived(order, yuji, operator):
    line = order.lines.get()
    first = parcels.ship(parcels.pack(order, yuji, operator, {line: 1}), "shunfeng", SF, operator)
    second = parcels.ship(parcels.pack(order, yuji, operator), "jd", JD, operator)
    arrive(first)
    parcel_watch.declare_lost(fresh(second), by=operator, reason="lost")
    line.refresh_from_db()
    found = eligibility.options(line)
    assert (found.choice("not_received").most, found.choice("no_reason").most) == (2, 1)


def test_a_void_one_gives_its_units_back_to_the_stock(order, lost, operator, teapot):
    again = resends.send_again(lost, by=operator)
    parcels.void(again, by=operator, reason="found the first one")
    assert state(teapot) == (7, 0)
    assert broken() == []
    assert resends.send_again(fresh(lost), by=operator).number != again.number


def test_what_is_sent_again_is_neither_split_nor_merged(order, lost, operator):
    again = resends.send_again(lost, by=operator)
    parcels.packed_again(again, by=operator)
    with pytest.raises(lifecycle.TransitionNotAllowed):
        parcel_changes.split(again, {order.lines.get().pk: 1}, operator)
    with pytest.raises(lifecycle.TransitionNotAllowed):
        parcel_changes.merge(again, operator)
    assert [row.quantity for row in again.lines.all()] == [3]


def test_a_refused_one_comes_back_and_is_refunded(order, lost, operator, teapot):
    again = resends.send_again(lost, by=operator)
    parcels.ship(again, "jd", JD, operator)
    parcel_changes.check_in(fresh(again), operator)
    assert sum(refund.amount_fen for refund in Refund.objects.all()) == order.payable_fen
    assert state(teapot) == (7, 0)
    assert broken() == []


def test_after_two_days_staff_see_it_and_after_a_week_the_money_is_offered(order, lost, alice, operator, teapot):
    again = resends.send_again(lost, by=alice)
    with time_machine.travel(timezone.now() + timedelta(hours=49), tick=True):
        deadlines.fire_due()
    told = StateLog.objects.filter(entity="orders.parcel", entity_id=str(again.pk), reason="not sent again in time")
    assert (told.count(), fresh(again).status) == (1, "created")
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=True):
        deadlines.fire_due()
        deadlines.fire_due()
        assert (fresh(again).status, state(teapot)) == ("void", (7, 0))
        assert Notification.objects.filter(user=alice, kind="parcel_not_sent_again").count() == 1
        assert eligibility.options(order.lines.get()).choice("not_received").most == 3


def test_the_clock_does_not_confirm_what_is_lost_or_sent_again(order, lost, operator):
    with time_machine.travel(timezone.now() + timedelta(days=21), tick=True):
        deadlines.fire_due()
        order.refresh_from_db()
        assert order.status == "shipped"
        again = resends.send_again(fresh(lost), by=operator)
        arrive(parcels.ship(again, "jd", JD, operator))
    with time_machine.travel(timezone.now() + timedelta(days=32), tick=True):
        deadlines.fire_due()
    order.refresh_from_db()
    assert order.completed_at is not None


def test_the_page_offers_both_with_amounts_before_anybody_asks(client, alice, order, lost):
    offer = lost_parcels.offer_for(lost)
    assert (offer.fen, offer.in_stock, [units for _line, units in offer.lines]) == (order.payable_fen, True, [3])
    client.force_login(alice)
    page = client.get(order.get_absolute_url()).content.decode()
    address = f"{order.get_absolute_url()}parcels/{lost.pk}/again/"
    assert address in page
    assert f"{order.get_absolute_url()}lines/1/return/" in page or "return" in page
    client.post(address)
    assert lost.resends.get().status == "created"
    assert address not in client.get(order.get_absolute_url()).content.decode()


def test_without_stock_only_the_money_is_offered(client, alice, order, lost, teapot):
    Stock.objects.filter(sku=teapot).update(on_hand=0)
    client.force_login(alice)
    address = f"{order.get_absolute_url()}parcels/{lost.pk}/again/"
    assert address not in client.get(order.get_absolute_url()).content.decode()
    client.post(address)
    assert not Parcel.objects.exclude(resend_of=None).exists()


def test_nobody_sends_the_parcel_of_another_again(client, mallory, order, lost):
    client.force_login(mallory)
    assert client.post(f"{order.get_absolute_url()}parcels/{lost.pk}/again/").status_code == 404
    assert not Parcel.objects.exclude(resend_of=None).exists()


def test_staff_send_it_from_the_desk_with_a_reason(client, operator, order, lost):
    client.force_login(operator)
    desk = f"/admin/orders/order/{order.pk}/change/"
    address = f"/admin/orders/order/{order.pk}/again/{lost.pk}/"
    assert address in client.get(desk).content.decode()
    line = order.lines.get()
    client.post(address, {f"again-{lost.pk}-line-{line.pk}": 2})
    assert not lost.resends.exists()
    client.post(address, {f"again-{lost.pk}-line-{line.pk}": 2, f"again-{lost.pk}-reason": "lost"})
    again = lost.resends.get()
    assert [row.quantity for row in again.lines.all()] == [2]
    page = client.get(desk).content.decode()
    assert "packed-again" in page
    client.post(f"/admin/orders/order/{order.pk}/deeds/packed-again/", {"target": again.pk})
    assert fresh(again).status == "packed"
    queue = client.get("/admin/orders/order/?queue=to_send_again")
    assert order.number in queue.content.decode()


def test_staff_of_another_merchant_have_no_such_parcel(client, yuji_staff, alice, cup, place, operator):
    order = to_warehouse(place(alice, (cup, 1)))
    (lost,) = ship_all(order, operator)
    parcel_watch.declare_lost(lost, by=operator, reason="lost")
    client.force_login(yuji_staff)
    answer = client.post(f"/admin/orders/order/{order.pk}/again/{lost.pk}/", {})
    assert answer.status_code in {403, 404}
    assert not lost.resends.exists()


def test_the_headline_says_lost_until_the_shopper_has_chosen(client, alice, order, lost, operator):
    def page():
        return client.get(order.get_absolute_url()).context

    client.force_login(alice)
    said = page()["title"]
    again = resends.send_again(lost, by=operator, reason="lost by the carrier")
    assert page()["title"] != said
    parcels.packed_again(again, by=operator)
    assert page()["title"] != said


def test_each_of_several_parcels_says_what_is_in_it(client, alice, order, operator):
    client.force_login(alice)
    (box,) = ship_all(order, operator)
    inside = f"{order.lines.get().title_local} × 3"
    assert inside not in client.get(order.get_absolute_url()).content.decode()
    parcel_watch.declare_lost(box, by=operator, reason="carrier says so")
    resends.send_again(fresh(box), by=operator, reason="lost by the carrier")
    assert client.get(order.get_absolute_url()).content.decode().count(inside) == 2
