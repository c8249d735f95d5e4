"""Many shoppers, goods that come in and orders that are given up, all at once: a pre-sale is never sold beyond its quantity.

The negative control sells ahead by looking first; the same storm must catch it.
"""

import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from catalog import presale, stock, stock_bookings
from catalog.models import Reservation, Stock
from orders.models import Order
from tests.factories import make_product, make_sku
from tests.orders.test_races import place, shop, shoppers, storm, tier  # noqa: F401 - shop and tier are fixtures

pytestmark = pytest.mark.django_db(transaction=True)


def to_come(merchant, units, here=0):
    sku = make_sku(make_product(merchant), on_hand=here)
    presale.offer(sku, units, timezone.localdate() + timedelta(days=9))
    return sku


def test_forty_shoppers_at_once_buy_the_three_that_are_here_and_the_seven_that_come(shop):  # noqa: F811
    sku = to_come(shop, 7, here=3)
    people = shoppers(40)
    after = storm(40, lambda n: place(people[n], (sku, 1), key=f"shopper-{n}"))
    assert {type(error) for error in after.errors} == {stock.OutOfStock}
    assert len(after.results) == Order.objects.count() == 10
    row = Stock.objects.get(sku=sku)
    assert (row.reserved, row.waiting, row.presale) == (3, 7, 0)
    assert Reservation.objects.filter(presale_on__isnull=False).aggregate(n=Sum("quantity"))["n"] == 7


def test_the_storm_catches_a_presale_that_looks_before_it_sells(shop, monkeypatch):  # noqa: F811
    pause = threading.Barrier(20)

    def careless(wishes):
        for wish in wishes:
            row = Stock.objects.get(sku_id=wish.sku_id)
            try:
                pause.wait(timeout=2)
            except threading.BrokenBarrierError:
                pass
            if row.presale < wish.quantity:
                raise stock.OutOfStock({wish.sku_id: 0})
            left = {"presale": row.presale - wish.quantity, "waiting": row.waiting + wish.quantity}
            Stock.objects.filter(pk=row.pk).update(**left)

    monkeypatch.setattr(stock, "reserve", careless)
    sku = to_come(shop, 5)
    people = shoppers(20)
    after = storm(20, lambda n: place(people[n], (sku, 1), key=f"shopper-{n}"))
    assert len(after.results) > 5


def test_buying_giving_up_and_arriving_at_once_neither_deadlocks_nor_loses_a_unit(shop):  # noqa: F811
    sku = to_come(shop, 24, here=4)
    for n in range(16):
        stock.reserve([stock.Wish(sku.pk, 1 + n % 2, f"early:{n}")])

    def work(n):
        if n % 4 == 0:
            return stock_bookings.receive(sku, 2, source=f"delivery:{n}")
        if n % 4 == 1:
            return presale.serve()
        if n % 4 == 2:
            return stock.release(f"early:{n % 16}")
        return _try_to_reserve(sku, f"late:{n}")

    after = storm(24, work)
    assert not after.errors
    presale.serve()
    row = Stock.objects.get(sku=sku)
    held = Reservation.objects.filter(stock=row)
    waiting = held.filter(presale_on__isnull=False).aggregate(n=Sum("quantity"))["n"] or 0
    reserved = held.filter(presale_on=None).aggregate(n=Sum("quantity"))["n"] or 0
    assert (row.waiting, row.reserved, row.on_hand) == (waiting, reserved, 4 + 12)
    assert not Stock.objects.filter(on_hand__lt=F("reserved")).exists()
    assert row.on_hand + 24 - 12 >= row.reserved + row.waiting + row.presale, "more is promised than is here or to come"


def _try_to_reserve(sku, source):
    try:
        with transaction.atomic():
            stock.reserve([stock.Wish(sku.pk, 1, source)])
    except stock.OutOfStock:
        return False
    return True
