"""A listing with many variants: the table, bulk changes, and the generator of combinations."""

import time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog import matrix, sku_grid, stock, stock_bookings
from catalog.models import PriceChange, Sku, Stock, StockMovement
from tests.factories import make_product, make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot(yuji):
    product = make_product(yuji, handle="pot", axes=["釉色", "容量"])
    for color in ("霁青", "月白"):
        make_sku(product, option1=color, option2="大", price_fen=10_000)
    return product


@pytest.fixture
def staff(client, yuji_staff):
    client.force_login(yuji_staff)
    return client


def grid(product):
    return reverse("admin:catalog_product_skus", args=[product.pk])


def ledger():
    return PriceChange.objects.count(), StockMovement.objects.count()


AXES = [("釉色", ["霁青", "月白", "豆绿"]), ("容量", ["大", "小"])]


def test_the_matrix_makes_what_is_missing_and_takes_the_rest_off_sale(pot):
    old = list(pot.skus.values_list("pk", flat=True))
    done = matrix.generate(pot, [("釉色", ["霁青", "豆绿"]), ("容量", ["大", "小"])], price_fen=12_000)
    assert (len(done.missing), len(done.retired), len(done.revived)) == (3, 1, 0)
    assert set(old) <= set(pot.skus.values_list("pk", flat=True)), "nothing is deleted"
    assert pot.skus.get(option1="月白").is_active is False
    assert PriceChange.objects.filter(source="matrix", after_fen=12_000).count() == 3
    assert Stock.objects.filter(sku__product=pot).count() == 5
    back = matrix.generate(pot, AXES, price_fen=12_000)
    assert (len(back.missing), len(back.retired), len(back.revived)) == (2 - 1, 0, 1)


def test_the_same_matrix_twice_changes_nothing(pot):
    matrix.generate(pot, AXES, price_fen=12_000)
    before = ledger(), list(pot.skus.values())
    assert matrix.generate(pot, AXES, price_fen=99_000).changes_nothing
    assert (ledger(), list(pot.skus.values())) == before


@pytest.mark.parametrize(
    "axes",
    [
        [],
        [("", ["红"])],
        [("色", [])],
        [("色", ["红"]), ("色", ["蓝"])],
        [("色", ["红" * 61])],
        [("号", [str(n) for n in range(100)]), ("码", [str(n) for n in range(100)])],
    ],
)
def test_a_matrix_that_makes_no_sense_or_ten_thousand_variants_is_refused(pot, axes):
    before = ledger(), list(pot.skus.values())
    with pytest.raises(ValidationError):
        matrix.generate(pot, axes, price_fen=100)
    assert (ledger(), list(pot.skus.values())) == before


@pytest.mark.parametrize("price", [None, 0, -5])
def test_new_variants_need_a_price(pot, price):
    with pytest.raises(ValidationError):
        matrix.generate(pot, AXES, price_fen=price)
    assert pot.skus.count() == 2


def test_a_code_that_another_listing_has_is_named_and_nothing_is_made(pot, yuji):
    matrix.generate(pot, AXES, price_fen=100)
    code = pot.skus.get(option1="豆绿", option2="小").code
    pot.skus.filter(code=code).update(code="free")
    pot.skus.filter(code="free").update(option2="无")
    make_sku(make_product(yuji), code=code)
    count = Sku.objects.count()
    with pytest.raises(ValidationError, match=code):
        matrix.generate(pot, AXES, price_fen=100)
    assert Sku.objects.count() == count


@pytest.mark.parametrize(
    ("fen", "how", "value", "after"),
    [
        (10_000, "set", 9_900, 9_900),
        (10_000, "add", -150, 9_850),
        (10_000, "percent", -500, 9_500),
        (9_999, "percent", 333, 10_332),
        (1, "percent", -5_000, 1),
    ],
)
def test_worked_examples_of_bulk_prices(fen, how, value, after):
    assert sku_grid.priced(fen, how, value) == after


def test_a_merchant_changes_prices_and_stock_in_the_rows(staff, pot):
    one, two = pot.skus.all()
    typed = {f"shown-{one.pk}": 1, f"price-{one.pk}": "99.5", f"stock-{one.pk}": "7", f"seen-{one.pk}": "10"}
    typed |= {f"active-{one.pk}": "on", f"shown-{two.pk}": 1, f"price-{two.pk}": "100.00"}
    assert staff.post(grid(pot), typed).status_code == 422, "a stock that differs needs a reason"
    assert Sku.objects.get(pk=one.pk).price_fen == 10_000
    assert staff.post(grid(pot), typed | {"reason": "盘点"}).status_code == 302
    one.refresh_from_db()
    two.refresh_from_db()
    pot.refresh_from_db()
    assert (one.price_fen, stock.available([one.pk])[one.pk]) == (9_950, 7)
    assert (two.price_fen, two.is_active, pot.price_max_fen) == (10_000, False, 9_950)
    assert StockMovement.objects.latest("pk").reason == "盘点"


def test_what_sold_meanwhile_is_not_overwritten(staff, pot):
    sku = pot.skus.first()
    stock_bookings.receive(sku, -2, source="sold")
    typed = {f"shown-{sku.pk}": 1, f"price-{sku.pk}": "88", f"stock-{sku.pk}": "9", f"seen-{sku.pk}": "10"}
    answer = staff.post(grid(pot), typed | {"reason": "x", f"active-{sku.pk}": "on"})
    assert answer.status_code == 422
    sku.refresh_from_db()
    assert (sku.price_fen, stock.available([sku.pk])[sku.pk]) == (10_000, 8)


@pytest.mark.parametrize("price", ["0", "-1", "abc", "99999999999"])
def test_a_wrong_price_in_a_row_saves_nothing(staff, pot, price):
    one, two = pot.skus.all()
    before = ledger()
    typed = {f"shown-{one.pk}": 1, f"price-{one.pk}": price, f"shown-{two.pk}": 1, f"price-{two.pk}": "55"}
    typed |= {f"active-{one.pk}": "on", f"active-{two.pk}": "on", f"stock-{one.pk}": "10", f"seen-{one.pk}": "10"}
    typed |= {f"stock-{two.pk}": "10", f"seen-{two.pk}": "10"}
    assert staff.post(grid(pot), typed).status_code == 422
    assert ledger() == before
    assert set(pot.skus.values_list("price_fen", flat=True)) == {10_000}


def test_all_variants_become_ten_per_cent_cheaper(staff, pot):
    asked = {"bulk": "1", "everything": "on", "price_how": "percent", "price": "-10"}
    assert staff.post(grid(pot), asked).status_code == 302
    assert set(pot.skus.values_list("price_fen", flat=True)) == {9_000}
    assert PriceChange.objects.filter(before_fen=10_000, after_fen=9_000).count() == 2


def test_a_bulk_change_that_breaks_one_price_changes_none(staff, pot):
    pot.skus.filter(option1="月白").update(price_fen=100)
    asked = {"bulk": "1", "everything": "on", "price_how": "add", "price": "-1"}
    assert staff.post(grid(pot), asked).status_code == 422
    assert set(pot.skus.values_list("price_fen", flat=True)) == {100, 10_000}


def test_stock_below_what_orders_were_promised_is_refused(staff, pot):
    sku = pot.skus.first()
    stock.reserve([stock.Wish(sku.pk, 5, "order-line:1")])
    asked = {"bulk": "1", "everything": "on", "stock_how": "set", "stock": "3", "reason": "x"}
    answer = staff.post(grid(pot), asked)
    assert answer.status_code == 422
    assert sku.code in answer.content.decode()
    assert set(Stock.objects.values_list("on_hand", flat=True)) == {10}


def test_only_chosen_variants_of_the_own_listing_change(staff, pot, songyan):
    foreign = make_sku(make_product(songyan))
    one = pot.skus.first()
    asked = {"bulk": "1", "sku": [one.pk, foreign.pk], "price_how": "set", "price": "1"}
    staff.post(grid(pot), asked)
    foreign.refresh_from_db()
    assert foreign.price_fen == 26_800
    assert sorted(pot.skus.values_list("price_fen", flat=True)) == [100, 10_000]


def test_anothers_listing_has_no_table(staff, songyan):
    product = make_product(songyan)
    for page in ("skus", "matrix"):
        assert staff.get(reverse(f"admin:catalog_product_{page}", args=[product.pk])).status_code == 404


def test_an_operator_does_not_change_prices(client, operator, pot):
    client.force_login(operator)
    asked = {"bulk": "1", "everything": "on", "price_how": "set", "price": "1"}
    assert client.post(grid(pot), asked).status_code == 403
    assert set(pot.skus.values_list("price_fen", flat=True)) == {10_000}


def test_the_matrix_page_shows_first_and_does_then(staff, pot):
    address = reverse("admin:catalog_product_matrix", args=[pot.pk])
    asked = {"name1": "釉色", "values1": "霁青\n月白，豆绿", "name2": "容量", "values2": "大", "price_fen": "120"}
    shown = staff.post(address, asked)
    assert (shown.status_code, len(shown.context["plan"].missing), pot.skus.count()) == (200, 1, 2)
    assert staff.post(address, asked | {"confirm": "1"}).status_code == 302
    assert pot.skus.get(option1="豆绿").price_fen == 12_000
    assert staff.post(address, asked | {"name1": ""}).status_code == 422


def test_five_hundred_variants_are_quick_to_show_and_to_change(staff, pot):
    values = [str(n) for n in range(250)]
    matrix.generate(pot, [("釉色", values), ("容量", ["大", "小"])], price_fen=10_000)
    with CaptureQueriesContext(
        connection,
    ) as shown:
        assert staff.get(grid(pot)).status_code == 200
    begin = time.monotonic()
    with CaptureQueriesContext(connection) as changed:
        asked = {"bulk": "1", "everything": "on", "price_how": "add", "price": "1", "stock_how": "add", "stock": "5"}
        assert staff.post(grid(pot), asked | {"reason": "到货"}).status_code == 302
    seconds = time.monotonic() - begin
    assert set(pot.skus.filter(is_active=True).values_list("price_fen", flat=True)) == {10_100}
    assert (len(shown) <= 20, len(changed) <= 45, seconds < 5) == (True, True, True), (
        len(shown),
        len(changed),
        seconds,
    )
