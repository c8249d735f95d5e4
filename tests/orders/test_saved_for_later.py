"""What is put aside for later: it moves both ways, joins at sign-in, and costs nothing until it comes back."""

import pytest
from django.urls import reverse

from catalog.models import Product, Stock
from orders import cart as carts
from orders import cart_view, saved_lines
from orders.models import Cart, CartLine, SavedLine

pytestmark = pytest.mark.django_db


def post(client, **fields):
    return client.post(reverse("cart"), fields)


def test_a_line_moves_aside_and_back_with_its_quantity(shopper, alice, teapot, cup, put_in_cart):
    for sku, units in ((teapot, 2), (cup, 1)):
        put_in_cart(alice, sku, units)
    post(shopper, later=teapot.pk, shown=[teapot.pk, cup.pk], **{f"t{cup.pk}": "1", f"t{teapot.pk}": "1"})
    page = shopper.get(reverse("cart")).context["cart"]
    assert [line.sku_id for line in page.lines] == [cup.pk]
    assert [(line.sku_id, line.quantity) for line in page.saved] == [(teapot.pk, 2)]
    assert page.quote.goods_fen == cup.price_fen
    post(shopper, back=teapot.pk)
    page = shopper.get(reverse("cart")).context["cart"]
    assert {(line.sku_id, line.quantity) for line in page.lines} == {(teapot.pk, 2), (cup.pk, 1)}
    assert page.saved == []


def test_a_quantity_that_was_typed_goes_aside_with_its_line(shopper, alice, teapot, put_in_cart):
    put_in_cart(alice, teapot, 1)
    post(shopper, later=teapot.pk, shown=teapot.pk, **{f"q{teapot.pk}": "3"})
    assert SavedLine.objects.get().quantity == 3


def test_a_cart_with_saved_things_only_is_no_empty_cart(shopper, alice, teapot, put_in_cart):
    put_in_cart(alice, teapot)
    post(shopper, later=teapot.pk)
    page = shopper.get(reverse("cart"))
    assert not page.context["cart"].is_empty
    assert page.context["cart"].units == 0
    assert page.context["cart"].quote is None
    assert 'name="back"' in page.content.decode()


def test_a_guests_saved_things_join_the_members_at_sign_in(client, alice, teapot, cup, put_in_cart):
    for sku in (teapot, cup):
        client.post(reverse("cart_lines"), {"sku": sku.pk, "quantity": 2})
        post(client, later=sku.pk)
    mine = put_in_cart(alice, teapot).cart
    saved_lines.put_aside(mine, teapot.pk)
    client.force_login(alice)
    page = client.get(reverse("cart")).context["cart"]
    assert {(line.sku_id, line.quantity) for line in page.saved} == {(teapot.pk, 2), (cup.pk, 2)}
    assert not Cart.objects.filter(user=None).exists()


def test_what_is_gone_stays_saved_and_says_why(shopper, alice, teapot, cup, put_in_cart):
    for sku in (teapot, cup):
        put_in_cart(alice, sku)
        post(shopper, later=sku.pk)
    Stock.objects.filter(sku=teapot).update(on_hand=0)
    Product.objects.filter(pk=cup.product_id).update(status=Product.Status.TAKEN_DOWN)
    refused = post(shopper, back=teapot.pk)
    assert refused.status_code == 422
    assert refused.context["problems"].keys() == {teapot.pk}
    page = shopper.get(reverse("cart")).context["cart"]
    assert {line.problem for line in page.saved} == {"sold_out", "off_shelf"}
    assert page.lines == []


def test_a_strangers_saved_things_are_out_of_reach(client, alice, mallory, teapot, put_in_cart):
    mine = put_in_cart(alice, teapot).cart
    saved_lines.put_aside(mine, teapot.pk)
    client.force_login(mallory)
    client.post(reverse("cart_lines"), {"sku": teapot.pk, "quantity": 1})
    post(client, forget=teapot.pk)
    post(client, back=teapot.pk)
    assert SavedLine.objects.get().cart == mine
    assert CartLine.objects.get().quantity == 1


def test_saved_things_can_be_forgotten_and_odd_numbers_break_nothing(shopper, alice, teapot, put_in_cart):
    put_in_cart(alice, teapot)
    post(shopper, later="x")
    post(shopper, later="9" * 18)
    assert not SavedLine.objects.exists()
    post(shopper, later=teapot.pk)
    post(shopper, forget=teapot.pk)
    assert not SavedLine.objects.exists()


def test_the_cart_keeps_its_budget_with_saved_things(
    shopper, alice, yuji, teapot, cup, put_in_cart, django_assert_max_num_queries
):
    put_in_cart(alice, cup)
    put_in_cart(alice, teapot)
    post(shopper, later=teapot.pk)
    shopper.get(reverse("cart"))
    with django_assert_max_num_queries(10):
        shopper.get(reverse("cart"))


def test_no_more_than_an_order_may_hold_goes_into_the_cart(shopper, alice, teapot, put_in_cart):
    Product.objects.filter(pk=teapot.product_id).update(max_per_order=2)
    shopper.post(reverse("cart_lines"), {"sku": teapot.pk, "quantity": 5})
    assert CartLine.objects.get().quantity == 2
    refused = post(shopper, shown=teapot.pk, **{f"q{teapot.pk}": "4", f"t{teapot.pk}": "1"})
    assert refused.status_code == 422
    assert CartLine.objects.get().quantity == 2


def test_a_limit_that_came_later_is_said_beside_the_line(alice, teapot, put_in_cart):
    line = put_in_cart(alice, teapot, 3)
    Product.objects.filter(pk=teapot.product_id).update(max_per_order=2)
    shown = cart_view.view(line.cart, alice)
    assert [each.sku_id for each in shown.over_limit] == [teapot.pk]
    carts.change(line.cart, teapot.pk, 2)
    assert cart_view.view(line.cart, alice).over_limit == []


def test_each_merchants_goods_say_when_they_come(alice, teapot, cup, put_in_cart):
    put_in_cart(alice, teapot)
    line = put_in_cart(alice, cup)
    groups = cart_view.view(line.cart, alice).groups
    assert len(groups) == 2
    assert all(group.sent and group.arrives for group in groups)
