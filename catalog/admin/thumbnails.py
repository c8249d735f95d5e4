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


def banner_thumbnail(banner):
    """A small picture of the shop itself in its own proportions; a stand-in until it is ready, words when it cannot be."""
    if banner is None:
        return ""
    if banner.status == banner.Status.FAILED:
        return pill(banner.get_status_display(), "bad")
    address = banner.file.url if banner.is_ready else static("img/ui/banner.svg")
    return format_html('<img class="ops-thumb" src="{}" width="96" height="48" alt="" loading="lazy">', address)
