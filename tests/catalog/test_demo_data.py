"""The demo shop is data that people read first: it must be whole, bilingual and lawful."""

import re
from collections import Counter
from itertools import chain
from itertools import product as combinations

import pytest
from PIL import Image

from catalog.demo.catalogue import CATALOGUE
from catalog.demo.people import PEOPLE
from catalog.demo.reviews import REVIEWS
from catalog.demo.shapes import EXCLUDED_IF_CONFIRMED, PICTURES, REQUIRED, Text

PRODUCTS = {product.handle: product for product in CATALOGUE.products}
CATEGORIES = {category.slug: category for category in CATALOGUE.categories}

# Absolute claims that article 9 of the advertising law forbids, and promises of health.
BANNED = [
    "最",
    "第一品牌",
    "国家级",
    "顶级",
    "顶尖",
    "极致",
    "唯一",
    "首选",
    "独家",
    "绝对",
    "永久",
    "治疗",
    "疗效",
    "根治",
]
BANNED_EN = ("best", "number one", "perfect", "ultimate", "world-class", "premium")


def every_text(thing):
    """All Text values inside a dataclass, however deep."""
    if isinstance(thing, Text):
        yield thing
    elif isinstance(thing, tuple):
        yield from chain.from_iterable(every_text(part) for part in thing)
    elif hasattr(thing, "__dataclass_fields__"):
        yield from chain.from_iterable(every_text(getattr(thing, name)) for name in thing.__dataclass_fields__)


def every_product(function):
    return pytest.mark.parametrize("listing", CATALOGUE.products, ids=lambda listing: listing.handle)(function)


def test_the_shop_is_as_large_as_it_says():
    tops = [category for category in CATALOGUE.categories if not category.parent]
    assert len(CATALOGUE.products) >= 60
    assert len(tops) == 8
    assert {product.merchant for product in CATALOGUE.products} == {merchant.slug for merchant in CATALOGUE.merchants}
    assert len(CATALOGUE.merchants) == 3
    assert len(REVIEWS) >= 150


def test_handles_codes_and_slugs_are_unique():
    codes = [sku.code for product in CATALOGUE.products for sku in product.skus]
    for names in (
        [product.handle for product in CATALOGUE.products],
        codes,
        [category.slug for category in CATALOGUE.categories],
        [merchant.slug for merchant in CATALOGUE.merchants],
        [brand.slug for brand in CATALOGUE.brands],
        [slug for slug, _ in CATALOGUE.tags],
        [product.title.zh for product in CATALOGUE.products],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []
    assert all(re.fullmatch(r"[A-Z0-9-]{4,32}", code) for code in codes)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", handle) for handle in PRODUCTS)


def test_a_category_stands_after_its_parent_and_is_not_empty():
    seen = set()
    used = {product.category for product in CATALOGUE.products}
    for category in CATALOGUE.categories:
        assert not category.parent or category.parent in seen
        assert bool(category.parent) != bool(category.picture)
        assert not category.parent or category.slug in used
        seen.add(category.slug)


@every_product
def test_a_listing_points_at_things_that_exist(listing):
    parents = {category.parent for category in CATALOGUE.categories}
    assert listing.category in CATEGORIES
    assert listing.category not in parents
    assert listing.brand in {brand.slug for brand in CATALOGUE.brands}
    assert set(listing.tags) <= {slug for slug, _ in CATALOGUE.tags}


# Combinations that are not made: a shopper must not be able to choose them.
NOT_MADE = {"everyday-fountain-pen": {("red", "m")}}


@every_product
def test_every_choice_leads_to_one_sku(listing):
    assert len(listing.axes) <= 2
    choices = set(combinations(*[[value.code for value in axis.values] for axis in listing.axes]))
    not_made = NOT_MADE.get(listing.handle, set())
    assert not_made <= choices
    assert Counter(sku.values for sku in listing.skus) == Counter(choices - not_made)
    codes = {value.code for axis in listing.axes for value in axis.values}
    assert {picture.value for picture in listing.pictures} <= codes | {""}


@every_product
def test_prices_are_fen_and_a_reference_price_is_higher(listing):
    for sku in listing.skus:
        assert {type(sku.price), type(sku.reference_price), type(sku.weight), type(sku.stock)} == {int}
        assert 2_900 <= sku.price <= 129_900
        assert sku.price % 100 == 0
        assert sku.reference_price == 0 or sku.reference_price > sku.price
        assert 0 < sku.weight <= 20_000
        assert sku.stock >= 0


@every_product
def test_a_listing_speaks_both_languages(listing):
    assert all((listing.description, listing.specs, listing.pictures))
    for text in every_text(listing):
        assert text.zh.strip() == text.zh != ""
        assert text.en.strip() == text.en != ""
        assert not re.search(r"[\u4e00-\u9fff]", text.en)
        assert not re.search(r"[,;!?]", re.sub(r"\d,\d", "", text.zh)), "Chinese takes full-width punctuation"


@every_product
def test_a_listing_claims_nothing_the_law_forbids(listing):
    for text in every_text(listing):
        assert [word for word in BANNED if word in text.zh] == []
        assert [word for word in BANNED_EN if re.search(rf"\b{word}\b", text.en.lower())] == []


@every_product
def test_a_listing_that_refuses_the_no_reason_return_says_why(listing):
    assert listing.no_reason in {REQUIRED, EXCLUDED_IF_CONFIRMED}
    assert (listing.no_reason == REQUIRED) == (listing.no_reason_note is None)


def test_every_picture_is_there_and_none_is_left_over():
    used = {picture.name for product in CATALOGUE.products for picture in product.pictures}
    used |= {category.picture for category in CATALOGUE.categories if category.picture}
    used |= {merchant.picture for merchant in CATALOGUE.merchants}
    assert {path.stem for path in PICTURES.glob("*.webp")} == used
    for name in used:
        path = PICTURES / f"{name}.webp"
        assert path.stat().st_size <= 20_000
        with Image.open(path) as image:
            assert image.size == (800, 800)


def test_no_product_borrows_the_first_picture_of_another():
    firsts = Counter(product.pictures[0].name for product in CATALOGUE.products)
    assert [name for name, times in firsts.items() if times > 1] == []


def test_some_things_run_low_and_some_are_sold_out_but_no_listing_is_empty():
    stock = [sku.stock for product in CATALOGUE.products for sku in product.skus]
    assert sum(pieces == 0 for pieces in stock) >= 3
    assert sum(0 < pieces < 10 for pieces in stock) >= 5
    assert sum(not any(sku.stock for sku in product.skus) for product in CATALOGUE.products) <= 3


def test_a_review_is_about_something_that_was_on_sale():
    for review in REVIEWS:
        product = PRODUCTS[review.product]
        assert review.sku in {sku.code for sku in product.skus}
        assert 0 < review.days_ago < product.listed_days_ago, review
        assert 1 <= review.stars <= 5
        assert "***" in review.name
    assert [text for text, times in Counter(review.text for review in REVIEWS).items() if times > 1] == []
    assert {2, 3, 4, 5} <= {review.stars for review in REVIEWS}


def test_there_is_a_shopper_of_every_tier_and_a_login_for_every_desk():
    assert [shopper.tier for shopper in PEOPLE.shoppers] == ["NORMAL", "SILVER", "GOLD", "PLATINUM", "DIAMOND"]
    merchants = {merchant.slug for merchant in CATALOGUE.merchants}
    assert {staff.merchant for staff in PEOPLE.staff if staff.role == "MERCHANT"} == merchants
    assert {staff.role for staff in PEOPLE.staff} == {"MERCHANT", "OPERATOR", "MANAGER"}
    people = [*PEOPLE.shoppers, *PEOPLE.staff]
    assert len({person.email for person in people}) == len({person.phone for person in people}) == len(people)
    assert all(person.email.endswith("@demo.zhanggui.example") for person in people)
    addresses = [address for shopper in PEOPLE.shoppers for address in shopper.addresses]
    assert all(re.fullmatch(r"1380000\d{4}", who.phone) for who in [*people, *addresses])
