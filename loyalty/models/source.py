"""How the source of a ledger line is told to the member."""

import re

from django.utils.translation import gettext as _

_ORDER = re.compile(r"^order:(\w+)")


def told(source):
    """ "order:261122…:due:5" → "order 261122…"; sources that mean nothing to a member → ""."""
    order = _ORDER.match(source)
    return _("order %(number)s") % {"number": order[1]} if order else ""


def order_number(source):
    """The number in "order:261122…", or "" for any other source."""
    order = _ORDER.match(source)
    return order[1] if order else ""
