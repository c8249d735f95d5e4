"""Promised dates: the calendar, the rows of an order, and what happens when a promise is broken."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import Notification
from loyalty import points
from orders import delivery_promise, late_parts, lifecycle, parcels
from orders.models import Deadline, Holiday, Order, OrderPart, ShippingTerms
from orders.working_days import after_hours
from tests.fakes.shopping import pay_and_hear, ship_all, to_warehouse

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")


def at(day, hour=0, month=9):
    return datetime(2026, month, day, hour, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "hours", "weekends", "due"),
    [
        (at(1, 10), 48, True, at(3, 10)),
        (at(4, 18), 24, False, at(7, 18)),  # Friday evening: 6 h, then Monday
        (at(5, 12), 1, False, at(7, 1)),  # Saturday: Monday begins it
        (at(30, 12), 24, True, at(8, 12, month=10)),  # the week of the National Day
        (at(1, 0), 24, True, at(2, 0)),
    ],
)
def test_the_clock_stands_still_on_days_off(start, hours, weekends, due):
    off = {date(2026, 10, day): False for day in range(1, 8)}
    assert after_hours(start, hours, off, weekends=weekends) == due


def test_a_weekend_may_be_worked():
    assert after_hours(at(4, 18), 24, {date(2026, 9, 5): True}, weekends=False) == at(5, 18)


@pytest.fixture
def order(alice, teapot, cup, place):
    return pay_and_hear(place(alice, (teapot, 1), (cup, 1)))


def part_of(order, merchant):
    return order.parts.get(merchant=merchant)


def test_each_merchant_promises_for_itself(alice, teapot, cup, place, yuji, songyan):
    ShippingTerms.objects.create(merchant=songyan, within_hours=24)
    delivery_promise.forget()
    order = pay_and_hear(place(alice, (teapot, 1), (cup, 1)))
    assert part_of(order, songyan).ship_by < part_of(order, yuji).ship_by
    assert (part_of(order, yuji).ship_by - order.paid_at).total_seconds() == 48 * 3600
    assert Deadline.objects.filter(entity="orders.orderpart").count() == 4


def test_a_missed_promise_is_told_once_and_paid_for_once(order, alice, yuji, songyan, operator):
    ShippingTerms.objects.create(merchant=yuji, late_gift="points", late_points=200)
    before = points.spendable(alice)
    for _time in range(2):
        late_parts.ship_by_missed(part_of(order, yuji))
    assert points.spendable(alice) == before + 200
    assert Notification.objects.filter(user=alice, kind="order_late_with_gift").count() == 1
    late_parts.ship_by_missed(part_of(order, songyan))
    assert Notification.objects.filter(user=alice, kind="order_late").count() == 1


def test_what_was_sent_in_time_is_not_late(order, alice, yuji, operator):
    lifecycle.release_to_warehouse(order)
    ship_all(order, operator)
    late_parts.ship_by_missed(part_of(order, yuji))
    assert not Notification.objects.filter(user=alice, kind="order_late").exists()
    assert part_of(order, yuji).late_at is None


def test_a_parcel_that_takes_longer_is_told(order, alice, yuji, operator):
    lifecycle.release_to_warehouse(order)
    ship_all(order, operator)
    for _time in range(2):
        late_parts.arrive_by_missed(part_of(order, yuji))
    assert Notification.objects.filter(user=alice, kind="parcel_arrives_late").count() == 1


def test_the_queue_of_late_orders_and_its_card(client, operator, order):
    client.force_login(operator)
    address = "/admin/orders/order/?queue=late"
    assert order.number not in client.get(address).content.decode()
    OrderPart.objects.filter(order=order).update(ship_by=timezone.now())
    assert order.number in client.get(address).content.decode()
    assert "queue=late" in client.get("/admin/").content.decode()


def test_the_shopper_waits_or_has_the_money_back(client, alice, order, yuji):
    late_parts.ship_by_missed(part_of(order, yuji))
    client.force_login(alice)
    page = client.get(order.get_absolute_url()).content.decode()
    address = f"/orders/{order.number}/parts/{part_of(order, yuji).pk}/waiting/"
    assert address in page
    assert f"/orders/{order.number}/cancellation/" in page
    type(order).objects.filter(pk=order.pk).update(status="processing")
    line = next(one for one in order.lines.all() if one.merchant_id == yuji.pk)
    asks = f"/service/returns/new/{order.number}/{line.number}/?reason=too_slow"
    assert asks in client.get(order.get_absolute_url()).content.decode()
    asked = client.get(asks).context["reason"]
    assert (asked.code, asked.kind) == ("too_slow", "cancel_paid")
    client.post(address)
    assert part_of(order, yuji).waits_until is not None
    assert address not in client.get(order.get_absolute_url()).content.decode()


def test_nobody_waits_for_somebody_elses_order(client, mallory, order, yuji):
    late_parts.ship_by_missed(part_of(order, yuji))
    client.force_login(mallory)
    assert client.post(f"/orders/{order.number}/parts/{part_of(order, yuji).pk}/waiting/").status_code == 404
    assert part_of(order, yuji).waits_until is None


def test_pages_say_by_when(client, alice, teapot, order, put_in_cart):
    client.force_login(alice)
    assert client.get(order.get_absolute_url()).status_code == 200
    Holiday.objects.create(day=timezone.localdate(), name="盘点日")
    delivery_promise.forget()
    put_in_cart(alice, teapot)
    assert client.get("/checkout/").status_code == 200


def test_packed_first_is_seen_in_the_queue(client, operator, alice, teapot, place):
    order = to_warehouse(place(alice, (teapot, 1)))
    Order.objects.filter(pk=order.pk).update(priority=True)
    parcels.pack(order, order.lines.get().merchant, operator)
    client.force_login(operator)
    assert "ops-pill--ok" in client.get("/admin/orders/parcel/shipping/").content.decode()
