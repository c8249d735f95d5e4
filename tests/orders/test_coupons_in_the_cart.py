"""The shopper's own choice of coupon in the cart: what the best would save, on to the checkout, and a choice that dies."""

import pytest
from django.urls import reverse

from loyalty.models import Coupon
from orders import cart_view, coupon_wishes
from orders.models import Order
from orders.pricing import Choice

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(alice, coupon_of):
    """(the best, a smaller one) for goods at ¥268.00."""
    return coupon_of(alice, 3_000), coupon_of(alice, 1_000)


@pytest.fixture
def filled(alice, teapot, put_in_cart):
    return put_in_cart(alice, teapot)


def choose(shopper, filled, coupon="auto", **more):
    posted = {"shown": filled.sku_id, f"t{filled.sku_id}": "on", f"q{filled.sku_id}": filled.quantity}
    return shopper.post(reverse("cart"), posted | {"coupon": coupon, "red_packet": "auto"} | more, follow=True)


def shown(shopper):
    return shopper.get(reverse("cart")).context["cart"]


def selected(page, name="coupon"):
    return page.context["form"][name].value()


def test_the_best_is_taken_when_nothing_is_chosen(shopper, filled, pair):
    page = shopper.get(reverse("cart"))
    assert (page.context["cart"].quote.payable_fen, selected(page)) == (23_800, "auto")
    assert page.context["cart"].quote.coupons[0].id == pair[0].pk
    assert b'name="coupon"' in page.content


def test_another_coupon_stays_chosen_and_the_page_says_what_the_best_would_save(shopper, filled, pair):
    for page in (choose(shopper, filled, pair[1].pk), shopper.get(reverse("cart"))):
        quote = page.context["cart"].quote
        assert (quote.payable_fen, quote.better_fen, selected(page)) == (25_800, 2_000, str(pair[1].pk))
        assert b"20.00" in page.content
    page = choose(shopper, filled, "none")
    assert (page.context["cart"].quote.payable_fen, page.context["cart"].quote.better_fen) == (26_800, 3_000)
    page = choose(shopper, filled)
    assert (page.context["cart"].quote.payable_fen, page.context["cart"].lost) == (23_800, "")


def test_the_choice_goes_along_to_the_checkout_and_into_the_order(shopper, alice, alices_address, filled, pair):
    choose(shopper, filled, pair[1].pk)
    page = shopper.get(reverse("checkout"))
    assert (page.context["page"].quote.payable_fen, selected(page)) == (25_800, str(pair[1].pk))
    form = page.context["form"]
    posted = dict(page.context["hidden"]) | {"go": "place", "address": alices_address.pk}
    posted |= {"coupon": selected(page), "red_packet": selected(page, "red_packet"), "key": form["key"].value()}
    assert shopper.post(reverse("checkout"), posted).status_code == 302
    order = Order.objects.get()
    assert order.payable_fen == 25_800
    pair[1].refresh_from_db()
    assert pair[1].status == Coupon.Status.LOCKED
    assert coupon_wishes.KEY not in shopper.session


def test_at_the_checkout_another_choice_counts_and_the_cart_keeps_its_own(shopper, alices_address, filled, pair):
    choose(shopper, filled, pair[1].pk)
    page = shopper.post(reverse("checkout"), {"go": "update", "coupon": "none", "red_packet": "auto"})
    assert (page.context["page"].quote.payable_fen, selected(page)) == (26_800, "none")
    assert selected(shopper.get(reverse("cart"))) == str(pair[1].pk)


def test_what_is_bought_at_once_is_not_about_the_cart(shopper, teapot, filled, pair):
    choose(shopper, filled, pair[1].pk)
    page = shopper.get(reverse("checkout"), {"sku": teapot.pk, "quantity": 1})
    assert (page.context["page"].quote.payable_fen, selected(page)) == (23_800, "auto")


@pytest.mark.parametrize("where", ["cart", "checkout"])
def test_a_coupon_that_is_gone_gives_way_to_the_best_once_and_says_so(shopper, filled, pair, where):
    choose(shopper, filled, pair[1].pk)
    Coupon.objects.filter(pk=pair[1].pk).update(status=Coupon.Status.VOID)
    first, second = (shopper.get(reverse(where)) for _time in range(2))
    about = [page.context["cart" if where == "cart" else "page"] for page in (first, second)]
    assert [(each.quote.payable_fen, each.lost) for each in about] == [(23_800, "gone"), (23_800, "")]
    assert selected(first) == "auto"
    assert first.content.count(b'role="status"') > second.content.count(b'role="status"')


@pytest.mark.parametrize("where", ["cart", "checkout"])
def test_a_coupon_that_does_not_fit_what_is_ticked_gives_way_until_it_fits(shopper, alice, filled, coupon_of, where):
    large, small = coupon_of(alice, 5_000, threshold_fen=50_000), coupon_of(alice, 1_000)
    name = "cart" if where == "cart" else "page"
    choose(shopper, filled, large.pk)
    page = shopper.get(reverse(where))
    assert (page.context[name].quote.payable_fen, page.context[name].lost) == (25_800, "unfit")
    assert page.context[name].quote.coupons[0].id == small.pk
    filled.quantity = 2
    filled.save()
    page = shopper.get(reverse(where))
    assert (page.context[name].quote.payable_fen, page.context[name].lost) == (48_600, "")


@pytest.mark.parametrize("text", ["auto", "", "x", "-1", "9" * 40, "1\x00", "99999"])
def test_what_nobody_offered_is_no_choice(shopper, filled, pair, text):
    page = choose(shopper, filled, text)
    assert page.status_code == 200
    assert page.context["cart"].quote.payable_fen == 23_800


def test_somebody_elses_coupon_is_no_choice(shopper, bob, filled, coupon_of):
    theirs = coupon_of(bob, 5_000)
    page = choose(shopper, filled, theirs.pk)
    assert (page.context["cart"].quote.payable_fen, page.context["cart"].choice) == (26_800, None)


def test_a_guest_and_an_empty_cart_are_asked_nothing(client, alice, filled, pair):
    assert b'name="coupon"' not in client.get(reverse("cart")).content
    client.force_login(alice)
    filled.delete()
    assert b'name="coupon"' not in client.get(reverse("cart")).content


def test_coupon_and_red_packet_are_chosen_apart(alice, filled, coupon_of):
    ours, packet = coupon_of(alice, 1_000), coupon_of(alice, 500, kind="red_packet")
    cart = filled.cart
    view = cart_view.view(cart, alice, {"coupon": "none", "red_packet": str(packet.pk)})
    assert (view.choice, view.quote.payable_fen) == (Choice("none", packet.pk), 26_300)
    view = cart_view.view(cart, alice, {"coupon": str(ours.pk), "red_packet": "7"})
    assert (view.choice, view.quote.payable_fen, view.lost) == (Choice(ours.pk, "auto"), 25_300, "gone")
    assert [coupon.id for coupon in view.quote.coupons] == [ours.pk, packet.pk]
    assert view.quote.better_fen == 0


def test_a_chosen_coupon_costs_the_cart_no_more_statements(shopper, filled, pair, django_assert_max_num_queries):
    choose(shopper, filled, pair[1].pk)
    shopper.get(reverse("cart"))
    with django_assert_max_num_queries(10):
        shopper.get(reverse("cart"))
