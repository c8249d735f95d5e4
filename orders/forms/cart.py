"""What a form of the product page or the cart says."""

from django.utils.translation import gettext as _

from catalog import choice
from catalog.choice import NoSuchChoice
from catalog.terms import translate
from orders.cart import NotForSale, buyable, read_quantity


class Undecided(NotForSale):
    """The options do not name one SKU; ``text`` says what is missing."""

    def __init__(self, text):
        super().__init__(text)
        self.text = text


def choice_of(posted):
    """(SKU, quantity) of a post with ``sku``, or with ``product`` and its options ``o1``…``o3``.

    Raises ``orders.cart.BadQuantity`` and ``NotForSale``.
    """
    quantity = read_quantity(posted.get("quantity", "1"))
    if "sku" in posted:
        return buyable(posted["sku"]), quantity
    product = posted.get("product", "")
    if not (product.isdecimal() and product.isascii() and len(product) <= 18):
        raise NotForSale(product[:40])
    try:
        return choice.resolve(int(product), [posted.get(f"o{number}", "") for number in (1, 2, 3)]), quantity
    except NoSuchChoice as unclear:
        if not unclear.missing:
            raise NotForSale(product) from None
        names = ", ".join(translate(name) for name in unclear.missing)
        raise Undecided(_("Please choose: %(label)s.") % {"label": names}) from None
