"""A listing as shoppers would see it, before it is on sale: whoever has the signed link may look for some days.

The link names the listing and nothing else; nothing is stored, and what is not signed by the shop opens nothing.
"""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from catalog import size_guides
from catalog.models import Product

LASTS = timedelta(days=7)
SALT = "catalog.previews"


class PreviewEnded(Exception):
    """The link was good once."""


def address(product):
    """The path of a link that shows ``product`` for seven days from now."""
    return reverse("preview", args=[signing.dumps(product.pk, salt=SALT)])


def find(token):
    """The listing that ``token`` shows, in whatever state, or None. Raises ``PreviewEnded``."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired:
        raise PreviewEnded from None
    except signing.BadSignature:
        return None
    listings = Product.objects.select_related("merchant", "brand").defer("search")
    return listings.annotate(size_guide_row=size_guides.read()).filter(pk=pk).first()
