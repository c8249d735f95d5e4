"""What search engines and social networks read."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import memo
from catalog import listings, sitemap
from catalog.models import Picture, Product
from tests.factories import make_category, make_product, make_sku

SITE = settings.SITE_URL
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def teapot(yuji):
    made = make_product(yuji, category=make_category("茶器", slug="teaware"), title_en="Teapot", subtitle="出水利落")
    make_sku(made, code="T-1", price_fen=26_800, barcode="6901234567892")
    Picture.objects.create(
        product=made, status=Picture.Status.READY, drawn=True, file="products/a.webp", width=800, height=800
    )
    listings.refresh([made.pk])
    memo.forget_all()
    return made


def page(client, address, **extra):
    response = client.get(address, **extra)
    assert response.status_code == 200
    return response.content.decode()


def links(html, rel):
    return re.findall(rf'<link rel="{rel}"[^>]*href="([^"]+)"', html)


def metas(html):
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html))


def data(html):
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.S)
    return {thing["@type"]: thing for thing in json.loads(found[1])["@graph"]}


def test_a_listing_names_one_address_and_both_languages(client, teapot):
    here = SITE + teapot.get_absolute_url()
    html = page(client, teapot.get_absolute_url() + "?o1=x&quantity=2")
    assert links(html, "canonical") == [here]
    assert dict(re.findall(r'hreflang="([^"]+)" href="([^"]+)"', html)) == {
        "zh-Hans": here,
        "en": here + "?lang=en",
        "x-default": here,
    }


def test_the_english_page_is_its_own_address_and_the_visit_stays_english(client, teapot):
    html = page(client, teapot.get_absolute_url() + "?lang=en")
    assert '<html lang="en"' in html
    assert links(html, "canonical") == [SITE + teapot.get_absolute_url() + "?lang=en"]
    assert metas(html)["og:title"] == "Teapot"
    assert '<html lang="en"' in page(client, "/")
    assert '<html lang="zh-Hans"' in page(client, "/?lang=zh-hans")


@pytest.mark.parametrize("odd", ["fr", "EN", "../x", "", "zh-hans "])
def test_an_unknown_language_in_an_address_changes_nothing(client, teapot, odd):
    assert '<html lang="zh-Hans"' in page(client, f"/?lang={odd}")
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_changing_the_language_leaves_the_language_of_the_address_behind(client, teapot):
    html = page(client, teapot.get_absolute_url() + "?quantity=2&lang=en")
    assert f'name="next" value="{teapot.get_absolute_url()}?quantity=2"' in html


def test_pages_of_a_category_are_found_and_name_their_neighbours(client, yuji):
    category = make_category("灯", slug="lamps")
    for _n in range(50):
        make_sku(make_product(yuji, category=category))
    memo.forget_all()
    html = page(client, "/c/lamps/?page=2")
    here = SITE + "/c/lamps/"
    assert links(html, "canonical") == [here + "?page=2"]
    assert links(html, "prev")[0] == here
    assert links(html, "next")[0] == here + "?page=3"
    assert "noindex" not in html
    assert links(page(client, "/c/lamps/?page=99"), "canonical") == [here + "?page=3"]
    assert links(page(client, "/c/lamps/?sort=new&page=2"), "canonical") == [here]


@pytest.mark.parametrize("query", ["c/teaware/?stock=1", "c/teaware/?lo=1&hi=900", "search/?q=壶", "search/"])
def test_what_is_narrowed_or_searched_is_not_found(client, teapot, query):
    html = page(client, "/" + query)
    assert metas(html)["robots"] == "noindex, follow"
    assert links(html, "canonical") == []


def test_one_variant_is_an_offer(client, teapot):
    product = data(page(client, teapot.get_absolute_url()))["Product"]
    offer = product["offers"]
    assert (offer["@type"], offer["price"], offer["priceCurrency"]) == ("Offer", "268.00", "CNY")
    assert offer["availability"] == "https://schema.org/InStock"
    assert offer["gtin13"] == "6901234567892"
    assert offer["url"] == SITE + teapot.get_absolute_url()
    assert offer["hasMerchantReturnPolicy"]["merchantReturnDays"] == 7
    assert "aggregateRating" not in product


def test_several_variants_are_one_offer_with_a_range(client, teapot):
    Product.objects.filter(pk=teapot.pk).update(axes=["容量"], rating_sum=14, rating_count=3)
    make_sku(teapot, code="T-2", option1="300 ml", price_fen=120_050, on_hand=0, barcode="123")
    product = data(page(client, teapot.get_absolute_url()))["Product"]
    offers = product["offers"]
    assert offers["@type"] == "AggregateOffer"
    assert (offers["lowPrice"], offers["highPrice"], offers["offerCount"]) == ("268.00", "1200.50", 2)
    assert [offer["availability"].rpartition("/")[2] for offer in offers["offers"]] == ["InStock", "OutOfStock"]
    assert "gtin13" not in offers["offers"][1]
    assert product["aggregateRating"]["ratingValue"] == 4.7
    assert product["aggregateRating"]["reviewCount"] == 3


def test_the_way_to_a_listing_is_told(client, teapot):
    steps = data(page(client, teapot.get_absolute_url()))["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [(1, "茶器"), (2, teapot.title)]
    assert steps[0]["item"] == SITE + "/c/teaware/"
    assert "BreadcrumbList" in data(page(client, "/c/teaware/"))


def test_the_home_page_tells_who_sells_and_how_to_search(client, teapot):
    told = data(page(client, "/"))
    assert told["Organization"]["url"] == SITE + "/"
    assert told["WebSite"]["potentialAction"]["target"]["urlTemplate"].endswith("/search/?q={search_term_string}")


def test_a_shared_listing_shows_its_card(client, teapot):
    told = metas(page(client, teapot.get_absolute_url()))
    assert told["og:image"].endswith("/products/a/card.jpg")
    assert told["og:image"].startswith("http")
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["twitter:card"] == "summary_large_image"
    assert told["og:type"] == "product"


def test_html_in_texts_is_text_in_the_head_and_in_structured_data(client, teapot):
    evil = '</script><script>alert(1)</script>"><img src=x>'
    Product.objects.filter(pk=teapot.pk).update(title=evil, subtitle=evil)
    html = page(client, teapot.get_absolute_url())
    assert "<script>alert" not in html
    assert "<img src=x>" not in html
    assert data(html)["Product"]["name"] == evil


# --- sitemaps --------------------------------------------------------------------------------------------------------


def addresses(client, address):
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return ElementTree.fromstring(body)  # noqa: S314 our own


def test_the_sitemap_is_divided_by_number_and_says_what_changed(client, teapot, yuji, monkeypatch):
    monkeypatch.setattr(sitemap, "PER_FILE", 3)
    for _n in range(6):
        make_sku(make_product(yuji))
    files = [place.text for place in addresses(client, "/sitemap.xml").iter(f"{MAP}loc")]
    assert len(files) >= 4
    found = []
    for file in files:
        tree = addresses(client, file.removeprefix(SITE))
        urls = tree.findall(f"{MAP}url")
        assert "products" not in file or 0 < len(urls) <= 6
        assert "products" not in file or all(url.find(f"{MAP}lastmod") is not None for url in urls)
        found += [url.find(f"{MAP}loc").text for url in urls]
    wanted = {SITE + product.get_absolute_url() for product in Product.objects.all()}
    assert wanted | {address + "?lang=en" for address in wanted} <= set(found)
    assert len(found) == len(set(found))
    assert SITE + "/c/teaware/" in found


def test_what_is_not_on_sale_is_in_no_sitemap(client, teapot):
    name = f"/sitemap-products-{teapot.pk // sitemap.PER_FILE}.xml"
    assert len(addresses(client, name)) == 2
    listings.take_down(teapot)
    assert len(addresses(client, name)) == 0


@pytest.mark.parametrize("name", ["products-x", "nothing", "products-", "products-9999999999999"])
def test_there_is_no_such_file(client, db, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_a_file_of_the_sitemap_takes_one_query_whatever_its_size(client, teapot, yuji):
    name = f"/sitemap-products-{teapot.pk // sitemap.PER_FILE}.xml"
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            addresses(client, name)
        counts.append(len(seen))
        for _n in range(5):
            make_sku(make_product(yuji))
    assert counts[0] == counts[1] <= 2


def test_robots_are_told_where_the_sitemap_is_and_kept_out_of_private_pages(client, db):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /cart/" in text
