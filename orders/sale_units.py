"""Units that are set aside for a flash sale: whoever does not have its price cannot have them, though they lie there.

What a page says of them is what reserving does later: a line gets units of the sale as far as its quote takes them, and
the others from what is free.
"""

from django.utils.translation import gettext as _


def to_be_had(left, pooled=0):
    """How many units a shopper can have: ``left`` is a catalog.stock.Left, ``pooled`` what the quote takes from the sale."""
    return max(0, left.units - left.aside) + pooled


def pooled_of(quote):
    """{SKU id: units} that ``quote`` (or None) takes out of the stock of flash sales."""
    return {sku_id: units for _promotion, sku_id, units in quote.pooled} if quote else {}


def why_not_so_many(left, quantity, pooled=0):
    """A sentence for who wants ``quantity`` units and cannot have as many, else ""."""
    units = to_be_had(left, pooled)
    if units >= quantity:
        return ""
    if units == left.units:
        return _("Only %(n)s left: please order fewer") % {"n": units}
    if units:
        return _("You can have %(n)s: the others are set aside for the flash sale") % {"n": units}
    return _("What is left is set aside for the flash sale, and you can have no more of it")
