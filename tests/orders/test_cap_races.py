"""What one shopper may hold unpaid is counted with real threads: from many tabs at once it is not one unit more.

The negative control counts before it waits and not again, in the same harness, which must catch it holding too much.
"""

import threading

import pytest
from django.db.models import Sum

from orders import checkout_refusals
from orders.models import Order, OrderLine
from tests.factories import make_product, make_sku
from tests.orders.test_races import place, shop, shoppers, storm, tier  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db(transaction=True)

TABS, EACH = 8, 6
FITTING = checkout_refusals.MOST_UNITS_HELD // EACH


@pytest.fixture
def sku(shop):  # noqa: F811
    return make_sku(make_product(shop), on_hand=TABS * EACH)


def units_held():
    return OrderLine.objects.aggregate(units=Sum("quantity"))["units"]


def test_tabs_that_order_at_once_hold_no_more_of_one_sku_than_one_may(sku):
    (alice,) = shoppers(1)
    after = storm(TABS, lambda n: place(alice, (sku, EACH), key=f"tab-{n}"))
    assert len(after.results) == Order.objects.count() == FITTING
    assert {type(error) for error in after.errors} == {checkout_refusals.TooManyUnpaid}
    assert {error.sku_id for error in after.errors} == {sku.pk}
    assert units_held() == FITTING * EACH <= checkout_refusals.MOST_UNITS_HELD


@pytest.fixture
def careless(monkeypatch):
    """Negative control: every tab counts once, and waits until all have counted before it orders."""
    looked, mine, count = threading.Barrier(TABS), threading.local(), checkout_refusals.refuse_hoarding

    def once(held, lines, skus):
        if not hasattr(mine, "looked"):
            mine.looked = True
            count(held, lines, skus)
            looked.wait(timeout=60)  # everybody has looked before anybody orders

    monkeypatch.setattr(checkout_refusals, "refuse_hoarding", once)


def test_the_harness_catches_a_careless_count(sku, careless):
    (alice,) = shoppers(1)
    after = storm(TABS, lambda n: place(alice, (sku, EACH), key=f"tab-{n}"))
    assert (len(after.results), after.errors) == (TABS, [])
    assert units_held() == TABS * EACH > checkout_refusals.MOST_UNITS_HELD


def test_tabs_that_order_at_once_leave_no_more_unpaid_orders_than_one_may(sku):
    (alice,) = shoppers(1)
    after = storm(TABS, lambda n: place(alice, (sku, 1), key=f"tab-{n}"))
    assert len(after.results) == Order.objects.count() == checkout_refusals.MOST_UNPAID_ORDERS < TABS
    assert {type(error) for error in after.errors} == {checkout_refusals.TooManyUnpaid}
    assert {error.orders for error in after.errors} == {checkout_refusals.MOST_UNPAID_ORDERS}
    assert units_held() == checkout_refusals.MOST_UNPAID_ORDERS


def test_the_harness_catches_a_careless_count_of_unpaid_orders(sku, careless):
    (alice,) = shoppers(1)
    after = storm(TABS, lambda n: place(alice, (sku, 1), key=f"tab-{n}"))
    assert (len(after.results), after.errors) == (TABS, [])
    assert Order.objects.count() == TABS > checkout_refusals.MOST_UNPAID_ORDERS
