"""Reviews of the demo products: REVIEWS, a tuple of shapes.Review, newest first.

The texts are in reviews_of/, by product. A review is always younger than the listing it is about.
"""

from .reviews_of import home, living, table
from .shapes import Review

REVIEWS: tuple[Review, ...] = tuple(
    sorted(
        (
            Review(product, sku, stars, text, days_ago, name)
            for module in (table, living, home)
            for product, rows in module.ROWS.items()
            for sku, stars, days_ago, name, text in rows
        ),
        key=lambda review: review.days_ago,
    )
)
