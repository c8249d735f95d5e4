"""What tests of reviews, questions and favourites begin with."""

from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from catalog import reviews

SAID = "壶嘴断水干净，手感温润，很喜欢。"


def invited(user, sku, *, source="order-line:1", days_left=30):
    """An invitation of ``user`` for ``sku`` that ends in ``days_left`` days (negative: it is over)."""
    until = timezone.now() + timedelta(days=days_left)
    return reviews.invite(user, sku.product_id, sku.pk, source, until)


def photo(name="photo.jpg", colour="teal"):
    """A real JPEG as a browser uploads it."""
    buffer = BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, format="JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def broken_books():
    """The names of this app's invariants that do not hold now."""
    from config import books

    return {finding.name for finding in books.check() if finding.app == "catalog" and finding.broken}
