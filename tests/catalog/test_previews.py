"""A listing looked at as shoppers would see it, before they do."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from catalog import previews
from catalog.models import Product
from orders.models import CartLine
from tests.factories import make_product, make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(yuji):
    product = make_product(yuji, published=False, axes=["釉色"])
    for color in ("霁青", "月白"):
        make_sku(product, option1=color, price_fen=10_000 if color == "霁青" else 12_300)
    return product


def test_whoever_has_the_link_sees_a_draft_and_no_robot_keeps_it(client, draft):
    answer = client.get(previews.address(draft))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert draft.title in page
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert 'rel="canonical"' not in page
    assert client.get(draft.get_absolute_url()).status_code == 404, "the page itself stays shut"


def test_a_choice_shows_its_price_with_and_without_script(client, draft):
    link = previews.address(draft)
    assert client.post(link, {"o1": "月白"}).context["choice"].sku.price_fen == 12_300
    part = client.post(link, {"o1": "月白"}, headers={"HX-Request": "true"})
    assert part.content.decode().startswith("\n<div") or "<html" not in part.content.decode()
    assert f'hx-post="{link}"' in part.content.decode()


def test_nothing_can_be_bought_in_a_preview(client, draft):
    page = client.get(previews.address(draft)).content.decode()
    assert 'value="buy" disabled' in page
    client.post("/cart/lines/", {"product": draft.pk, "sku": draft.skus.first().pk, "go": "cart"})
    assert not CartLine.objects.exists()


def test_a_link_ends_after_seven_days(client, draft, monkeypatch):
    link = previews.address(draft)
    monkeypatch.setattr(previews, "LASTS", timedelta(seconds=-1))
    answer = client.get(link)
    assert (answer.status_code, "noindex" in answer["X-Robots-Tag"]) == (410, True)
    assert draft.title not in answer.content.decode()


@pytest.mark.parametrize("forged", ["1", "x:y:z", "%00", "茶"])
def test_a_link_that_the_shop_has_not_signed_opens_nothing(client, draft, forged):
    assert client.get(f"/preview/{forged}/").status_code == 404
    other = signing.dumps(draft.pk, salt="something else")
    assert client.get(f"/preview/{other}/").status_code == 404


def test_a_preview_takes_as_few_statements_as_the_page(client, draft, django_assert_max_num_queries):
    link = previews.address(draft)
    client.get(link)
    with django_assert_max_num_queries(12):
        client.get(link)


def test_staff_reach_the_preview_of_their_own_listings_only(client, yuji_staff, draft, songyan):
    client.force_login(yuji_staff)
    page = client.get(reverse("admin:catalog_product_change", args=[draft.pk])).content.decode()
    button = reverse("admin:catalog_product_preview", args=[draft.pk])
    assert button in page
    assert client.get(client.get(button)["Location"]).status_code == 200
    foreign = make_product(songyan)
    assert client.get(reverse("admin:catalog_product_preview", args=[foreign.pk])).status_code == 404


def test_a_taken_down_listing_can_be_previewed(client, draft):
    Product.objects.filter(pk=draft.pk).update(status=Product.Status.TAKEN_DOWN, published_at=timezone.now())
    assert client.get(previews.address(draft)).status_code == 200
