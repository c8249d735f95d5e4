"""The cart's page, as a browser without script meets it."""

import pytest
from django.urls import reverse

from catalog.models import Product
from orders.models import Cart, CartLine
from tests.factories import make_product, make_sku

pytestmark = pytest.mark.django_db


def add(client, sku, quantity=1, **more):
    return client.post(reverse("cart_lines"), {"sku": sku.pk, "quantity": quantity, **more})


def test_a_guest_fills_a_cart_and_finds_it_again(client, teapot):
    assert add(client, teapot, 2).status_code == 302
    page = client.get(reverse("cart"))
    assert "山影 侧提茶壶" in page.content.decode()
    assert page.context["cart"].quote.payable_fen == 53_600


@pytest.mark.parametrize("quantity", ["-1", "0", "1000000000", "1.5", "", "三", "²"])
def test_a_quantity_that_is_none_is_refused_with_words(client, teapot, quantity):
    answer = add(client, teapot, quantity)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not CartLine.objects.exists()


@pytest.mark.parametrize("sku", ["0", "999999", "abc", "9" * 30, "-5"])
def test_a_sku_that_is_not_there_is_refused_with_words(client, teapot, sku):
    assert client.post(reverse("cart_lines"), {"sku": sku, "quantity": 1}).status_code == 422
    assert not CartLine.objects.exists()


def test_an_unpublished_listing_cannot_be_put_into_the_cart(client, yuji):
    sku = make_sku(make_product(yuji, published=False))
    assert add(client, sku).status_code == 422
    assert not CartLine.objects.exists()


def test_options_name_the_sku(client, yuji):
    product = make_product(yuji, axes=["釉色"])
    make_sku(product, option1="霁青")
    white = make_sku(product, option1="月白")
    client.post(reverse("cart_lines"), {"product": product.pk, "o1": "月白", "quantity": 1})
    assert CartLine.objects.get().sku == white
    answer = client.post(reverse("cart_lines"), {"product": product.pk, "quantity": 1})
    assert answer.status_code == 422
    assert "釉色" in answer.content.decode()


def test_what_is_ticked_outranks_the_sku_of_the_page_when_no_script_drew_it_again(client, yuji):
    product = make_product(yuji, axes=["釉色"])
    blue, white = make_sku(product, option1="霁青"), make_sku(product, option1="月白")
    client.post(reverse("cart_lines"), {"product": product.pk, "sku": blue.pk, "o1": "月白", "quantity": 1})
    assert CartLine.objects.get().sku == white


@pytest.mark.parametrize("go", ["cart", "buy"])
def test_a_combination_that_is_not_offered_is_refused_and_leads_back_to_its_listing(client, yuji, go):
    product = make_product(yuji, axes=["釉色", "容量"])
    green = make_sku(product, option1="霁青", option2="300 ml")
    make_sku(product, option1="月白", option2="200 ml")
    wish = {"product": product.pk, "sku": green.pk, "o1": "月白", "o2": "300 ml", "quantity": 1, "go": go}
    answer = client.post(reverse("cart_lines"), wish)
    assert answer.status_code == 422
    assert f'href="{product.get_absolute_url()}"' in answer.content.decode()
    assert client.post(reverse("cart_lines"), wish, headers={"HX-Request": "true"}).status_code == 422
    assert not CartLine.objects.exists()


def test_no_more_than_there_is_goes_into_the_cart(client, teapot):
    add(client, teapot, 8)
    add(client, teapot, 8)
    assert CartLine.objects.get().quantity == 10


def test_the_guests_cart_joins_the_members_at_sign_in(client, alice, teapot, cup, put_in_cart):
    put_in_cart(alice, teapot, 3)
    add(client, teapot, 9)
    add(client, cup, 2)
    client.force_login(alice)
    page = client.get(reverse("cart"))
    lines = dict(CartLine.objects.filter(cart__user=alice).values_list("sku_id", "quantity"))
    assert lines == {teapot.pk: 10, cup.pk: 2}
    assert not Cart.objects.filter(user=None).exists()
    assert any("9" in str(message) for message in page.context["messages"])
    assert not list(client.get(reverse("cart")).context["messages"])


def test_a_strangers_cart_is_out_of_reach(client, alice, bob, teapot, put_in_cart):
    put_in_cart(alice, teapot, 3)
    client.force_login(bob)
    client.post(reverse("cart"), {"shown": teapot.pk, f"q{teapot.pk}": "9", "remove": teapot.pk})
    assert CartLine.objects.get(cart__user=alice).quantity == 3


def test_steppers_ticks_and_removal_work_without_script(shopper, alice, teapot, cup, put_in_cart):
    put_in_cart(alice, teapot, 2)
    put_in_cart(alice, cup, 1)
    both = {"shown": [teapot.pk, cup.pk], f"q{teapot.pk}": 2, f"q{cup.pk}": 1}
    shopper.post(reverse("cart"), {**both, f"t{teapot.pk}": 1, f"t{cup.pk}": 1, "step": f"{teapot.pk}:1"})
    assert CartLine.objects.get(sku=teapot).quantity == 3
    shopper.post(reverse("cart"), {**both, f"t{teapot.pk}": 1})
    assert not CartLine.objects.get(sku=cup).selected
    shopper.post(reverse("cart"), {**both, f"t{teapot.pk}": 1, "was-all": "", "all": "1"})
    assert CartLine.objects.filter(selected=True).count() == 2
    group = {f"was-g{cup.merchant_id}": "1", f"was-g{teapot.merchant_id}": "1", f"g{teapot.merchant_id}": "1"}
    shopper.post(reverse("cart"), {**both, f"t{teapot.pk}": 1, f"t{cup.pk}": 1, **group})
    assert not CartLine.objects.get(sku=cup).selected
    shopper.post(reverse("cart"), {**both, "remove": cup.pk})
    assert not CartLine.objects.filter(sku=cup).exists()


def test_a_bad_quantity_in_the_cart_keeps_the_old_one_and_says_so(shopper, alice, teapot, put_in_cart):
    put_in_cart(alice, teapot, 2)
    answer = shopper.post(reverse("cart"), {"shown": teapot.pk, f"q{teapot.pk}": "-3", f"t{teapot.pk}": 1})
    assert answer.status_code == 422
    assert f'id="problem-{teapot.pk}"' in answer.content.decode()
    assert CartLine.objects.get().quantity == 2


def test_what_cannot_be_bought_stands_apart_with_the_reason(shopper, alice, teapot, cup, yuji, put_in_cart):
    put_in_cart(alice, teapot)
    put_in_cart(alice, cup)
    put_in_cart(alice, make_sku(make_product(yuji), on_hand=0))
    Product.objects.filter(pk=cup.product_id).update(status=Product.Status.TAKEN_DOWN)
    cart = shopper.get(reverse("cart")).context["cart"]
    assert {line.problem for line in cart.invalid} == {"off_shelf", "sold_out"}
    assert cart.quote.payable_fen == 26_800


def test_a_changed_price_is_pointed_out(shopper, alice, teapot, put_in_cart):
    put_in_cart(alice, teapot)
    type(teapot).objects.update(price_fen=20_000)
    (line,) = shopper.get(reverse("cart")).context["cart"].lines
    assert line.cheaper_by_fen == 6_800


def test_the_cart_needs_few_queries(shopper, alice, yuji, songyan, put_in_cart, django_assert_max_num_queries):
    for merchant in (yuji, songyan):
        for _ in range(4):
            put_in_cart(alice, make_sku(make_product(merchant)))
    shopper.get(reverse("cart"))
    with django_assert_max_num_queries(10):
        shopper.get(reverse("cart"))


def test_adding_needs_few_queries(shopper, teapot, django_assert_max_num_queries):
    add(shopper, teapot)
    with django_assert_max_num_queries(10):
        add(shopper, teapot)
