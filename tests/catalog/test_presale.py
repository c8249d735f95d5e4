"""Units that are sold before they are here: how many, in what order they are served, and what the books say."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from catalog import listings, presale, stock, stock_bookings
from catalog.books import INVARIANTS
from catalog.models import ListingChange, Reservation, Stock
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=12)


@pytest.fixture
def pot(yuji):
    return make_sku(make_product(yuji, category=make_category()), on_hand=2)


def row(sku):
    return Stock.objects.get(sku=sku)


def numbers(sku):
    place = row(sku)
    return place.on_hand, place.reserved, place.waiting, place.presale


def promise(sku, quantity, source):
    stock.reserve([stock.Wish(sku.pk, quantity, source)])


def broken():
    found = {}
    with connection.cursor() as cursor:
        for name, _words, sql in INVARIANTS:
            cursor.execute(sql)
            if rows := cursor.fetchall():
                found[name] = rows
    return set(found) & {
        "stock-equals-movements",
        "reserved-equals-reservations",
        "sold-in-presale-equals-reservations",
    }


def test_what_is_here_goes_first_and_never_more_than_the_presale_is_sold(pot, day):
    presale.offer(pot, 5, day)
    promise(pot, 2, "order-line:1")
    promise(pot, 3, "order-line:2")
    assert numbers(pot) == (2, 2, 3, 2)
    assert presale.days_of(["order-line:1", "order-line:2"]) == {"order-line:2": day}
    with pytest.raises(stock.OutOfStock) as refusal, transaction.atomic():
        promise(pot, 3, "order-line:3")
    assert refusal.value.short == {pot.pk: 2}
    assert numbers(pot) == (2, 2, 3, 2)
    assert not broken()


def test_a_wish_is_never_half_here_and_half_to_come(pot, day):
    presale.offer(pot, 5, day)
    promise(pot, 3, "order-line:1")
    assert numbers(pot) == (2, 0, 3, 2)
    assert stock.shelf([pot.pk])[pot.pk] == stock.Left(2, 0, day), "the two that are here wait for the third"


def test_a_table_that_is_sold_beyond_the_presale_is_refused_by_the_database(pot):
    for wrong in ({"waiting": -1}, {"presale": -1}, {"presale": 3, "presale_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stock.objects.filter(sku=pot).update(**wrong)


def test_whoever_bought_first_is_served_first_when_units_come(pot, day):
    presale.offer(pot, 6, day)
    for source, units in (("order-line:1", 2), ("order-line:2", 4), ("order-line:3", 2)):
        promise(pot, units, source)
    stock_bookings.receive(pot, 4, source="delivery:1")
    assert presale.serve() == 1
    assert set(presale.days_of(["order-line:2", "order-line:3"])) == {"order-line:3"}
    assert numbers(pot) == (6, 6, 2, 0)
    stock_bookings.receive(pot, 2, source="delivery:2")
    assert presale.serve() == 1
    assert presale.serve() == 0
    assert numbers(pot) == (8, 8, 0, 0)
    assert not broken()


def test_what_has_come_is_no_longer_to_come(pot, day):
    presale.offer(pot, 5, day)
    promise(pot, 2, "order-line:1")
    promise(pot, 3, "order-line:2")
    stock_bookings.receive(pot, 20, source="delivery:1")
    presale.serve()
    assert numbers(pot) == (22, 5, 0, 0)
    assert stock.available([pot.pk]) == {pot.pk: 17}


def test_a_stock_take_that_finds_units_serves_too_and_goods_that_come_back_do_not_end_the_presale(pot, day):
    presale.offer(pot, 5, day)
    promise(pot, 2, "order-line:1")
    stock_bookings.take_back(pot.pk, 1, source="return:1")
    assert row(pot).presale == 5
    stock_bookings.count_many({pot.pk: 5}, source="count:1")
    assert numbers(pot) == (5, 2, 0, 3)


def test_a_released_promise_opens_the_presale_again_and_once(pot, day):
    presale.offer(pot, 5, day)
    promise(pot, 2, "order-line:1")
    promise(pot, 3, "order-line:2")
    assert stock.release("order-line:2", 1, part="refund:1") == 1
    assert stock.release("order-line:2", 1, part="refund:1") == 0
    assert numbers(pot) == (2, 2, 2, 3)
    assert stock.release("order-line:2") == 2
    assert numbers(pot) == (2, 2, 0, 5)
    assert not broken()


def test_what_is_not_here_is_not_shipped(pot, day):
    presale.offer(pot, 5, day)
    promise(pot, 3, "order-line:1")
    assert stock.ship("order-line:1", 3, part="parcel:1") == 0
    stock_bookings.receive(pot, 1, source="delivery:1")
    presale.serve()
    assert stock.ship("order-line:1", 3, part="parcel:1") == 3
    assert numbers(pot)[:3] == (0, 0, 0)
    assert not broken()


def test_a_listing_with_a_presale_is_in_stock_until_its_day_has_come(pot, day, django_capture_on_commit_callbacks):
    promise(pot, 2, "order-line:1")
    listings.correct_stock_flags([pot.pk])
    with django_capture_on_commit_callbacks(execute=True):
        presale.offer(pot, 5, day)
    pot.product.refresh_from_db()
    assert pot.product.in_stock
    promise(pot, 1, "order-line:2")
    assert presale.close_due(day - timedelta(days=1)) == 0
    assert presale.close_due(day) == 1
    pot.product.refresh_from_db()
    assert not pot.product.in_stock
    assert numbers(pot) == (2, 2, 1, 0), "who has bought keeps the promise"


def test_bad_presales_are_refused_beside_their_field(pot, day, manager):
    presale.offer(pot, 5, day, by=manager)
    promise(pot, 2, "order-line:1")
    promise(pot, 3, "order-line:2")
    for units, on, field in (
        (2, day, "presale"),
        (-1, day, "presale"),
        (presale.MOST + 1, day, "presale"),
        (6, None, "presale_on"),
        (6, timezone.localdate(), "presale_on"),
    ):
        with pytest.raises(ValidationError) as refusal:
            presale.offer(pot, units, on, by=manager)
        assert list(refusal.value.message_dict) == [field]
    assert numbers(pot) == (2, 2, 3, 2)
    assert not presale.offer(pot, 5, day, by=manager), "the same again is nothing new"
    assert ListingChange.objects.filter(field="presale").count() == 1
    assert Reservation.objects.filter(presale_on=day).count() == 1
