"""Pictures of the shop itself, drawn by a worker in every width that pages ask for, in their own proportions."""

from functools import lru_cache
from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image

from catalog.cards import save_card
from catalog.models import Banner
from catalog.picture_files import ENCODING
from catalog.pictures import FORMATS, PictureRefused, made_safe

WIDTHS = (480, 780, 1200, 1600, 2400)


@lru_cache(maxsize=256)
def widths(width):
    """The widths in pixels in which a banner of ``width`` is drawn, smallest first."""
    return tuple(w for w in WIDTHS if w <= width) or (width,)


def name_of(file_name, width, file_type):
    return f"{file_name.rpartition('.')[0]}/{width}w.{file_type}"


def uploaded(file):
    """A ``Banner`` of an uploaded file, shown when a worker has made it safe; the caller rings the bell."""
    return Banner.objects.create(file=file)


def make_safe_and_draw(banner):
    """Make ``banner`` ready and draw its renditions; safe to repeat. What is no picture is marked as failed."""
    if not banner.is_ready:
        try:
            _make_ready(banner)
        except PictureRefused as refusal:
            Banner.objects.filter(pk=banner.pk).update(status=Banner.Status.FAILED, last_error=str(refusal)[:500])
            return
    if not banner.drawn:
        draw(banner)


def _make_ready(banner):
    with banner.file.open() as file:
        safe = made_safe(file.read())
    old = banner.file.name
    banner.file.save(f"{uuid4().hex}.webp", ContentFile(safe), save=False)
    banner.status = Banner.Status.READY
    banner.save(update_fields=["file", "width", "height", "status"])
    banner.file.storage.delete(old)


def draw(banner):
    """Draw every width in both formats, and the card for social networks; from then on pages name them."""
    storage = banner.file.storage
    with banner.file.open() as file, Image.open(file, formats=FORMATS) as image:
        upright = image.convert("RGB")
        for width in widths(upright.width):
            height = max(1, round(upright.height * width / upright.width))
            smaller = upright.resize((width, height), Image.Resampling.LANCZOS)
            for kind in ("avif", "webp"):
                buffer = BytesIO()
                smaller.save(buffer, format=kind.upper(), **ENCODING[kind.upper()])
                name = name_of(banner.file.name, width, kind)
                storage.delete(name)
                storage.save(name, ContentFile(buffer.getvalue()))
        save_card(storage, banner.file.name, upright, fill=True)
    banner.drawn = True
    Banner.objects.filter(pk=banner.pk).update(drawn=True)
