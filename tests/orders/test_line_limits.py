"""What cannot be ordered as it stands is said beside its line before checkout is sent, not by a refusal after it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from catalog import product_page, stock
from catalog.models import Product
from orders import cart_view, checkout_page, lifecycle, line_limits, shown_offers
from orders.models import CartLine, Order
from tests.factories import make_sku

pytestmark = pytest.mark.django_db

KEPT = "disabled hx-post"


@pytest.fixture
def sale(promote, teapot):
    """All ten teapots are in a sale at ¥99.00, one for each member."""
    return promote(
        "flash", prices={str(teapot.pk): 9_900}, pool_units={str(teapot.pk): 10}, units_a_member=1, name="秒杀"
    )


def kept(sku, user):
    listing = product_page.find(sku.product_id)
    return shown_offers.of_page(listing, product_page.gather(listing), user).kept


def why(user):
    """What the cart says of its only line."""
    (line,) = cart_view.view(user.cart, user).lines
    return line.too_many


def test_who_had_their_share_reads_in_the_cart_that_no_more_can_be_had(
    client, alice, bob, teapot, place, put_in_cart, sale
):
    place(alice, (teapot, 1))
    for person in (alice, bob):
        put_in_cart(person, teapot)
    assert (bool(why(alice)), why(bob)) == (True, "")
    client.force_login(alice)
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        assert why(alice) in client.get("/cart/").content.decode()
    bob.cart.lines.update(quantity=2)
    assert why(bob) == line_limits.why_not_so_many(stock.Left(10, 10, None, 10), 2, 1)


def test_checkout_says_it_beside_the_line_before_anything_is_sent(client, alice, teapot, place, sale):
    place(alice, (teapot, 1))
    client.force_login(alice)
    page = client.get("/checkout/", {"sku": teapot.pk, "quantity": 1})
    assert list(page.context["page"].refused) == [teapot.pk]
    assert f'id="refused-{teapot.pk}"' in page.content.decode()
    assert Order.objects.count() == 1


def test_the_page_of_the_goods_offers_no_button_that_would_be_refused(client, alice, bob, teapot, place, sale):
    assert (kept(teapot, alice), kept(teapot, AnonymousUser())) == (frozenset(), frozenset())
    order = place(alice, (teapot, 1))
    assert (kept(teapot, alice), kept(teapot, bob)) == ({teapot.pk}, frozenset())
    for person, shut in ((alice, True), (bob, False)):
        client.force_login(person)
        page = client.get(teapot.product.get_absolute_url()).content.decode()
        assert (KEPT in page) == shut
    lifecycle.cancel(order, by=alice)
    assert kept(teapot, alice) == frozenset()


def test_what_is_free_beside_the_sale_can_be_had_by_everybody(alice, promote, teapot, place, put_in_cart):
    promote("flash", prices={str(teapot.pk): 9_900}, pool_units={str(teapot.pk): 8}, units_a_member=1, name="秒杀")
    place(alice, (teapot, 1))
    assert kept(teapot, alice) == frozenset()
    put_in_cart(alice, teapot, 2)
    assert why(alice) == ""
    alice.cart.lines.update(quantity=3)
    assert why(alice) == line_limits.why_not_so_many(stock.Left(9, 9, None, 7), 3) != ""


def test_what_pages_say_is_what_reserving_does(alice, promote, teapot, place):
    promote("flash", prices={str(teapot.pk): 9_900}, pool_units={str(teapot.pk): 8}, units_a_member=1, name="秒杀")
    place(alice, (teapot, 1))
    for units in (3, 2):
        line = CartLine(sku=teapot, quantity=units)
        line.left = stock.shelf([teapot.pk])[teapot.pk]
        refused = checkout_page.of(alice, [line], use_points=False).refused
        if refused:
            with pytest.raises(stock.OutOfStock):
                place(alice, (teapot, units), key=f"key-{units}")
            alice.cart.lines.all().delete()
        else:
            place(alice, (teapot, units), key=f"key-{units}")
    assert sorted(Order.objects.values_list("lines__quantity", flat=True)) == [1, 2]


def test_more_than_an_order_may_hold_is_said_beside_each_line_of_the_listing(client, alice, teapot, cup, put_in_cart):
    Product.objects.filter(pk=teapot.product_id).update(max_per_order=2)
    small = make_sku(teapot.product, code="TEA-S", option1="小", on_hand=5)
    for sku, units in ((teapot, 2), (small, 1), (cup, 9)):
        put_in_cart(alice, sku, units)
    client.force_login(alice)
    page = client.get("/checkout/")
    assert set(page.context["page"].refused) == {teapot.pk, small.pk}
    assert f'id="refused-{small.pk}"' in page.content.decode()
    alice.cart.lines.filter(sku=small).delete()
    assert client.get("/checkout/").context["page"].refused == {}
