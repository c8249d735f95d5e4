"""What a form of the product page or the cart says."""

from django.utils.translation import gettext as _

from catalog import choice
from catalog.choice import NoSuchChoice
from catalog.models import Product
from catalog.terms import translate
from orders.cart import NotForSale, buyable, read_quantity


class Undecided(NotForSale):
    """The options do not name one SKU; ``text`` says what is missing, ``listing`` is where to choose again (or None)."""

    def __init__(self, text, listing):
        super().__init__(text)
        self.text = text
        self.listing = listing


def choice_of(posted):
    """(SKU, quantity) of a post with ``product`` and its options ``o1``…``o3``, or with ``sku``.

    Options that were chosen outrank ``sku``, the choice that the page was drawn for: without a script nothing draws it again.
    Raises ``orders.cart.BadQuantity`` and ``NotForSale``.
    """
    quantity = read_quantity(posted.get("quantity", "1"))
    options = [posted.get(f"o{number}", "") for number in (1, 2, 3)]
    if "sku" in posted and not any(options):
        return buyable(posted["sku"]), quantity
    product = posted.get("product", "")
    if not (product.isdecimal() and product.isascii() and len(product) <= 18):
        raise NotForSale(product[:40])
    try:
        return choice.resolve(int(product), options), quantity
    except NoSuchChoice as unclear:
        raise _refusal(Product.objects.published().filter(pk=int(product)).first(), options, unclear.missing) from None


def _refusal(listing, options, missing):
    if missing:
        names = ", ".join(translate(name) for name in missing)
        return Undecided(_("Please choose: %(label)s.") % {"label": names}, listing)
    if listing and any(options):
        return Undecided(_("This combination is not offered. Please choose another one."), listing)
    return NotForSale(listing and listing.pk)
