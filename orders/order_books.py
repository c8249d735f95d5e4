"""What must hold for orders, their lines and their timers (docs/domain.md 3); read by ``orders.books``."""

from orders.moves import MOVES

EDGES = ", ".join(f"('{start}', '{end}')" for start, ends in MOVES.items() for end in sorted(ends))

ORDER_INVARIANTS = [
    (
        "reservations of lines",
        "A line of a live order has reserved what is neither shipped nor cancelled; a closed one nothing (2, 10, 44).",
        """
        SELECT line.id, o.number, o.status, coalesce(held.units, 0) AS held,
               line.quantity - line.shipped_quantity - line.cancelled_quantity AS waiting
        FROM orders_orderline line
        JOIN orders_order o ON o.id = line.order_id
        LEFT JOIN (SELECT source, sum(quantity) AS units FROM catalog_reservation GROUP BY source) held
               ON held.source = 'order-line:' || line.id
        WHERE coalesce(held.units, 0) <> CASE WHEN o.status = 'closed' THEN 0
              ELSE line.quantity - line.shipped_quantity - line.cancelled_quantity END
        """,
    ),
    (
        "reservations have a line",
        "Every live reservation of an order line belongs to a line that exists (4).",
        """
        SELECT r.source, r.quantity FROM catalog_reservation r
        LEFT JOIN orders_orderline line ON r.source = 'order-line:' || line.id
        WHERE r.source LIKE 'order-line:%' AND r.quantity > 0 AND line.id IS NULL
        """,
    ),
    (
        "units of a line",
        "shipped + cancelled ≤ quantity and returned ≤ shipped (7).",
        """
        SELECT id FROM orders_orderline
        WHERE shipped_quantity + cancelled_quantity > quantity OR returned_quantity > shipped_quantity
        """,
    ),
    (
        "amounts of an order",
        "An order's amounts are the sums of its lines, and its payable is lines plus delivery (11, 13).",
        """
        SELECT o.number, o.payable_fen, o.shipping_fen, sum(line.payable_fen) AS lines
        FROM orders_order o JOIN orders_orderline line ON line.order_id = o.id
        GROUP BY o.id
        HAVING o.payable_fen <> sum(line.payable_fen) + o.shipping_fen
            OR o.goods_fen <> sum(line.gross_fen)
            OR o.discount_fen <> sum(line.gross_fen - line.payable_fen)
            OR o.shipping_fen <> sum(line.shipping_share_fen)
            OR o.points_used <> sum(line.d_points_fen)
            OR min(line.payable_fen) < 0
        """,
    ),
    (
        "explained steps",
        "The explained steps of an order sum to list price minus payable (12, 62).",
        """
        SELECT o.number, o.goods_fen - o.payable_fen AS taken, coalesce(sum(a.fen), 0) AS explained
        FROM orders_order o LEFT JOIN orders_adjustment a ON a.order_id = o.id
        GROUP BY o.id HAVING coalesce(sum(a.fen), 0) <> o.goods_fen - o.payable_fen
        """,
    ),
    (
        "delivery fee refunded",
        "No more of the delivery fee goes back than was paid, on every line (18).",
        """
        SELECT line.id, line.shipping_share_fen, sum(part.shipping_fen) AS refunded
        FROM orders_orderline line
        JOIN orders_refundline part ON part.line_id = line.id
        JOIN orders_refund r ON r.id = part.refund_id AND r.status <> 'cancelled'
        GROUP BY line.id HAVING sum(part.shipping_fen) > line.shipping_share_fen
        """,
    ),
    (
        "moves of orders",
        "Every change of an order's state in the history is an edge of the table (41, 42).",
        f"""
        SELECT about, from_state, to_state FROM accounts_statelog
        WHERE entity = 'orders.order' AND from_state <> to_state AND (from_state, to_state) NOT IN ({EDGES})
        """,  # noqa: S608 (built from constants)
    ),
    (
        "state is the last of its history",
        "The state of an order is the newest one in its history.",
        """
        SELECT o.number, o.status, last.to_state
        FROM orders_order o
        JOIN LATERAL (SELECT to_state FROM accounts_statelog
                      WHERE entity = 'orders.order' AND entity_id = o.id::text
                      ORDER BY id DESC LIMIT 1) last ON last.to_state <> o.status
        """,
    ),
    (
        "paid orders are paid",
        "An order that was paid has taken payments of exactly its payable amount, an unpaid one none but its deposit (13).",
        """
        SELECT o.number, o.status, o.payable_fen, coalesce(sum(p.amount_fen), 0) AS taken
        FROM orders_order o LEFT JOIN orders_payment p ON p.order_id = o.id AND p.applied
        LEFT JOIN orders_orderpresale d ON d.order_id = o.id
        GROUP BY o.id, d.id
        HAVING coalesce(sum(p.amount_fen), 0) <> CASE
            WHEN o.paid_at IS NOT NULL THEN o.payable_fen
            WHEN o.status IN ('deposit_paid', 'pending_balance') OR (o.status = 'closed' AND d.id IS NOT NULL
                 AND EXISTS (SELECT FROM accounts_statelog log WHERE log.entity = 'orders.order'
                             AND log.entity_id = o.id::text AND log.to_state = 'deposit_paid')) THEN d.deposit_fen
            ELSE 0 END
        """,
    ),
    (
        "closed and paid",
        "For a closed order that was paid, all it took goes back or has gone back, but a deposit that is lawfully kept (45).",
        """
        SELECT o.number, taken.fen AS taken, coalesce(back.fen, 0) AS back
        FROM orders_order o
        JOIN (SELECT p.order_id, sum(p.amount_fen) - coalesce(min(d.kept_fen), 0) AS fen FROM orders_payment p
              LEFT JOIN orders_orderpresale d ON d.order_id = p.order_id WHERE p.applied GROUP BY p.order_id) taken
          ON taken.order_id = o.id
        LEFT JOIN (SELECT r.order_id, sum(r.amount_fen) AS fen
                   FROM orders_refund r JOIN orders_payment p ON p.id = r.payment_id AND p.applied
                   WHERE r.status <> 'cancelled' GROUP BY r.order_id) back ON back.order_id = o.id
        WHERE o.status = 'closed' AND o.close_reason <> 'refunded' AND taken.fen <> coalesce(back.fen, 0)
        """,
    ),
    (
        "ended orders have no timers",
        "No timer of a closed or finished order is still running (46).",
        """
        SELECT o.number, o.status, d.kind FROM orders_order o
        JOIN orders_deadline d ON d.entity = 'orders.order' AND d.entity_id = o.id
        WHERE o.status IN ('closed', 'finished') AND d.done_at IS NULL AND d.given_up_at IS NULL
          AND d.cancelled_at IS NULL AND d.leased_until IS NULL AND d.kind LIKE 'order\\_%'
        """,
    ),
    (
        "unpaid orders have a timer",
        "Every order that waits for money has a timer that will close it, at most an hour late.",
        """
        SELECT o.number, o.placed_at FROM orders_order o
        WHERE o.status IN ('pending_payment', 'pending_deposit') AND NOT EXISTS (
            SELECT FROM orders_deadline d
            WHERE d.entity = 'orders.order' AND d.entity_id = o.id AND d.kind = 'order_unpaid'
              AND d.done_at IS NULL AND d.cancelled_at IS NULL AND d.run_after > now() - interval '1 hour')
        """,
    ),
    (
        "held orders wait",
        "An order that is held for review is paid and nothing of it is in the warehouse.",
        """
        SELECT o.number, o.status FROM orders_holdreview h JOIN orders_order o ON o.id = h.order_id
        WHERE h.status = 'open' AND o.status <> 'paid'
        """,
    ),
    (
        "paid orders go on",
        "An order that is paid and not held has a timer that releases it, at most an hour late.",
        """
        SELECT o.number, o.paid_at FROM orders_order o
        WHERE o.status = 'paid'
          AND NOT EXISTS (SELECT FROM orders_holdreview h WHERE h.order_id = o.id AND h.status = 'open')
          AND NOT EXISTS (SELECT FROM orders_deadline d
                          WHERE d.entity = 'orders.order' AND d.entity_id = o.id AND d.kind = 'order_release'
                            AND d.done_at IS NULL AND d.cancelled_at IS NULL
                            AND d.run_after > now() - interval '1 hour')
        """,
    ),
    (
        "points held by orders",
        "Points are held for orders that wait for their money or balance only, as many as the order uses (44).",
        """
        SELECT h.source, sum(h.points) AS held, min(o.status) AS status
        FROM loyalty_pointshold h LEFT JOIN orders_order o ON h.source = 'order:' || o.number
        WHERE h.status = 'held' AND h.source LIKE 'order:%'
        GROUP BY h.source
        HAVING min(o.status) IS NULL OR min(o.status) NOT IN ('pending_payment', 'pending_balance')
            OR sum(h.points) <> min(o.points_used)
        """,
    ),
]
