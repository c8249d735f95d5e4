"""The invariants of this app, as SQL that returns the rows that break them."""

from catalog import books_recommendations, books_standing, books_voices

INVARIANTS = [
    *books_voices.INVARIANTS,
    *books_recommendations.INVARIANTS,
    *books_standing.INVARIANTS,
    (
        "stock-equals-movements",
        "What lies in a place is the sum of its movements.",
        """
        SELECT place.id, place.on_hand, place.reserved, moved.on_hand AS moved, moved.reserved AS moved_reserved, place.pooled
        FROM catalog_stock AS place
        LEFT JOIN (
            SELECT stock_id, sum(on_hand_change) AS on_hand, sum(reserved_change) AS reserved,
                   sum(pooled_change) AS pooled
            FROM catalog_stockmovement GROUP BY stock_id
        ) AS moved ON moved.stock_id = place.id
        WHERE place.on_hand <> coalesce(moved.on_hand, 0) OR place.reserved <> coalesce(moved.reserved, 0)
            OR place.pooled <> coalesce(moved.pooled, 0)
        """,
    ),
    (
        "reserved-equals-reservations",
        "What is promised from a place is the sum of its open reservations.",
        """
        SELECT place.id, place.reserved, coalesce(sum(held.quantity), 0) AS held
        FROM catalog_stock AS place
        LEFT JOIN catalog_reservation AS held ON held.stock_id = place.id AND held.presale_on IS NULL
        GROUP BY place.id HAVING place.reserved <> coalesce(sum(held.quantity), 0)
        """,
    ),
    (
        "sold-in-presale-equals-reservations",
        "What was sold before it has come is the sum of what is promised with a day; nothing comes in negative numbers.",
        """
        SELECT place.id, place.waiting, place.presale, coalesce(sum(held.quantity), 0) AS held
        FROM catalog_stock AS place
        LEFT JOIN catalog_reservation AS held ON held.stock_id = place.id AND held.presale_on IS NOT NULL
        GROUP BY place.id
        HAVING place.waiting <> coalesce(sum(held.quantity), 0) OR place.presale < 0 OR place.waiting < 0
        """,
    ),
    (
        "listing-prices-equal-skus",
        "The prices on a listing are those of its SKUs on sale.",
        """
        SELECT listing.id, listing.price_min_fen, listing.price_max_fen, min(sku.price_fen), max(sku.price_fen)
        FROM catalog_product AS listing LEFT JOIN catalog_sku AS sku ON sku.product_id = listing.id AND sku.is_active
        GROUP BY listing.id
        HAVING listing.price_min_fen <> coalesce(min(sku.price_fen), 0)
            OR listing.price_max_fen <> coalesce(max(sku.price_fen), 0)
        """,
    ),
    (
        "listing-stock-flag-equals-skus",
        "A listing is in stock when a SKU on sale is (corrected within a minute).",
        """
        SELECT listing.id, listing.in_stock FROM catalog_product AS listing
        WHERE listing.in_stock <> EXISTS (
            SELECT FROM catalog_sku AS sku JOIN catalog_stock AS place ON place.sku_id = sku.id
            WHERE sku.product_id = listing.id AND sku.is_active
                AND (place.on_hand > place.reserved + place.waiting OR place.presale > 0)
        )
        """,
    ),
    (
        "listing-rating-equals-reviews",
        "The rating on a listing is that of its published reviews.",
        """
        SELECT listing.id, listing.rating_sum, listing.rating_count
        FROM catalog_product AS listing
        LEFT JOIN catalog_review AS review ON review.product_id = listing.id AND review.status = 'published'
        GROUP BY listing.id
        HAVING listing.rating_count <> count(review.id) OR listing.rating_sum <> coalesce(sum(review.stars), 0)
        """,
    ),
    (
        "sku-price-equals-last-change",
        "The price of a SKU is where its price history ends.",
        """
        SELECT sku.id, sku.price_fen, last.after_fen FROM catalog_sku AS sku
        JOIN LATERAL (
            SELECT after_fen FROM catalog_pricechange WHERE sku_id = sku.id ORDER BY id DESC LIMIT 1
        ) AS last ON true
        WHERE sku.price_fen <> last.after_fen
        """,
    ),
    (
        "ready-picture-has-a-file",
        "A picture that pages may show has a file and its size.",
        """
        SELECT id, status, file FROM catalog_picture
        WHERE (status = 'ready' AND (file = '' OR width IS NULL OR height IS NULL)) OR (drawn AND status <> 'ready')
        """,
    ),
    (
        "search-row-equals-listing",
        "What searches read of a listing is what stands on it.",
        """
        SELECT listing.id, row.product_id FROM catalog_product AS listing
        FULL JOIN catalog_searchrow AS row ON row.product_id = listing.id
        WHERE num_nonnulls(listing.search, row.product_id) > 0
            AND (listing.merchant_id, listing.price_min_fen, ln((1 + listing.sold_count)::float8),
               listing.rating_sum::float8 / greatest(listing.rating_count, 1),
               coalesce(date_part('epoch', listing.published_at), 0), listing.in_stock, listing.status = 'published',
               listing.brand_id, nullif(listing.deals, '{}'), listing.choices, listing.search,
               lower(listing.title || E'\\n' || listing.title_en))
            IS DISTINCT FROM (row.merchant_id, row.price_min_fen, row.sales, row.stars, row.published, row.in_stock,
               row.shown, row.brand_id, row.deals, row.choices, row.search, row.titles)
        """,
    ),
    (
        "published-listing-can-be-bought",
        "A listing on sale has a category and a SKU on sale.",
        """
        SELECT listing.id FROM catalog_product AS listing
        WHERE listing.status = 'published' AND (listing.category_id IS NULL OR NOT EXISTS (
            SELECT FROM catalog_sku AS sku WHERE sku.product_id = listing.id AND sku.is_active
        ))
        """,
    ),
]
