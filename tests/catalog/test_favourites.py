"""Favourites, a lower price told once for each fall, and goods that are back."""

import pytest

from catalog import favourites, listings, prices, stock_bookings
from catalog.models import Favourite, StockAlert
from tests.factories import make_category, make_product, make_sku


@pytest.fixture
def teapot(yuji):
    return make_sku(make_product(yuji, category=make_category()), price_fen=26_800)


def told(user, kind):
    return user.notifications.filter(kind=kind).count()


def test_the_heart_adds_and_takes_away_and_leads_back_to_the_item(client, alice, teapot):
    client.force_login(alice)
    page = teapot.product.get_absolute_url()
    answer = client.post("/account/favourites/", {"product": teapot.product_id})
    assert answer["Location"] == page
    assert Favourite.objects.get().price_when_added_fen == 26_800
    assert "heart--on" in client.get(page).content.decode()
    assert "山影" in client.get("/account/favourites/").content.decode()
    answer = client.post("/account/favourites/", {"remove": teapot.product_id, "back": "product"})
    assert answer["Location"] == page
    assert not Favourite.objects.exists()


@pytest.mark.parametrize("wanted", ["", "x", "99999", "9" * 30, "٣"])
def test_what_is_no_listing_is_not_found(client, alice, wanted):
    client.force_login(alice)
    assert client.post("/account/favourites/", {"product": wanted}).status_code == 404
    assert not Favourite.objects.exists()


def test_a_draft_cannot_be_kept_and_a_guest_is_led_to_sign_in(client, alice, yuji, teapot):
    answer = client.post("/account/favourites/", {"product": teapot.product_id})
    assert answer["Location"].startswith("/account/login/")
    client.force_login(alice)
    draft = make_product(yuji, published=False)
    assert client.post("/account/favourites/", {"product": draft.pk}).status_code == 404
    assert not Favourite.objects.exists()


def test_nobody_takes_away_the_favourite_of_another(client, alice, mallory, teapot):
    favourites.add(alice, teapot.product)
    client.force_login(mallory)
    client.post("/account/favourites/", {"remove": teapot.product_id})
    assert Favourite.objects.get().user == alice


def test_each_fall_of_the_price_is_told_once(alice, teapot):
    favourites.add(alice, teapot.product)
    # (new price, messages so far)
    for price, messages in ((26_800, 0), (24_800, 1), (24_800, 1), (25_800, 1), (22_800, 2), (26_800, 2), (24_800, 3)):
        prices.change(teapot, price)
        favourites.tell_price_drops()
        favourites.tell_price_drops()
        assert told(alice, "favourite_cheaper") == messages, price
    facts = alice.notifications.filter(kind="favourite_cheaper").latest("pk").facts
    assert (facts["price"], facts["before"]) == ("248.00", "268.00")


def test_a_price_that_rose_or_a_sold_out_item_is_not_told(alice, teapot):
    favourites.add(alice, teapot.product)
    prices.change(teapot, 28_800)
    favourites.tell_price_drops()
    prices.change(teapot, 20_000)
    stock_bookings.set_on_hand(teapot, 0, source="test:count")
    listings.correct_stock_flags()
    favourites.tell_price_drops()
    assert told(alice, "favourite_cheaper") == 0


def test_a_favourite_that_is_back_is_told_once(alice, teapot):
    favourites.add(alice, teapot.product)
    favourites.tell_back_in_stock()
    assert told(alice, "favourite_back") == 0
    for number, units in enumerate((0, 4, 4)):
        stock_bookings.set_on_hand(teapot, units, source=f"test:count:{number}")
        listings.correct_stock_flags()
        favourites.tell_back_in_stock()
    assert told(alice, "favourite_back") == 1


def test_a_sold_out_item_offers_to_tell_when_it_is_back(client, alice, yuji):
    gone = make_sku(make_product(yuji, category=make_category()), on_hand=0)
    page = gone.product.get_absolute_url()
    assert 'name="alert"' not in client.get(page).content.decode()
    client.force_login(alice)
    assert f'name="alert" value="{gone.pk}"' in client.get(page).content.decode()
    for _ in range(2):
        assert client.post("/account/favourites/alerts/", {"alert": gone.pk})["Location"] == page
    assert StockAlert.objects.count() == 1
    favourites.tell_back_in_stock()
    assert told(alice, "stock_back") == 0
    stock_bookings.receive(gone, 3, source="test:back")
    favourites.tell_back_in_stock()
    favourites.tell_back_in_stock()
    assert told(alice, "stock_back") == 1
    assert alice.stock_alerts.get().told_at


def test_who_waits_for_the_sku_and_keeps_the_listing_is_told_once(alice, yuji):
    gone = make_sku(make_product(yuji, category=make_category()), on_hand=0)
    favourites.add(alice, gone.product)
    favourites.alert(alice, gone)
    stock_bookings.receive(gone, 3, source="test:back")
    favourites.tell_back_in_stock()
    favourites.tell_back_in_stock()
    assert alice.notifications.count() == 1


def test_a_wait_is_taken_away_by_its_owner_only(client, alice, mallory, teapot):
    favourites.alert(alice, teapot)
    client.force_login(mallory)
    client.post("/account/favourites/alerts/", {"cancel": StockAlert.objects.get().pk})
    assert StockAlert.objects.exists()
    client.force_login(alice)
    client.post("/account/favourites/alerts/", {"cancel": StockAlert.objects.get().pk})
    assert not StockAlert.objects.exists()
