"""Offers as lists narrow by them: each listing has the sorts and numbers of those that run (``Product.deals``).

The offers themselves are kept elsewhere and pushed down here when their window begins or ends. The column is a cache like
prices and choices: ``listings.refresh`` writes it too, and every night all of it is compared once more.
"""

from django.db import connection, transaction

from catalog.models import Product, ShelfOffer

BATCH = 2_000

# One SKU on sale that is covered and not excepted is enough.
DEALS = """
UPDATE catalog_product AS listing SET deals = found.deals
FROM (
    SELECT wanted.id, coalesce((
        SELECT array_agg(DISTINCT said.deal ORDER BY said.deal)
        FROM catalog_shelfoffer AS offer CROSS JOIN LATERAL (VALUES (offer.sort::text), (offer.number::text)) AS said(deal)
        WHERE (offer.merchant_id IS NULL OR offer.merchant_id = wanted.merchant_id)
          AND NOT wanted.id = ANY(offer.except_product_ids)
          AND EXISTS (
              SELECT FROM catalog_sku AS sku
              WHERE sku.product_id = wanted.id AND sku.is_active AND NOT sku.id = ANY(offer.except_sku_ids)
                AND (
                    cardinality(offer.category_ids || offer.brand_ids || offer.product_ids || offer.sku_ids) = 0
                        AND offer.tags = '{}'
                    OR offer.category_ids && above.ids
                    OR wanted.brand_id = ANY(offer.brand_ids)
                    OR wanted.tags && offer.tags
                    OR wanted.id = ANY(offer.product_ids)
                    OR sku.id = ANY(offer.sku_ids)
                )
          )
    ), '{}'::text[]) AS deals
    FROM catalog_product AS wanted
    LEFT JOIN LATERAL (
        SELECT string_to_array(trim(both '/' from category.path), '/')::bigint[] AS ids
        FROM catalog_category AS category WHERE category.id = wanted.category_id
    ) AS above ON true
    WHERE wanted.id = ANY(%s)
) AS found
WHERE listing.id = found.id AND listing.deals <> found.deals
"""


def refresh(product_ids):
    """Write the deals of these listings anew; returns how many were not true. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(DEALS, [sorted(product_ids)])
        return cursor.rowcount


def put(number, **facts):
    """The offer ``number`` runs from now on, with the fields of ``ShelfOffer``; again with others it is replaced.

    Returns how many listings changed. Each batch is its own transaction: nobody waits for a whole shop.
    """
    ShelfOffer.objects.update_or_create(number=number, defaults=facts, create_defaults=facts)
    return refresh_all()


def take_away(number):
    """The offer ``number`` is over. Returns how many listings changed; none when it was not there."""
    gone, _by_kind = ShelfOffer.objects.filter(number=number).delete()
    return _in_batches(Product.objects.filter(deals__contains=[str(number)])) if gone else 0


def refresh_all():
    """Write all deals anew, batch by batch; returns how many listings changed."""
    return _in_batches(Product.objects.filter(status=Product.Status.PUBLISHED))


def _in_batches(listings):
    changed, last = 0, 0
    while True:
        ids = list(listings.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            return changed
        with transaction.atomic():
            changed += refresh(ids)
        last = ids[-1]
