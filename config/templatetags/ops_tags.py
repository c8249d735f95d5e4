import re
from datetime import timedelta
from itertools import zip_longest

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

register = template.Library()


@register.simple_tag
def late(card):
    """Whether a card of the today page should alarm: it says so itself, or its oldest item waits too long."""
    if not card.count:
        return False
    if card.urgent:
        return True
    limit = card.urgent_after_hours
    return bool(limit and card.oldest_at and card.oldest_at < timezone.now() - timedelta(hours=limit))


# What Django writes into its pictures without translating it.
ALTS = {
    "Search": _("Search"),
    "True": _("Yes"),
    "False": _("No"),
    "None": _("Unknown"),
}
ALT = re.compile(f'(<img [^>]*alt=")({"|".join(ALTS)})"')
CELL = re.compile(r"<t[dh]\b")
NOTHING = {"—", "-", ""}


@register.filter
def in_our_words(html):
    """HTML of Django's back office with the texts of its pictures in the language of the page."""
    said = ALT.sub(lambda found: f'{found[1]}{conditional_escape(str(ALTS[found[2]]))}"', str(html))
    return mark_safe(said)  # noqa: S308 what came in is HTML, and only translations were put in


@register.filter
def named_in(code, entity):
    """The name that people read of a state of ``entity``; a code that is none of its states stays as it is."""
    return dict(entity._meta.get_field("status").flatchoices).get(code, code)


@register.filter
def under(cells, headers):
    """The cells of a row of a list, each with the head of its column in ``data-label`` and with what it lacks marked."""
    return [_labelled(str(cell), header) for cell, header in zip_longest(cells, headers) if cell is not None]


def _labelled(cell, header):
    name = "" if header is None or "<input" in str(header["text"]) else capfirst(str(header["text"]))
    said = f' data-label="{conditional_escape(name)}"' if name else ""
    if "<img" not in cell and "<input" not in cell and strip_tags(cell).strip() in NOTHING:
        said += " data-empty"
    return mark_safe(in_our_words(CELL.sub(lambda found: found[0] + said, cell, count=1)))  # noqa: S308 Django's cell
