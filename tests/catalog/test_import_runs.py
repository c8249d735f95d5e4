import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from accounts.work import run_due
from catalog import listings, prices, stock
from catalog.importing import apply, runs
from catalog.importing.reasons import FileRefused
from catalog.models import Category, ImportRun, PriceChange, Product, Sku, StockMovement
from tests.catalog.import_files import POT, codes, confirm, pot, text_of, upload
from tests.factories import make_product, make_sku

pytestmark = pytest.mark.django_db


def actions(run):
    return [row.action for row in run.rows.all()]


def test_nothing_changes_before_the_preview_is_confirmed(yuji):
    run = upload(yuji, POT)
    assert (run.status, actions(run)) == ("previewed", ["create"])
    assert not Product.objects.exists()
    assert not Category.objects.exists()


def test_a_confirmed_file_becomes_a_listing_on_sale(yuji, yuji_staff):
    confirm(upload(yuji, POT), yuji_staff)
    product = Product.objects.get()
    sku = product.skus.get()
    assert (product.title, product.status, product.price_min_fen, product.in_stock) == (
        "山影 侧提茶壶",
        "published",
        26800,
        True,
    )
    assert (product.category.name, product.category.parent.name, product.brand.name) == ("茶壶", "茶器", "山影")
    assert product.pictures.get().status == "waiting"
    assert stock.available([sku.pk]) == {sku.pk: 5}
    assert StockMovement.objects.get().on_hand_change == 5
    assert PriceChange.objects.get().after_fen == 26800


def test_the_same_file_twice_changes_nothing(yuji):
    second_variant = {"Handle": "pot", "Option1 Value": "月白", "Variant Price": "288"}
    rows = [POT, second_variant, pot(Handle="cup", Variant_SKU="", Option1_Name="Title", Option1_Value="Default Title")]
    confirm(upload(yuji, *rows))
    before = list(Product.objects.values("pk", "updated_at")), list(Sku.objects.values()), StockMovement.objects.count()
    again = upload(yuji, *rows)
    assert actions(again) == ["unchanged", "unchanged"]
    confirm(again)
    assert (
        list(Product.objects.values("pk", "updated_at")),
        list(Sku.objects.values()),
        StockMovement.objects.count(),
    ) == before


def test_a_changed_file_changes_what_it_names_and_says_so(yuji):
    confirm(upload(yuji, POT))
    run = upload(yuji, pot(Title="新名", Variant_Price="299", Variant_Inventory_Qty="50"))
    told = {change["what"]: (change["before"], change["after"]) for change in run.rows.get().changes}
    assert told == {"title": ("山影 侧提茶壶", "新名"), "sku_price": (26800, 29900)}
    confirm(run)
    sku = Sku.objects.get()
    assert (sku.price_fen, sku.product.title) == (29900, "新名")
    assert list(PriceChange.objects.order_by("pk").values_list("before_fen", "after_fen")) == [
        (None, 26800),
        (26800, 29900),
    ]
    assert stock.available([sku.pk]) == {sku.pk: 5}, "stock of existing variants is left alone unless asked"


def test_stock_is_set_only_when_that_was_chosen(yuji):
    confirm(upload(yuji, POT))
    run = confirm(upload(yuji, pot(Variant_Inventory_Qty="50"), stock=ImportRun.StockChoice.SET))
    sku = Sku.objects.get()
    assert run.rows.get().outcome == "done"
    assert stock.available([sku.pk]) == {sku.pk: 50}


def test_stock_cannot_be_set_below_what_orders_were_promised(yuji):
    confirm(upload(yuji, POT))
    sku = Sku.objects.get()
    stock.reserve([stock.Wish(sku.pk, 3, "order-line:1")])
    run = upload(yuji, pot(Variant_Inventory_Qty="2"), stock=ImportRun.StockChoice.SET)
    assert codes(run) == [(2, "stock_below_promised")]
    confirm(run)
    assert stock.available([sku.pk]) == {sku.pk: 2}


def test_lines_of_one_product_stand_or_fall_together(yuji):
    bad = {"Handle": "pot", "Option1 Value": "月白", "Variant Price": "free"}
    run = confirm(upload(yuji, POT, bad, pot(Handle="cup", Variant_SKU="CUP")))
    assert codes(run) == [(3, "price_wrong")]
    assert [product.handle for product in Product.objects.all()] == ["cup"]


def test_a_listing_changed_after_the_preview_is_reported_and_left_alone(yuji):
    confirm(upload(yuji, POT))
    run = upload(yuji, pot(Variant_Price="299"))
    prices.change(Sku.objects.get(), 31_000)
    confirm(run)
    row = run.rows.get()
    assert (row.outcome, Sku.objects.get().price_fen) == ("changed", 31_000)
    assert row.errors[-1]["code"] == "changed_since"


def test_a_listing_that_was_taken_down_stays_down(yuji):
    confirm(upload(yuji, POT))
    listings.take_down(Product.objects.get(), reason="complaint")
    run = confirm(upload(yuji, pot(Title="新名")))
    assert run.rows.get().notes[-1]["code"] == "stays_down"
    assert Product.objects.get().status == "taken_down"


def test_a_listing_that_lacks_a_category_stays_a_draft_unless_one_is_chosen(yuji):
    confirm(upload(yuji, pot(Type="")))
    assert Product.objects.get().status == "draft"
    confirm(
        upload(
            yuji, pot(Handle="cup", Variant_SKU="CUP", Type=""), category=Category.objects.create(name="茶", slug="tea")
        )
    )
    assert Product.objects.get(handle="cup").status == "published"


def test_a_code_of_another_listing_is_refused(yuji):
    make_sku(make_product(yuji, title="旧壶"), code="POT-1")
    run = upload(yuji, POT)
    assert codes(run) == [(2, "code_elsewhere")]


def test_another_merchants_listing_with_the_same_handle_is_not_touched(yuji, songyan):
    confirm(upload(songyan, POT))
    confirm(upload(yuji, pot(Title="我的")))
    assert Product.objects.get(merchant=songyan).title == "山影 侧提茶壶"
    assert Product.objects.count() == 2


def test_two_variants_may_change_places(yuji):
    second = {"Handle": "pot", "Option1 Value": "月白", "Variant SKU": "POT-2", "Variant Price": "288"}
    confirm(upload(yuji, POT, second))
    run = confirm(upload(yuji, pot(Option1_Value="月白"), second | {"Option1 Value": "霁青"}))
    assert run.rows.get().outcome == "done"
    assert dict(Sku.objects.values_list("code", "option1")) == {"POT-1": "月白", "POT-2": "霁青"}


def test_a_database_refusal_hits_one_product_only(yuji, monkeypatch):
    run = upload(yuji, POT, pot(Handle="cup", Variant_SKU="CUP"))
    row = run.rows.get(handle="cup")
    row.payload["skus"][0]["barcode"] = "x" * 99  # what a bug in the reader might let through
    row.save()
    confirm(run)
    assert run.rows.get(handle="cup").outcome == "failed"
    assert [product.handle for product in Product.objects.all()] == ["pot"]


def test_a_deadlock_refuses_no_product_and_the_worker_goes_on_later(yuji, monkeypatch):
    run = upload(yuji, POT)
    runs.confirm(run)
    real = apply._write

    def deadlock(run, rows):
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(apply, "_write", deadlock)
    assert run_due(ImportRun) == 1
    assert not run.rows.exclude(applied_at=None).exists()
    monkeypatch.setattr(apply, "_write", real)
    ImportRun.objects.update(run_after=timezone.now())
    assert run_due(ImportRun) == 1
    run.refresh_from_db()
    assert (run.status, run.applied, Product.objects.count()) == ("done", 1, 1)
    assert (run.leased_until, run.done_at is None) == (None, False)


def test_an_apply_that_was_cut_short_goes_on_where_it_stopped(yuji, monkeypatch):
    run = upload(yuji, *(pot(Handle=f"p{n}", Variant_SKU=f"S{n}") for n in range(3)))
    runs.confirm(run, here=True)
    monkeypatch.setattr(runs, "CHUNK", 1)
    real, calls = runs.apply_rows, []

    def power_cut(run, rows):
        calls.append(rows)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(run, rows)

    monkeypatch.setattr(runs, "apply_rows", power_cut)
    with pytest.raises(KeyboardInterrupt):
        runs.work_on(run)
    assert Product.objects.count() == 1
    runs.work_on(run)
    run.refresh_from_db()
    assert (run.status, run.applied, Product.objects.count()) == ("done", 3, 3)


def test_the_worker_previews_and_applies(yuji):
    from django.core.files.base import ContentFile

    run = runs.start(yuji, ContentFile(text_of(POT).encode(), "file.csv"))
    assert run_due(ImportRun) == 1
    run.refresh_from_db()
    assert run.status == "previewed"
    assert run_due(ImportRun) == 0
    assert runs.confirm(run) is True
    assert runs.confirm(run) is False
    assert run_due(ImportRun) == 1
    run.refresh_from_db()
    assert (run.status, Product.objects.count()) == ("done", 1)


def test_a_cancelled_import_cannot_be_confirmed(yuji):
    from accounts.history import TransitionNotAllowed

    run = upload(yuji, POT)
    runs.cancel(run)
    with pytest.raises(TransitionNotAllowed):
        runs.confirm(run)
    assert not Product.objects.exists()


def test_a_broken_file_is_refused_with_its_line(yuji):
    run = upload(yuji, raw=b'Handle,Title\npot,"open\n')
    assert (run.status, run.problem["code"]) == ("refused", "quotes_broken")


def test_a_file_over_20_megabytes_is_refused_before_it_is_kept(yuji, monkeypatch):
    monkeypatch.setattr(runs, "MOST_BYTES", 10)
    with pytest.raises(FileRefused):
        upload(yuji, POT)
    assert not ImportRun.objects.exists()


def test_the_command_imports_and_fails_loudly_when_something_is_refused(yuji, tmp_path, capsys):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(text_of(POT), encoding="utf-8")
    bad.write_text(text_of(pot(Handle="cup", Variant_SKU="C", Variant_Price="x")), encoding="utf-8")
    call_command("import_products", str(good), merchant="yuji", dry_run=True)
    assert not Product.objects.exists()
    call_command("import_products", str(good), merchant="yuji")
    assert Product.objects.count() == 1
    with pytest.raises(SystemExit) as end:
        call_command("import_products", str(bad), merchant="yuji")
    assert end.value.code == 1
    assert "cup" in capsys.readouterr().err
    with pytest.raises(CommandError):
        call_command("import_products", str(good), merchant="nobody")
