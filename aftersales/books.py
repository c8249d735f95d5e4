"""The invariants of this app, as SQL that returns the rows that break them (docs/domain.md 3: 5–8, 15, 30, 41–43, 47)."""

from aftersales.moves import MOVES

_EDGES = ", ".join(f"('{before}', '{after}')" for before, targets in MOVES.items() for after in sorted(targets))
_OPEN = "r.status NOT IN ('completed', 'cancelled', 'closed', 'closed_timeout')"

INVARIANTS = [
    (
        "returned units came back",
        "Units enter stock from a return only as accepted there, and at most once.",
        """
        SELECT m.id AS movement, m.source, m.on_hand_change, l.accepted_quantity, l.bin
        FROM catalog_stockmovement m
        LEFT JOIN aftersales_returnrequest r ON r.number = split_part(m.source, ':', 2)
        LEFT JOIN aftersales_returnline l ON l.request_id = r.id AND l.line_id::text = split_part(m.source, ':', 3)
        WHERE m.kind = 'return' AND starts_with(m.source, 'return:')
          AND (l.id IS NULL OR r.kind <> 'return_refund' OR l.bin <> 'sellable' OR m.on_hand_change <> l.accepted_quantity)
        """,
    ),
    (
        "units asked back were shipped",
        "Units of live and completed requests about shipped goods are at most the units shipped.",
        """
        SELECT o.id AS line, o.shipped_quantity, sum(l.quantity) AS asked
        FROM aftersales_returnline l JOIN aftersales_returnrequest r ON r.id = l.request_id
        JOIN orders_orderline o ON o.id = l.line_id
        WHERE r.kind <> 'cancel_paid' AND r.status NOT IN ('cancelled', 'closed', 'closed_timeout', 'rejected')
        GROUP BY o.id HAVING sum(l.quantity) > o.shipped_quantity
        """,
    ),
    (
        "returned units were accepted",
        "What a line counts as returned is what its requests accepted, and what came back undelivered and was refunded.",
        """
        SELECT o.id AS line, o.returned_quantity, coalesce(sum(l.accepted_quantity) FILTER (WHERE r.kind <> 'cancel_paid'), 0)
        FROM orders_orderline o
        LEFT JOIN aftersales_returnline l ON l.line_id = o.id LEFT JOIN aftersales_returnrequest r ON r.id = l.request_id
        CROSS JOIN LATERAL (SELECT coalesce(sum(part.quantity), 0) AS units FROM orders_refundline part
            JOIN orders_refund f ON f.id = part.refund_id
            WHERE part.line_id = o.id AND f.source LIKE 'parcel:%:returned%') back
        CROSS JOIN LATERAL (SELECT count(*) AS boxes FROM orders_parcelline p JOIN orders_parcel box ON box.id = p.parcel_id
            WHERE p.line_id = o.id AND box.status = 'returned' AND o.payable_fen + o.shipping_share_fen = 0) free
        GROUP BY o.id, back.units, free.boxes
        HAVING free.boxes = 0 AND o.returned_quantity <> back.units
            + coalesce(sum(l.accepted_quantity) FILTER (WHERE r.kind <> 'cancel_paid'), 0)
        """,
    ),
    (
        "a request refunds what its lines say",
        "The live refunds of a request are the cash and fee of its lines.",
        """
        SELECT r.number, asked.fen AS lines, coalesce(paid.fen, 0) AS refunds
        FROM aftersales_returnrequest r
        CROSS JOIN LATERAL (SELECT sum(cash_fen + shipping_fen) AS fen FROM aftersales_returnline WHERE request_id = r.id) asked
        CROSS JOIN LATERAL (SELECT sum(amount_fen) AS fen FROM orders_refund
            WHERE order_id = r.order_id AND status <> 'cancelled'
              AND (source = 'return:' || r.number OR starts_with(source, 'return:' || r.number || '/'))) paid
        WHERE r.status IN ('refunding', 'completed') AND asked.fen <> coalesce(paid.fen, 0)
        """,
    ),
    (
        "done means refunded",
        "A completed request has no refund on its way.",
        """
        SELECT r.number, f.number AS refund, f.status FROM aftersales_returnrequest r
        JOIN orders_refund f ON f.order_id = r.order_id
          AND (f.source = 'return:' || r.number OR starts_with(f.source, 'return:' || r.number || '/'))
        WHERE r.status = 'completed' AND f.status NOT IN ('succeeded', 'cancelled')
        """,
    ),
    (
        "changes of a request are allowed moves",
        "Every change of state in the history is an edge of the table.",
        f"""
        SELECT id AS log, entity_id, from_state, to_state FROM accounts_statelog
        WHERE entity = 'aftersales.returnrequest' AND (from_state, to_state) NOT IN (VALUES {_EDGES})
        """,  # noqa: S608 (words of this program)
    ),
    (
        "nothing finishes with a request open",
        "An order whose clocks run has no open request: auto-confirm and finish wait.",
        f"""
        SELECT r.number, d.kind FROM aftersales_returnrequest r
        JOIN orders_deadline d ON d.entity = 'orders.order' AND d.entity_id = r.order_id
        WHERE {_OPEN} AND r.kind <> 'cancel_paid'
          AND d.kind IN ('order_auto_confirm', 'order_auto_confirm_unsigned', 'order_finish')
          AND d.paused_at IS NULL AND d.done_at IS NULL AND d.cancelled_at IS NULL AND d.given_up_at IS NULL
        """,  # noqa: S608
    ),
    (
        "live returns are about live lines",
        "A request is about lines of its own order and merchant.",
        """
        SELECT r.number, l.line_id FROM aftersales_returnline l
        JOIN aftersales_returnrequest r ON r.id = l.request_id JOIN orders_orderline o ON o.id = l.line_id
        WHERE o.order_id <> r.order_id OR o.merchant_id <> r.merchant_id
        """,
    ),
    (
        "return postage",
        "Postage is owed once, by receipt, up to ¥25, for accepted goods that were not the shopper's doing; paid by two.",
        """
        SELECT r.number, p.amount_fen, p.status FROM aftersales_returnpostage p
        JOIN aftersales_returnrequest r ON r.id = p.request_id
        WHERE r.kind <> 'return_refund' OR r.fault = 'buyer' OR r.status NOT IN ('refunding', 'completed')
           OR p.receipt = '' OR p.amount_fen NOT BETWEEN 1 AND 2500
           OR NOT EXISTS (SELECT FROM aftersales_returnline l WHERE l.request_id = r.id AND l.accepted_quantity > 0)
           OR (p.status <> 'owed' AND p.sent_by_id IS NULL)
           OR (p.status = 'paid' AND (p.confirmed_by_id IS NULL OR p.confirmed_by_id = p.sent_by_id OR p.paid_at IS NULL))
        """,
    ),
]
