import struct
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog import video_length
from catalog.forms_video import ListingVideoForm
from catalog.models import ListingVideo
from config.own_media import own_media
from tests.admin.test_listings import editor, filled
from tests.factories import make_product, make_sku

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def pot(yuji):
    pot = make_product(yuji)
    make_sku(pot)
    return pot


def box(name, body):
    return struct.pack(">I4s", 8 + len(body), name) + body


def mp4(seconds, *, late=False, version=0):
    """The boxes of an MP4 that plays so long; ``late``: its header stands behind the pictures."""
    times = (
        struct.pack(">QQIQ", 0, 0, 600, int(seconds * 600))
        if version
        else struct.pack(">IIII", 0, 0, 600, int(seconds * 600))
    )
    moov = box(b"moov", box(b"mvhd", bytes([version, 0, 0, 0]) + times + b"\0" * 80))
    data = box(b"mdat", b"\0" * 2_000)
    return box(b"ftyp", b"isom\0\0\0\0isommp42") + (data + moov if late else moov + data)


def webm(seconds):
    """The head of a WebM that plays so long."""

    def element(code, body):
        return code + bytes([0x80 | len(body)]) + body

    info = element(b"\x2a\xd7\xb1", (1_000_000).to_bytes(3)) + element(b"\x44\x89", struct.pack(">d", seconds * 1000))
    segment = b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + element(b"\x15\x49\xa9\x66", info)
    return element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm")) + segment


def upload(body, name="mein video.mp4"):
    return SimpleUploadedFile(name, body)


def jpeg():
    body = BytesIO()
    Image.new("RGB", (900, 900), "#345").save(body, "JPEG")
    return body.getvalue()


@pytest.mark.parametrize(
    ("body", "kind"),
    [(mp4(12.5), "mp4"), (mp4(12.5, late=True), "mp4"), (mp4(12.5, version=1), "mp4"), (webm(12.5), "webm")],
)
def test_the_length_is_read_from_the_headers(body, kind):
    assert video_length.seconds_of(upload(body), kind) == 12.5


@pytest.mark.parametrize("body", [b"", b"\0" * 40, mp4(9)[:44], webm(9)[:30], box(b"moov", b""), b"\xff" * 99])
def test_broken_headers_say_nothing(body):
    assert video_length.seconds_of(upload(body), "mp4") is None
    assert video_length.seconds_of(upload(body), "webm") is None


def form(product, **files):
    return ListingVideoForm({}, files, instance=ListingVideo(product=product))


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("file", upload(b"<script>alert(1)</script>" * 9)),
        ("file", upload(jpeg())),
        ("file", upload(mp4(61))),
        ("file", upload(box(b"ftyp", b"isom\0\0\0\0") + box(b"mdat", b"\0" * 99))),
        ("poster", upload(b"GIF89a nothing", "a.jpg")),
        ("captions", upload(b"1\n00:00 --> 00:02\nA", "a.vtt")),
        ("captions_en", upload(b"WEBVTT\n\xff\xfe", "a.vtt")),
    ],
)
def test_what_cannot_be_shown_is_refused_beside_its_field(pot, name, file):
    asked = form(pot, **{"file": upload(mp4(12)), name: file})
    assert list(asked.errors) == [name]
    assert not ListingVideo.objects.exists()


def test_size_and_length_are_settings(pot, settings):
    settings.LISTING_VIDEO_MOST_SECONDS = 5
    assert "5" in form(pot, file=upload(mp4(6))).errors["file"][0]
    settings.LISTING_VIDEO_MOST_SECONDS, settings.LISTING_VIDEO_MOST_BYTES = 60, 1_000
    assert form(pot, file=upload(mp4(6))).errors["file"]


@pytest.fixture
def video(pot):
    asked = form(
        pot, file=upload(mp4(12)), poster=upload(jpeg(), "p.jpg"), captions=upload("WEBVTT\n\n你好".encode(), "c.vtt")
    )
    assert asked.is_valid(), asked.errors
    return asked.save()


def test_a_video_has_names_of_our_own_and_a_redrawn_poster(video):
    assert video.seconds == 12
    assert "mein" not in video.file.name
    assert (video.kind, video.poster.name[-5:], [code for code, _file in video.tracks]) == (
        "video/mp4",
        ".webp",
        ["zh"],
    )
    with video.poster.open() as file:
        assert Image.open(file).format == "WEBP"


def test_the_page_shows_it_with_controls_and_plays_nothing_by_itself(client, pot, video):
    page = client.get(pot.get_absolute_url())
    text = page.content.decode()
    assert '<video class="gallery__video" controls preload="none" playsinline' in text
    assert "autoplay" not in text
    assert video.file.url in text
    assert 'srclang="zh"' in text
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_player_gets_the_parts_it_asks_for(rf, video, tmp_path):
    def get(asked=None):
        request = rf.get("/", headers={"range": asked} if asked else {})
        response = own_media(request, video.file.name, tmp_path)
        body = b"".join(response)
        response.close()
        return response, body

    _answer, whole = get()
    part, body = get("bytes=4-11")
    assert (part.status_code, body) == (206, whole[4:12])
    assert part["Content-Range"] == f"bytes 4-11/{len(whole)}"
    assert get("bytes=-5")[1] == whole[-5:]
    assert get(f"bytes={len(whole) - 3}-")[1] == whole[-3:]
    assert get("bytes=99999999-")[0].status_code == 416
    for odd in ("bytes=-", "items=1-2", "bytes=1-2,4-5"):
        assert get(odd)[0].status_code == 200


def test_a_merchant_adds_a_video_in_the_editor_and_takes_it_away(
    client, yuji_staff, pot, django_capture_on_commit_callbacks
):
    client.force_login(yuji_staff)
    data = filled(client.get(editor(pot)))
    answer = client.post(editor(pot), data | {"video-0-file": upload(mp4(8))})
    assert answer.status_code == 302, answer.context["errors"]
    name = ListingVideo.objects.get(product=pot).file.name
    assert default_storage.exists(name)
    data = {key: value for key, value in filled(client.get(editor(pot))).items() if not key.startswith("video-0-")}
    data |= {"video-0-id": ListingVideo.objects.get().pk, "video-0-product": pot.pk, "video-0-DELETE": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(editor(pot), data).status_code == 302
    assert not ListingVideo.objects.exists()
    assert not default_storage.exists(name)
