"""``{% picture %}``: a picture of a listing in the sizes a page needs.

A list page has 24 of them, so this is string building from names that are known beforehand: no file is opened, no
storage asked twice. Until a worker has drawn the renditions the picture itself is shown, and before that a stand-in.
"""

# ruff: noqa: S308 every part is escaped where it enters

from functools import lru_cache

from django import template
from django.core.files.storage import default_storage
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import mark_safe

from catalog.banners import name_of as banner_name
from catalog.banners import widths as banner_widths
from catalog.picture_files import name_of, widths

register = template.Library()

STAND_IN = "img/ui/placeholder.svg"


@lru_cache(maxsize=8192)
def _sources(file_name, width, height):
    """(AVIF srcset, WebP srcset, address and width of a middle WebP); empty for a picture too small to have any."""
    drawn = widths(width, height)
    if not drawn:
        return "", "", "", 0
    avif, webp = (
        ", ".join(f"{escape(default_storage.url(name_of(file_name, w, kind)))} {w}w" for w in drawn)
        for kind in ("avif", "webp")
    )
    middle = drawn[min(1, len(drawn) - 1)]
    return avif, webp, escape(default_storage.url(name_of(file_name, middle, "webp"))), middle


@lru_cache(maxsize=8192)
def _address(file_name):
    return escape(default_storage.url(file_name))


def _img(address, width, height, alt, eager, first):
    how = ' fetchpriority="high"' if first else "" if eager else ' loading="lazy" decoding="async"'
    return f'<img src="{address}" width="{width}" height="{height}" alt="{escape(alt)}"{how}>'


@register.simple_tag
def picture(pic, sizes="100vw", alt="", eager=False, first=False):
    """A ``<picture>`` of a catalog.Picture or None. ``eager``: in the first row; ``first``: the largest of the page."""
    if not pic or not pic.is_ready or not pic.width:
        return mark_safe(f"<picture>{_img(static(STAND_IN), 800, 800, alt, eager, first)}</picture>")
    name = pic.file.name
    avif, webp, address, width = _sources(name, pic.width, pic.height) if pic.drawn else ("", "", "", 0)
    if not avif:
        return mark_safe(f"<picture>{_img(_address(name), pic.width, pic.height, alt, eager, first)}</picture>")
    asked = escape(sizes)
    return mark_safe(
        f'<picture><source type="image/avif" srcset="{avif}" sizes="{asked}">'
        f'<source type="image/webp" srcset="{webp}" sizes="{asked}">'
        f"{_img(address, width, width, alt, eager, first)}</picture>"
    )


@register.simple_tag
def picture_preload(pic, sizes="100vw"):
    """A preload of the picture that the page is waiting for; AVIF only, which browsers that cannot show it skip."""
    if not pic or not pic.is_ready or not pic.drawn or not pic.width:
        return ""
    avif = _sources(pic.file.name, pic.width, pic.height)[0]
    if not avif:
        return ""
    return mark_safe(
        f'<link rel="preload" as="image" type="image/avif" imagesrcset="{avif}" imagesizes="{escape(sizes)}"'
        ' fetchpriority="high">'
    )


@register.simple_tag
def picture_address(pic):
    """The plain address of a picture, for machines (structured data); empty when there is none to show."""
    return mark_safe(_address(pic.file.name)) if pic and pic.is_ready else ""


@lru_cache(maxsize=512)
def _banner_sources(file_name, width):
    return {
        kind: ", ".join(
            f"{escape(default_storage.url(banner_name(file_name, w, kind)))} {w}w" for w in banner_widths(width)
        )
        for kind in ("avif", "webp")
    }


def _banner_source(pic, sizes, media=""):
    where = f' media="{escape(media)}"' if media else ""
    size = f' width="{pic.width}" height="{pic.height}"'
    if not pic.drawn:
        return f'<source{where} srcset="{_address(pic.file.name)}"{size}>' if media else ""
    sources = _banner_sources(pic.file.name, pic.width)
    return "".join(
        f'<source{where} type="image/{kind}" srcset="{srcset}" sizes="{escape(sizes)}"{size}>'
        for kind, srcset in sources.items()
    )


WIDE = "(min-width: 48rem)"


@register.simple_tag
def banner(pic, tall=None, sizes="100vw", alt="", first=False, stand_in="img/ui/banner.svg"):
    """A ``<picture>`` of a catalog.Banner in its own proportions, ``tall`` instead on a phone; else a drawn stand-in."""
    pic, tall = (each if each and each.is_ready and each.width else None for each in (pic, tall))
    shown = tall or pic
    if shown is None:
        return mark_safe(f"<picture>{_img(static(stand_in), 1600, 760, alt, first, first)}</picture>")
    wide = _banner_source(pic, sizes, WIDE) if pic and tall else ""
    img = _img(_address(shown.file.name), shown.width, shown.height, alt, first, first)
    return mark_safe(f"<picture>{wide}{_banner_source(shown, sizes)}{img}</picture>")


@register.simple_tag
def banner_preload(pic, tall=None, sizes="100vw"):
    """A preload of the opening picture, for the window it is made for; AVIF only."""
    found = [each for each in (pic, tall) if each and each.is_ready and each.drawn and each.width]
    media = [WIDE, "(max-width: 47.99rem)"] if len(found) == 2 else [""]
    return mark_safe(
        "".join(
            f'<link rel="preload" as="image" type="image/avif" imagesrcset="'
            f'{_banner_sources(each.file.name, each.width)["avif"]}" imagesizes="{escape(sizes)}"'
            f'{f" media={chr(34)}{where}{chr(34)}" if where else ""} fetchpriority="high">'
            for each, where in zip(found, media, strict=False)
        )
    )
