"""Our own workbook: read, refused when it swells or lies, written and read back unchanged."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from accounts.work import run_due
from catalog import listings
from catalog.exporting import runs as exports
from catalog.importing import runs, workbook
from catalog.importing.columns import ours
from catalog.importing.reasons import FileRefused
from catalog.models import ExportRun, ImportRun, Picture, Product, Sku, Specification
from tests.catalog.import_files import codes, confirm, pot, text_of, upload
from tests.factories import make_category, make_product, make_sku

pytestmark = pytest.mark.django_db
HEAD = [
    "商品标识",
    "商品标题",
    "英文标题",
    "类目",
    "状态",
    "规格1名称",
    "规格1值",
    "SKU 编码",
    "价格(元)",
    "库存",
    "参数:材质",
]
POT = ["pot", "山影 侧提茶壶", "Side pot", "茶器 > 茶壶", "草稿", "釉色", "霁青", "POT-1", 268.5, 5, "瓷"]


def book_of(*rows, head=HEAD):
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    body = BytesIO()
    book.save(body)
    return body.getvalue()


def packed(**parts):
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr({"types": "[Content_Types].xml", "book": "xl/workbook.xml"}.get(name, name), content)
    return body.getvalue()


def refusal_of(raw):
    with pytest.raises(FileRefused) as refusal:
        list(workbook.records(raw))
    return refusal.value.code


def test_a_workbook_with_chinese_headings_becomes_a_listing(yuji):
    run = confirm(upload(yuji, raw=book_of(POT)))
    product = Product.objects.get()
    assert (run.status, product.title_en, product.category.name) == ("done", "Side pot", "茶壶")
    assert product.skus.get().price_fen == 26_850
    assert list(product.specifications.values_list("name", "value")) == [("材质", "瓷")]


def test_a_formula_is_refused_in_its_cell_and_nothing_of_the_product_is_kept(yuji):
    formula = [*POT[:8], "=1+1", 5, "瓷"]
    run = confirm(upload(yuji, raw=book_of(formula, ["cup", "杯", "", "", "", "", "", "C", 9, 1, ""])))
    assert (2, "formula_cell") in codes(run)
    assert [error["column"] for row in run.rows.all() for error in row.errors][0] == "价格(元)"
    assert [product.handle for product in Product.objects.all()] == ["cup"]


def test_an_error_against_the_shop_names_the_column_as_the_file_does(yuji):
    make_sku(make_product(yuji), code="POT-1")
    run = upload(yuji, raw=book_of(POT))
    assert [error["column"] for row in run.rows.all() for error in row.errors] == ["SKU 编码"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = packed(types="<a/>", book="<a/>", **{"xl/worksheets/sheet1.xml": b"0" * (workbook.MOST_UNPACKED + 1)})
    assert len(bomb) < 1024 * 1024
    assert refusal_of(bomb) == "workbook_too_big"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"PK\x03\x04rest", "workbook_broken"),
        (packed(**{"readme.txt": "hello"}), "zip_is_no_workbook"),
        (packed(types="<a/>", book="<a/>"), "workbook_broken"),
        (packed(types="<a/>", book='<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'), "workbook_broken"),
    ],
)
def test_what_only_looks_like_a_workbook_is_refused(yuji, raw, code):
    assert refusal_of(raw) == code
    run = upload(yuji, raw=raw)
    assert (run.status, run.problem["code"]) == ("refused", code)
    assert not Product.objects.exists()


@pytest.mark.parametrize("price", ["0", "-5", "免费"])
def test_a_price_that_is_none_is_refused_in_a_workbook_too(yuji, price):
    run = confirm(upload(yuji, raw=book_of([*POT[:8], price, 5, "瓷"])))
    assert run.refused == 1
    assert not Product.objects.exists()


def test_ten_thousand_variants_are_refused_with_the_number_that_is_allowed(yuji):
    rows = [POT, *(["pot", "", "", "", "", "", f"色{n}", f"P{n}", 9, 1, ""] for n in range(10_000))]
    run = upload(yuji, raw=book_of(*rows))
    assert codes(run) == [(2, "too_many_variants")]


def test_a_worker_that_is_killed_in_the_middle_leaves_a_run_that_another_ends(yuji, monkeypatch):
    rows = [pot(Handle=f"pot-{n}", Variant_SKU=f"P{n}") for n in range(25)]
    run = runs.start(yuji, ContentFile(text_of(*rows).encode(), "a.csv"))
    monkeypatch.setattr(runs, "CHUNK", 10)
    run_due(ImportRun)
    runs.confirm(run)
    whole, calls = runs.apply_rows, []

    def killed_at_the_second(run, rows):
        calls.append(len(rows))
        if len(calls) == 2:
            raise KeyboardInterrupt
        whole(run, rows)

    monkeypatch.setattr(runs, "apply_rows", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        run_due(ImportRun)
    run.refresh_from_db()
    assert (Product.objects.count(), run.applied, run.status) == (10, 10, "applying")
    assert run_due(ImportRun) == 0, "the lease of the dead worker still holds"
    ImportRun.objects.update(leased_until=timezone.now() - timezone.timedelta(seconds=1))
    run_due(ImportRun)
    run.refresh_from_db()
    assert (Product.objects.count(), run.applied, run.status) == (25, 25, "done")


@pytest.fixture
def shelf(yuji):
    """A listing with everything that a file can hold, and a plain one."""
    product = make_product(
        yuji,
        title="=山影 壶",
        title_en="Pot",
        handle="pot",
        axes=["釉色"],
        tags=["茶", "礼物"],
        category=make_category(),
        description="<p>壶</p>",
    )
    for color in ("霁青", "月白"):
        make_sku(product, option1=color, code=f"POT-{color}", weight_g=300)
    Sku.objects.filter(code="POT-月白").update(is_active=False, reference_price_fen=30_000)
    Specification.objects.create(product=product, name="材质", value="-5 度不裂")
    Picture.objects.create(product=product, source_url="https://pictures.example/1.jpg", alt="壶")
    Picture.objects.create(product=product, file="products/own.webp", status="ready", width=9, height=9, position=1)
    make_sku(make_product(yuji, handle="plain", title="杯"), code="CUP")
    listings.refresh([product.pk])
    return product


def written(merchant, kind, **options):
    run = exports.start(merchant, kind=kind, language=options.pop("language", "zh-hans"), **options)
    run_due(ExportRun)
    run.refresh_from_db()
    with run.file.open("rb") as file:
        return run, file.read()


@pytest.mark.parametrize("kind", ExportRun.Kind.values)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_exported_changes_nothing_when_it_is_imported(yuji, shelf, kind, language):
    run, raw = written(yuji, kind, language=language)
    assert (run.written, run.total) == (2, 2)
    again = upload(yuji, raw=raw, stock=ImportRun.StockChoice.SET)
    assert [(row.action, row.changes, row.errors) for row in again.rows.all()] == [("unchanged", [], [])] * 2


def test_text_like_a_formula_is_written_so_that_no_spreadsheet_runs_it(yuji, shelf):
    _run, raw = written(yuji, ExportRun.Kind.SHOPIFY)
    assert "'=山影 壶" in raw.decode("utf-8-sig")
    assert "'-5 度不裂" in raw.decode("utf-8-sig")
    _run, raw = written(yuji, ExportRun.Kind.XLSX)
    cells = [cell for row in load_workbook(BytesIO(raw)).worksheets[0].iter_rows() for cell in row]
    assert "=山影 壶" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_only_chosen_listings_of_the_merchant_are_written(yuji, songyan, shelf):
    foreign = make_product(songyan, handle="foreign")
    run, raw = written(yuji, ExportRun.Kind.SHOPIFY, product_ids=[shelf.pk, foreign.pk])
    assert run.total == 1
    assert "foreign" not in raw.decode("utf-8-sig")


def test_a_file_expires_and_is_removed(client, yuji_staff, yuji, shelf):
    client.force_login(yuji_staff)
    run, _raw = written(yuji, ExportRun.Kind.XLSX)
    address = reverse("admin:catalog_exportrun_file", args=[run.pk])
    answer = client.get(address)
    assert answer.status_code == 200
    b"".join(answer.streaming_content)
    ExportRun.objects.update(expires_at=timezone.now() - timezone.timedelta(seconds=1))
    assert client.get(address).status_code == 404
    assert exports.tidy() == 1
    assert not run.file.storage.exists(run.file.name)


def test_a_merchant_asks_for_a_file_and_watches_it_being_written(client, yuji_staff, yuji, shelf):
    client.force_login(yuji_staff)
    answer = client.post(reverse("admin:catalog_exportrun_add"), {"merchant": yuji.pk, "kind": "xlsx"})
    run = ExportRun.objects.get()
    assert answer.url == reverse("admin:catalog_exportrun_change", args=[run.pk])
    assert client.get(answer.url)["Refresh"] == "2"
    run_due(ExportRun)
    shown = client.get(answer.url)
    assert "Refresh" not in shown
    assert run_address(run) in shown.content.decode()


def run_address(run):
    return reverse("admin:catalog_exportrun_file", args=[run.pk])


def test_another_merchants_file_is_not_found_and_none_is_written_for_them(client, yuji_staff, songyan):
    make_sku(make_product(songyan))
    run, _raw = written(songyan, ExportRun.Kind.XLSX)
    client.force_login(yuji_staff)
    assert client.get(run_address(run)).status_code == 404
    answer = client.post(reverse("admin:catalog_exportrun_add"), {"merchant": songyan.pk, "kind": "xlsx"})
    assert answer.status_code == 422
    assert ExportRun.objects.count() == 1


def test_the_list_writes_the_chosen_listings(client, yuji_staff, yuji, shelf):
    client.force_login(yuji_staff)
    asked = {"action": "export_shopify", "_selected_action": [shelf.pk]}
    client.post(reverse("admin:catalog_product_changelist"), asked)
    run = ExportRun.objects.get()
    assert (run.kind, run.product_ids, run.total) == ("shopify", [shelf.pk], 1)


def test_the_empty_workbook_is_understood_by_the_import(client, yuji_staff, yuji):
    client.force_login(yuji_staff)
    raw = client.get(reverse("admin:catalog_exportrun_template")).content
    heading = next(workbook.records(raw))[2]
    assert heading in ([*ours("zh-hans").values()], [*ours("en").values()])
    assert upload(yuji, raw=raw).problem["code"] == "no_products"
