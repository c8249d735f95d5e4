"""What checkout asks beside the goods: an invoice, a new address, how many. Read as a browser without script reads it."""

import re

import pytest
from django.urls import reverse

from orders.forms.invoice import InvoiceForm
from orders.models import Cart, CartLine, InvoiceRequest, Order
from tests.orders.test_cart_pages import add
from tests.orders.test_pages import NEW_ADDRESS, hidden

pytestmark = pytest.mark.django_db
ELSEWHERE = NEW_ADDRESS | {"new-detail": "松间路 26 号"}


@pytest.fixture
def order(alice, cup, place):
    return place(alice, (cup, 1), key="before")


@pytest.fixture
def send(shopper, alice, teapot, alices_address, put_in_cart):  # noqa: F811
    put_in_cart(alice, teapot)

    def post(**typed):
        form = hidden(shopper.get(reverse("checkout")))
        return shopper.post(reverse("checkout"), {**form, "address": alices_address.pk, "go": "place", **typed})

    return post


def label(page, name):
    return re.search(rf"<label for=\"id_{name}\">(.*?)</label>", page.content.decode(), re.DOTALL)[1]


def test_what_an_invoice_needs_is_never_called_optional(shopper, teapot):  # noqa: F811
    page = shopper.get(reverse("checkout"), {"sku": teapot.pk})
    assert "optional" in label(page, "invoice_email")
    assert not any("optional" in label(page, name) for name in ("invoice_title", "tax_number"))
    assert not any("optional" in InvoiceForm()[name].as_field_group() for name in ("title", "tax_number"))


def test_what_is_left_in_fields_that_nobody_sees_is_no_mistake(send, alice):
    assert send(invoice_kind="", invoice_email="not an address", tax_number="?").status_code == 302
    assert not InvoiceRequest.objects.exists()
    assert alice.orders.count() == 1


def test_an_invoice_for_a_person_asks_no_tax_number(send):
    assert send(invoice_kind="personal", invoice_title="林小满", tax_number="?").status_code == 302
    assert InvoiceRequest.objects.get().tax_number == ""


def test_an_address_to_use_by_default_goes_into_the_book(send, alice, alices_address):
    assert send(**ELSEWHERE, **{"new-is_default": "on"}).status_code == 302
    new = alice.addresses.get(is_default=True)
    assert (new.detail, alice.addresses.count()) == (alice.orders.get().detail, 2)


def test_an_address_of_this_once_does_not(send, alice, alices_address):
    assert send(**ELSEWHERE).status_code == 302
    assert list(alice.addresses.all()) == [alices_address]
    assert alice.orders.get().detail != alices_address.detail


@pytest.mark.parametrize(("typed", "units"), [("３", 3), (" 2 ", 2)])
def test_a_quantity_is_read_as_people_type_it(client, teapot, typed, units):
    add(client, teapot)
    answer = client.post(reverse("cart"), {"shown": teapot.pk, f"q{teapot.pk}": typed, f"t{teapot.pk}": "1"})
    assert answer.status_code == 302
    assert CartLine.objects.get().quantity == units


@pytest.mark.parametrize("typed", ["-1", "0", "1000000000", "words", "1.5", "½", "³", "", "9" * 5_000])
def test_anything_else_is_said_and_changes_nothing(client, teapot, typed):
    add(client, teapot, 2)
    answer = client.post(reverse("cart"), {"shown": teapot.pk, f"q{teapot.pk}": typed, f"t{teapot.pk}": "1"})
    assert answer.status_code == 422
    assert f'id="problem-{teapot.pk}"' in answer.content.decode()
    assert Cart.objects.get().lines.get().quantity == 2


def test_what_cannot_be_bought_leads_to_where_one_is_told_or_finds_the_like(client, teapot):
    add(client, teapot)
    type(teapot.product).objects.filter(pk=teapot.product_id).update(status="taken_down")
    page = client.get(reverse("cart"))
    assert [line.problem for line in page.context["cart"].invalid] == ["off_shelf"]
    assert page.content.decode().count(f'href="{teapot.product.get_absolute_url()}"') >= 2
    assert client.get(teapot.product.get_absolute_url()).status_code == 200


def test_a_sixth_unpaid_order_leads_to_the_five(send, alice, cup, place, order):  # noqa: F811
    for number in range(4):
        place(alice, (cup, 1), key=f"number-{number}")
    answer = send()
    assert answer.status_code == 422
    assert f'<a href="{reverse("orders")}?tab=to-pay">' in answer.content.decode()
    assert alice.orders.count() == 5


def test_a_closed_order_asks_for_no_money(shopper, order):  # noqa: F811
    def total():
        return shopper.get(order.get_absolute_url()).context["rows"][-1]

    before = total()
    Order.objects.filter(pk=order.pk).update(status="closed", close_reason="buyer")
    after = total()
    assert before[1:] == after[1:] == (order.payable_fen, "total")
    assert before[0] != after[0]
