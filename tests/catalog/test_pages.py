import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import memo
from catalog import choice, dealt_prices, listings, reviews, sitemap
from catalog.models import Category, Picture, Product, Review, Specification
from tests.factories import make_category, make_product, make_sku

MOST_QUERIES = 12


def picture_of(product, position=0):
    return Picture.objects.create(
        product=product,
        position=position,
        status=Picture.Status.READY,
        file=f"products/{product.pk}-{position}.webp",
        width=800,
        height=800,
        drawn=True,
        alt="正面",
    )


def fill(merchant, *, products, skus=1, categories=2):
    """A shop of that size; returns its first listing."""
    places = [make_category(f"分类{products}-{number}") for number in range(categories)]
    made = [make_product(merchant, category=places[0], axes=["釉色"]) for _ in range(products)]
    for product in made:
        picture_of(product)
    for number in range(skus):
        make_sku(made[0], option1=f"色{number}")
    for product in made[1:]:
        make_sku(product, option1="青")
    listings.refresh([product.pk for product in made])
    memo.forget_all()
    return made[0]


def queries(client, address):
    client.get(address)  # what is remembered between requests is remembered in life too
    with CaptureQueriesContext(connection) as seen:
        response = client.get(address)
    assert response.status_code == 200
    return len(seen)


SIZES = [(5, 1, 2), (60, 30, 50)]


@pytest.mark.parametrize("who", ["guest", "alice"])
def test_pages_take_few_queries_whatever_the_size_of_the_shop(client, yuji, alice, who):
    if who == "alice":
        client.force_login(alice)
    counts = []
    for products, skus, categories in SIZES:
        if who == "guest":
            client.cookies.clear()  # a search makes a session, which later pages read
        teapot = fill(yuji, products=products, skus=skus, categories=categories)
        category = teapot.category.get_absolute_url()
        addresses = ["/", category, category + "?o=釉色:青&stock=1", "/search/?q=茶壶", teapot.get_absolute_url()]
        counts.append([queries(client, address) for address in addresses])
    small, large = counts
    assert max(large) <= MOST_QUERIES
    assert all(big <= little for little, big in zip(small[1:], large[1:], strict=True)), counts
    assert large[0] <= small[0] + 2  # a larger shop has two more blocks on its home page


def test_a_shop_with_nothing_opens_without_empty_blocks(client, db):
    page = client.get("/").content.decode()
    assert "货架还在布置" in page
    assert "大家常回购" not in page
    assert "逛分类" not in page


def test_a_shop_with_little_shows_it_once_as_new(client, yuji):
    fill(yuji, products=3)
    page = client.get("/").content.decode()
    assert "近期上新" in page
    assert "大家常回购" not in page


def test_a_listing_is_on_the_home_page_its_category_and_in_search(client, yuji):
    teapot = fill(yuji, products=1)
    for address in ("/", teapot.category.get_absolute_url(), "/search/?q=茶壶"):
        assert teapot.get_absolute_url() in client.get(address).content.decode()


def test_a_category_shows_what_is_in_the_categories_below_it(client, yuji):
    top = make_category("茶器")
    below = make_category("壶", parent=top)
    teapot = make_product(yuji, category=below)
    make_sku(teapot)
    assert teapot.get_absolute_url() in client.get(top.get_absolute_url()).content.decode()


@pytest.mark.parametrize("address", ["/c/nowhere/", "/p/x-99999/"])
def test_what_never_was_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


def test_a_hidden_category_is_not_found_nor_named(client, yuji):
    teapot = fill(yuji, products=1)
    Category.objects.update(is_active=False)
    memo.forget_all()
    assert client.get(teapot.category.get_absolute_url()).status_code == 404
    assert teapot.category.name not in client.get("/").content.decode()


def test_a_draft_is_not_found(client, yuji):
    draft = make_product(yuji, published=False)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_listing_taken_down_keeps_its_page_but_cannot_be_bought(client, yuji):
    teapot = fill(yuji, products=1)
    listings.take_down(teapot)
    response = client.get(teapot.get_absolute_url())
    assert response.status_code == 200
    assert "已下架" in response.content.decode()
    assert "加入购物车" not in response.content.decode()


def test_an_old_address_of_a_listing_leads_to_the_present_one(client, yuji):
    teapot = fill(yuji, products=1)
    response = client.get(f"/p/old-name-{teapot.pk}/")
    assert response.status_code == 301
    assert response["Location"] == teapot.get_absolute_url()


def test_a_choice_shows_its_code_weight_and_barcode(client, glazes):
    glazes.skus.filter(option1="墨灰").update(weight_g=460, barcode="6901234567892", code="MO-200")
    page = client.get(glazes.get_absolute_url() + "?o1=墨灰&o2=200 ml").content.decode()
    assert "MO-200" in page
    assert "460 g" in page
    assert "6901234567892" in page
    assert "MO-200 " not in client.get(glazes.get_absolute_url() + "?o1=霁青").content.decode()


# --- choosing -------------------------------------------------------------------------------------------------------


@pytest.fixture
def glazes(yuji):
    """A teapot in two glazes and two sizes: (霁青, 200), (霁青, 300, sold out), (墨灰, 200); 墨灰 300 is not made."""
    teapot = make_product(yuji, category=make_category(), axes=["釉色", "容量"])
    first, second = picture_of(teapot), picture_of(teapot, 1)
    make_sku(teapot, option1="霁青", option2="200 ml", price_fen=26_800, picture=first)
    make_sku(teapot, option1="霁青", option2="300 ml", price_fen=29_800, on_hand=0, picture=first)
    make_sku(teapot, option1="墨灰", option2="200 ml", price_fen=28_800, on_hand=3, picture=second)
    listings.refresh([teapot.pk])
    return teapot


def states(made):
    return {option.value: option.state for axis in made.axes for option in axis.options}


def test_before_a_choice_the_whole_price_range_is_shown(glazes):
    made = choice.of(glazes, choice.skus_of(glazes.pk))
    assert (made.price_min_fen, made.price_max_fen) == (26_800, 29_800)
    assert made.sku is None
    assert made.missing == ["釉色", "容量"]


def test_a_choice_narrows_price_stock_and_the_next_axis(glazes):
    made = choice.of(glazes, choice.skus_of(glazes.pk), ["霁青"])
    assert states(made) == {"霁青": "open", "墨灰": "open", "200 ml": "open", "300 ml": "gone"}
    made = choice.of(glazes, choice.skus_of(glazes.pk), ["墨灰", "200 ml"])
    assert states(made)["300 ml"] == "none"
    assert (made.sku.price_fen, made.available) == (28_800, 3)


def test_what_cannot_be_had_is_never_chosen(glazes):
    made = choice.of(glazes, choice.skus_of(glazes.pk), ["霁青", "300 ml"])
    assert made.sku is None
    assert made.missing == ["容量"]


def test_option_values_name_one_sku(glazes):
    assert choice.resolve(glazes.pk, ["墨灰", "200 ml"]).price_fen == 28_800
    assert choice.resolve(glazes.pk, ["霁青", "300 ml", ""]).price_fen == 29_800


@pytest.mark.parametrize(
    ("values", "missing"),
    [([], ["釉色", "容量"]), (["霁青"], ["容量"]), (["墨灰", "300 ml"], []), (["红", "200 ml"], [])],
)
def test_values_that_name_no_sku_are_refused_and_say_what_is_missing(glazes, values, missing):
    with pytest.raises(choice.NoSuchChoice) as refusal:
        choice.resolve(glazes.pk, values)
    assert refusal.value.missing == missing


def test_a_listing_with_one_sku_needs_no_choice(yuji):
    sku = make_sku(make_product(yuji))
    assert choice.resolve(sku.product_id, []) == sku


def test_a_sku_that_is_not_on_sale_cannot_be_named(glazes):
    glazes.skus.update(is_active=False)
    with pytest.raises(choice.NoSuchChoice):
        choice.resolve(glazes.pk, ["墨灰", "200 ml"])


def test_choosing_answers_htmx_with_the_part_and_people_with_the_page(client, glazes):
    address = glazes.get_absolute_url() + "?o1=墨灰&o2=200 ml"
    part = client.get(address, headers={"HX-Request": "true"})
    whole = client.get(address)
    assert part["Vary"] == whole["Vary"]
    assert "HX-Request" in part["Vary"]
    assert "<html" not in part.content.decode()
    assert "288" in part.content.decode()
    assert "只剩 3 件" in part.content.decode()
    assert f"picture-{glazes.pictures.last().pk}" in whole.content.decode()


def test_without_script_a_choice_leads_to_its_own_address(client, glazes):
    response = client.post(
        glazes.get_absolute_url(), {"o1": "墨灰", "o2": "200 ml", "quantity": "1", "step": "1", "go": "show"}
    )
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert re.search(r'name="quantity" value="2"', page)
    assert "墨灰" in page


@pytest.mark.parametrize(("asked", "given"), [("999", 3), ("0", 1), ("-4", 1), ("x", 1), ("", 1), ("٣", 3)])
def test_the_quantity_stays_between_one_and_what_there_is(client, glazes, asked, given):
    page = client.get(glazes.get_absolute_url(), {"o1": "墨灰", "quantity": asked}).context["page"]
    assert page.quantity == given


def test_a_sold_out_listing_says_so_instead_of_selling(client, yuji):
    teapot = make_product(yuji, category=make_category())
    make_sku(teapot, on_hand=0)
    page = client.get(teapot.get_absolute_url()).content.decode()
    assert "已售罄" in page or "售罄" in page
    assert 'value="buy"' not in page


def test_a_strike_through_price_is_shown_only_where_there_is_one(client, yuji):
    plain, reduced = make_product(yuji), make_product(yuji)
    make_sku(plain)
    sku = make_sku(reduced, price_fen=26_800, reference_price_fen=29_800)
    dealt_prices.record([(sku.pk, 29_800, 1)])
    listings.refresh([reduced.pk])
    bar = re.search(r'<div class="pricebar">.*?</div>', client.get(plain.get_absolute_url()).content.decode())[0]
    assert "268" in bar
    assert "原价" not in bar
    assert "¥298.00" in client.get(reduced.get_absolute_url()).content.decode()


def test_reviews_show_only_when_published_and_with_masked_names(client, glazes, alice):
    for number, status in enumerate(["published", "pending", "hidden"]):
        Review.objects.create(
            product=glazes,
            user=alice,
            source=f"order-line:{number}",
            stars=5,
            text=f"好用{status}",
            author_name="林小满",
            status=status,
            created_at=timezone.now(),
        )
    reviews.recount([glazes.pk])
    page = client.get(glazes.get_absolute_url()).content.decode()
    assert "好用published" in page
    assert "好用pending" not in page
    assert "好用hidden" not in page
    assert "林小满" not in page


def test_a_merchants_description_cannot_carry_a_script(client, glazes):
    Product.objects.update(description="<p>好壶</p><script>alert(1)</script><img src=x onerror=alert(2)>")
    Specification.objects.create(product=glazes, name="材质", value="<b>瓷</b>")
    page = client.get(glazes.get_absolute_url()).content.decode()
    assert "<p>好壶</p>" in page
    assert "alert(" not in page
    assert "&lt;b&gt;瓷" in page


def test_structured_data_names_price_and_stock_and_cannot_close_its_script(client, glazes):
    Product.objects.update(title="壶</script><b>")
    page = client.get(glazes.get_absolute_url()).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)[1])
    product = data["@graph"][0]
    assert product["name"] == "壶</script><b>"
    assert (product["offers"]["lowPrice"], product["offers"]["highPrice"]) == ("268.00", "298.00")
    assert product["offers"]["availability"].endswith("InStock")


def test_in_english_the_words_of_the_merchant_are_translated_where_known(client, glazes):
    from catalog.models import Term

    Term.objects.create(chinese="釉色", english="Glaze")
    client.cookies["django_language"] = "en"
    page = client.get(glazes.get_absolute_url()).content.decode()
    assert "Glaze" in page
    assert "墨灰" in page


def test_machines_learn_what_is_public(client, yuji):
    teapot = fill(yuji, products=1)
    draft = make_product(yuji, published=False)
    assert "Disallow: /cart/" in client.get("/robots.txt").content.decode()
    file = client.get(f"/sitemap-products-{teapot.pk // sitemap.PER_FILE}.xml")
    places = b"".join(file.streaming_content).decode()
    assert teapot.get_absolute_url() in places
    assert draft.get_absolute_url() not in places
