"""Stock that people book by SKU code: with a reason, all lines or none, only their own."""

import pytest
from django.urls import reverse

from catalog import stock
from catalog.models import StockMovement
from tests.factories import make_product, make_sku

pytestmark = pytest.mark.django_db
PAGE = "/admin/catalog/stockmovement/booking/"


@pytest.fixture
def staff(client, yuji_staff):
    client.force_login(yuji_staff)
    return client


@pytest.fixture
def pots(yuji):
    product = make_product(yuji, axes=["釉色"])
    return [make_sku(product, code=code, option1=code) for code in ("POT A", "POT-B")]


def book(client, merchant, lines, **fields):
    return client.post(PAGE, {"merchant": merchant.pk, "lines": lines, "kind": "delivery"} | fields)


def test_a_delivery_and_breakage_are_booked_with_who_and_why(staff, yuji, yuji_staff, pots):
    one, two = pots
    assert book(staff, yuji, "POT A 20\nPOT-B,-3", note="单号 7").status_code == 302
    assert stock.available([one.pk, two.pk]) == {one.pk: 30, two.pk: 7}
    movement = StockMovement.objects.latest("pk")
    assert (movement.by, movement.on_hand_change) == (yuji_staff, -3)
    assert "单号 7" in movement.reason


@pytest.mark.parametrize(
    "lines",
    ["POT A", "POT A 0", "POT A 1.5", "POT A 5\nPOT A 6", "POT A 5\nNONE 1", "POT A 5\nPOT-B -11", "A 1\n" * 501],
)
def test_one_line_that_is_not_possible_books_none(staff, yuji, pots, lines):
    before = StockMovement.objects.count()
    assert book(staff, yuji, lines).status_code == 422
    assert StockMovement.objects.count() == before


def test_promised_units_do_not_go(staff, yuji, pots):
    stock.reserve([stock.Wish(pots[0].pk, 8, "order-line:1")])
    assert book(staff, yuji, "POT A -3", kind="broken").status_code == 422
    assert stock.available([pots[0].pk]) == {pots[0].pk: 2}


def test_something_else_needs_a_note(staff, yuji, pots):
    assert book(staff, yuji, "POT A 1", kind="other").status_code == 422
    assert book(staff, yuji, "POT A 1", kind="other", note="样品归还").status_code == 302


def test_nobody_books_for_another_merchant_nor_their_goods(staff, yuji, songyan, pots):
    foreign = make_sku(make_product(songyan), code="FOREIGN")
    before = StockMovement.objects.count()
    assert book(staff, songyan, "FOREIGN 5").status_code == 422
    assert book(staff, yuji, "FOREIGN 5").status_code == 422
    assert (StockMovement.objects.count(), stock.available([foreign.pk])) == (before, {foreign.pk: 10})


def test_the_ledger_leads_to_the_page(staff, pots):
    assert PAGE in staff.get(reverse("admin:catalog_stockmovement_changelist")).content.decode()
    assert staff.get(PAGE).status_code == 200
