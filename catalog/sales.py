"""How much has been sold: a running count on the listing, raised when an order is paid."""

from django.db import connection


def record(sold):
    """Add to the sales of listings: ``sold`` maps listing id → units (negative when they came back)."""
    if not sold:
        return
    ids = sorted(sold)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH sold AS (SELECT id, units FROM unnest(%s::bigint[], %s::bigint[]) AS s(id, units)),"
            " wanted AS (SELECT id FROM catalog_product WHERE id = ANY(%s) ORDER BY id FOR UPDATE)"
            " UPDATE catalog_product SET sold_count = greatest(0, sold_count + sold.units)"
            " FROM sold JOIN wanted USING (id) WHERE catalog_product.id = sold.id",
            [ids, [sold[pk] for pk in ids], ids],
        )
