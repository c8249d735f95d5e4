"""The pages of checkout and orders, as a browser without script meets them."""

import re

import pytest
from django.urls import reverse

from catalog.models import Product
from orders.models import CartLine, Order
from tests.factories import make_product, make_sku

pytestmark = pytest.mark.django_db


def hidden(response):
    """The hidden fields of a page's form."""
    found = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', response.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


# --- checkout ---------------------------------------------------------------------------------------------------------

NEW_ADDRESS = {
    "address": "new",
    "new-receiver": "林小满",
    "new-phone": "138 0000 0001",
    "new-province": "330000",
    "new-city": "330100",
    "new-district": "330106",
    "new-detail": "文三路 478 号 3 幢 1201 室",
}


def test_a_guest_signs_in_first_and_comes_back(client, teapot):
    answer = client.post(reverse("cart_lines"), {"sku": teapot.pk, "quantity": 2, "go": "buy"})
    assert answer.url == f"/checkout/?sku={teapot.pk}&quantity=2"
    answer = client.get(answer.url)
    assert answer.url.startswith(reverse("account_login"))
    assert "next=/checkout/" in answer.url


def test_an_order_is_placed_from_the_cart(shopper, alice, teapot, alices_address, put_in_cart):
    put_in_cart(alice, teapot, 2)
    form = hidden(shopper.get(reverse("checkout")))
    answer = shopper.post(reverse("checkout"), {**form, "address": alices_address.pk, "go": "place"})
    order = alice.orders.get()
    assert answer.url == reverse("order_payment", args=[order.number])
    assert order.payable_fen == 53_600
    again = shopper.post(reverse("checkout"), {**form, "address": alices_address.pk, "go": "place"})
    assert again.url == answer.url
    assert Order.objects.count() == 1


def test_buying_at_once_leaves_the_cart_alone(shopper, alice, teapot, cup, alices_address, put_in_cart):
    put_in_cart(alice, cup)
    form = hidden(shopper.get(reverse("checkout"), {"sku": teapot.pk, "quantity": 1}))
    shopper.post(reverse("checkout"), {**form, "address": alices_address.pk, "go": "place"})
    assert alice.orders.get().lines.get().sku == teapot
    assert CartLine.objects.get().sku == cup


def test_a_new_address_can_be_written_at_checkout(shopper, alice, teapot, put_in_cart):
    put_in_cart(alice, teapot)
    form = hidden(shopper.get(reverse("checkout")))
    answer = shopper.post(reverse("checkout"), {**form, **NEW_ADDRESS, "save_address": "on", "go": "place"})
    assert answer.status_code == 302, answer.context["form"].address_form.errors
    order = alice.orders.get()
    assert (order.phone, order.district) == ("+8613800000001", "西湖区")
    assert alice.addresses.get().detail == order.detail


def test_what_was_typed_survives_an_error(shopper, alice, teapot, put_in_cart):
    put_in_cart(alice, teapot)
    form = hidden(shopper.get(reverse("checkout")))
    typed = {**form, **NEW_ADDRESS, "new-phone": "1385710622", "go": "place"}
    typed |= {f"note_{teapot.merchant_id}": "放在快递柜"}
    typed |= {"invoice_kind": "company", "invoice_title": "屿集有限公司", "tax_number": "91350100M000100Y44"}
    answer = shopper.post(reverse("checkout"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert {"phone"} == set(answer.context["form"].address_form.errors)
    assert {"tax_number"} == set(answer.context["form"].errors)
    for value in ("1385710622", "放在快递柜", "屿集有限公司", "91350100M000100Y44", 'id="error-summary"'):
        assert value in page
    assert not Order.objects.exists()


def test_a_step_of_the_address_form_loses_nothing(shopper, alice, teapot, put_in_cart):
    put_in_cart(alice, teapot)
    form = hidden(shopper.get(reverse("checkout")))
    answer = shopper.post(
        reverse("checkout"),
        {**form, "address": "new", "new-province": "330000", "new-receiver": "林", "new-step": "region"}
        | {f"note_{teapot.merchant_id}": "快"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="new-city"' in page
    assert 'value="快"' in page
    assert 'id="error-summary"' not in page


def test_a_price_that_changed_is_asked_about(shopper, alice, teapot, alices_address, put_in_cart):
    put_in_cart(alice, teapot)
    form = {**hidden(shopper.get(reverse("checkout"))), "address": alices_address.pk, "go": "place"}
    type(teapot).objects.update(price_fen=30_000)
    answer = shopper.post(reverse("checkout"), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "¥268.00" in page
    assert "¥300.00" in page
    assert not Order.objects.exists()
    assert shopper.post(reverse("checkout"), {**form, **hidden(answer)}).status_code == 302
    assert alice.orders.get().payable_fen == 30_000


def test_a_total_made_up_by_the_browser_is_refused(shopper, alice, teapot, alices_address, put_in_cart):
    put_in_cart(alice, teapot)
    form = {**hidden(shopper.get(reverse("checkout"))), "address": alices_address.pk, "go": "place", "seen": "1"}
    assert shopper.post(reverse("checkout"), form).status_code == 409
    assert not Order.objects.exists()


def test_somebody_elses_address_cannot_be_chosen(client, bob, teapot, alices_address, put_in_cart):
    client.force_login(bob)
    put_in_cart(bob, teapot)
    form = {**hidden(client.get(reverse("checkout"))), "address": alices_address.pk, "go": "place"}
    answer = client.post(reverse("checkout"), form)
    assert answer.status_code == 422
    assert "478" not in answer.content.decode()
    assert not Order.objects.exists()


def test_confirmations_are_never_ticked_beforehand(shopper, alice, yuji, alices_address, put_in_cart):
    sku = make_sku(make_product(yuji, return_policy=Product.ReturnPolicy.EXCLUDED_IF_CONFIRMED))
    put_in_cart(alice, sku)
    page = shopper.get(reverse("checkout"))
    box = re.search(rf'<input[^>]*name="confirm_{sku.pk}"[^>]*>', page.content.decode())[0]
    assert "checked" not in box
    form = {**hidden(page), "address": alices_address.pk, "go": "place"}
    assert shopper.post(reverse("checkout"), form).status_code == 422
    assert not Order.objects.exists()
    assert shopper.post(reverse("checkout"), {**form, f"confirm_{sku.pk}": "on"}).status_code == 302
    assert alice.orders.get().lines.get().return_exclusion_confirmed_at


# --- orders -----------------------------------------------------------------------------------------------------------


def test_an_order_is_found_by_number_and_by_title(shopper, alice, teapot, cup, place):
    one = place(alice, (teapot, 1))
    two = place(alice, (cup, 1), key="key-2")
    found = shopper.get(reverse("orders"), {"q": one.number}).context["page"]
    assert list(found) == [one]
    assert list(shopper.get(reverse("orders"), {"q": "品茗"}).context["page"]) == [two]
    assert not list(shopper.get(reverse("orders"), {"tab": "to-receive"}).context["page"])
    assert len(shopper.get(reverse("orders"), {"tab": "to-pay"}).context["page"]) == 2


@pytest.mark.parametrize("name", ["order", "order_cancellation"])
def test_a_strangers_order_is_not_there(client, alice, mallory, teapot, place, name):
    order = place(alice, (teapot, 1))
    client.force_login(mallory)
    assert client.get(reverse(name, args=[order.number])).status_code == 404


@pytest.mark.parametrize("name", ["order_cancellation", "order_receipt", "order_hiding", "order_repeat"])
def test_a_stranger_can_do_nothing_to_an_order(client, alice, mallory, teapot, place, name):
    order = place(alice, (teapot, 1))
    client.force_login(mallory)
    assert client.post(reverse(name, args=[order.number])).status_code == 404
    order.refresh_from_db()
    assert order.status == "pending_payment"
    assert not CartLine.objects.exists()


def test_the_page_of_an_order_masks_the_receiver(shopper, alice, teapot, place):
    order = place(alice, (teapot, 1))
    page = shopper.get(reverse("order", args=[order.number])).content.decode()
    assert "138****0001" in page
    assert "3 幢" not in page
    assert order.number in page


def test_an_unpaid_order_is_cancelled_after_one_more_question(shopper, alice, teapot, place):
    order = place(alice, (teapot, 1))
    address = reverse("order_cancellation", args=[order.number])
    assert shopper.get(address).status_code == 200
    shopper.post(address, {"reason": "changed_mind"})
    order.refresh_from_db()
    assert (order.status, order.close_reason) == ("closed", "buyer")
    assert shopper.get(address).status_code == 302


def test_a_closed_order_can_be_taken_off_the_list_and_bought_again(shopper, alice, teapot, place):
    order = place(alice, (teapot, 2))
    hide = reverse("order_hiding", args=[order.number])
    shopper.post(hide)
    assert list(shopper.get(reverse("orders")).context["page"]) == [order]
    Order.objects.update(status="closed", close_reason="timeout")
    shopper.post(hide)
    assert not list(shopper.get(reverse("orders")).context["page"])
    shopper.post(reverse("order_repeat", args=[order.number]))
    assert CartLine.objects.get().quantity == 2


def test_an_order_again_is_one_button_one_look_and_one_button(shopper, alice, teapot, cup, place, put_in_cart):
    order = place(alice, (teapot, 2))
    put_in_cart(alice, cup, 3)
    answer = shopper.post(reverse("order_repeat", args=[order.number]))
    assert answer.headers["Location"] == reverse("checkout")
    page = shopper.get(reverse("checkout"))
    form = hidden(page)
    chosen = page.context["form"]["address"].value()
    assert str(chosen) == str(alice.addresses.get().pk)
    answer = shopper.post(reverse("checkout"), {**form, "address": chosen, "go": "place"})
    again = alice.orders.exclude(pk=order.pk).get()
    assert answer.headers["Location"] == reverse("order_payment", args=[again.number])
    assert [(line.sku, line.quantity) for line in again.lines.all()] == [(teapot, 2)]
    assert CartLine.objects.get().sku == cup


def test_bought_at_once_is_one_look_and_one_button(shopper, alice, teapot, alices_address):
    page = shopper.get(reverse("checkout"), {"sku": teapot.pk, "quantity": 1})
    form = hidden(page) | {"sku": teapot.pk, "quantity": 1, "address": alices_address.pk, "go": "place"}
    shopper.post(reverse("checkout"), form)
    assert [(line.sku, line.quantity) for line in alice.orders.get().lines.all()] == [(teapot, 1)]


def test_each_merchant_gets_its_own_note_and_no_other(shopper, alice, teapot, cup, alices_address, put_in_cart):
    put_in_cart(alice, teapot)
    put_in_cart(alice, cup)
    form = hidden(shopper.get(reverse("checkout"))) | {"address": alices_address.pk, "go": "place"}
    form |= {f"note_{teapot.merchant_id}": "易碎", f"note_{cup.merchant_id}": " ", "note_999999": "fremd"}
    shopper.post(reverse("checkout"), form)
    order = alice.orders.get()
    assert order.merchant_notes == {str(teapot.merchant_id): "易碎"}
    assert (order.note_for(teapot.merchant_id), order.note_for(cup.merchant_id)) == ("易碎", "")
    assert "易碎" in shopper.get(order.get_absolute_url()).content.decode()
    shopper.post(reverse("checkout"), form)
    assert alice.orders.count() == 1


def test_a_note_that_is_too_long_is_said_beside_its_field(shopper, alice, teapot, alices_address, put_in_cart):
    put_in_cart(alice, teapot)
    form = hidden(shopper.get(reverse("checkout"))) | {"address": alices_address.pk, "go": "place"}
    answer = shopper.post(reverse("checkout"), form | {f"note_{teapot.merchant_id}": "长" * 201})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"note_{teapot.merchant_id}"]
    assert not Order.objects.exists()


def test_a_form_that_is_sent_again_and_again_is_slowed_down(shopper, alice, teapot, alices_address, put_in_cart):
    put_in_cart(alice, teapot, 1)
    answers = [shopper.post(reverse("checkout"), {"go": "place", "items": f"{teapot.pk}x1"}) for _time in range(11)]
    slowed = [bool(answer.context["form"].non_field_errors()) for answer in answers]
    assert slowed == [False] * 10 + [True]
    assert not Order.objects.exists()
