"""Guides: written by merchants and staff, published by staff, read by everybody."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts import memo
from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from catalog import guides, listings, videos
from catalog.models import Guide, GuideProduct, Topic
from tests.factories import make_product, make_sku

MP4 = b"\x00\x00\x00\x18ftypisom" + b"\x00" * 60


def write(**fields):
    number = Guide.objects.count()
    ready = {"slug": f"guide-{number}", "title": "围炉煮茶", "lead": "先备这几样", "body": "<p>水先烧好</p>"}
    return Guide.objects.create(**ready | fields)


@pytest.fixture
def guide(operator, yuji):
    made = write()
    made.topics.add(Topic.objects.create(slug="tea", name="喝茶"))
    guides.publish(made, by=operator)
    return made


def test_a_published_guide_is_read_with_its_listings_in_order(client, guide, yuji):
    first, second, gone = (make_product(yuji, title=name) for name in ("甲壶", "乙壶", "丙壶"))
    for position, product in [(2, first), (1, second), (3, gone)]:
        make_sku(product)
        GuideProduct.objects.create(guide=guide, product=product, position=position)
    listings.take_down(gone)
    page = client.get(guide.get_absolute_url()).content.decode()
    assert page.index("乙壶") < page.index("甲壶")
    assert "丙壶" not in page
    assert "#喝茶" in page
    assert guide.title in client.get("/guides/").content.decode()
    assert guide.title in client.get("/topics/tea/").content.decode()


def test_a_guide_stands_on_the_page_of_its_listings(client, guide, yuji):
    teapot = make_product(yuji)
    make_sku(teapot)
    assert guide.get_absolute_url() not in client.get(teapot.get_absolute_url()).content.decode()
    GuideProduct.objects.create(guide=guide, product=teapot)
    memo.forget_all()
    assert guide.get_absolute_url() in client.get(teapot.get_absolute_url()).content.decode()


@pytest.mark.parametrize("status", ["draft", "in_review", "taken_down"])
def test_what_is_not_published_is_not_found(client, guide, status):
    Guide.objects.update(status=status)
    assert client.get(guide.get_absolute_url()).status_code == 404
    assert guide.title not in client.get("/guides/").content.decode()
    assert client.get("/topics/tea/").status_code == 404


def test_a_guide_waits_for_its_time(client, operator):
    later = write(published_at=timezone.now() + timedelta(hours=1))
    guides.publish(later, by=operator)
    assert client.get(later.get_absolute_url()).status_code == 404
    Guide.objects.update(published_at=timezone.now() - timedelta(seconds=1))
    assert client.get(later.get_absolute_url()).status_code == 200


def test_guides_of_a_suspended_merchant_are_not_found(client, guide, yuji):
    Guide.objects.update(merchant=yuji)
    yuji.status = yuji.Status.SUSPENDED
    yuji.save()
    assert client.get(guide.get_absolute_url()).status_code == 404


def test_an_unfinished_guide_is_not_published_and_says_why(operator):
    empty = write(lead="", body="")
    with pytest.raises(guides.NotReady) as refusal:
        guides.publish(empty, by=operator)
    assert len(refusal.value.reasons) == 2
    empty.refresh_from_db()
    assert empty.status == Guide.Status.DRAFT
    assert not StateLog.objects.exists()


def test_publishing_twice_changes_nothing_and_a_draft_is_not_taken_down(operator):
    made = write()
    with pytest.raises(TransitionNotAllowed):
        guides.take_down(made, by=operator)
    assert guides.publish(made, by=operator) is True
    assert guides.publish(made, by=operator) is False
    assert StateLog.objects.filter(about=made.about).count() == 1


def test_scripts_in_a_guide_do_not_run(client, guide):
    Guide.objects.update(body="<p>好</p><script>alert(1)</script><img src=x onerror=alert(2)>", title="<b>粗</b>")
    page = client.get(guide.get_absolute_url()).content.decode()
    assert "alert(" not in page
    assert "<b>粗</b>" not in page


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.mp4", MP4, "mp4"),
        ("a.exe", b"\x1a\x45\xdf\xa3\x01\x00\x42\x82\x84webm" + b"\x00" * 50, "webm"),
        ("a.mp4", b"<html><script>alert(1)</script>", ""),
        ("a.mov", b"\x00\x00\x00\x14ftypqt  " + b"\x00" * 50, ""),
        ("a.webm", b"", ""),
    ],
)
def test_a_video_is_known_by_its_first_bytes(name, head, kind):
    file = SimpleUploadedFile(name, head)
    if not kind:
        with pytest.raises(ValidationError):
            videos.accept(file)
    else:
        assert videos.accept(file).name.endswith(f".{kind}")


def test_a_video_that_is_too_large_is_refused():
    file = SimpleUploadedFile("a.mp4", MP4)
    file.size = videos.MOST_BYTES + 1
    with pytest.raises(ValidationError):
        videos.accept(file)


@pytest.mark.parametrize(
    "address", ["http://x.example/", "javascript:alert(1)", "https://u:p@x.example/", "https://x/"]
)
def test_an_unsafe_address_of_a_video_is_refused(db, address):
    with pytest.raises(ValidationError) as refusal:
        write(video_address=address).full_clean()
    assert "video_address" in refusal.value.message_dict


# --- the back office -------------------------------------------------------------------------------------------------


def form(**fields):
    names = "title title_en slug lead lead_en body body_en author author_en video_address published_at_0 published_at_1"
    management = {"shows-TOTAL_FORMS": "0", "shows-INITIAL_FORMS": "0"}
    return dict.fromkeys(names.split(), "") | management | fields


def act(client, name, *chosen, **more):
    chosen = {"action": name, "_selected_action": [guide.pk for guide in chosen]}
    return client.post(reverse("admin:catalog_guide_changelist"), chosen | more, follow=True)


def test_a_merchant_writes_its_own_guide_and_asks_but_does_not_publish(client, yuji_staff, yuji, operator):
    client.force_login(yuji_staff)
    sent = form(title="壶", slug="pot", lead="好壶", body="<p>x</p><script>alert(1)</script>")
    client.post(reverse("admin:catalog_guide_add"), sent)
    made = Guide.objects.get()
    assert (made.merchant, made.body, made.status) == (yuji, "<p>x</p>", "draft")
    act(client, "publish", made)
    made.refresh_from_db()
    assert made.status == "draft"
    act(client, "ask_for_review", made)
    made.refresh_from_db()
    assert made.status == "in_review"
    client.post(reverse("admin:catalog_guide_change", args=[made.pk]), sent | {"title": "另写"})
    made.refresh_from_db()
    assert made.title == "壶"
    client.force_login(operator)
    act(client, "publish", made)
    made.refresh_from_db()
    assert made.status == "published"


def test_a_slug_is_taken_once_and_said_beside_its_field(client, operator, guide):
    client.force_login(operator)
    response = client.post(reverse("admin:catalog_guide_add"), form(title="x", slug=guide.slug, lead="y", body="z"))
    assert "slug" in response.context["adminform"].form.errors
    assert Guide.objects.count() == 1


def test_a_draft_is_previewed_by_its_staff_only(client, yuji_staff, yuji, songyan):
    own, foreign = write(merchant=yuji), write(merchant=songyan)
    client.force_login(yuji_staff)
    assert client.get(reverse("admin:catalog_guide_preview", args=[own.pk])).status_code == 200
    assert client.get(reverse("admin:catalog_guide_preview", args=[foreign.pk])).status_code == 404
