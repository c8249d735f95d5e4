"""Views by guests: a number a day, without knowing who; no statement on the page itself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog import browsing, guest_views, previews
from catalog.models import GuestViews, Product
from orders import listing_figures
from tests.factories import make_category, make_product, make_sku

BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


@pytest.fixture
def pot(yuji):
    listing = make_product(yuji, category=make_category())
    make_sku(listing)
    return listing


def tell(client, product, agent=BROWSER, **extra):
    return client.post(reverse("product_seen", args=[product.pk]), headers={"user-agent": agent}, **extra)


def test_guests_add_to_the_number_of_the_day(client, pot):
    assert tell(client, pot).status_code == 204
    tell(Client(), pot)
    kept = GuestViews.objects.get()
    assert (kept.product, kept.day, kept.views) == (pot, timezone.localdate(), 2)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0)",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0",
        "python-requests/2.32",
        "curl/8.5",
    ],
)
def test_robots_are_not_counted(client, pot, agent):
    assert tell(client, pot, agent).status_code == 204
    assert not GuestViews.objects.exists()


def test_signed_in_shoppers_and_listings_that_are_not_on_sale_are_not_counted(client, pot, alice):
    client.force_login(alice)
    tell(client, pot)
    client.logout()
    Product.objects.update(status=Product.Status.DRAFT)
    tell(client, pot)
    assert client.post(reverse("product_seen", args=[pot.pk + 999])).status_code == 204
    assert not GuestViews.objects.exists()


def test_another_site_cannot_count_and_looking_at_the_address_neither(pot):
    assert tell(Client(enforce_csrf_checks=True), pot).status_code == 403
    assert Client().get(reverse("product_seen", args=[pot.pk])).status_code == 405
    assert not GuestViews.objects.exists()


def test_only_the_page_for_guests_asks_the_browser_to_tell(client, pot, alice, operator):
    told = f'data-seen="{reverse("product_seen", args=[pot.pk])}"'
    assert told in client.get(pot.get_absolute_url()).content.decode()
    assert told not in client.get(previews.address(pot)).content.decode()
    client.force_login(alice)
    assert told not in client.get(pot.get_absolute_url()).content.decode()


def test_the_figures_of_a_listing_count_guests_beside_shoppers(client, pot, alice):
    tell(client, pot)
    client.force_login(alice)
    client.get(pot.get_absolute_url())
    listing_figures.count()
    listing_figures.count()
    assert listing_figures.days_of(pot, 7)[-1].views == 2


def test_old_days_go(pot):
    today = timezone.localdate()
    for ago in (0, browsing.KEPT.days, browsing.KEPT.days + 1):
        GuestViews.objects.create(product=pot, day=today - timedelta(days=ago))
    assert guest_views.tidy() == 1
    assert GuestViews.objects.count() == 2
