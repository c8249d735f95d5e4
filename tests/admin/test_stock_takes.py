"""Counting what lies there, while the shop goes on selling."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog import stock, stock_bookings, stock_take_files, stock_takes
from catalog.models import Stock, StockMovement, StockTake, Warehouse
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture
def pots(yuji):
    product = make_product(yuji, axes=["釉色"], category=make_category())
    return [make_sku(product, option1=color, code=f"POT-{color}", on_hand=10) for color in ("霁青", "月白", "豆绿")]


@pytest.fixture
def take(pots, yuji_staff):
    return stock_takes.begin(Warehouse.objects.get(), by=yuji_staff)


@pytest.fixture
def staff(client, yuji_staff):
    client.force_login(yuji_staff)
    return client


def address(take, page):
    return reverse(f"admin:catalog_stocktake_{page}", args=[take.pk])


def line_of(take, sku):
    return take.lines.get(stock__sku=sku)


def on_hand(*skus):
    return [Stock.objects.get(sku=sku).on_hand for sku in skus]


def test_the_difference_is_booked_not_the_count(take, pots, yuji_staff):
    one, two, three = pots
    stock_takes.note(take, {line_of(take, one).pk: 8, line_of(take, two).pk: 10}, by=yuji_staff)
    # Sold and shipped after the sheet was made.
    stock.reserve([stock.Wish(one.pk, 3, "order-line:1")])
    stock.ship("order-line:1", 3)
    assert stock_takes.confirm(take, by=yuji_staff) == 1
    assert on_hand(one, two, three) == [5, 10, 10]
    move = StockMovement.objects.latest("pk")
    assert (move.source, move.on_hand_change, move.by) == (f"stock-take:{take.pk}", -2, yuji_staff)
    assert stock_takes.confirm(take, by=yuji_staff) == 0, "a second time books nothing"
    assert on_hand(one) == [5]
    take.refresh_from_db()
    assert (take.status, take.confirmed_by) == ("applied", yuji_staff)


def test_what_orders_were_promised_cannot_be_counted_away(take, pots):
    one, two, _three = pots
    stock.reserve([stock.Wish(one.pk, 9, "order-line:1")])
    stock_takes.note(take, {line_of(take, one).pk: 8, line_of(take, two).pk: 3})
    before = StockMovement.objects.count()
    with pytest.raises(ValidationError, match="POT-霁青"):
        stock_takes.confirm(take)
    take.refresh_from_db()
    assert (on_hand(one, two), StockMovement.objects.count(), take.status) == ([10, 10], before, "counting")


def test_a_row_corrected_elsewhere_is_not_corrected_twice(take, pots):
    one = pots[0]
    stock_takes.note(take, {line_of(take, one).pk: 8})
    stock_bookings.set_on_hand(one, 8, source="count:x", reason="盘点")
    with pytest.raises(ValidationError, match="POT-霁青"):
        stock_takes.confirm(take)
    assert on_hand(one) == [8]


def test_one_open_sheet_a_warehouse(take, yuji_staff):
    with pytest.raises(ValidationError):
        stock_takes.begin(take.warehouse, by=yuji_staff)
    assert StockTake.objects.count() == 1
    stock_takes.cancel(take, by=yuji_staff)
    assert stock_takes.begin(take.warehouse, by=yuji_staff).lines.count() == 3


def test_nothing_counted_books_nothing_and_a_closed_sheet_takes_no_counts(take, pots):
    with pytest.raises(ValidationError):
        stock_takes.confirm(take)
    stock_takes.cancel(take)
    with pytest.raises(ValidationError):
        stock_takes.note(take, {line_of(take, pots[0]).pk: 1})
    assert line_of(take, pots[0]).counted is None


def test_the_whole_way_in_the_back_office(staff, pots, yuji_staff):
    home = Warehouse.objects.get()
    answer = staff.post(reverse("admin:catalog_stocktake_begin"), {"warehouse": home.pk, "codes": "POT-霁青 POT-月白"})
    take = StockTake.objects.get()
    assert (answer.status_code, take.lines.count()) == (302, 2)
    one = line_of(take, pots[0])
    wrong = staff.post(address(take, "sheet"), {f"counted-{one.pk}": "-1"})
    one.refresh_from_db()
    assert (wrong.status_code, one.counted) == (422, None)
    assert staff.post(address(take, "sheet"), {f"counted-{one.pk}": "7"}).status_code == 302
    shown = staff.get(address(take, "booking"))
    assert [(line.expected, line.counted) for line in shown.context["lines"]] == [(10, 7)]
    assert on_hand(pots[0]) == [10], "looking books nothing"
    assert staff.post(address(take, "booking")).status_code == 302
    assert on_hand(*pots) == [7, 10, 10]
    assert staff.get(reverse("admin:catalog_stocktake_changelist")).status_code == 200


def test_a_file_goes_out_and_comes_back(staff, take, pots):
    text = staff.get(address(take, "file")).content.decode()
    assert "10" not in text, "who counts does not see what is expected"
    filled = "\n".join(line + "6" if "霁青" in line else line for line in text.splitlines())
    file = SimpleUploadedFile("sheet.csv", filled.encode("gb18030", "ignore"))
    assert staff.post(address(take, "upload"), {"file": file}).status_code == 302
    assert [line_of(take, sku).counted for sku in pots] == [6, None, None]


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n1,2", "SKU,Counted\nNO-SUCH,1", "SKU,Counted\nPOT-霁青,-1", "SKU,Counted\nPOT-霁青,1\nPOT-霁青,2",
     "SKU,Counted\nPOT-霁青,=1+1", "SKU,Counted\nPOT-霁青,1.5", 'SKU,Counted\n"POT', "SKU,Counted\nPOT-霁青,"],
)  # fmt: skip
def test_a_wrong_file_is_refused_and_nothing_is_noted(staff, take, pots, text):
    good = "\nPOT-月白,3" if "\nPOT-霁青" in text and not text.endswith(",") else ""
    file = SimpleUploadedFile("sheet.csv", (text + good).encode())
    answer = staff.post(address(take, "upload"), {"file": file})
    assert (answer.status_code, take.lines.exclude(counted=None).exists()) == (422, False)


def test_a_formula_is_guarded_in_the_file(take, pots):
    pots[0].product.skus.filter(pk=pots[0].pk).update(code="=1+1")
    assert "'=1+1" in stock_take_files.write(take)


def test_anothers_sheet_is_not_found_and_an_operator_of_the_list_only_looks(client, take, songyan):
    other = Warehouse.objects.create(merchant=songyan, name="别仓", is_default=True)
    sku = make_sku(make_product(songyan))
    foreign = stock_takes.begin(other)
    client.force_login(take.by)
    for page in ("sheet", "booking", "file"):
        assert client.get(address(foreign, page)).status_code == 404
    assert client.post(address(foreign, "cancellation")).status_code == 404
    assert client.post(reverse("admin:catalog_stocktake_begin"), {"warehouse": other.pk}).status_code == 422
    foreign.refresh_from_db()
    assert (foreign.status, on_hand(sku)) == ("counting", [10])
