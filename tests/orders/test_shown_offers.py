"""What cards and product pages say about offers, and the price of one unit after them."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts import memo
from catalog import listings, product_page, shelf
from catalog.models import Product
from loyalty import coupon_templates
from loyalty.models import CouponTemplate
from orders import deadlines, offer_words, promotions, shown_offers
from orders.models import Promotion
from orders.pricing import Offer
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def promote():
    """``promote(kind, steps, …)``: a promotion of the whole shop, published."""

    def publish(kind, steps=(), **fields):
        promotion = Promotion.objects.create(
            kind=kind, steps=[list(step) for step in steps], name=fields.pop("name", "冬季"), **fields
        )
        promotions.publish(promotion)
        memo.forget_all()
        return promotion

    return publish


@pytest.fixture
def teapot(yuji):
    """A listing with one SKU at ¥268.00, on sale."""
    product = make_product(yuji, category=make_category("茶器"))
    make_sku(product)
    listings.refresh([product.pk])
    return product


def card_of(product):
    [read] = shelf.cards(Product.objects.filter(pk=product.pk))
    _key, draw = shown_offers.of_card(read)
    return draw() if draw else None


def page_of(product, user):
    listing = product_page.find(product.pk)
    return shown_offers.of_page(listing, product_page.gather(listing), user)


@pytest.fixture
def guest():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def test_a_card_says_what_one_unit_costs_and_why(teapot, promote):
    promote("spend_save", [(20_000, 4_000)])
    with translation.override("en"):
        card = card_of(teapot)
    assert card.price_fen == 22_800
    assert card.labels == ("¥40 off ¥200",)


def test_an_offer_out_of_reach_of_one_unit_is_named_and_the_price_stays(teapot, promote):
    promote("spend_save", [(39_900, 4_000)])
    card = card_of(teapot)
    assert card.price_fen is None
    assert len(card.labels) == 1


def test_a_listing_that_no_offer_is_for_has_nothing_on_its_card(teapot, songyan, promote):
    promote("spend_save", [(20_000, 4_000)], merchant=songyan)
    assert card_of(teapot) is None


def test_the_price_of_one_named_sku_is_on_the_card(teapot, promote):
    sku = teapot.skus.get()
    promote("flash", prices={str(sku.pk): 9_900}, ends_at=timezone.now() + timedelta(hours=5))
    card = card_of(teapot)
    assert card.price_fen == 9_900
    assert card.until


def test_a_flash_sale_that_is_sold_out_is_not_promised(teapot, promote):
    sku = teapot.skus.get()
    flash = promote("flash", prices={str(sku.pk): 9_900}, quota_units=3)
    Promotion.objects.filter(pk=flash.pk).update(used_units=3)
    memo.forget_all()
    assert card_of(teapot) is None


def test_what_has_not_begun_or_is_over_or_runs_on_another_day_is_not_shown(teapot, promote):
    now = timezone.localtime()
    promote("spend_save", [(20_000, 4_000)], starts_at=now + timedelta(days=1))
    over = promote("spend_save", [(20_000, 4_000)], starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    promote("spend_save", [(20_000, 4_000)], weekdays=[(now.weekday() + 3) % 7])
    assert over.pk
    assert card_of(teapot) is None


def test_a_listing_whose_every_sku_is_left_out_has_no_label(teapot, promote):
    sku = teapot.skus.get()
    promote("spend_save", [(20_000, 4_000)], except_sku_ids=[sku.pk])
    deadlines.fire_due()
    assert card_of(teapot) is None
    make_sku(teapot, price_fen=30_000, option1="大")
    card = card_of(teapot)
    assert (len(card.labels), card.price_fen) == (1, None)  # the cheapest SKU is not in it


def test_prices_for_members_and_newcomers_are_named_but_not_promised_to_everybody(teapot, promote):
    promote("member", [("gold", 9_000)])
    promote("newcomer", [(0, 8_000)])
    card = card_of(teapot)
    assert card.price_fen is None
    assert len(card.labels) == 2


def test_the_page_counts_on_a_coupon_that_can_be_claimed_and_says_so(teapot, promote, guest, manager):
    promote("spend_save", [(20_000, 4_000)])
    template = CouponTemplate.objects.create(
        name="店铺券", amount_fen=1_500, threshold_fen=19_900, quota=100, valid_days=30, claimable=True, per_member=1
    )
    coupon_templates.publish(template, by=manager)
    shown = page_of(teapot, guest)
    assert shown.unit.fen == 26_800 - 4_000 - 1_500
    assert shown.unit.coupons == ("店铺券",)
    assert shown.unit.to_claim
    assert sum(fen for _text, fen in shown.unit.rows) == 5_500


def test_the_page_knows_the_tier_of_its_reader(teapot, promote, guest, alice):
    from loyalty.members import member_of
    from loyalty.models import Tier

    promote("member", [("gold", 9_000)])
    assert page_of(teapot, guest).unit is None
    member = member_of(alice)
    member.tier = Tier.objects.get(code="gold")
    member.save()
    assert page_of(teapot, alice).unit.fen == 24_120


def test_a_newcomer_price_is_for_those_who_never_bought(teapot, promote, guest):
    promote("newcomer", [(0, 8_000)])
    assert page_of(teapot, guest).unit.fen == 21_440


def test_offers_cost_pages_no_statement_and_their_end_shows_at_once(client, teapot, promote):
    addresses = [teapot.category.get_absolute_url(), teapot.get_absolute_url(), "/"]

    def count():
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            found.append(len(seen))
        return found

    plain = count()
    promotion = promote("spend_save", [(20_000, 4_000)], name="冬季满减")
    assert count() == plain
    for address in addresses[:2]:
        assert "228.00" in client.get(address).content.decode()
    promotions.stop(promotion)
    memo.forget_all()
    for address in addresses[:2]:
        assert "228.00" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("kind", "steps", "english"),
    [
        ("spend_save", ((39_900, 4_000), (69_900, 8_000)), ["¥40 off ¥399", "¥80 off ¥699"]),
        ("every", ((20_000, 1_500),), ["¥15 off every ¥200"]),
        ("spend_rate", ((60_000, 9_500),), ["5% off ¥600"]),
        ("pieces", ((3, 9_000),), ["10% off 3 pieces"]),
        ("nth", ((2, 5_000),), ["Second one half price"]),
        ("nth", ((2, 8_000),), ["Second one 20% off"]),
        ("nth", ((3, 8_000),), ["Every 3. one 20% off"]),
        ("sale", ((0, 9_000),), ["Sale: 10% off"]),
        ("sale", (), ["Special price"]),
        ("gift", ((29_900, 1),), ["Gift from ¥299"]),
        ("free_shipping", ((7_950, 0),), ["Free delivery from ¥79.50"]),
        ("flash", (), ["Flash sale"]),
        ("member", (("gold", 9_500), ("diamond", 9_000)), ["Members up to 10% off"]),
        ("newcomer", ((0, 8_500),), ["Newcomers 15% off"]),
    ],
)
def test_offers_in_words(kind, steps, english):
    with translation.override("en"):
        assert offer_words.labels_of(Offer(1, kind, steps)) == english


@pytest.mark.parametrize(
    ("rate", "chinese"), [(9_000, "9"), (9_500, "95"), (8_850, "88.5"), (5_000, "5"), (500, "0.5")]
)
def test_chinese_says_what_is_left_to_pay(rate, chinese):
    with translation.override("zh-hans"):
        assert offer_words.off(rate) == chinese


def test_an_end_at_midnight_is_told_as_the_last_minute_of_the_day():
    end = datetime(2026, 12, 13, tzinfo=timezone.get_default_timezone())
    with translation.override("en"):
        assert offer_words.until(end) == "until December 12, 23:59"
