"""Pictures of listings: fetched, made safe and drawn in all sizes by a worker, never in a request."""

from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from catalog import listings
from catalog.cards import save_card
from catalog.fetching import AddressRefused, fetch
from catalog.models import Picture
from catalog.picture_files import ShopPicture

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 25_000_000
LONGEST_EDGE = 2400


class PictureRefused(Exception):
    """These bytes are no picture that the shop shows."""


def leave_to_the_worker(storage, file_name, sender=None, new=(), old=()):
    """django-pictures' processor: drawing waits in the picture's own row (see ``catalog.models.Picture``)."""


def fetch_and_draw(picture):
    """Make ``picture`` ready and draw its renditions; safe to repeat.

    Raises ``Unreachable`` to be tried again later. A picture that can never be shown is marked as failed instead.
    """
    try:
        if picture.status != Picture.Status.READY:
            _make_ready(picture)
    except (AddressRefused, PictureRefused) as refusal:
        fail(picture, str(refusal))
        return
    if not picture.drawn:
        draw(picture)


def fail(picture, reason):
    """``picture`` cannot be used; the listing shows another one."""
    Picture.objects.filter(pk=picture.pk).update(status=Picture.Status.FAILED, last_error=reason[:500])
    listings.refresh_prices([picture.product_id])


def _make_ready(picture):
    if picture.file:
        with picture.file.open() as file:
            body = file.read()
    elif picture.source_url:
        body = fetch(picture.source_url)
    else:
        raise PictureRefused("neither a file nor an address")
    old = picture.file.name if picture.file else ""
    picture.file.save(f"{uuid4().hex}.webp", ContentFile(made_safe(body)), save=False)
    picture.status = Picture.Status.READY
    picture.drawn = False
    picture.save(update_fields=["file", "width", "height", "status", "drawn"])
    if old:
        # What was uploaded may hold the place where it was taken; only the re-drawn picture stays.
        picture.file.storage.delete(old)
    listings.refresh_prices([picture.product_id])


def made_safe(body):
    """``body`` drawn anew as WebP: at most 2400 px, upright, sRGB, no metadata. Raises ``PictureRefused``."""
    try:
        with Image.open(BytesIO(body), formats=FORMATS) as image:
            # The header is enough to refuse a bomb; nothing is decoded before.
            if image.width * image.height > MOST_PIXELS:
                raise PictureRefused(f"{image.width} × {image.height} pixels are too many")
            if getattr(image, "n_frames", 1) != 1:
                raise PictureRefused("moving pictures are not shown")
            safe = _prepared(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureRefused(f"not a JPEG, PNG or WebP picture ({type(error).__name__})") from error
    safe.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    buffer = BytesIO()
    safe.save(buffer, format="WEBP", quality=88, method=4)
    return buffer.getvalue()


def _prepared(image):
    """Upright, sRGB, and without an alpha channel that says nothing."""
    try:
        upright = ShopPicture.pre_process(image)
    except ImageCms.PyCMSError:  # a broken colour profile is no reason to lose the picture
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    opaque = upright.getextrema()[3][0] == 255
    return upright.convert("RGB") if opaque else upright


def draw(picture):
    """Draw every rendition of a ready picture; from then on pages name them."""
    with picture.file.open() as file, Image.open(file, formats=FORMATS) as image:
        prepared = _prepared(image)
        for rendition in picture.file.get_picture_files_list():
            rendition.save(prepared)
        save_card(picture.file.storage, picture.file.name, prepared)
    picture.drawn = True
    Picture.objects.filter(pk=picture.pk).update(drawn=True)
