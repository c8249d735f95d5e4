"""The renditions of a picture: which files there are and how each is drawn. django-pictures names and sizes them."""

from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from pictures.models import PillowPicture
from pictures.utils import source_set

# AVIF at its default speed takes 4.6 times as long for a few per cent; one thread leaves the other core to the shop.
ENCODING = {
    "AVIF": {"quality": 60, "speed": 8, "max_threads": 1},
    "WEBP": {"quality": 80, "method": 4},
}
SQUARE = Fraction(1)
CONTAINER, COLUMNS = 1216, 4


class ShopPicture(PillowPicture):
    """One rendition; drawn without metadata, at the speed and quality of this shop."""

    def save(self, image):
        buffer = BytesIO()
        self.resize(image).save(buffer, format=self.file_type, exif=b"", icc_profile=b"", **ENCODING[self.file_type])
        replace(self.storage, self.name, buffer.getvalue())


def replace(storage, name, body):
    """Write ``body`` under ``name``, whether there is such a file or not, so that readers find the old or the new one."""
    try:
        path = Path(storage.path(name))
    except NotImplementedError:  # an object storage: it has no files to rename
        storage.delete(name)
        storage.save(name, ContentFile(body))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        beside.write_bytes(body)
        if settings.FILE_UPLOAD_PERMISSIONS is not None:
            beside.chmod(settings.FILE_UPLOAD_PERMISSIONS)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@lru_cache(maxsize=512)
def widths(width, height):
    """The widths in pixels in which a picture of this size is drawn, smallest first."""
    return tuple(sorted(source_set((width, height), ratio=SQUARE, max_width=CONTAINER, cols=COLUMNS)))


def name_of(file_name, width, file_type):
    """The file of one rendition. Pages write these names without opening anything."""
    return f"{file_name.rpartition('.')[0]}/1/{width}w.{file_type}"


def address_of(picture):
    """The address by which a product file names a picture: where it came from, else where the shop shows it."""
    if picture.source_url:
        return picture.source_url
    if not picture.file:
        return f"#{picture.pk}"
    shown = picture.file.url
    return shown if shown.startswith("http") else f"{settings.SITE_URL}{shown}"
