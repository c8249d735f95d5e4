import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.utils import timezone
from PIL import Image

from accounts import work
from catalog import fetching, listings, pictures
from catalog.models import Picture
from tests.factories import make_product


def image_bytes(size=(700, 500), form="JPEG", **options):
    buffer = BytesIO()
    Image.new("RGB", size, "#7fa79a").save(buffer, format=form, **options)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def teapot(yuji):
    return make_product(yuji)


@pytest.fixture
def gallery(settings):
    """A picture server of a merchant; ``gallery.answers`` maps a path → (status, headers, body)."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = server.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                pass  # the shop hung up, as it should

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.answers = {"/pot.jpg": (200, {}, image_bytes())}
    server.address = f"http://127.0.0.1:{server.server_port}"
    settings.PICTURES_FROM_PRIVATE_ADDRESSES = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def html_of(picture, **names):
    return Template("{% load picture_tags %}{% picture p sizes='50vw' alt='壶' first=first %}").render(
        Context({"p": picture, "first": names.get("first", False)})
    )


def test_a_picture_is_fetched_made_safe_drawn_and_becomes_the_cover(teapot, gallery):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    gallery.answers["/pot.jpg"] = (200, {}, image_bytes(exif=exif))
    picture = Picture.objects.create(product=teapot, source_url=f"{gallery.address}/pot.jpg")
    listings.refresh([teapot.pk])
    assert work.run_due(Picture) == 1
    picture.refresh_from_db()
    assert (picture.status, picture.drawn) == (Picture.Status.READY, True)
    assert picture.done_at
    with picture.file.open() as file, Image.open(file) as stored:
        assert (stored.format, stored.size) == ("WEBP", (700, 500))
        assert not stored.getexif()
    drawn = sorted(rendition.name for rendition in picture.file.get_picture_files_list())
    assert len(drawn) == 2
    for name in drawn:
        with picture.file.storage.open(name) as file, Image.open(file) as rendition:
            assert rendition.size == (304, 304)
    teapot.refresh_from_db()
    assert teapot.cover == picture


def test_the_page_names_exactly_the_files_that_were_drawn(teapot):
    picture = Picture.objects.create(product=teapot, file=ContentFile(image_bytes((1000, 1000)), "upload.jpg"))
    work.run_due(Picture)
    picture.refresh_from_db()
    html = html_of(picture)
    for rendition in picture.file.get_picture_files_list():
        assert rendition.url in html
    assert html.count(" 304w") == 2
    assert 'type="image/avif"' in html
    assert 'alt="壶"' in html
    assert 'loading="lazy"' in html


def test_what_was_uploaded_does_not_stay(teapot):
    picture = Picture.objects.create(product=teapot, file=ContentFile(image_bytes(), "upload.jpg"))
    uploaded = picture.file.name
    work.run_due(Picture)
    picture.refresh_from_db()
    assert not picture.file.storage.exists(uploaded)
    assert picture.file.storage.exists(picture.file.name)


def test_until_it_is_drawn_the_picture_itself_is_shown_and_before_that_a_stand_in(teapot):
    waiting = Picture.objects.create(product=teapot)
    assert "placeholder.svg" in html_of(waiting)
    assert "placeholder.svg" in html_of(None)
    ready = Picture(product=teapot, file="products/x.webp", width=800, height=600, status=Picture.Status.READY)
    html = html_of(ready, first=True)
    assert 'src="/media/products/x.webp" width="800" height="600"' in html
    assert "<source" not in html
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_a_large_picture_is_made_smaller_and_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    with Image.open(BytesIO(pictures.made_safe(image_bytes((3000, 1500), exif=exif)))) as safe:
        assert safe.size == (1200, 2400)


def gif():
    buffer = BytesIO()
    Image.new("P", (9, 9)).save(buffer, format="GIF")
    return buffer.getvalue()


def moving():
    buffer = BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, format="WEBP", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>not found</html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        gif(),
        moving(),
        image_bytes()[:400],
        image_bytes((6000, 5000), "PNG"),
    ],
    ids=["nothing", "page", "svg", "gif", "moving", "cut off", "30 megapixels"],
)
def test_what_is_no_still_picture_of_a_known_kind_is_refused_for_good(teapot, gallery, body):
    gallery.answers["/pot.jpg"] = (200, {}, body)
    picture = Picture.objects.create(product=teapot, source_url=f"{gallery.address}/pot.jpg")
    work.run_due(Picture)
    picture.refresh_from_db()
    assert picture.status == Picture.Status.FAILED
    assert not picture.file
    assert picture.done_at


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x.jpg",
        "http://localhost/x.jpg",
        "http://10.0.0.8/x.jpg",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/x.jpg",
        "http://[::ffff:10.0.0.1]/x.jpg",
        "http://0.0.0.0/x.jpg",
        "ftp://example.com/x.jpg",
        "file:///etc/passwd",
        "http://me:secret@example.com/x.jpg",
        "http:///x.jpg",
    ],
)
def test_an_address_inside_the_house_is_never_fetched(address):
    with pytest.raises(fetching.AddressRefused):
        fetching.fetch(address)


def test_a_redirect_is_not_followed(gallery):
    gallery.answers["/a.jpg"] = (302, {"Location": f"{gallery.address}/pot.jpg"}, b"")
    with pytest.raises(fetching.Unreachable):
        fetching.fetch(f"{gallery.address}/a.jpg")


def test_a_body_without_end_is_cut(gallery, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 100_000)
    gallery.answers["/a.jpg"] = (200, {}, b"x" * 300_000)
    with pytest.raises(fetching.AddressRefused):
        fetching.fetch(f"{gallery.address}/a.jpg")


def test_an_address_that_does_not_answer_is_kept_and_tried_again(teapot, gallery):
    del gallery.answers["/pot.jpg"]
    picture = Picture.objects.create(product=teapot, source_url=f"{gallery.address}/pot.jpg")
    work.run_due(Picture)
    picture.refresh_from_db()
    assert picture.status == Picture.Status.WAITING
    assert picture.run_after > timezone.now()
    assert "404" in picture.last_error
    gallery.answers["/pot.jpg"] = (200, {}, image_bytes())
    Picture.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    work.run_due(Picture)
    picture.refresh_from_db()
    assert picture.is_ready


def test_after_days_without_an_answer_the_picture_is_given_up(teapot, gallery):
    del gallery.answers["/pot.jpg"]
    picture = Picture.objects.create(
        product=teapot, source_url=f"{gallery.address}/pot.jpg", attempts=Picture.MAX_ATTEMPTS - 1
    )
    work.run_due(Picture)
    picture.refresh_from_db()
    assert picture.status == Picture.Status.FAILED
    assert picture.given_up_at


def test_drawing_again_changes_nothing(teapot):
    picture = Picture.objects.create(product=teapot, file=ContentFile(image_bytes(), "upload.jpg"))
    work.run_due(Picture)
    picture.refresh_from_db()
    before = picture.file.name
    picture.perform()
    picture.refresh_from_db()
    assert picture.file.name == before
