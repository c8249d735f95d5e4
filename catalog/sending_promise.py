"""What a listing itself says about when and from where it is sent; orders add the merchant's usual terms and the calendar."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import place_names, regions


def begins(product, start, first_day=None):
    """When the clock of a promise starts that is made at ``start``: a pre-sale waits for its first day.

    ``first_day`` is that of the units, beside that of the listing.
    """
    days = [day for day in (product.presale_on, first_day) if day and day > timezone.localdate(start)]
    return timezone.make_aware(datetime.combine(max(days), time())) if days else start


def place(region_code):
    """Where the goods lie, as a phrase; "" when nobody said."""
    try:
        names = regions.names_of(region_code)
    except (KeyError, ValueError):
        return ""
    names = list(dict.fromkeys(names[:2]))
    if not (get_language() or "").startswith("zh"):
        return _("from %(place)s") % {"place": place_names.joined(names)}
    return _("from %(place)s") % {"place": " ".join(names)}
