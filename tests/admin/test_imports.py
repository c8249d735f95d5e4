import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.work import run_due
from catalog.models import ImportRun, Product
from tests.catalog.import_files import pot, text_of, upload

ADD = "/admin/catalog/importrun/add/"


def page_of(run):
    return reverse("admin:catalog_importrun_change", args=[run.pk])


@pytest.fixture
def staff(client, yuji_staff):
    client.force_login(yuji_staff)
    return client


def test_a_merchant_uploads_sees_the_preview_and_confirms(staff, yuji):
    rows = [pot(), pot(Handle="cup", Variant_SKU="C", Variant_Price="=1+1")]
    file = SimpleUploadedFile("homeware.csv", text_of(*rows).encode("gb18030"), "text/csv")
    answer = staff.post(ADD, {"merchant": yuji.pk, "file": file, "stock": "leave"})
    run = ImportRun.objects.get()
    assert answer.url == page_of(run)
    assert staff.get(page_of(run))["Refresh"] == "2"
    run_due(ImportRun)
    shown = staff.get(page_of(run))
    assert "Refresh" not in shown
    assert "=1+1" in shown.content.decode()
    assert not Product.objects.exists()
    errors = staff.get(reverse("admin:catalog_importrun_errors", args=[run.pk])).content.decode("utf-8-sig")
    assert "'=1+1" in errors
    staff.post(reverse("admin:catalog_importrun_confirmation", args=[run.pk]))
    run_due(ImportRun)
    assert [product.handle for product in Product.objects.all()] == ["pot"]
    assert staff.get(page_of(run)).status_code == 200
    assert staff.get("/admin/").status_code == 200


def test_a_merchant_cannot_upload_for_another_nor_confirm_anothers_import(staff, yuji, songyan):
    file = SimpleUploadedFile("a.csv", text_of(pot()).encode(), "text/csv")
    assert staff.post(ADD, {"merchant": songyan.pk, "file": file, "stock": "leave"}).status_code == 422
    assert not ImportRun.objects.exists()
    run = upload(songyan, pot())
    for page in ("confirmation", "cancellation"):
        assert staff.post(reverse(f"admin:catalog_importrun_{page}", args=[run.pk])).status_code == 404
    assert staff.get(reverse("admin:catalog_importrun_errors", args=[run.pk])).status_code == 404
    run.refresh_from_db()
    assert run.status == "previewed"


def test_an_operator_sees_imports_but_does_not_confirm_them(client, operator, yuji):
    client.force_login(operator)
    run = upload(yuji, pot())
    assert client.get(page_of(run)).status_code == 200
    assert client.get(ADD).status_code == 403
    assert client.post(reverse("admin:catalog_importrun_confirmation", args=[run.pk])).status_code == 403
    assert not Product.objects.exists()
