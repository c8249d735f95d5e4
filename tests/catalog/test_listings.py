import pytest

from accounts.models import StateLog
from catalog import dealt_prices, listings, prices, sales, stock
from catalog.models import Picture, PriceChange, Product
from tests.factories import make_category, make_product, make_sku


@pytest.fixture
def ready_teapot(yuji):
    """A draft with all that a listing needs."""
    teapot = make_product(yuji, published=False, category=make_category())
    make_sku(teapot)
    Picture.objects.create(product=teapot, status=Picture.Status.READY)
    return teapot


def test_a_listing_shows_the_prices_of_its_skus_on_sale(yuji):
    teapot = make_product(yuji)
    cheapest = make_sku(teapot, price_fen=26_800, reference_price_fen=29_800, option1="青")
    dealt_prices.record([(cheapest.pk, 29_800, 1)])
    make_sku(teapot, price_fen=29_800, option1="白")
    make_sku(teapot, price_fen=100, option1="墨", is_active=False)
    teapot.refresh_from_db()
    assert (teapot.price_min_fen, teapot.price_max_fen, teapot.reference_price_fen) == (26_800, 29_800, 29_800)


def test_the_strike_through_price_is_that_of_the_cheapest_sku_only(yuji):
    teapot = make_product(yuji)
    make_sku(teapot, price_fen=26_800, option1="青")
    make_sku(teapot, price_fen=29_800, reference_price_fen=39_800, option1="白")
    teapot.refresh_from_db()
    assert teapot.reference_price_fen is None


@pytest.mark.django_db(transaction=True)
def test_a_listing_is_sold_out_when_the_last_unit_is_promised_and_comes_back_when_it_is_released(yuji):
    sku = make_sku(make_product(yuji), on_hand=2)
    stock.reserve([stock.Wish(sku.pk, 2, "order-line:1")])
    assert not Product.objects.get().in_stock
    stock.release("order-line:1")
    assert Product.objects.get().in_stock


def test_the_sweep_corrects_stock_flags_and_says_how_many(yuji):
    make_sku(make_product(yuji), on_hand=2)
    Product.objects.update(in_stock=False)
    assert listings.correct_stock_flags() == 1
    assert listings.correct_stock_flags() == 0
    assert Product.objects.get().in_stock


def test_the_cover_is_the_first_ready_picture(yuji):
    teapot = make_product(yuji)
    Picture.objects.create(product=teapot, position=0, status=Picture.Status.FAILED)
    waiting = Picture.objects.create(product=teapot, position=1)
    listings.refresh([teapot.pk])
    teapot.refresh_from_db()
    assert teapot.cover == waiting
    ready = Picture.objects.create(product=teapot, position=2, status=Picture.Status.READY)
    listings.refresh([teapot.pk])
    teapot.refresh_from_db()
    assert teapot.cover == ready


def test_a_complete_draft_goes_on_sale_once_and_leaves_a_trace(ready_teapot, operator):
    assert listings.publish(ready_teapot, by=operator)
    assert ready_teapot.status == Product.Status.PUBLISHED
    assert ready_teapot.published_at
    assert not listings.publish(ready_teapot, by=operator)
    step = StateLog.objects.get(about=f"listing:{ready_teapot.pk}")
    assert (step.from_state, step.to_state, step.user) == ("draft", "published", operator)


def test_a_listing_without_category_sku_or_picture_is_refused_with_every_reason_and_nothing_changes(yuji):
    bare = make_product(yuji, published=False)
    with pytest.raises(listings.NotPublishable) as refusal:
        listings.publish(bare)
    assert len(refusal.value.reasons) == 3
    bare.refresh_from_db()
    assert bare.status == Product.Status.DRAFT
    assert not StateLog.objects.exists()


def test_a_listing_taken_down_is_no_longer_on_sale_but_can_come_back(ready_teapot, operator):
    listings.publish(ready_teapot)
    first_day = ready_teapot.published_at
    assert listings.take_down(ready_teapot, by=operator, reason="配错图")
    assert not listings.on_sale().exists()
    assert not listings.take_down(ready_teapot, by=operator)
    assert StateLog.objects.filter(to_state="taken_down").get().reason == "配错图"
    assert listings.publish(ready_teapot)
    assert ready_teapot.published_at == first_day


def test_listings_of_a_suspended_merchant_are_not_on_sale(yuji):
    make_sku(make_product(yuji))
    yuji.status = yuji.Status.SUSPENDED
    yuji.save()
    assert not listings.on_sale().exists()


def test_a_change_of_price_is_noted_and_shown(yuji, operator):
    sku = make_sku(make_product(yuji), price_fen=26_800, reference_price_fen=29_800)
    dealt_prices.record([(sku.pk, 29_800, 1)])
    assert prices.change(sku, 24_800, by=operator, source="admin")
    note = PriceChange.objects.get()
    assert (note.before_fen, note.after_fen, note.by, note.source) == (26_800, 24_800, operator, "admin")
    product = Product.objects.get()
    assert (product.price_min_fen, product.reference_price_fen) == (24_800, 29_800)
    assert sku.price_fen == 24_800


def test_the_same_price_again_changes_nothing(yuji):
    sku = make_sku(make_product(yuji), price_fen=26_800)
    assert not prices.change(sku, 26_800)
    assert not PriceChange.objects.exists()


def test_a_strike_through_price_that_is_no_longer_higher_goes(yuji):
    sku = make_sku(make_product(yuji), price_fen=26_800, reference_price_fen=29_800)
    prices.change(sku, 29_800)
    sku.refresh_from_db()
    assert (sku.price_fen, sku.reference_price_fen) == (29_800, None)


def test_a_price_of_nothing_is_refused_and_nothing_changes(yuji):
    from django.core.exceptions import ValidationError

    sku = make_sku(make_product(yuji), price_fen=26_800)
    with pytest.raises(ValidationError):
        prices.change(sku, 0)
    sku.refresh_from_db()
    assert sku.price_fen == 26_800
    assert not PriceChange.objects.exists()


def test_sales_add_up_and_never_fall_below_nothing(yuji):
    teapot, cup = make_product(yuji), make_product(yuji)
    sales.record({teapot.pk: 3, cup.pk: 1})
    sales.record({teapot.pk: 2, cup.pk: -4})
    teapot.refresh_from_db()
    cup.refresh_from_db()
    assert (teapot.sold_count, cup.sold_count) == (5, 0)


def test_refreshing_many_listings_takes_no_more_queries_than_one(yuji, django_assert_max_num_queries):
    products = [make_product(yuji) for _ in range(12)]
    listings.refresh([products[0].pk])
    with django_assert_max_num_queries(9):
        listings.refresh([product.pk for product in products])


def test_a_listing_without_address_is_named_after_its_title(yuji):
    teapot = make_product(yuji, title="山影 侧提茶壶", slug="")
    listings.refresh([teapot.pk])
    teapot.refresh_from_db()
    assert teapot.slug == "山影-侧提茶壶"
