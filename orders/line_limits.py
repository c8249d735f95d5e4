"""Why a line cannot be ordered as it stands: fewer are left for this shopper, or an order may hold fewer of its listing.

What is set aside for a flash sale is only for those who have its price. What a page says is what reserving does later: a
line gets units of the sale as far as its quote takes them, and the others from what is free.
"""

from collections import Counter

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


def over_limit(lines):
    """The SKU ids of those ``lines`` (each with its ``sku``) of whose listing an order may not hold as many."""
    units = Counter()
    for line in lines:
        units[line.sku.product_id] += line.quantity
    most = {line.sku_id: line.sku.product.max_per_order for line in lines}
    return {line.sku_id for line in lines if most[line.sku_id] and units[line.sku.product_id] > most[line.sku_id]}


def why_not(lines, quote):
    """{SKU id: sentence} of those ``lines`` (each with its ``sku`` and what is ``left``) that have to change."""
    pooled, over = pooled_of(quote), over_limit(lines)
    said = {}
    for line in lines:
        text = why_not_so_many(line.left, line.quantity, pooled.get(line.sku_id, 0))
        if not text and line.sku_id in over:
            most = {"n": line.sku.product.max_per_order}
            text = _("An order holds at most %(n)s of this: please order fewer") % most
        if text:
            said[line.sku_id] = text
    return said
