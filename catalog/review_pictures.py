"""Pictures of reviews: kept apart from the shop's own, in two sizes, without a public address."""

from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from catalog.models import ReviewPicture

SMALL = 240


def keep(review, bodies):
    """Store safe WebP ``bodies`` (see ``catalog.pictures.made_safe``) under names that nobody can guess."""
    for position, body in enumerate(bodies):
        name = uuid4().hex
        ReviewPicture.objects.create(
            review=review,
            position=position,
            file=ContentFile(body, name=f"{name}.webp"),
            small=ContentFile(_small(body), name=f"{name}-small.webp"),
        )


def _small(body):
    with Image.open(BytesIO(body), formats=["WEBP"]) as image:
        square = ImageOps.fit(image, (SMALL, SMALL))
    buffer = BytesIO()
    square.save(buffer, format="WEBP", quality=78, method=4)
    return buffer.getvalue()
