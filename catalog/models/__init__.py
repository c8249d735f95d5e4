"""What we sell. Direction: category, brand ← product ← picture, sku ← stock, price history; import runs stand apart."""

from catalog.models.brand import Brand
from catalog.models.category import Category
from catalog.models.import_run import ImportRow, ImportRun
from catalog.models.picture import Picture
from catalog.models.price_change import PriceChange
from catalog.models.product import Product, Specification
from catalog.models.review import Review
from catalog.models.sku import Sku
from catalog.models.stock import Reservation, Stock, StockMovement, Warehouse
from catalog.models.term import Term

__all__ = [
    "Brand",
    "Category",
    "ImportRow",
    "ImportRun",
    "Picture",
    "PriceChange",
    "Product",
    "Reservation",
    "Review",
    "Sku",
    "Specification",
    "Stock",
    "StockMovement",
    "Term",
    "Warehouse",
]
