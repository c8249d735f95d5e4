"""A success for an order that takes no money (any more): the money goes back by itself, and nothing else was written."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from accounts.history import TransitionNotAllowed
from catalog import shopper_events
from loyalty import points
from orders import deadlines, lifecycle, payments
from orders.models import Order
from tests.fakes.shopping import go_to_cashier, notice_for, pay, post_notice, states
from tests.loyalty.tickets import make_template

# What a payment that comes too late writes: itself, its notice, its refund with its timer, and their history.
OF_MONEY = {"orders_payment", "orders_paymentnotice", "orders_refund", "orders_deadline", "accounts_statelog"}


@pytest.fixture
def order(db, alice, teapot, place):
    """An order that also used points and a coupon, so that paying it would show in many places."""
    from loyalty import coupons

    points.grant(alice, "test", 5_000, "gift")
    coupons.claim(alice, make_template())
    return place(alice, (teapot, 1), points=1_000)


def shop():
    """Table → a digest of all its rows."""
    tables = sorted({model._meta.db_table for model in apps.get_models() if model._meta.managed})
    with connection.cursor() as cursor:
        digests = ", ".join(f"(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {name} t)" for name in tables)
        cursor.execute(f"SELECT {digests}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def changed(before):
    return {name for name, digest in shop().items() if digest != before[name]}


def timers(order):
    return list(deadlines.Deadline.objects.filter(entity="orders.order", entity_id=order.pk).order_by("pk").values())


def test_a_success_for_a_closed_order_writes_its_refund_and_nothing_else(order):
    payment = payments.start(order, "sandbox")
    go_to_cashier(payment)
    facts = notice_for(payment)
    lifecycle.cancel(order, by=order.user)
    before, clocks = shop(), timers(order)
    assert post_notice(facts).content == b"success"
    assert changed(before) == OF_MONEY
    assert timers(order) == clocks
    order.refresh_from_db()
    assert (order.status, order.paid_at) == ("closed", None)
    assert states(order) == ([("succeeded", False)], [("approved", payment.amount_fen)])


def test_a_second_success_of_a_paid_order_writes_its_refund_and_nothing_else(order):
    first = pay(order)
    payments.query(first)
    order.refresh_from_db()
    assert order.status == "paid"
    before, clocks = shop(), timers(order)
    assert post_notice(notice_for(first, reference="SB-again")).content == b"success"
    assert changed(before) == OF_MONEY
    assert timers(order) == clocks
    assert states(order) == ([("succeeded", True), ("succeeded", False)], [("approved", first.amount_fen)])


def test_an_error_on_the_way_takes_everything_back_and_the_next_notice_pays(order, monkeypatch):
    facts = notice_for(pay(order))
    before = shop()
    with monkeypatch.context() as broken:
        broken.setattr(shopper_events, "record", refuse)  # the last thing that paying does
        with pytest.raises(TransitionNotAllowed), transaction.atomic():
            post_notice(facts)
    assert changed(before) == set()
    assert post_notice(facts).content == b"success"
    order.refresh_from_db()
    assert order.status == "paid"
    assert states(order) == ([("succeeded", True)], [])


def refuse(user_id, *_rest):
    raise TransitionNotAllowed(Order.objects.get(user=user_id), to="paid")


def test_a_success_in_time_writes_in_many_places(order):
    """The other tests would see it."""
    facts = notice_for(pay(order))
    before = shop()
    post_notice(facts)
    assert changed(before) > {
        "orders_order", "orders_orderpart", "orders_deadline", "orders_payment", "loyalty_pointslot",
        "loyalty_pointsentry", "loyalty_couponentry", "accounts_notification", "catalog_product", "catalog_dealtprice",
    }  # fmt: skip
