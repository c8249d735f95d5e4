"""Bad input to the editor of a listing: said beside its field, and nothing is half saved."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog.models import Picture, PriceChange, Product, Sku
from tests.admin.test_listings import editor, filled
from tests.factories import make_product, make_sku

EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture
def merchant_client(client, yuji_staff):
    client.force_login(yuji_staff)
    return client


@pytest.fixture
def pot(yuji):
    product = make_product(yuji, title="壶", axes=["釉色"])
    make_sku(product, code="POT-1", option1="青")
    make_sku(product, code="POT-2", option1="白")
    return product


def state_of(product):
    rows = Product.objects.filter(pk=product.pk).values("title", "description", "updated_at")
    skus = product.skus.order_by("pk").values("code", "option1", "price_fen", "is_active")
    return [*rows, *skus, PriceChange.objects.count(), Picture.objects.count()]


def refused(client, product, changes):
    """The answer to the editor sent with ``changes``, which must save nothing."""
    data = filled(client.get(editor(product)))
    before = state_of(product)
    answer = client.post(editor(product), data | {"title": "新名字"} | changes)
    assert answer.status_code == 200
    assert state_of(product) == before
    return answer


def sku_errors(answer, number=0):
    formset = next(each.formset for each in answer.context["inline_admin_formsets"] if each.formset.model is Sku)
    return formset.forms[number].errors


@pytest.mark.parametrize("price", ["0", "-5", "-0.01", "1.005", "99999999", "免费"])
def test_a_price_that_cannot_be_one_is_said_beside_it(merchant_client, pot, price):
    answer = refused(merchant_client, pot, {"skus-0-price_fen": price})
    assert "price_fen" in sku_errors(answer)


def test_a_code_twice_in_one_listing_is_said_beside_it(merchant_client, pot):
    answer = refused(merchant_client, pot, {"skus-1-code": "POT-1"})
    assert "code" in sku_errors(answer, 1)


def test_a_code_of_another_listing_is_said_beside_it(merchant_client, pot, yuji):
    make_sku(make_product(yuji), code="CUP-1")
    answer = refused(merchant_client, pot, {"skus-0-code": "CUP-1"})
    assert "code" in sku_errors(answer)


def test_a_combination_twice_is_said_beside_it(merchant_client, pot):
    answer = refused(merchant_client, pot, {"skus-1-option1": "青"})
    assert "option1" in sku_errors(answer, 1)


def bomb():
    body = BytesIO()
    Image.new("1", (20_000, 20_000)).save(body, "PNG")
    assert len(body.getvalue()) < 100_000
    return body.getvalue()


def large():
    body = BytesIO()
    Image.new("1", (6_000, 5_000)).save(body, "PNG")
    return body.getvalue()


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("a.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "is not a"),
        ("a.png", lambda: f"<html>{EVIL}</html>".encode(), "is not a"),
        ("bomb.png", bomb, "too many pixels"),
        ("large.png", large, "too many pixels"),
    ],
)
def test_a_file_that_is_no_picture_or_a_bomb_is_said_beside_the_field(merchant_client, pot, name, body, told):
    merchant_client.cookies["language"] = "en"
    fine = BytesIO()
    Image.new("RGB", (20, 20)).save(fine, "PNG")
    files = [SimpleUploadedFile("fine.png", fine.getvalue()), SimpleUploadedFile(name, body())]
    merchant_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    errors = refused(merchant_client, pot, {"new_pictures": files}).context["adminform"].form.errors["new_pictures"]
    assert name in errors[0]
    assert told in errors[0]


def test_html_in_texts_is_cleaned_or_shown_as_text(merchant_client, client, pot):
    data = filled(merchant_client.get(editor(pot)))
    sent = {"title": EVIL, "subtitle": EVIL, "description": f"<p>好</p>{EVIL}", "tags": "<b>"}
    assert merchant_client.post(editor(pot), data | sent).status_code == 302
    pot.refresh_from_db()
    assert pot.description.startswith("<p>好</p>")
    assert "script" not in pot.description
    assert "onerror" not in pot.description
    for page in (editor(pot), "/admin/catalog/product/", pot.get_absolute_url()):
        html = client.get(page).content.decode()
        assert "<script>alert(1)" not in html
        assert 'onerror="alert(2)"' not in html
