"""The statements of ``catalog.stock`` and ``catalog.stock_bookings`` that touch many rows at once."""

ADJUST = """
UPDATE catalog_stock AS place SET on_hand = place.on_hand + found.units,
    presale = greatest(0, place.presale - greatest(0, found.units - greatest(0,
        place.waiting - (place.on_hand - place.reserved - place.pooled))))
FROM unnest(%s::bigint[], %s::int[]) AS found(id, units) WHERE place.id = found.id
"""
# What lies there goes first and whoever waits for what comes before whoever comes now; then what is still to come.
# Rows are locked by SKU id before anything is read of them that decides; the row's own constraint guards it once more.
RESERVE = """
WITH wish AS (
    SELECT * FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::text[]) AS wish(sku_id, quantity, pooled, source)
), place AS MATERIALIZED (
    SELECT place.id, place.sku_id, place.on_hand - place.reserved - place.pooled - place.waiting AS free,
           place.pooled AS aside, place.presale, place.presale_on, warehouse.is_default
    FROM catalog_stock AS place JOIN catalog_warehouse AS warehouse ON warehouse.id = place.warehouse_id
    WHERE place.sku_id = ANY(%s::bigint[]) ORDER BY place.sku_id, place.id FOR NO KEY UPDATE OF place
), fitting AS (
    SELECT place.id, wish.sku_id, wish.quantity, wish.pooled, wish.source, place.presale_on, place.is_default,
           place.presale >= wish.quantity AND wish.pooled = 0 AS may_come,
           place.aside >= wish.pooled AND (wish.quantity = wish.pooled OR place.free >= wish.quantity - wish.pooled) AS here
    FROM wish JOIN place ON place.sku_id = wish.sku_id
), chosen AS MATERIALIZED (
    SELECT DISTINCT ON (sku_id) id, sku_id, quantity, pooled, source,
           CASE WHEN here THEN quantity ELSE 0 END AS kept, CASE WHEN here THEN 0 ELSE quantity END AS ahead,
           CASE WHEN NOT here THEN presale_on END AS presale_on
    FROM fitting WHERE here OR may_come ORDER BY sku_id, here DESC, is_default DESC, id
), taken AS (
    UPDATE catalog_stock AS place
    SET reserved = place.reserved + chosen.kept, pooled = place.pooled - chosen.pooled,
        waiting = place.waiting + chosen.ahead, presale = place.presale - chosen.ahead
    FROM chosen WHERE place.id = chosen.id
    RETURNING place.id, place.sku_id
), promised AS (
    INSERT INTO catalog_reservation (source, stock_id, quantity, presale_on, created_at)
    SELECT chosen.source, taken.id, chosen.quantity, chosen.presale_on, clock_timestamp()
    FROM chosen JOIN taken USING (id)
), written AS (
    INSERT INTO catalog_stockmovement
        (stock_id, kind, on_hand_change, reserved_change, pooled_change, source, reason, at)
    SELECT taken.id, 'reserve', 0, chosen.kept, -chosen.pooled, chosen.source, '', clock_timestamp()
    FROM chosen JOIN taken USING (id) WHERE chosen.kept > 0
)
SELECT sku_id FROM taken
"""
