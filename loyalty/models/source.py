"""How the source of a ledger line is told to the member."""

import re

from django.utils.translation import gettext_lazy as _

_ORDER = re.compile(r"^order:(?P<number>\w+)")
_WORDS = (
    (_ORDER, _("order %(number)s")),
    (re.compile(r"^checkin:(?P<day>[\d-]+)"), _("check-in of %(day)s")),
    (re.compile(r"^makeup:\d+:(?P<day>[\d-]+)"), _("made-up check-in of %(day)s")),
    (re.compile(r"^draw:(?P<number>\d+)"), _("lottery draw %(number)s")),
    (re.compile(r"^points:"), _("lottery ticket")),
)


def told(source):
    """ "order:261122…:due:5" → "order 261122…"; sources that mean nothing to a member → ""."""
    for pattern, words in _WORDS:
        found = pattern.match(source)
        if found:
            return str(words) % found.groupdict()
    return ""


def order_number(source):
    """The number in "order:261122…", or "" for any other source."""
    order = _ORDER.match(source)
    return order["number"] if order else ""
