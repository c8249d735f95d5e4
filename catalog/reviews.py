"""What buyers say, as the product page shows it."""

from django.db import connection

from catalog.models import Review

ON_THE_PAGE = 5
AT_MOST = 100

COUNTS = """
UPDATE catalog_product SET rating_sum = said.stars, rating_count = said.number
FROM (
    SELECT wanted.id, coalesce(sum(review.stars), 0) AS stars, count(review.id) AS number
    FROM unnest(%s::bigint[]) AS wanted(id)
    LEFT JOIN catalog_review AS review ON review.product_id = wanted.id AND review.status = 'published'
    GROUP BY wanted.id
) AS said
WHERE catalog_product.id = said.id
"""


def shown(product, how_many=ON_THE_PAGE):
    """The newest published reviews of a listing, each with its SKU."""
    published = Review.objects.filter(product=product, status=Review.Status.PUBLISHED)
    return list(published.select_related("sku")[:how_many])


def recount(product_ids):
    """Make the ratings on these listings equal to their published reviews."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [sorted(set(product_ids))])
