"""What must hold for promotions and what orders use of them (docs/domain.md 3 and 6); read by ``orders.books``."""

USES = """
    SELECT promotion_id, sum(units) AS units, sum(fen) AS fen FROM orders_promotionuse
    WHERE released_at IS NULL GROUP BY promotion_id
"""

PROMOTION_INVARIANTS = [
    (
        "coupons and their orders",
        "A held coupon is of an order that waits for money, a used one of a paid order; both stand in its price (36, 38).",
        """
        SELECT c.id AS coupon, c.status, c.locked_for, o.number FROM loyalty_coupon c
        LEFT JOIN orders_order o ON c.locked_for = 'order:' || o.number
        WHERE c.status IN ('locked', 'used') AND (o.id IS NULL OR (c.status = 'locked') <> (o.paid_at IS NULL)
            OR NOT EXISTS (SELECT 1 FROM orders_adjustment a
                           WHERE a.order_id = o.id AND a.source = 'coupon:' || c.id))
        UNION ALL
        SELECT c.id, c.status, c.locked_for, o.number FROM orders_adjustment a JOIN orders_order o ON o.id = a.order_id
        JOIN loyalty_coupon c ON a.source = 'coupon:' || c.id
        WHERE o.status = 'pending_payment' AND (c.status <> 'locked' OR c.locked_for <> 'order:' || o.number)
        """,
    ),
    (
        "counters of promotions",
        "Of a promotion with a quota or a budget the counters are the sums of the orders that use it, and within both.",
        f"""
        SELECT p.id, p.used_units, coalesce(uses.units, 0) AS units, p.used_fen, coalesce(uses.fen, 0) AS fen
        FROM orders_promotion p LEFT JOIN ({USES}) uses ON uses.promotion_id = p.id
        WHERE (p.quota_units IS NOT NULL AND (p.used_units <> coalesce(uses.units, 0) OR p.used_units > p.quota_units))
           OR (p.budget_fen IS NOT NULL AND (p.used_fen <> coalesce(uses.fen, 0) OR p.used_fen > p.budget_fen))
        """,  # noqa: S608 (built from constants)
    ),
    (
        "uses are what orders say",
        "What an order uses of a promotion is what its explained steps take off in the name of that version (62).",
        """
        SELECT o.number, u.promotion_id, u.fen, coalesce(sum(a.fen), 0) AS explained
        FROM orders_promotionuse u
        JOIN orders_order o ON o.id = u.order_id
        JOIN orders_promotionversion v ON v.id = u.version_id
        LEFT JOIN orders_adjustment a ON a.order_id = o.id AND a.stage <> 'SHIPPING'
            AND a.source = 'promotion:' || v.promotion_id || '/' || v.number
        WHERE v.terms ->> 'kind' <> 'free_shipping'
        GROUP BY o.id, u.id HAVING u.fen <> coalesce(sum(a.fen), 0)
        """,
    ),
    (
        "orders name what they use",
        "A step in the name of a promotion belongs to a version that exists and that the order is counted for.",
        """
        SELECT o.number, a.source FROM orders_adjustment a
        JOIN orders_order o ON o.id = a.order_id
        LEFT JOIN orders_promotionversion v ON a.source = 'promotion:' || v.promotion_id || '/' || v.number
        LEFT JOIN orders_promotionuse u ON u.order_id = o.id AND u.version_id = v.id
        WHERE a.source LIKE 'promotion:%' AND u.id IS NULL
        """,
    ),
    (
        "what is live was published",
        "A published promotion points at its own last version.",
        """
        SELECT p.id, v.number FROM orders_promotion p LEFT JOIN orders_promotionversion v ON v.id = p.current_id
        WHERE p.status = 'published' AND (v.id IS NULL OR v.promotion_id <> p.id
           OR v.number <> (SELECT max(number) FROM orders_promotionversion WHERE promotion_id = p.id))
        """,
    ),
    (
        "stock of flash sales",
        "What is set aside in a stock row is what the open pools of flash sales have not sold (9).",
        """
        SELECT place.id, place.pooled, coalesce(pools.left, 0) AS pools FROM catalog_stock place
        LEFT JOIN (SELECT place_id, sum(quota - sold) AS left FROM orders_flashpool WHERE closed_at IS NULL
                   GROUP BY place_id) pools ON pools.place_id = place.id
        WHERE place.pooled <> coalesce(pools.left, 0)
        """,
    ),
    (
        "units of flash sales",
        "A pool has sold what lines took out of it and did not give back; no more than its quota (9).",
        """
        SELECT pool.id, pool.quota, pool.sold, coalesce(sum(t.units) FILTER (WHERE t.back_at IS NULL), 0) AS taken
        FROM orders_flashpool pool LEFT JOIN orders_flashtaking t ON t.pool_id = pool.id
        GROUP BY pool.id
        HAVING pool.sold <> coalesce(sum(t.units) FILTER (WHERE t.back_at IS NULL), 0) OR pool.sold > pool.quota
        """,
    ),
    (
        "units of flash lines",
        "A line takes no more units out of a pool than it has, and of the pool's own SKU.",
        """
        SELECT t.id FROM orders_flashtaking t JOIN orders_orderline line ON line.id = t.line_id
        JOIN orders_flashpool pool ON pool.id = t.pool_id
        WHERE t.units > line.quantity OR line.sku_id <> pool.sku_id
        """,
    ),
    (
        "shares of members",
        "What a member has of a promotion that allows each so many is the sum of their live orders (9).",
        """
        SELECT m.promotion_id, m.user_id, m.units, coalesce(uses.units, 0) AS used FROM orders_promotionmember m
        FULL JOIN (SELECT u.promotion_id, o.user_id, sum(u.units) AS units FROM orders_promotionuse u
                   JOIN orders_order o ON o.id = u.order_id WHERE u.released_at IS NULL AND u.is_of_member
                   GROUP BY u.promotion_id, o.user_id) uses
          ON uses.promotion_id = m.promotion_id AND uses.user_id = m.user_id
        WHERE coalesce(m.units, 0) <> coalesce(uses.units, 0)
        """,
    ),
    (
        "gifts",
        "A gift costs nothing, belongs to a version that its order uses, and no more is deducted than it is worth (24).",
        """
        SELECT line.id, line.payable_fen, line.gift_charged_fen FROM orders_orderline line
        LEFT JOIN orders_promotionuse u ON u.order_id = line.order_id AND u.version_id = line.gift_of_id
        WHERE line.gift_of_id IS NOT NULL
          AND (u.id IS NULL OR line.payable_fen <> 0 OR line.gift_charged_fen > line.gift_value_fen * line.quantity)
        """,
    ),
    (
        "orders of closed sales",
        "A closed order counts against no limit.",
        """
        SELECT o.number, u.promotion_id FROM orders_promotionuse u JOIN orders_order o ON o.id = u.order_id
        WHERE o.status = 'closed' AND o.paid_at IS NULL AND u.released_at IS NULL
        """,
    ),
    (
        "deposits",
        "A presale takes at most a fifth of the price first; it is kept only when the balance never came (4.10).",
        """
        SELECT o.number, d.deposit_fen, d.kept_fen, o.close_reason FROM orders_orderpresale d
        JOIN orders_order o ON o.id = d.order_id
        WHERE d.deposit_fen * 5 > (SELECT sum(gross_fen) FROM orders_orderline WHERE order_id = o.id)
           OR (SELECT sum(d_presale_fen) FROM orders_orderline WHERE order_id = o.id) <> d.counts_fen - d.deposit_fen
           OR d.kept_fen <> CASE WHEN o.status = 'closed' AND o.close_reason = 'balance' THEN d.deposit_fen ELSE 0 END
        """,
    ),
    (
        "presales have a timer",
        "An order that waits for its balance, or for the window of it, has a timer, at most an hour late.",
        """
        SELECT o.number, o.status FROM orders_order o WHERE o.status IN ('deposit_paid', 'pending_balance')
        AND NOT EXISTS (SELECT FROM orders_deadline t WHERE t.entity = 'orders.order' AND t.entity_id = o.id
            AND t.kind = CASE o.status WHEN 'deposit_paid' THEN 'order_balance_opens' ELSE 'order_balance_ends' END
            AND t.done_at IS NULL AND t.cancelled_at IS NULL AND t.run_after > now() - interval '1 hour')
        """,
    ),
    (
        "doubled deposits",
        "A doubled deposit is the deposit once more, of a presale that the shop closed; paid by two people.",
        """
        SELECT o.number FROM orders_depositdebt debt JOIN orders_order o ON o.id = debt.order_id
        LEFT JOIN orders_orderpresale d ON d.order_id = o.id
        WHERE d.id IS NULL OR debt.amount_fen <> d.deposit_fen OR o.status <> 'closed' OR o.close_reason <> 'staff'
           OR (debt.status = 'paid' AND (debt.sent_by_id IS NULL OR debt.confirmed_by_id IS NULL
               OR debt.sent_by_id = debt.confirmed_by_id))
        """,
    ),
]
