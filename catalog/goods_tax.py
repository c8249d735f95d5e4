"""The tax that a price holds: of the SKU, else of the nearest category that names one, else the usual (docs/domain.md 4.1).

An order line keeps the rate of the moment it was placed.
"""

from catalog.tree import tree


def rate_of(sku):
    """The rate of ``sku`` (with its listing) in basis points."""
    return tree().tax_bp(sku.product.category_id) if sku.tax_bp is None else sku.tax_bp
