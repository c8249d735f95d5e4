"""Real threads on real connections: nothing is sold twice, nothing deadlocks, one key makes one order.

The negative control runs a careless reservation through the same harness, which must catch it overselling.
"""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from django.db import connection

from accounts.models import Merchant, User
from catalog import stock
from catalog.models import Reservation, Stock
from orders import checkout, checkout_refusals, lifecycle
from orders.models import CartLine, Order
from tests.factories import make_product, make_sku

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = SimpleNamespace(
    receiver="林小满",
    phone="+8613800000001",
    detail="文三路 478 号",
    region_code="330106",
    province="浙江省",
    city="杭州市",
    district="西湖区",
)


@dataclass
class Storm:
    """What came of running ``work(index)`` in ``count`` threads that start together."""

    results: list
    errors: list


def storm(count, work):
    gate = threading.Barrier(count)

    def run(index):
        connection.ensure_connection()
        gate.wait(timeout=60)
        try:
            return work(index), None
        except Exception as error:
            return None, error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        outcomes = list(pool.map(run, range(count)))
    return Storm([r for r, e in outcomes if e is None], [e for _r, e in outcomes if e is not None])


@pytest.fixture
def tier(db):
    from loyalty.models import Tier

    Tier.objects.get_or_create(rank=0, defaults={"code": "normal", "name": "普通", "name_en": "Normal", "threshold": 0})


@pytest.fixture
def shop(tier):
    return Merchant.objects.create(slug="yuji", name="屿集自营")


def shoppers(count):
    return User.objects.bulk_create(User(email=f"shopper{n}@example.com") for n in range(count))


def place(user, *wishes, key, price=26_800):
    lines = [CartLine(sku=sku, quantity=quantity) for sku, quantity in wishes]
    seen = sum(price * quantity for _sku, quantity in wishes)
    return checkout.place_order(user, cart_lines=lines, address=ADDRESS, key=key, seen_payable_fen=seen)


def test_fifty_shoppers_at_once_buy_exactly_the_ten_units_there_are(shop):
    sku = make_sku(make_product(shop), on_hand=10)
    people = shoppers(50)
    after = storm(50, lambda n: place(people[n], (sku, 1), key=f"shopper-{n}"))
    assert len(after.results) == Order.objects.count() == 10
    assert {type(error) for error in after.errors} == {stock.OutOfStock}
    row = Stock.objects.get(sku=sku)
    assert (row.on_hand, row.reserved) == (10, 10)
    assert sum(Reservation.objects.values_list("quantity", flat=True)) == 10


def test_the_harness_catches_a_careless_reservation(shop, monkeypatch):
    """Negative control: look first, then write what was computed. The same storm must oversell."""
    pause = threading.Barrier(25)

    def careless(wishes):
        for wish in wishes:
            row = Stock.objects.get(sku_id=wish.sku_id)
            try:
                pause.wait(timeout=2)
            except threading.BrokenBarrierError:
                pass
            if row.on_hand < row.reserved + wish.quantity:
                raise stock.OutOfStock({wish.sku_id: 0})
            Stock.objects.filter(pk=row.pk).update(reserved=row.reserved + wish.quantity)

    monkeypatch.setattr(stock, "reserve", careless)
    sku = make_sku(make_product(shop), on_hand=10)
    people = shoppers(25)
    after = storm(25, lambda n: place(people[n], (sku, 1), key=f"shopper-{n}"))
    assert len(after.results) > 10


def test_carts_in_any_order_do_not_deadlock(shop):
    skus = [make_sku(make_product(shop), on_hand=1_000) for _ in range(6)]
    people = shoppers(160)

    def buy_ten(thread):
        dice = random.Random(thread)
        for turn in range(10):
            chosen = dice.sample(skus, 3)
            person = people[thread * 10 + turn]
            place(person, *[(sku, 1) for sku in chosen], key=f"{thread}-{turn}")

    after = storm(16, buy_ten)
    assert not after.errors
    assert Order.objects.count() == 160
    assert sum(Stock.objects.values_list("reserved", flat=True)) == 480


def test_one_key_sent_twelve_times_at_once_makes_one_order(shop):
    sku = make_sku(make_product(shop), on_hand=100)
    (alice,) = shoppers(1)
    after = storm(12, lambda n: place(alice, (sku, 2), key="the-one-key").number)
    assert not after.errors
    assert len(after.results) == 12
    assert len(set(after.results)) == Order.objects.count() == 1
    assert Stock.objects.get().reserved == 2


def test_twenty_tabs_of_one_shopper_hold_five_unpaid_orders(shop):
    sku = make_sku(make_product(shop), on_hand=100)
    (alice,) = shoppers(1)
    after = storm(20, lambda n: place(alice, (sku, 1), key=f"tab-{n}"))
    assert len(after.results) == Order.objects.count() == 5
    assert {type(error) for error in after.errors} == {checkout_refusals.TooManyUnpaid}


def test_a_line_in_the_cart_is_bought_once_from_two_windows(shop):
    from orders.models import Cart

    sku = make_sku(make_product(shop), on_hand=100)
    (alice,) = shoppers(1)
    line = Cart.objects.create(user=alice).lines.create(sku=sku, quantity=2, price_when_added_fen=26_800)
    order = {"cart_lines": [line], "address": ADDRESS, "seen_payable_fen": 53_600}
    after = storm(6, lambda n: checkout.place_order(alice, key=f"window-{n}", **order))
    assert len(after.results) == Order.objects.count() == 1
    assert {type(error) for error in after.errors} == {checkout_refusals.NothingToOrder}


def test_expiry_from_many_workers_releases_once(shop):
    sku = make_sku(make_product(shop), on_hand=10)
    (alice,) = shoppers(1)
    order = place(alice, (sku, 4), key="one")
    after = storm(8, lambda n: lifecycle.expire(Order.objects.get(pk=order.pk)))
    assert not after.errors
    assert Stock.objects.get().reserved == 0
    assert stock.available([sku.pk]) == {sku.pk: 10}
