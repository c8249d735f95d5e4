import pytest
from django.db import IntegrityError, connection, transaction

from catalog import stock, stock_bookings
from catalog.models import Reservation, Stock, StockMovement, Warehouse
from tests.factories import make_product, make_sku


@pytest.fixture
def teapot(yuji):
    return make_sku(make_product(yuji), on_hand=5)


def row(sku):
    return Stock.objects.get(sku=sku)


def test_reserved_units_are_no_longer_available(teapot):
    stock.reserve([stock.Wish(teapot.pk, 3, "order-line:1")])
    assert stock.available([teapot.pk]) == {teapot.pk: 2}


def test_more_than_there_is_cannot_be_reserved_and_nothing_changes(teapot):
    with pytest.raises(stock.OutOfStock) as refusal, transaction.atomic():
        stock.reserve([stock.Wish(teapot.pk, 6, "order-line:1")])
    assert refusal.value.short == {teapot.pk: 5}
    assert row(teapot).reserved == 0
    assert not Reservation.objects.exists()


def test_released_units_come_back_once(teapot):
    stock.reserve([stock.Wish(teapot.pk, 3, "order-line:1")])
    assert stock.release("order-line:1") == 3
    assert stock.release("order-line:1") == 0
    assert (row(teapot).on_hand, row(teapot).reserved) == (5, 0)


def test_shipped_units_leave_the_house_parcel_by_parcel(teapot):
    stock.reserve([stock.Wish(teapot.pk, 3, "order-line:1")])
    assert stock.ship("order-line:1", 1, part="parcel:1") == 1
    assert stock.ship("order-line:1", 1, part="parcel:1") == 0
    assert stock.ship("order-line:1", 2, part="parcel:2") == 2
    assert (row(teapot).on_hand, row(teapot).reserved) == (2, 0)


def test_a_source_brings_goods_back_once(teapot):
    assert stock_bookings.take_back(teapot.pk, 1, source="return:1")
    assert not stock_bookings.take_back(teapot.pk, 1, source="return:1")
    assert row(teapot).on_hand == 6


def test_a_stock_take_cannot_find_less_than_is_promised(teapot):
    stock.reserve([stock.Wish(teapot.pk, 3, "order-line:1")])
    with pytest.raises(stock.OutOfStock):
        stock_bookings.set_on_hand(teapot, 2, source="count:1")
    assert row(teapot).on_hand == 5
    assert stock_bookings.set_on_hand(teapot, 3, source="count:1")


def test_both_numbers_equal_the_ledger(teapot):
    stock.reserve([stock.Wish(teapot.pk, 4, "order-line:1")])
    stock.ship("order-line:1", 2, part="parcel:1")
    stock.release("order-line:1")
    stock_bookings.take_back(teapot.pk, 1, source="return:1")
    moves = StockMovement.objects.filter(stock__sku=teapot)
    assert row(teapot).on_hand == sum(move.on_hand_change for move in moves) == 4
    assert row(teapot).reserved == sum(move.reserved_change for move in moves) == 0


@pytest.mark.parametrize(
    "statement", ["UPDATE catalog_stockmovement SET reason = 'x'", "DELETE FROM catalog_stockmovement"]
)
def test_the_ledger_is_append_only(teapot, statement):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert StockMovement.objects.count() == 1


def test_several_wishes_are_served_from_the_default_place_first(teapot, yuji):
    cup = make_sku(make_product(yuji), on_hand=2)
    other = Warehouse.objects.create(merchant=yuji, name="二号仓")
    elsewhere = Stock.objects.create(sku=cup, warehouse=other, on_hand=9)
    wishes = [
        stock.Wish(cup.pk, 2, "order-line:1"),
        stock.Wish(cup.pk, 3, "order-line:2"),
        stock.Wish(teapot.pk, 1, "x"),
    ]
    stock.reserve(wishes)
    held = dict(Reservation.objects.values_list("source", "stock__warehouse__name"))
    assert held == {"order-line:1": "默认仓", "order-line:2": "二号仓", "x": "默认仓"}
    elsewhere.refresh_from_db()
    assert (elsewhere.on_hand, elsewhere.reserved) == (9, 3)
    assert stock.available([cup.pk, teapot.pk]) == {cup.pk: 6, teapot.pk: 4}


def test_one_wish_that_cannot_be_met_spoils_all(teapot, yuji):
    cup = make_sku(make_product(yuji), on_hand=2)
    with pytest.raises(stock.OutOfStock) as refusal, transaction.atomic():
        stock.reserve([stock.Wish(teapot.pk, 1, "order-line:1"), stock.Wish(cup.pk, 3, "order-line:2")])
    assert refusal.value.short == {cup.pk: 2}
    assert stock.available([cup.pk, teapot.pk]) == {cup.pk: 2, teapot.pk: 5}
    assert not Reservation.objects.exists()
    assert not StockMovement.objects.filter(kind=StockMovement.Kind.RESERVE).exists()
