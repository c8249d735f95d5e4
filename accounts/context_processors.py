from functools import cache

from accounts import glance
from accounts.language import address_without_language
from accounts.models import Shop

OWN_ENTRIES = ("/c/", "/account/")
# Whatever else somebody types is one section, so that strange addresses fill no memory.
SECTIONS = {"search", "cart", "member", "orders", "service", "p"}


def shop(request):
    """``shop``, ``here`` (this address without its language), ``section`` and ``unread_count`` for every page.

    ``section`` is the part of the shop that navigation marks: the address for categories and the account, else its
    first word. ``chrome`` is all that decides how masthead, footer and bar look, for their key.

    The count is called by the template: it costs one query, once, and only where it is shown to somebody signed in.
    """

    @cache
    def unread_count():
        return glance.of(getattr(request, "user", None)).unread

    current, section = Shop.current(), section_of(request.path)
    return {
        "shop": current,
        "here": address_without_language(request),
        "section": section,
        "chrome": (section, current.stamp),
        "unread_count": unread_count,
    }


def section_of(path):
    """The part of the shop that the address ``path`` is in: "/", "/c/tea/", "/account/messages/", "/p/"."""
    if path.startswith(OWN_ENTRIES):
        return path
    first, slash, _rest = path[1:].partition("/")
    return f"/{first}{slash}" if first in SECTIONS else "/-/" if path != "/" else path
