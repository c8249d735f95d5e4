"""One order of locks in everything that happens to an order: order, payment, refund, coupons, points lots, flash pools, stock.

Two that wait for each other is what a storm finds by luck; here every row lock of the real flows is looked at.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from aftersales import returns
from catalog.models import Stock
from loyalty import coupons, points
from loyalty.models import Coupon
from orders import lifecycle, parcels, payments, presales, tracking
from orders.carriers.base import Scan, meaning_of
from orders.models import Order, Parcel, Payment
from tests.factories import make_product, make_sku
from tests.fakes.locks import watched
from tests.fakes.shopping import go_to_cashier, pay, pay_and_hear, run_refunds, ship_all, to_warehouse
from tests.orders.test_presales import lamp, order_it, presale, shift  # noqa: F401 (fixtures)

# ruff: noqa: F811
pytestmark = pytest.mark.django_db(transaction=True)

MONEY = {"orders_order", "orders_payment"}


@pytest.fixture
def goods(yuji, songyan):
    """Three SKUs of two merchants, the one with the highest id first."""
    skus = [make_sku(make_product(merchant), price_fen=9_900, on_hand=20) for merchant in (yuji, songyan, yuji)]
    return skus[::-1]


@pytest.fixture
def rich(alice, coupon_of):
    """Alice with a coupon, a red packet and points in three lots, the oldest lot expiring last."""
    coupon_of(alice, 1_000, kind="red_packet")
    coupon_of(alice, 2_000)
    for number in (3, 2, 1):
        ends = timezone.now() + timedelta(days=number * 30)
        points.grant(alice, f"test:{number}", 500, "test", expires_at=ends)
    return alice


@pytest.fixture
def full(rich, goods, place):
    """``full()``: an order of three lines with coupon, red packet and points."""
    return lambda key="key-1": place(rich, *[(sku, 2) for sku in goods], key=key, points=1_200)


def scan(parcel, code):
    at = timezone.now()
    tracking.apply_events(parcel, [Scan(at=at, code=code, status=meaning_of(code), context=code, city="杭州市")])


def in_order(locks, *expected):
    assert locks.faults() == []
    assert set(expected) <= locks.tables  # what is not seen proves nothing


def test_placing_an_order(full):
    with watched() as locks:
        order = full()
    assert (order.points_used, len(order.promotion_uses.all())) == (1_200, 0)
    assert Coupon.objects.filter(status="locked").count() == 2
    in_order(locks, "loyalty_coupon", "loyalty_pointslot", "catalog_stock")


def test_paying_it(full):
    payment = pay(full())
    with watched() as locks:
        payments.query(payment)
    in_order(locks, *MONEY, "loyalty_coupon", "loyalty_pointslot")


@pytest.mark.parametrize("how", ["cancel", "expire"])
def test_giving_it_up_unpaid(full, rich, how):
    order = full()
    payments.start(order, "sandbox")
    with watched() as locks:
        lifecycle.cancel(order, by=rich) if how == "cancel" else lifecycle.expire(order)
    order.refresh_from_db()
    assert order.status == "closed"
    in_order(locks, *MONEY, "loyalty_coupon", "loyalty_pointslot", "catalog_stock")


def test_cancelling_it_paid_and_the_money_going_back(full, rich):
    order = pay_and_hear(full())
    with watched() as locks:
        lifecycle.cancel(order, by=rich)
    in_order(locks, *MONEY, "loyalty_coupon", "catalog_stock")
    with watched() as locks:
        run_refunds()
    assert order.refunds.get().status == "succeeded"
    in_order(locks, "orders_order", "orders_refund", "loyalty_pointslot")


def test_money_that_comes_too_late(full, rich):
    order = full()
    payment = payments.start(order, "sandbox")
    trade = go_to_cashier(payment)
    lifecycle.cancel(order, by=rich)
    trade.status, trade.paid_at = "paid", timezone.now()
    trade.save()
    with watched() as locks:
        payments.query(Payment.objects.get(pk=payment.pk))
    assert order.refunds.get().reason == "unapplied"
    in_order(locks, *MONEY)
    with watched() as locks:
        run_refunds()
    in_order(locks, "orders_order", "orders_refund")


def test_packing_sending_and_signing(full, operator):
    order = pay_and_hear(full())
    with watched() as locks:
        lifecycle.release_to_warehouse(order, by=operator)
        ship_all(order, operator)
        for parcel in Parcel.objects.order_by("pk"):
            scan(parcel, "301")
        order.refresh_from_db()
        lifecycle.confirm_received(order, by=order.user)
    in_order(locks, "orders_order", "catalog_stock")


def test_a_parcel_that_is_unpacked(full, operator):
    order = to_warehouse(full())
    parcel = parcels.pack(order, order.lines.first().merchant, operator)
    with watched() as locks:
        parcels.void(parcel, by=operator)
    in_order(locks)


def test_goods_coming_back(full, rich, operator):
    order = to_warehouse(full())
    ship_all(order, operator)
    for parcel in Parcel.objects.order_by("pk"):
        scan(parcel, "301")
    line = order.lines.select_related("order").first()
    with watched() as locks:
        asked = returns.request(rich, line, 2, "no_reason")
        returns.approve(asked, by=operator)
        returns.ship_back(asked, by=rich, carrier="shunfeng", waybill="SF1234567890123")
        returns.check_in(asked, by=operator)
        returns.inspect(asked, by=operator, accepted={line.pk: 2})
    in_order(locks, *MONEY, "catalog_stock")
    with watched() as locks:
        run_refunds()
    in_order(locks, "orders_order", "orders_refund", "loyalty_pointslot")


def test_units_of_a_flash_sale(alice, goods, promote, place):
    for sku in goods[:2]:
        promote("flash", prices={str(sku.pk): 5_000}, pool_units={str(sku.pk): 5}, name="秒杀")
    with watched() as locks:
        order = place(alice, *[(sku, 1) for sku in goods])
    in_order(locks, "orders_flashpool", "catalog_stock")
    with watched() as locks:
        lifecycle.cancel(order, by=alice)
    in_order(locks, "orders_order", "orders_flashpool", "catalog_stock")


@pytest.mark.parametrize("end", ["paid", "kept", "failed"])
def test_a_presale(rich, operator, presale, order_it, end):
    presale()
    order = shift(pay_and_hear(order_it()), 1)
    seen = presales.balance_quote(order, None, 0).payable_fen
    with watched() as locks:
        order = presales.settle(order, seen_fen=seen - 1_500, use_points=True)
        if end == "paid":
            order = pay_and_hear(order)
        elif end == "failed":
            lifecycle.cancel(order, by=operator, reason="x")
    order.refresh_from_db()
    in_order(locks, "orders_order", "loyalty_coupon", "loyalty_pointslot")
    with watched() as locks:
        shift(order, 2)
    assert Order.objects.get().status == ("processing" if end == "paid" else "closed")
    in_order(locks, *(["catalog_stock"] if end == "kept" else []))


# --- the negative controls: each of these must be caught ---------------------------------------------------------------


def caught(work):
    with watched() as locks, transaction.atomic():
        work()
    return bool(locks.faults())


def test_a_wrong_order_is_caught(full, rich):
    order = full()
    first, second = Coupon.objects.order_by("pk")
    places = Stock.objects.order_by("sku_id")

    def lock(rows):
        return lambda: list(rows.select_for_update())

    def stock_first():
        list(places.select_for_update())
        Order.objects.filter(pk=order.pk).update(note="x")

    def coupons_backwards():
        for coupon in (second, first):
            Coupon.objects.filter(pk=coupon.pk).update(locked_for="x")

    def inside_a_savepoint():
        list(Coupon.objects.select_for_update().filter(pk=second.pk))
        with transaction.atomic():
            Order.objects.select_for_update().get(pk=order.pk)

    assert caught(stock_first)
    assert caught(coupons_backwards)
    assert caught(inside_a_savepoint)
    assert caught(lambda: places.model.objects.update(presale=0))
    assert caught(lock(Stock.objects.order_by()))
    assert caught(lock(Stock.objects.order_by("-on_hand")))
    assert not caught(lock(places))
    assert not caught(lambda: [Order.objects.select_for_update().get(pk=order.pk), *places.select_for_update()])


def test_a_shop_that_gives_units_back_before_coupons_is_caught(full, rich, monkeypatch):
    real = coupons.release

    def late(about, **more):
        lifecycle.release_stock(Order.objects.get())
        return real(about, **more)

    monkeypatch.setattr(coupons, "release", late)
    order = full()
    with watched() as locks:
        lifecycle.cancel(order, by=rich)
    assert locks.faults()
