"""Sales and views of listings by day: what counts, for whom, and that counting again changes nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.models import ShopperEvent
from orders import listing_figures
from orders.admin.listing_figures import bars
from orders.models import ListingDay, Order
from tests.factories import make_product
from tests.fakes.shopping import pay_and_hear

pytestmark = pytest.mark.django_db
Kind = ShopperEvent.Kind


def look(user, product, kind=Kind.VIEW, ago=0):
    day = timezone.localdate() - timedelta(days=ago)
    ShopperEvent.objects.create(user=user, product=product, kind=kind, day=day)


@pytest.fixture
def busy(alice, bob, teapot, cup, place):
    """Two people looked at the pot, one put it into the cart, one bought two; nobody bought the cup."""
    look(alice, teapot.product)
    look(bob, teapot.product)
    look(alice, teapot.product, Kind.CART)
    look(bob, cup.product, ago=1)
    order = pay_and_hear(place(alice, (teapot, 2)))
    place(bob, (cup, 1), key="of-bob")
    ShopperEvent.objects.exclude(kind=Kind.VIEW).exclude(user=alice, kind=Kind.CART).delete()
    return order


def test_a_day_has_who_looked_what_was_put_into_carts_and_what_was_paid(busy, teapot, cup):
    listing_figures.count()
    today = listing_figures.days_of(teapot.product, 7)[-1]
    line = busy.lines.get()
    assert (today.views, today.carts, today.orders, today.units) == (2, 1, 1, 2)
    assert today.revenue_fen == line.payable_fen
    assert listing_figures.totals([today])["conversion_bp"] == 5000
    unpaid = listing_figures.days_of(cup.product, 7)
    assert [(day.views, day.units) for day in unpaid[-2:]] == [(1, 0), (0, 0)]


def test_counting_again_changes_nothing(busy):
    listing_figures.count()
    before = list(ListingDay.objects.order_by("pk").values())
    listing_figures.count(90)
    assert list(ListingDay.objects.order_by("pk").values()) == before
    assert before


def test_an_order_paid_just_before_midnight_counts_for_its_own_day(busy, teapot):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Order.objects.filter(pk=busy.pk).update(paid_at=midnight - timedelta(seconds=1))
    listing_figures.count()
    assert [day.units for day in listing_figures.days_of(teapot.product, 7)[-2:]] == [2, 0]


def test_days_that_are_too_old_go(teapot):
    old = timezone.localdate() - timedelta(days=listing_figures.KEPT_DAYS + 1)
    ListingDay.objects.create(product=teapot.product, day=old, views=1)
    listing_figures.count()
    assert not ListingDay.objects.exists()


@pytest.mark.parametrize(("orders", "views", "found"), [(0, 0, None), (1, 0, None), (1, 3, 3333), (5, 2, 10_000)])
def test_conversion_is_known_only_where_somebody_looked(orders, views, found):
    assert listing_figures.conversion(orders, views) == found


def test_bars_are_as_tall_as_their_days():
    days = [listing_figures.Day(timezone.localdate(), views=n) for n in (0, 5, 10)]
    tall = [bar["height"] for bar in bars(days, "views")["bars"]]
    assert tall[0] == 0
    assert tall[2] == 2 * tall[1] > 0
    assert all(bar["height"] == 0 for bar in bars(days, "units")["bars"])


def test_a_merchant_sorts_its_own_listings_by_any_figure(client, yuji_staff, busy, teapot, cup):
    listing_figures.count()
    client.force_login(yuji_staff)
    address = reverse("admin:orders_listingfigures_changelist")
    mine = [sku.product for sku in (teapot, cup) if sku.merchant.slug == "yuji"]
    page = client.get(address, {"days": "7"})
    assert [row.pk for row in page.context["cl"].result_list] == [product.pk for product in mine]
    for column in range(2, 9):
        assert client.get(address, {"o": f"-{column}", "days": "90"}).status_code == 200
    foreign = next(sku.product for sku in (teapot, cup) if sku.merchant.slug != "yuji")
    assert client.get(reverse("admin:orders_listingfigures_change", args=[foreign.pk])).status_code == 302


def test_the_list_takes_as_many_statements_for_many_listings(client, yuji_staff, teapot, busy):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("admin:orders_listingfigures_changelist")).status_code == 200
        return len(seen)

    client.force_login(yuji_staff)
    cost()
    few = cost()
    for _n in range(12):
        make_product(teapot.merchant)
    assert cost() == few


def test_the_page_of_a_listing_shows_its_days_as_a_table_too(client, manager, busy, teapot):
    listing_figures.count()
    client.force_login(manager)
    page = client.get(reverse("admin:orders_listingfigures_change", args=[teapot.product_id]), {"days": "7"})
    text = page.content.decode()
    assert page.context["totals"]["units"] == 2
    assert text.count("<rect") == 14
    table = text[text.index('<details class="ops-table">') :]
    assert table.count('<th scope="row">') == 7
