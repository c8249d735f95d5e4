"""Flash sales with a stock of their own: out of normal stock, sold to the last unit and not one more, and back again."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

from catalog import stock, stock_bookings
from catalog.models import Stock
from config import books
from orders import checkout_refusals, deadlines, flash_sales, lifecycle, promotions
from orders.admin.promotion_form import PromotionForm
from orders.admin.promotion_text import read_prices
from orders.live_offers import snapshot
from orders.models import Deadline, FlashPool, FlashTaking, Order, Promotion, PromotionMember
from tests.factories import make_product, make_sku
from tests.fakes.shopping import pay_and_hear
from tests.orders.test_races import place as place_for
from tests.orders.test_races import shop, shoppers, storm, tier  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db(transaction=True)

STOCK_BOOKS = {"stock-equals-movements", "reserved-equals-reservations"}


@pytest.fixture
def flash(promote, teapot):
    """``flash(units, …)``: teapots at ¥99.00 out of a stock of their own; the shop has ten of them in all."""

    def begin(units, **fields):
        return promote(
            "flash", prices={str(teapot.pk): 9_900}, pool_units={str(teapot.pk): units}, name="秒杀", **fields
        )

    return begin


def shelves(sku):
    place = Stock.objects.get(sku=sku)
    return place.on_hand, place.reserved, place.pooled


def the_books_are_right():
    mine = [finding for finding in books.check() if finding.app in {"orders", "loyalty"} or finding.name in STOCK_BOOKS]
    broken = [finding for finding in mine if finding.broken]
    assert not broken, broken


def test_units_leave_normal_stock_when_the_sale_begins_and_the_rest_returns_at_its_end(alice, teapot, place, flash):
    sale = flash(4)
    assert shelves(teapot) == (10, 0, 4)
    order = place(alice, (teapot, 1))
    assert order.lines.get().payable_fen == 9_900
    assert shelves(teapot) == (10, 1, 3)
    assert promotions.stop(sale)
    assert shelves(teapot) == (10, 1, 0)
    assert flash_sales.close(sale) == 0
    the_books_are_right()


def test_a_sale_begins_and_ends_by_its_timers_and_twice_changes_nothing(teapot, flash):
    sale = flash(4, starts_at=timezone.now() + timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=2))
    assert shelves(teapot) == (10, 0, 0)
    begins, ends = (Deadline.objects.get(kind=kind) for kind in (flash_sales.OPEN, flash_sales.CLOSE))
    deadlines.fire(begins)  # too early: it looks at the clock itself
    assert shelves(teapot) == (10, 0, 0)
    Promotion.objects.update(starts_at=F("starts_at") - timedelta(hours=2))
    for _time in range(2):
        deadlines.fire(begins)
        assert shelves(teapot) == (10, 0, 4)
    deadlines.fire(ends)
    assert shelves(teapot) == (10, 0, 4)
    Promotion.objects.update(ends_at=F("ends_at") - timedelta(hours=2), starts_at=F("starts_at") - timedelta(hours=2))
    for _time in range(2):
        deadlines.fire(ends)
        assert shelves(teapot) == (10, 0, 0)
    assert flash_sales.open_pools(sale) == 0
    the_books_are_right()


def test_an_unpaid_order_gives_back_to_the_pool_and_a_paid_one_to_normal_stock(alice, bob, teapot, place, flash):
    flash(4)
    unpaid, paid = place(alice, (teapot, 2)), pay_and_hear(place(bob, (teapot, 1), key="key-2"))
    assert shelves(teapot) == (10, 3, 1)
    lifecycle.cancel(unpaid, by=alice)
    lifecycle.cancel(unpaid, by=alice)
    assert (shelves(teapot), FlashPool.objects.get().sold) == ((10, 1, 3), 1)
    lifecycle.cancel(paid, by=bob)
    assert (shelves(teapot), FlashPool.objects.get().sold) == ((10, 0, 3), 1)
    the_books_are_right()


def test_an_order_closed_after_the_end_gives_back_to_normal_stock(alice, teapot, place, flash):
    sale = flash(4)
    order = place(alice, (teapot, 2))
    promotions.stop(sale)
    lifecycle.cancel(order, by=alice)
    assert (shelves(teapot), FlashPool.objects.get().sold) == ((10, 0, 0), 2)
    assert FlashTaking.objects.get().back_at is None
    the_books_are_right()


def test_what_the_pool_cannot_give_costs_its_own_price(alice, teapot, place, flash):
    flash(1)
    order = place(alice, (teapot, 2))
    assert order.lines.get().payable_fen == 9_900 + 26_800
    assert (shelves(teapot), FlashTaking.objects.get().units) == ((10, 2, 0), 1)
    the_books_are_right()


def test_normal_buyers_cannot_have_the_units_of_the_sale(alice, bob, teapot, place, flash):
    flash(9, units_a_member=1)
    assert stock.available([teapot.pk]) == {teapot.pk: 10}
    place(alice, (teapot, 2))  # one out of the sale, one out of normal stock
    with pytest.raises(stock.OutOfStock) as refusal:
        place(alice, (teapot, 1), key="key-2")
    assert refusal.value.short == {teapot.pk: 0}
    assert (Order.objects.count(), shelves(teapot)) == (1, (10, 2, 8))
    place(bob, (teapot, 1), key="key-3")
    the_books_are_right()


def test_a_member_gets_their_share_once_whatever_closes_in_between(alice, teapot, place, flash):
    flash(5, units_a_member=1)
    first = place(alice, (teapot, 1))
    assert PromotionMember.objects.get().units == 1
    second = place(alice, (teapot, 1), key="key-2")
    assert second.lines.get().payable_fen == 26_800
    lifecycle.cancel(first, by=alice)
    assert PromotionMember.objects.get().units == 0
    assert place(alice, (teapot, 1), key="key-3").lines.get().payable_fen == 9_900
    the_books_are_right()


def test_a_new_version_fetches_more_or_gives_back(teapot, flash, cup):
    sale = flash(4)
    for units, pooled in ((6, 6), (3, 3), (99, 10)):
        Promotion.objects.filter(pk=sale.pk).update(pool_units={str(teapot.pk): units})
        promotions.publish(sale)
        assert shelves(teapot)[2] == pooled
    Promotion.objects.filter(pk=sale.pk).update(pool_units={str(cup.pk): 2}, prices={str(cup.pk): 4_000})
    promotions.publish(sale)
    assert (shelves(teapot)[2], shelves(cup)[2]) == (0, 2)
    the_books_are_right()


def test_a_stock_take_cannot_find_away_what_is_set_aside(teapot, flash):
    flash(4)
    with pytest.raises(stock.OutOfStock):
        stock_bookings.set_on_hand(teapot, 3, source="count:1")
    with pytest.raises(stock.OutOfStock):
        stock_bookings.receive(teapot, -7, source="loss:1")
    assert shelves(teapot) == (10, 0, 4)


def test_the_form_reads_units_beside_prices_and_says_what_is_wrong(teapot, yuji):
    code = teapot.code
    assert read_prices(f"{code} = 99.00 x 30", yuji) == ({str(teapot.pk): 9_900}, {str(teapot.pk): 30})
    assert read_prices(f"{code} = 99", yuji) == ({str(teapot.pk): 9_900}, {})
    base = {"name": "秒杀", "prices_text": f"{code} = 99 x 30", "starts_at_0": "2026-11-11", "starts_at_1": "00:00"}
    sale = PromotionForm(base | {"kind": "sale", "steps_text": "90"})
    assert "prices_text" in sale.errors
    twice = PromotionForm(base | {"kind": "flash", "quota_units": 5})
    assert "quota_units" in twice.errors


def test_prices_of_many_skus_are_read_by_one_statement(yuji, songyan, teapot, django_assert_num_queries):
    mine = [teapot.code, *(make_sku(make_product(yuji)).code for _number in range(3))]
    theirs = make_sku(make_product(songyan), code=teapot.code)
    text = "\n".join(f"{code} = 9.90" for code in mine)
    with django_assert_num_queries(1):
        assert len(read_prices(text, yuji)[0]) == len(mine)
    # Merchants may use one code: a promotion of the whole shop means them all.
    assert str(theirs.pk) in read_prices(text, None)[0]
    assert str(theirs.pk) not in read_prices(text, yuji)[0]
    with pytest.raises(ValidationError, match="NOBODY"):
        read_prices(f"{text}\nNOBODY = 9.90", yuji)


# --- races ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def hot(shop):  # noqa: F811
    """Ten flash units of a SKU of which there are thirty."""
    sku = make_sku(make_product(shop), on_hand=30)
    sale = Promotion.objects.create(
        kind="flash", name="秒杀", prices={str(sku.pk): 9_900}, pool_units={str(sku.pk): 10}, units_a_member=1
    )
    promotions.publish(sale)
    snapshot.forget()
    return sku


def test_sixty_shoppers_at_once_buy_exactly_the_ten_flash_units(hot):
    people = shoppers(60)
    after = storm(60, lambda n: place_for(people[n], (hot, 1), key=f"flash-{n}", price=9_900))
    assert len(after.results) == Order.objects.count() == 10
    assert {type(error) for error in after.errors} == {checkout_refusals.PriceChanged}
    pool = FlashPool.objects.get()
    assert (pool.sold, shelves(hot)) == (10, (30, 10, 0))
    assert sum(FlashTaking.objects.values_list("units", flat=True)) == 10
    the_books_are_right()


def test_ten_tabs_of_one_shopper_take_one_flash_unit(hot):
    (alice,) = shoppers(1)
    after = storm(10, lambda n: place_for(alice, (hot, 1), key=f"tab-{n}", price=9_900))
    assert len(after.results) == 1
    assert {type(error) for error in after.errors} == {checkout_refusals.PriceChanged}
    assert (FlashPool.objects.get().sold, PromotionMember.objects.get().units) == (1, 1)


def test_unpaid_orders_that_expire_while_others_buy_lose_no_unit(hot):
    people = shoppers(30)
    held = [place_for(people[n], (hot, 1), key=f"held-{n}", price=9_900) for n in range(10)]

    def act(n):
        if n < 10:
            return lifecycle.expire(Order.objects.get(pk=held[n].pk))
        return place_for(people[n], (hot, 1), key=f"flash-{n}", price=9_900)

    after = storm(30, act)
    assert {type(error) for error in after.errors} <= {checkout_refusals.PriceChanged}
    live = Order.objects.exclude(status="closed").count()
    pool = FlashPool.objects.get()
    assert (pool.sold, shelves(hot)) == (live, (30, live, 10 - live))
    the_books_are_right()


def test_the_harness_catches_a_careless_sale_out_of_the_pool(hot, monkeypatch):
    """Negative control: look first, then write what was computed. The same storm must sell more than there are."""
    pause = threading.Barrier(25)
    sold = []

    def careless(order, pooled):
        ((promotion_id, sku_id, units),) = pooled
        pool = FlashPool.objects.get(promotion=promotion_id, sku=sku_id)
        try:
            pause.wait(timeout=2)
        except threading.BrokenBarrierError:
            pass
        if pool.sold + units > pool.quota:
            raise flash_sales.PoolEmpty(sku_id)
        FlashPool.objects.filter(pk=pool.pk).update(sold=pool.sold + units)
        sold.append(order.pk)
        return {}

    monkeypatch.setattr(flash_sales, "take", careless)
    people = shoppers(25)
    storm(25, lambda n: place_for(people[n], (hot, 1), key=f"flash-{n}", price=9_900))
    assert len(sold) > 10
