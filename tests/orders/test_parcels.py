"""Packing and shipping: what waits, what leaves, and what the order and the stock make of it."""

import pytest

from accounts.history import TransitionNotAllowed
from accounts.models import Notification
from catalog.models import Stock
from orders import lifecycle, parcels
from orders.models import Parcel, TrackingSubscription
from tests.fakes.shopping import pay_and_hear, ship_all, to_warehouse

pytestmark = pytest.mark.django_db

SF = "SF1234567890123"


@pytest.fixture
def order(alice, teapot, cup, place):
    """Two teapots of one merchant and one cup of another, paid and released."""
    return to_warehouse(place(alice, (teapot, 2), (cup, 1)))


@pytest.fixture
def parcel(order, yuji, operator):
    return parcels.pack(order, yuji, operator)


def test_what_waits_of_a_merchant_goes_into_one_parcel(order, yuji, songyan, operator):
    parcel = parcels.pack(order, yuji, operator)
    assert [(row.line.number, row.quantity) for row in parcel.lines.all()] == [(1, 2)]
    assert parcels.to_pack(order, yuji) == {}
    assert list(parcels.to_pack(order, songyan).values()) == [1]
    with pytest.raises(parcels.NothingToPack):
        parcels.pack(order, yuji, operator)


def test_nothing_is_packed_before_the_release(alice, teapot, place, yuji, operator):
    order = pay_and_hear(place(alice, (teapot, 1)))
    with pytest.raises(TransitionNotAllowed):
        parcels.pack(order, yuji, operator)
    assert not Parcel.objects.exists()


def test_a_line_may_travel_in_two_parcels(order, yuji, songyan, operator, teapot):
    line = order.lines.get(number=1)
    first = parcels.pack(order, yuji, operator, {line: 1})
    parcels.ship(first, "shunfeng", SF, operator)
    order.refresh_from_db()
    line.refresh_from_db()
    assert (order.status, line.shipped_quantity) == ("partially_shipped", 1)
    parcels.ship(parcels.pack(order, yuji, operator), "jd", "JDVA0123456789", operator)
    parcels.ship(parcels.pack(order, songyan, operator), "yunda", "4312345678901", operator)
    order.refresh_from_db()
    assert order.status == "shipped"
    stock = Stock.objects.get(sku=teapot)
    assert (stock.on_hand, stock.reserved) == (8, 0)


@pytest.mark.parametrize("wanted", [{}, {1: 3}, {1: -1}, {2: 1}])
def test_more_or_less_than_waits_is_not_packed(order, yuji, operator, wanted):
    lines = {order.lines.get(number=number): units for number, units in wanted.items()}
    with pytest.raises(parcels.NothingToPack):
        parcels.pack(order, yuji, operator, lines)
    assert not Parcel.objects.exists()


def test_shipping_tells_the_shopper_and_asks_the_carrier_to_follow(order, parcel, operator):
    parcels.ship(parcel, "shunfeng", " sf 1234-5678 90123 ", operator)
    assert (parcel.status, parcel.waybill) == ("shipped", SF)
    assert Notification.objects.filter(user=order.user, kind="order_shipped").count() == 1
    assert TrackingSubscription.objects.get().parcel == parcel


def test_shipping_twice_ships_once(parcel, operator, teapot):
    parcels.ship(parcel, "shunfeng", SF, operator)
    parcels.ship(parcel, "shunfeng", SF, operator)
    assert Stock.objects.get(sku=teapot).on_hand == 8
    assert parcel.lines.get().line.shipped_quantity == 2


@pytest.mark.parametrize(("carrier", "waybill"), [("shunfeng", "123"), ("moon", SF), ("jd", SF), ("shunfeng", "")])
def test_a_waybill_must_look_like_one_of_its_carrier(parcel, operator, teapot, carrier, waybill):
    with pytest.raises(parcels.BadWaybill):
        parcels.ship(parcel, carrier, waybill, operator)
    parcel.refresh_from_db()
    assert (parcel.status, Stock.objects.get(sku=teapot).on_hand) == ("packed", 10)


def test_a_waybill_carries_one_parcel(order, parcel, songyan, operator):
    parcels.ship(parcel, "shunfeng", SF, operator)
    other = parcels.pack(order, songyan, operator)
    with pytest.raises(parcels.WaybillTaken):
        parcels.ship(other, "shunfeng", SF, operator)
    other.refresh_from_db()
    assert other.status == "packed"


def test_an_unpacked_parcel_gives_its_units_back(order, parcel, yuji, operator):
    assert parcels.void(parcel, by=operator)
    assert not parcels.void(parcel, by=operator)
    assert list(parcels.to_pack(order, yuji).values()) == [2]
    with pytest.raises(TransitionNotAllowed):
        parcels.ship(parcel, "shunfeng", SF, operator)


def test_a_shipped_parcel_cannot_be_unpacked_and_its_order_not_cancelled(order, operator):
    parcel = ship_all(order, operator)[0]
    with pytest.raises(TransitionNotAllowed):
        parcels.void(parcel, by=operator)
    with pytest.raises(TransitionNotAllowed):
        lifecycle.cancel(order, by=operator)
    parcel.refresh_from_db()
    order.refresh_from_db()
    assert (parcel.status, order.status) == ("shipped", "shipped")


def test_a_return_travels_as_an_inbound_parcel(order, operator, yuji, teapot):
    ship_all(order, operator)
    line = order.lines.get(number=1)
    parcel = parcels.inbound_parcel(order, yuji, "shunfeng", "SF999999999999", {line: 1})
    assert (parcel.direction, parcel.status, parcel.subscription.parcel) == ("inbound", "shipped", parcel)
    line.refresh_from_db()
    assert (line.shipped_quantity, Stock.objects.get(sku=teapot).on_hand) == (2, 8)
