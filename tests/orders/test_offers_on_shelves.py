"""Lists are narrowed by the offers that run: the catalog is told when one begins and when it is over."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from catalog import listings, shelf, shelf_offers
from catalog.models import Category, Product, ShelfOffer
from orders import deadlines, lifecycle, offers_on_shelves, promotions, shown_offers
from orders.models import Deadline, Promotion
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2027, 3, 1, 12, 0, tzinfo=HERE)


@pytest.fixture
def tea(yuji):
    """(category, listing, its SKU) of one teapot on sale."""
    return _listing(yuji, make_category("茶器"), "山影 侧提茶壶")


@pytest.fixture
def scent(songyan):
    return _listing(songyan, make_category("香氛"), "松烟 线香")


def _listing(merchant, category, title):
    product = make_product(merchant, title=title, category=category)
    sku = make_sku(product)
    listings.refresh([product.pk])
    return category, product, sku


def publish(kind, **fields):
    promotion = Promotion.objects.create(kind=kind, name=fields.pop("name", "冬季"), **fields)
    promotions.publish(promotion)
    return promotion


def deals_of(product):
    return Product.objects.get(pk=product.pk).deals


def deal_values(query="", found=None):
    """{value: count} of the facet of offers for an address."""
    shown = shelf.build("/search/", QueryDict(query), found if found is not None else listings.on_sale())
    return {v.value: v.count for _title, values in shown.facets.groups for v in values if v.name == "deal"}


def test_an_offer_is_on_the_shelves_of_its_goods_only(tea, scent):
    category, teapot, _sku = tea
    offer = publish("spend_save", steps=[[20_000, 4_000]], category_ids=[category.pk])
    assert deals_of(teapot) == []
    deadlines.fire_due()
    assert deals_of(teapot) == sorted(["spend", str(offer.pk)])
    assert deals_of(scent[1]) == []
    promotions.stop(offer)
    deadlines.fire_due()
    assert deals_of(teapot) == []
    assert not ShelfOffer.objects.exists()


def test_a_category_brings_all_below_it_and_prices_of_skus_bring_these_alone(tea, scent, yuji):
    category, teapot, sku = tea
    below = Category.objects.create(name="壶", slug="pots", parent=category)
    pot = _listing(yuji, below, "朱泥 小壶")[1]
    wide = publish("spend_save", steps=[[20_000, 4_000]], category_ids=[category.pk])
    flash = publish("flash", prices={str(sku.pk): 9_900})
    deadlines.fire_due()
    assert str(wide.pk) in deals_of(pot)
    assert deals_of(teapot) == sorted(["sale", "spend", str(wide.pk), str(flash.pk)])
    assert str(flash.pk) not in deals_of(pot)


def test_goods_of_one_merchant_and_goods_left_out(tea, scent):
    teapot, incense = tea[1], scent[1]
    publish("spend_save", steps=[[20_000, 4_000]], merchant=incense.merchant)
    publish("pieces", steps=[[2, 9_000]], except_sku_ids=[tea[2].pk])
    deadlines.fire_due()
    assert [sort for sort in deals_of(incense) if not sort.isdigit()] == ["pieces", "spend"]
    assert deals_of(teapot) == []


def test_windows_begin_and_end_by_themselves(tea):
    teapot = tea[1]
    with time_machine.travel(MONDAY, tick=False) as clock:
        publish(
            "spend_save",
            steps=[[20_000, 4_000]],
            starts_at=MONDAY + timedelta(hours=1),
            ends_at=MONDAY + timedelta(hours=2),
        )
        seen = []
        for minutes in (0, 59, 60, 119, 120):
            clock.move_to(MONDAY + timedelta(minutes=minutes))
            deadlines.fire_due()
            seen.append("spend" in deals_of(teapot))
        assert seen == [False, False, True, True, False]
        clock.shift(timedelta(days=2))
        assert deadlines.fire_due() == 0  # nothing more to come back for


def test_a_theme_day_comes_back_every_week(tea):
    teapot = tea[1]
    with time_machine.travel(MONDAY, tick=False) as clock:
        publish("spend_save", steps=[[20_000, 4_000]], weekdays=[2])
        seen = []
        for day in range(15):
            clock.move_to(MONDAY.replace(hour=0) + timedelta(days=day, minutes=1))
            deadlines.fire_due()
            seen.append("spend" in deals_of(teapot))
        assert [day for day, there in enumerate(seen) if there] == [2, 9]


def test_an_edge_that_a_dead_worker_held_is_kept_by_the_next(tea):
    teapot = tea[1]
    publish("spend_save", steps=[[20_000, 4_000]])
    now = timezone.now()
    Deadline.objects.filter(kind=offers_on_shelves.EDGE).update(leased_until=now + timedelta(seconds=30), attempts=1)
    assert deadlines.fire_due() == 0
    assert deals_of(teapot) == []
    Deadline.objects.filter(kind=offers_on_shelves.EDGE).update(leased_until=now - timedelta(seconds=1))
    deadlines.fire_due()
    assert "spend" in deals_of(teapot)


def test_settling_again_changes_nothing(tea):
    publish("spend_save", steps=[[20_000, 4_000]])
    offers_on_shelves.settle_all()
    before = list(ShelfOffer.objects.values())
    offers_on_shelves.settle_all()
    assert list(ShelfOffer.objects.values()) == before
    assert shelf_offers.refresh_all() == 0


def test_a_listing_that_comes_on_sale_later_has_its_offers(tea, yuji):
    publish("spend_save", steps=[[20_000, 4_000]])
    deadlines.fire_due()
    late = _listing(yuji, tea[0], "后来的壶")[1]
    assert "spend" in deals_of(late)


def test_the_facet_counts_each_sort_and_stays_open(tea, scent, yuji):
    category, _teapot, sku = tea
    _listing(yuji, category, "另一把壶")
    publish("spend_save", steps=[[20_000, 4_000]], category_ids=[category.pk])
    publish("flash", prices={str(sku.pk): 9_900})
    deadlines.fire_due()
    assert deal_values() == {"sale": 1, "spend": 2}
    assert deal_values("deal=sale") == {"sale": 1, "spend": 2}
    shown = shelf.build("/search/", QueryDict("deal=sale"), listings.on_sale())
    assert shown.total == 1
    assert [link.href for link in shown.applied] == ["/search/"]
    assert deal_values("merchant=songyan") == {}
    assert deal_values("merchant=songyan&deal=sale") == {"sale": 0}


def test_one_offer_can_be_asked_for_by_its_number(tea, scent):
    offer = publish("spend_save", steps=[[20_000, 4_000]], name="茶席满减", category_ids=[tea[0].pk])
    deadlines.fire_due()
    shown = shelf.build("/search/", QueryDict(f"deal={offer.pk}"), listings.on_sale())
    assert [product.pk for product in shown.page] == [tea[1].pk]
    assert [link.text for link in shown.applied] == ["茶席满减"]
    nothing = shelf.build("/search/", QueryDict("deal=999999"), listings.on_sale())
    assert nothing.total == 0
    assert len(nothing.applied) == 1


def test_the_facet_costs_no_further_statement(client, tea):
    def count():
        client.get(tea[0].get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            assert client.get(tea[0].get_absolute_url()).status_code == 200
        return len(seen)

    plain = count()
    publish("spend_save", steps=[[20_000, 4_000]])
    deadlines.fire_due()
    assert count() == plain


def test_a_card_says_that_its_listing_is_on_presale(tea):
    teapot = tea[1]
    Product.objects.filter(pk=teapot.pk).update(deals=["12", "presale"])
    [read] = shelf.cards(Product.objects.filter(pk=teapot.pk))
    with translation.override("en"):
        assert shown_offers.of_card(read)[1]().labels == ("Presale",)


def test_a_sale_that_is_sold_out_is_off_the_shelves_until_units_come_back(tea, alice, place):
    teapot, sku = tea[1:]
    publish("flash", prices={str(sku.pk): 9_900}, pool_units={str(sku.pk): 2})
    deadlines.fire_due()
    assert deal_values() == {"sale": 1}
    order = place(alice, (sku, 2))
    deadlines.fire_due()
    assert (deals_of(teapot), deal_values()) == ([], {})
    lifecycle.cancel(order, by=alice)
    deadlines.fire_due()
    assert deal_values() == {"sale": 1}


def test_of_a_sale_only_what_is_left_is_on_the_shelves(tea, scent, alice, place):
    sku, incense = tea[2], scent[2]
    pools = {str(sku.pk): 1, str(incense.pk): 1}
    publish("flash", prices=dict.fromkeys(pools, 9_900), pool_units=pools)
    deadlines.fire_due()
    assert deal_values() == {"sale": 2}
    place(alice, (incense, 1))
    deadlines.fire_due()
    assert (deals_of(scent[1]), deal_values()) == ([], {"sale": 1})


def test_an_offer_that_is_used_up_is_off_the_shelves_at_the_next_look(tea):
    teapot, sku = tea[1:]
    with time_machine.travel(MONDAY, tick=False) as clock:
        offer = publish("sale", prices={str(sku.pk): 9_900}, quota_units=1)
        deadlines.fire_due()
        assert "sale" in deals_of(teapot)
        Promotion.objects.filter(pk=offer.pk).update(used_units=1)
        clock.shift(offers_on_shelves.LOOK_AGAIN)
        deadlines.fire_due()
        assert deals_of(teapot) == []
        Promotion.objects.filter(pk=offer.pk).update(used_units=0)
        clock.shift(offers_on_shelves.LOOK_AGAIN)
        deadlines.fire_due()
        assert "sale" in deals_of(teapot)
