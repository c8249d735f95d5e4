"""When and from where a listing is sent, beside the buy button: its own promise, else the usual one."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import regions

# What a merchant promises who says nothing else.
USUAL_HOURS = 48
DAY = 24


def of(product, region_code=""):
    """A sentence; ``region_code`` is where the goods lie."""
    return " · ".join(filter(None, [_when(product), _place(region_code)]))


def _when(product):
    if product.presale_on and product.presale_on > timezone.localdate():
        return _("Pre-sale: sent from %(day)s on") % {"day": date_format(product.presale_on, "DATE_FORMAT")}
    hours = product.ships_within_hours or USUAL_HOURS
    if hours > 2 * DAY and hours % DAY == 0:
        days = hours // DAY
        return ngettext("Sent within %(n)d day of payment", "Sent within %(n)d days of payment", days) % {"n": days}
    return ngettext("Sent within %(n)d hour of payment", "Sent within %(n)d hours of payment", hours) % {"n": hours}


def _place(region_code):
    try:
        names = regions.names_of(region_code)
    except (KeyError, ValueError):
        return ""
    return _("from %(place)s") % {"place": " ".join(dict.fromkeys(names[:2]))}
