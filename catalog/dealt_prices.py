"""Lawful strike-through prices: what was really dealt, and whether a claimed price may be shown.

The law (明码标价和禁止价格欺诈规定, article 16): a price that is struck through without further explanation is at most
the lowest price really dealt in the same shop in the 7 days before the promotion; without a deal in those days, the last
deal before. The promotion begins when the SKU got its present price; after 30 days it is no promotion any more, and the
7 days end now. What is claimed above that is not shown, and nothing is rewritten.
"""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

WINDOW = timedelta(days=7)
LONGEST_PROMOTION = timedelta(days=30)

# For each SKU with a claim: the highest price that may be struck through, NULL when nothing was dealt before.
LAWFUL = """
SELECT sku.id, sku.product_id, sku.code, sku.position, sku.price_fen, sku.reference_price_fen AS claimed,
       coalesce(week.lowest, before.unit_fen) AS lawful
FROM catalog_sku AS sku
CROSS JOIN LATERAL (
    SELECT CASE WHEN began.at > %(now)s - %(promotion)s THEN began.at ELSE %(now)s END AS at
    FROM (SELECT max(at) AS at FROM catalog_pricechange WHERE sku_id = sku.id) AS began
) AS promotion
LEFT JOIN LATERAL (
    SELECT min(unit_fen) AS lowest FROM catalog_dealtprice
    WHERE sku_id = sku.id AND first_at < promotion.at AND last_at >= promotion.at - %(window)s
) AS week ON true
LEFT JOIN LATERAL (
    SELECT unit_fen FROM catalog_dealtprice WHERE sku_id = sku.id AND first_at < promotion.at
    ORDER BY last_at DESC, unit_fen LIMIT 1
) AS before ON true
WHERE sku.reference_price_fen IS NOT NULL
"""

SETTLE = f"""
UPDATE catalog_sku AS target SET shown_reference_fen = truth.shown
FROM (
    SELECT sku.id, CASE WHEN found.claimed > found.price_fen AND found.claimed <= found.lawful THEN found.claimed END AS shown
    FROM catalog_sku AS sku LEFT JOIN ({LAWFUL} {{which}}) AS found ON found.id = sku.id
    WHERE (sku.reference_price_fen IS NOT NULL OR sku.shown_reference_fen IS NOT NULL) {{which}}
) AS truth
WHERE target.id = truth.id AND target.shown_reference_fen IS DISTINCT FROM truth.shown
RETURNING target.product_id
"""  # noqa: S608 only words of this module go in

RECORD = """
INSERT INTO catalog_dealtprice (sku_id, day, unit_fen, units, first_at, last_at)
SELECT sku_id, %s, unit_fen, units, %s, %s FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS sold(sku_id, unit_fen, units)
ON CONFLICT (sku_id, day, unit_fen) DO UPDATE
SET units = catalog_dealtprice.units + excluded.units, last_at = greatest(catalog_dealtprice.last_at, excluded.last_at)
"""


def record(sold, *, at=None):
    """Note what was dealt: ``sold`` are (SKU id, fen a unit after all discounts of the price, units). Once a paid order.

    A strike-through price that is unlawful from now on goes at once.
    """
    rows = {}
    for sku_id, unit_fen, units in sold:
        rows[sku_id, unit_fen] = rows.get((sku_id, unit_fen), 0) + units
    if not rows:
        return
    at = at or timezone.now()
    keys = sorted(rows)
    columns = [[key[0] for key in keys], [key[1] for key in keys], [rows[key] for key in keys]]
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [timezone.localdate(at), at, at, *columns])
    changed = _settle("AND sku.id = ANY(%(ids)s) AND sku.shown_reference_fen IS NOT NULL", [key[0] for key in keys])
    if changed:
        from catalog import listings

        listings.refresh_prices(changed)


def settle(product_ids=None):
    """Make ``shown_reference_fen`` of the SKUs of these listings (or of all) true; returns the listings that changed."""
    if product_ids is None:
        return _settle("", [])
    return _settle("AND sku.product_id = ANY(%(ids)s)", sorted(set(product_ids)))


def _settle(which, ids):
    with connection.cursor() as cursor:
        cursor.execute(SETTLE.format(which=which), _params(ids))
        return sorted({product_id for (product_id,) in cursor.fetchall()})


def unlawful(product_ids):
    """listing id → [(SKU code, claimed fen, lawful fen or None)] of claims that pages do not show; one query."""
    wanted = "AND sku.is_active AND sku.product_id = ANY(%(ids)s)"
    with connection.cursor() as cursor:
        cursor.execute(f"{LAWFUL} {wanted} ORDER BY sku.position, sku.id", _params(sorted(product_ids)))
        rows = cursor.fetchall()
    found = {}
    for _id, product_id, code, _position, price, claimed, lawful in rows:
        if lawful is None or not price < claimed <= lawful:
            found.setdefault(product_id, []).append((code, claimed, lawful))
    return found


def _params(ids):
    return {"ids": list(ids), "now": timezone.now(), "window": WINDOW, "promotion": LONGEST_PROMOTION}
