"""The books of orders find nothing wrong in a life well led, and find each thing that was broken on purpose."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Reservation
from config import books
from loyalty import points
from orders import lifecycle
from orders.models import Deadline, Order, OrderLine
from orders.order_books import ORDER_INVARIANTS
from tests.orders.test_lifecycle import deliver, pay, ship

pytestmark = pytest.mark.django_db


def broken():
    names = {name for name, _rule, _sql in ORDER_INVARIANTS}
    return {finding.name for finding in books.check() if finding.broken and finding.name in names}


@pytest.fixture
def order(alice, teapot, cup, place):
    points.grant(alice, "test:1", 5_000, "gift")
    return place(alice, (teapot, 1), (cup, 2), points=1_000)


def test_the_books_hold_after_every_step(alice, operator, cup, order, place):
    assert not broken()
    pay(order)
    assert not broken()
    lifecycle.release_to_warehouse(order)
    deliver(order, ship(order), at=timezone.now() - timedelta(days=20))
    assert not broken()
    lifecycle.confirm_received(order, by=alice)
    order.refresh_from_db()
    lifecycle.finish(order)
    assert not broken()
    unpaid = place(alice, (cup, 1), key="key-2")
    lifecycle.cancel(unpaid, by=alice)
    paid = place(alice, (cup, 1), key="key-3")
    pay(paid)
    lifecycle.cancel(paid, by=alice)
    assert not broken()


def test_the_books_notice_what_was_broken(order):
    Reservation.objects.update(quantity=0)
    assert "reservations of lines" in broken()
    OrderLine.objects.update(shipping_share_fen=1)
    assert "amounts of an order" in broken()
    Deadline.objects.all().delete()
    assert "unpaid orders have a timer" in broken()
    Order.objects.update(status="closed")
    assert {"state is the last of its history", "points held by orders"} <= broken()
    Order.objects.update(paid_at=timezone.now())
    assert "paid orders are paid" in broken()


def test_the_books_notice_a_move_outside_the_table(order):
    from accounts import history

    history.record(order, about=order.about, from_state="closed", to="paid")
    assert "moves of orders" in broken()
