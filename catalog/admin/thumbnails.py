from django.core.files.storage import default_storage
from django.templatetags.static import static
from django.utils.html import format_html

from catalog.picture_files import name_of, widths


def thumbnail(picture, size=48):
    """A small square of a picture; a drawn stand-in until it is ready."""
    address = static("img/ui/placeholder.svg")
    if picture is not None and picture.is_ready and picture.file:
        drawn = widths(picture.width, picture.height) if picture.drawn and picture.width else ()
        address = default_storage.url(name_of(picture.file.name, drawn[0], "webp") if drawn else picture.file.name)
    return format_html(
        '<img class="ops-thumb" src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async">',
        address,
        size,
        size,
    )


def pill(text, tone=""):
    """A state in words; the colour only repeats it."""
    return format_html('<span class="ops-pill ops-pill--{}">{}</span>', tone or "plain", text)
