from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.models import AccessLog, StateLog
from catalog import stock, stock_bookings
from catalog.models import Picture, PriceChange, Product, StockMovement
from tests.factories import make_category, make_product, make_sku

LIST = "/admin/catalog/product/"


@pytest.fixture
def merchant_client(client, yuji_staff):
    client.force_login(yuji_staff)
    return client


def editor(product):
    return reverse("admin:catalog_product_change", args=[product.pk])


def filled(page):
    """What a browser would send back of the editor as it stands."""
    data = {}
    forms = [page.context["adminform"].form] + [
        form
        for each in page.context["inline_admin_formsets"]
        for form in [each.formset.management_form, *each.formset.forms]
    ]
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, list):
                value = ",".join(map(str, value))
            data[bound.html_name] = "" if value is None else bound.field.prepare_value(value)
            if bound.field.show_hidden_initial:
                data[bound.html_initial_name] = data[bound.html_name]
            if data[bound.html_name] is False:
                del data[bound.html_name]
    return data


def test_the_list_takes_the_same_queries_for_two_listings_and_for_forty(merchant_client, yuji):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert merchant_client.get(LIST).status_code == 200
        return len(caught)

    tea = make_category()
    for _n in range(2):
        make_sku(make_product(yuji, category=tea))
    merchant_client.get(LIST)
    few = cost()
    for _n in range(38):
        make_sku(make_product(yuji, category=tea))
    assert cost() == few <= 20


def test_a_merchant_changes_price_and_stock_through_the_ledgers(merchant_client, yuji, yuji_staff):
    product = make_product(yuji)
    sku = make_sku(product, price_fen=26_800, on_hand=10)
    data = filled(merchant_client.get(editor(product)))
    answer = merchant_client.post(
        editor(product), data | {"skus-0-price_fen": "299.00", "skus-0-on_hand": "7", "skus-0-stock_reason": "盘点"}
    )
    assert answer.status_code == 302, answer.context["errors"]
    sku.refresh_from_db()
    product.refresh_from_db()
    assert (sku.price_fen, product.price_min_fen) == (29_900, 29_900)
    assert PriceChange.objects.get().by == yuji_staff
    assert stock.available([sku.pk]) == {sku.pk: 7}
    assert (StockMovement.objects.first().kind, StockMovement.objects.first().reason) == ("adjust", "盘点")


def test_stock_that_moved_meanwhile_is_not_overwritten(merchant_client, yuji):
    product = make_product(yuji)
    sku = make_sku(product, on_hand=10)
    data = filled(merchant_client.get(editor(product)))
    stock_bookings.receive(sku, -4, source="test:sold")
    answer = merchant_client.post(editor(product), data | {"skus-0-on_hand": "9", "skus-0-stock_reason": "盘点"})
    assert answer.status_code == 200
    assert stock.available([sku.pk]) == {sku.pk: 6}


def test_saving_without_a_change_moves_nothing(merchant_client, yuji):
    product = make_product(yuji)
    make_sku(product)
    data = filled(merchant_client.get(editor(product)))
    before = StockMovement.objects.count()
    assert merchant_client.post(editor(product), data).status_code == 302
    assert (StockMovement.objects.count(), PriceChange.objects.count()) == (before, 0)


def test_an_operator_mends_texts_but_cannot_touch_prices(client, operator, yuji):
    product = make_product(yuji)
    sku = make_sku(product, price_fen=26_800)
    client.force_login(operator)
    data = filled(client.get(editor(product)))
    assert "skus-0-price_fen" not in data
    answer = client.post(editor(product), data | {"title": "改好的标题", "skus-0-price_fen": "1.00"})
    assert answer.status_code == 302, answer.context["errors"]
    sku.refresh_from_db()
    product.refresh_from_db()
    assert (product.title, sku.price_fen) == ("改好的标题", 26_800)
    client.post(
        reverse("admin:catalog_sku_change", args=[sku.pk]),
        {"code": sku.code, "price_fen": "1.00", "weight_g": 0, "position": 0},
    )
    sku.refresh_from_db()
    assert sku.price_fen == 26_800


def test_a_new_listing_of_a_merchants_staff_belongs_to_their_merchant(merchant_client, yuji, songyan):
    data = filled(merchant_client.get(f"{LIST}add/"))
    sent = {
        "handle": "new-pot",
        "title": "新壶",
        "merchant": songyan.pk,
        "description": "<p onclick=x>好<script>y</script></p>",
    }
    sent |= {
        "return_policy": "required",
        "skus-TOTAL_FORMS": "1",
        "skus-0-price_fen": "88",
        "skus-0-on_hand": "3",
        "skus-0-is_active": "on",
    }
    sent |= {"skus-0-weight_g": "0", "skus-0-position": "0", "skus-0-initial-on_hand": ""}
    answer = merchant_client.post(f"{LIST}add/", data | sent)
    assert answer.status_code == 302, answer.context["errors"]
    product = Product.objects.get(handle="new-pot")
    assert (product.merchant, product.description) == (yuji, "<p>好</p>")
    sku = product.skus.get()
    assert (sku.merchant, sku.price_fen, sku.code[:7]) == (yuji, 8800, "NEW-POT")
    assert stock.available([sku.pk]) == {sku.pk: 3}


def test_several_pictures_are_uploaded_at_once_and_wait_for_the_worker(merchant_client, yuji):
    product = make_product(yuji)
    make_sku(product)
    data = filled(merchant_client.get(editor(product)))
    body = BytesIO()
    Image.new("RGB", (20, 20)).save(body, "PNG")
    files = [SimpleUploadedFile(f"{n}.png", body.getvalue(), "image/png") for n in range(2)]
    assert merchant_client.post(editor(product), data | {"new_pictures": files}).status_code == 302
    assert [picture.status for picture in Picture.objects.all()] == ["processing", "processing"]
    data = filled(merchant_client.get(editor(product)))
    wrong = SimpleUploadedFile("a.png", b"<svg onload=alert(1)>", "image/png")
    answer = merchant_client.post(editor(product), data | {"new_pictures": [wrong]})
    assert answer.status_code == 200
    assert Picture.objects.count() == 2


def test_taking_off_sale_asks_why_and_putting_on_sale_says_what_is_missing(merchant_client, yuji):
    product, draft = make_product(yuji), make_product(yuji, published=False)
    chosen = {"action": "take_off_sale", "_selected_action": [product.pk]}
    assert merchant_client.post(LIST, chosen).status_code == 200
    product.refresh_from_db()
    assert product.is_published
    merchant_client.post(LIST, chosen | {"reason": "停产"})
    product.refresh_from_db()
    assert product.status == "taken_down"
    assert StateLog.objects.get(about=f"listing:{product.pk}").reason == "停产"
    answer = merchant_client.post(LIST, {"action": "put_on_sale", "_selected_action": [draft.pk]}, follow=True)
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert "SKU" in str(list(answer.context["messages"])[-1])


def test_a_category_is_not_moved_below_itself(client, manager):
    top = make_category("茶器")
    below = make_category("茶壶", parent=top)
    client.force_login(manager)
    sent = {"parent": below.pk, "name": "茶器", "slug": "tea", "position": 0, "is_active": "on"}
    answer = client.post(reverse("admin:catalog_category_change", args=[top.pk]), sent)
    assert answer.status_code == 200
    top.refresh_from_db()
    assert top.parent is None


def test_reading_a_phone_number_in_clear_needs_a_reason_and_is_logged(client, operator, alice):
    client.force_login(operator)
    shown = client.get(reverse("admin:accounts_user_change", args=[alice.pk])).content.decode()
    assert "13800000001" not in shown
    assert "alice@example.com" not in shown
    reading = reverse("admin:accounts_user_reading", args=[alice.pk])
    assert client.get(reading).status_code == 405
    assert client.post(reading, {"reason": " "}).status_code == 422
    assert not AccessLog.objects.exists()
    assert "13800000001" in client.post(reading, {"reason": "order question"}).content.decode()
    assert AccessLog.objects.get().subject == f"user:{alice.pk}"


def test_a_manager_cannot_make_a_superuser_or_touch_one(client, manager, django_user_model):
    root = django_user_model.objects.create_superuser(email="root@example.com", password="x")
    client.force_login(manager)
    client.post(
        reverse("admin:accounts_user_change", args=[manager.pk]),
        {"display_name": "m", "is_staff": "on", "is_active": "on", "is_superuser": "on"},
    )
    manager.refresh_from_db()
    assert not manager.is_superuser
    client.post(reverse("admin:accounts_user_change", args=[root.pk]), {"display_name": "taken"})
    assert client.post(
        reverse("admin:auth_user_password_change", args=[root.pk]),
        {"password1": "owned-42-x", "password2": "owned-42-x"},
    ).status_code in {403, 404}
    root.refresh_from_db()
    assert root.is_superuser
    assert root.display_name != "taken"
    assert root.check_password("x")
