"""What a listing itself says about when and from where it is sent; orders add the merchant's usual terms and the calendar."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import regions


def begins(product, start):
    """When the clock of a promise starts that is made at ``start``: a pre-sale waits for its first day."""
    if product.presale_on and product.presale_on > timezone.localdate(start):
        return timezone.make_aware(datetime.combine(product.presale_on, time()))
    return start


def place(region_code):
    """Where the goods lie, as a phrase; "" when nobody said."""
    try:
        names = regions.names_of(region_code)
    except (KeyError, ValueError):
        return ""
    return _("from %(place)s") % {"place": " ".join(dict.fromkeys(names[:2]))}
