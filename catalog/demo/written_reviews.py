"""What the demo's shoppers wrote about its listings, and the sales that such reviews stand for."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from catalog import reviews as review_counts
from catalog.demo.catalogue import CATALOGUE
from catalog.demo.reviews import REVIEWS
from catalog.models import Review, Sku


def load_reviews(users, rows=None):
    """Write the demo reviews, taking their authors from ``users`` in turn; returns how many were made.

    ``rows`` are shapes.Review, by default all of the demo. A review that is there already is left alone.
    """
    rows = REVIEWS if rows is None else rows
    merchants = [m.slug for m in CATALOGUE.merchants]
    skus = {s.code: s for s in Sku.objects.filter(merchant__slug__in=merchants).only("code", "product")}
    now = timezone.now()
    fresh = [
        Review(
            product_id=skus[row.sku].product_id,
            sku=skus[row.sku],
            user=users[number % len(users)],
            source=f"demo-review:{row.sku}:{row.days_ago}:{row.name}",
            stars=row.stars,
            text=row.text,
            author_name=row.name,
            status=Review.Status.PUBLISHED,
            created_at=now - timedelta(days=row.days_ago),
        )
        for number, row in enumerate(rows)
        if row.sku in skus
    ]
    before = Review.objects.count()
    with transaction.atomic():
        Review.objects.bulk_create(fresh, ignore_conflicts=True)
        review_counts.recount({review.product_id for review in fresh})
        _guess_sales(fresh)
    return Review.objects.count() - before


def _guess_sales(fresh):
    """Shelves that nobody ever bought from look odd: sales in proportion to the reviews, where none are known."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalog_product SET sold_count = rating_count * (17 + id %% 23) + id %% 13"
            " WHERE sold_count = 0 AND id = ANY(%s)",
            [sorted({review.product_id for review in fresh})],
        )
