"""Service pages in the browser's eyes: asking, following, photos, and who may see what."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from aftersales import returns
from aftersales.models import ReturnPhoto, ReturnRequest
from orders.models import Refund


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    from django.core.files.storage import storages

    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    field = ReturnPhoto._meta.get_field("file")
    before, field.storage = field.storage, storages["private"]
    yield
    field.storage = before


def photo(name="hu.jpg", size=(80, 60)):
    buffer = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", size, "red").save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def address(order, title="A"):
    return f"/service/returns/new/{order.number}/{order.lines.get(title=title).number}/"


def send(client, order, **data):
    return client.post(address(order), {"quantity": 1, "reason": "no_reason", "note": "", "go": "send", **data})


def test_a_shopper_asks_for_a_return_and_follows_it(client, alice, bought):
    order = bought(alice)
    client.force_login(alice)
    page = client.get(address(order))
    assert page.status_code == 200
    assert b"108.19" in page.content.replace(b'<span class="price__dec">', b"").replace(b"</span>", b"")
    response = send(client, order)
    asked = ReturnRequest.objects.get()
    assert response["Location"] == asked.get_absolute_url()
    assert client.get(asked.get_absolute_url()).status_code == 200
    assert asked.number in client.get("/service/returns/").content.decode()
    assert asked.number in client.get("/service/").content.decode()


def test_the_estimate_follows_the_choice_and_sends_nothing(client, alice, bought):
    order = bought(alice, rows=(("A", 2, 5_000, 0, 0, 0),), shipping=800)
    client.force_login(alice)
    page = client.post(address(order), {"quantity": 2, "reason": "defect", "go": "estimate"})
    money = {"goods": 10_000, "shipping": 800, "points": 0, "gift": 0, "total": 10_800}
    assert page.context["estimate"] == money | {"anew": False, "gifts": False}
    assert not ReturnRequest.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"quantity": 0},
        {"quantity": 9},
        {"quantity": "x"},
        {"reason": "defect"},
        {"reason": "gift"},
        {"note": "x" * 501},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, alice, bought, data):
    order = bought(alice)
    client.force_login(alice)
    response = send(client, order, **data)
    assert response.status_code == 422
    assert b"error-summary" in response.content
    assert not ReturnRequest.objects.exists()


def test_photos_are_drawn_anew_without_what_the_camera_knew(client, alice, bought):
    order = bought(alice)
    client.force_login(alice)
    assert send(client, order, reason="defect", photos=[photo(), photo()]).status_code == 302
    with ReturnPhoto.objects.first().file.open() as file:
        kept = file.read()
    assert kept[8:12] == b"WEBP"
    assert b"secret" not in kept
    assert ReturnPhoto.objects.count() == 2


@pytest.mark.parametrize("count", [1, 7])
def test_bad_photos_are_named_and_nothing_is_kept(client, alice, bought, count):
    order = bought(alice)
    client.force_login(alice)
    files = [SimpleUploadedFile("evil.jpg", b"<svg/>")] if count == 1 else [photo() for _ in range(count)]
    response = send(client, order, reason="defect", photos=files)
    assert response.status_code == 422
    assert count == 7 or b"evil.jpg" in response.content
    assert not ReturnRequest.objects.exists()


def test_photos_are_for_the_shopper_and_the_staff_only(client, alice, mallory, operator, yuji_staff, songyan, bought):
    from accounts.models import MerchantStaff

    order = bought(alice)
    asked = returns.request(alice, order.lines.get(title="A"), 1, "defect", photos=[b"RIFF....WEBP"])
    address = f"/service/returns/{asked.number}/photos/{asked.photos.get().pk}/"
    for user in (alice, operator, yuji_staff):
        client.force_login(user)
        response = client.get(address)
        assert response.status_code == 200
        assert response.getvalue() == b"RIFF....WEBP"
    MerchantStaff.objects.filter(user=yuji_staff).update(merchant=songyan)
    for user in (mallory, yuji_staff):
        client.force_login(user)
        assert client.get(address).status_code == 404


def test_a_strangers_return_is_not_found(client, alice, mallory, bought):
    order = bought(alice)
    asked = returns.request(alice, order.lines.get(title="A"), 1, "no_reason")
    client.force_login(mallory)
    assert client.get(address(order)).status_code == 404
    assert client.get(asked.get_absolute_url()).status_code == 404
    for step in ("withdrawal", "waybill", "remarks"):
        response = client.post(
            f"{asked.get_absolute_url()}{step}/", {"text": "x", "carrier": "shunfeng", "waybill": "SF1"}
        )
        assert response.status_code == 404
    asked.refresh_from_db()
    assert asked.status == "submitted"


def test_the_waybill_is_checked_and_the_parcel_followed(client, alice, operator, bought):
    asked = returns.request(alice, bought(alice).lines.get(title="A"), 1, "no_reason")
    returns.approve(asked, by=operator)
    client.force_login(alice)
    page = f"{asked.get_absolute_url()}waybill/"
    assert client.post(page, {"carrier": "shunfeng", "waybill": "12"}).status_code == 422
    assert client.post(page, {"carrier": "shunfeng", "waybill": "SF 1234567890123"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.status, asked.inbound_parcel.waybill) == ("return_in_transit", "SF1234567890123")


def test_staff_work_through_a_return_in_the_back_office(client, alice, operator, bought):
    order = bought(alice)
    line = order.lines.get(title="B")
    asked = returns.request(alice, line, 2, "no_reason")
    client.force_login(operator)
    desk = f"/admin/aftersales/returnrequest/{asked.pk}/"
    assert client.get("/admin/aftersales/returnrequest/?queue=us").status_code == 200
    page = client.get(f"{desk}change/")
    assert page.status_code == 200
    client.post(f"{desk}desk/approve/", {"version": asked.version})
    returns.ship_back(asked, by=alice, carrier="shunfeng", waybill="SF1234567890123")
    assert client.get(f"{desk}change/").status_code == 200
    client.post(f"{desk}desk/check-in/")
    assert client.get(f"{desk}change/").status_code == 200
    client.post(f"{desk}desk/inspection/", {f"accepted-{line.pk}": 1, "bin": "sellable", "condition": ""})
    asked.refresh_from_db()
    assert asked.status == "inspecting"  # a missing unit needs a word
    client.post(f"{desk}desk/inspection/", {f"accepted-{line.pk}": 1, "bin": "sellable", "condition": "划痕"})
    asked.refresh_from_db()
    assert (asked.status, Refund.objects.get().amount_fen) == ("refunding", 8_444)
    client.post(f"{desk}desk/message/", {"text": "退款已发出"})
    assert asked.remarks.get().from_staff


def test_a_rejection_needs_a_reason_in_words(client, alice, operator, bought):
    asked = returns.request(alice, bought(alice).lines.get(title="A"), 1, "no_reason")
    client.force_login(operator)
    desk = f"/admin/aftersales/returnrequest/{asked.pk}/desk/reject/"
    client.post(desk, {"reason": "used", "text": "", "version": asked.version})
    asked.refresh_from_db()
    assert asked.status == "submitted"
    client.post(desk, {"reason": "used", "text": "壶内有茶渍", "version": asked.version})
    asked.refresh_from_db()
    assert asked.status == "rejected"
    assert "壶内有茶渍" in asked.reject_reason


def test_a_merchants_staff_see_their_own_returns_only_and_decide_nothing(client, alice, yuji_staff, songyan, bought):
    asked = returns.request(alice, bought(alice).lines.get(title="A"), 1, "no_reason")
    client.force_login(yuji_staff)
    page = f"/admin/aftersales/returnrequest/{asked.pk}"
    assert client.get(f"{page}/change/").status_code == 200
    assert client.post(f"{page}/desk/approve/", {"version": 1}).status_code == 403
    ReturnRequest.objects.update(merchant=songyan)
    assert client.get(f"{page}/change/").status_code == 302
    asked.refresh_from_db()
    assert asked.status == "submitted"


def test_the_order_page_tags_take_two_queries(alice, bought, django_assert_max_num_queries):
    from django.template import Context, Template

    order = bought(alice)
    returns.request(alice, order.lines.get(title="A"), 1, "no_reason")
    lines = list(order.lines.all())
    template = Template(
        "{% load aftersales_tags %}{% returns_of order as mine %}{{ mine|length }}"
        "{% for line in lines %}{% return_action line order %}{% endfor %}"
    )
    with django_assert_max_num_queries(2):
        shown = template.render(Context({"order": order, "lines": lines}))
    assert shown.startswith("1")
    assert shown.count("<a ") == 3


def test_the_today_page_counts_what_waits_for_whom(alice, operator, yuji_staff, songyan, mallory, bought):
    from aftersales import today

    returns.request(alice, bought(alice).lines.get(title="A"), 1, "no_reason")
    assert [card.count for card in today.cards(operator)] == [1, 0]
    assert [card.count for card in today.cards(yuji_staff)] == [1, 0]
    ReturnRequest.objects.update(merchant=songyan)
    assert [card.count for card in today.cards(type(yuji_staff).objects.get(pk=yuji_staff.pk))] == [0, 0]
    assert today.cards(mallory) == []
