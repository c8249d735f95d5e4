"""The card that a social network shows beside a shared address: 1200 × 630, JPEG, which every one of them reads."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

CARD = (1200, 630)
PAPER = (250, 250, 246)


def card_name(file_name):
    """The card that belongs to a picture's file."""
    return f"{file_name.rpartition('.')[0]}/card.jpg"


def save_card(storage, file_name, image, *, fill=False):
    """Draw the card of ``image``: filled (``fill``) or the whole picture on paper, without metadata."""
    opaque = Image.new("RGB", image.size, PAPER)
    opaque.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    fit = ImageOps.fit if fill else ImageOps.pad
    card = fit(opaque, CARD, Image.Resampling.LANCZOS, **({} if fill else {"color": PAPER}))
    buffer = BytesIO()
    card.save(buffer, format="JPEG", quality=82, optimize=True, progressive=True)
    name = card_name(file_name)
    storage.delete(name)
    storage.save(name, ContentFile(buffer.getvalue()))
