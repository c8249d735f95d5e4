from datetime import timedelta

import pytest
from django.utils import timezone, translation

from catalog import home_blocks, sending_promise, timetable
from catalog.models import HomeBlock, ListingTimer, Warehouse
from orders import delivery_promise
from orders.models import ShippingTerms
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot(yuji):
    pot = make_product(yuji, category=make_category())
    make_sku(pot)
    return pot


def promise_of(product):
    return delivery_promise.of_product(product, product.skus.get(), None)


@pytest.mark.parametrize(
    ("hours", "said"),
    [(None, "48 hours"), (24, "24 hours"), (1, "1 hour "), (72, "3 days"), (100, "100 hours"), (720, "30 days")],
)
def test_a_listing_says_within_how_long_it_is_sent(pot, hours, said):
    pot.ships_within_hours = hours
    with translation.override("en"):
        assert said in promise_of(pot)["sent"]


def test_a_listing_promises_before_its_merchant_does(pot, yuji):
    ShippingTerms.objects.create(merchant=yuji, within_hours=36)
    delivery_promise.forget()
    with translation.override("en"):
        assert "36 hours" in promise_of(pot)["sent"]
        pot.ships_within_hours = 12
        assert "12 hours" in promise_of(pot)["sent"]


def test_a_pre_sale_names_its_day_until_it_has_come(pot):
    pot.presale_on = timezone.localdate() + timedelta(days=9)
    with translation.override("en"):
        assert promise_of(pot)["sent"].startswith("Pre-sale")
        pot.presale_on = timezone.localdate()
        assert promise_of(pot)["sent"].startswith("Sent within 48 hours")


def test_the_page_says_when_and_from_where(client, pot, yuji):
    Warehouse.objects.filter(merchant=yuji).update(region_code="330106")
    pot.ships_within_hours = 24
    pot.save()
    text = client.get(pot.get_absolute_url()).content.decode()
    assert "24" in text[text.index('<dl class="facts') :][:400]
    assert "杭州" in text[text.index('<dl class="facts') :][:400]


@pytest.mark.parametrize(
    ("code", "said"), [("330106", "from Hangzhou, Zhejiang"), ("110101", "from Beijing"), ("", ""), ("999999", "")]
)
def test_the_place_is_written_for_those_who_read_no_chinese(code, said):
    with translation.override("en"):
        assert sending_promise.place(code) == said


def test_structured_data_says_until_when_the_price_holds_only_where_it_is_known(client, pot, operator):
    assert "priceValidUntil" not in client.get(pot.get_absolute_url()).content.decode()
    at = timezone.now() + timedelta(days=3)
    timer = timetable.plan(pot, ListingTimer.Action.TAKE_DOWN, at, by=operator)
    told = f'"priceValidUntil": "{timezone.localdate(at).isoformat()}"'
    assert told in client.get(pot.get_absolute_url()).content.decode()
    timetable.cancel(timer)
    assert "priceValidUntil" not in client.get(pot.get_absolute_url()).content.decode()


def test_a_single_five_does_not_outshine_fifty_nearly_fives(yuji, pot):
    make = {"merchant": yuji, "category": pot.category}
    loved = make_product(**make, rating_sum=240, rating_count=50)
    lucky = make_product(**make, rating_sum=5, rating_count=1)
    poor = make_product(**make, rating_sum=200, rating_count=100)
    for product in (loved, lucky, poor):
        make_sku(product)
    HomeBlock.objects.create(kind=HomeBlock.Kind.PRODUCTS, rule=HomeBlock.Rule.BEST_RATED, how_many=4, position=1)
    shown = home_blocks.shown(fresh=True)[0].products
    assert [each.pk for each in shown] == [loved.pk, lucky.pk, pot.pk, poor.pk]


def test_a_home_page_with_everything_switched_off_still_shows_what_is_on_sale(client, pot):
    HomeBlock.objects.create(kind=HomeBlock.Kind.HERO, position=1, is_active=False)
    home_blocks.forget()
    page = client.get("/")
    assert [shown.block.kind for shown in page.context["blocks"]][:2] == ["categories", "new"]
    assert pot.get_absolute_url() in page.content.decode()
