"""What must hold for payments, refunds, parcels and inboxes (docs/domain.md 3); read by ``orders.books``."""

from orders import booking, parcels, refunds

LIVE = "refund.status <> 'cancelled'"


def _edges(moves, *starts):
    """The pairs (from, to) of a table of moves as SQL; ``starts`` are the states in which a thing may begin."""
    pairs = [(str(start), str(end)) for start, ends in moves.items() for end in sorted(ends)]
    return ", ".join(f"('{start}', '{end}')" for start, end in [*(("", start) for start in starts), *pairs])


def _moves(entity, edges):
    return f"""
        SELECT id, entity_id, from_state, to_state FROM accounts_statelog
        WHERE entity = '{entity}' AND from_state <> to_state AND (from_state, to_state) NOT IN ({edges})
    """  # noqa: S608 (built from constants)


MONEY_INVARIANTS = [
    (
        "refunds of an order",
        "Live refunds of applied payments are at most the applied payments of their order (14).",
        f"""
        SELECT o.number, paid.fen AS paid, back.fen AS back FROM orders_order o
        JOIN (SELECT order_id, sum(amount_fen) AS fen FROM orders_payment WHERE applied GROUP BY order_id) paid
          ON paid.order_id = o.id
        JOIN (SELECT refund.order_id, sum(refund.amount_fen) AS fen FROM orders_refund refund
              JOIN orders_payment p ON p.id = refund.payment_id WHERE {LIVE} AND p.applied GROUP BY
              refund.order_id) back
          ON back.order_id = o.id
        WHERE back.fen > paid.fen
        """,  # noqa: S608
    ),
    (
        "refunds of a payment",
        "Live refunds of a payment are at most its amount, and only money that arrived goes back (14).",
        f"""
        SELECT p.number, p.status, p.amount_fen, sum(refund.amount_fen) AS back
        FROM orders_payment p JOIN orders_refund refund ON refund.payment_id = p.id
        WHERE {LIVE} GROUP BY p.id HAVING sum(refund.amount_fen) > p.amount_fen OR p.status <> 'succeeded'
        """,  # noqa: S608
    ),
    (
        "refunds of a line",
        "No line gives back more goods, delivery fee, points or units than it has (14, 16, 17).",
        f"""
        SELECT line.id, sum(part.goods_fen) AS goods, sum(part.quantity) AS units
        FROM orders_orderline line JOIN orders_refundline part ON part.line_id = line.id
        JOIN orders_refund refund ON refund.id = part.refund_id
        WHERE {LIVE} GROUP BY line.id
        HAVING sum(part.goods_fen) > line.payable_fen OR sum(part.shipping_fen) > line.shipping_share_fen
            OR sum(part.points) > line.d_points_fen OR sum(part.quantity) > line.quantity
        """,  # noqa: S608
    ),
    (
        "anchors",
        "What went back and what is still worth something are together at most what the line cost (15, 16).",
        f"""
        SELECT line.id, line.payable_fen, coalesce(back.fen, 0) AS back, line.anchor_fen, line.anchor_returned
        FROM orders_orderline line
        LEFT JOIN (SELECT part.line_id, sum(part.goods_fen) AS fen FROM orders_refundline part
                   JOIN orders_refund refund ON refund.id = part.refund_id WHERE {LIVE} GROUP BY part.line_id) back
          ON back.line_id = line.id
        WHERE line.anchor_returned > line.anchor_quantity
           OR coalesce(back.fen, 0) + line.anchor_fen
              - CASE WHEN line.anchor_quantity = 0 THEN line.anchor_fen
                     ELSE line.anchor_fen * line.anchor_returned / line.anchor_quantity END > line.payable_fen
        """,  # noqa: S608
    ),
    (
        "refund lines sum up",
        "The parts of a refund sum to its amount; one without parts gives back a payment that no order took (14, 19).",
        """
        SELECT refund.number, refund.amount_fen, sum(part.goods_fen + part.shipping_fen) AS parts
        FROM orders_refund refund JOIN orders_payment p ON p.id = refund.payment_id
        LEFT JOIN orders_refundline part ON part.refund_id = refund.id
        GROUP BY refund.id, p.applied
        HAVING coalesce(sum(part.goods_fen + part.shipping_fen), 0) <> CASE WHEN p.applied THEN refund.amount_fen
        ELSE 0 END
        """,
    ),
    (
        "unapplied successes go back",
        "A payment that arrived and no order took has a live refund of the same amount (19).",
        f"""
        SELECT p.number, p.amount_fen FROM orders_payment p
        WHERE p.status = 'succeeded' AND NOT p.applied AND NOT EXISTS (
            SELECT 1 FROM orders_refund refund
            WHERE refund.payment_id = p.id AND refund.amount_fen = p.amount_fen AND {LIVE})
        """,  # noqa: S608
    ),
    (
        "second payments of an attempt",
        "A second payment of an attempt stands beside a first that arrived, of the same order and channel (19).",
        """
        SELECT p.number, first.number AS attempt FROM orders_payment p JOIN orders_payment first ON first.id = p.second_of_id
        WHERE p.order_id <> first.order_id OR p.gateway <> first.gateway OR p.status <> 'succeeded' OR p.applied
           OR first.status <> 'succeeded' OR first.second_of_id IS NOT NULL
        """,
    ),
    (
        "whole payments are taken by paid orders",
        "An order that was never paid has taken no payment of a whole amount (45).",
        """
        SELECT p.number, o.status FROM orders_payment p JOIN orders_order o ON o.id = p.order_id
        WHERE p.applied AND o.paid_at IS NULL AND p.purpose = 'full'
        """,
    ),
    (
        "evidence of success",
        "A payment or refund succeeded with the channel's number, or with two people's names (20, 21).",
        """
        SELECT number, 'payment' AS kind FROM orders_payment
        WHERE status = 'succeeded' AND (gateway_reference = '' OR paid_at IS NULL)
        UNION ALL
        SELECT number, 'refund' FROM orders_refund
        WHERE status = 'succeeded' AND (gateway_reference = '' OR succeeded_at IS NULL)
        """,
    ),
    (
        "two people",
        "Nobody approved a refund that they asked for.",
        "SELECT number FROM orders_refund WHERE approved_by_id = requested_by_id",
    ),
    (
        "differences written off",
        "A difference with a channel is resolved with a reason, from ¥100 on by two people.",
        """
        SELECT number, kind FROM orders_difference WHERE status = 'resolved' AND (
            reason = '' OR resolved_by_id IS NULL
            OR (abs(here_fen - there_fen) >= 10000 AND (proposed_by_id IS NULL OR proposed_by_id = resolved_by_id)))
        """,
    ),
    (
        "bills add up",
        "The sums of a channel's bill are those of its lines.",
        """
        SELECT bill.id FROM orders_channelbill bill LEFT JOIN orders_billline line ON line.bill_id = bill.id
        GROUP BY bill.id HAVING bill.paid_fen <> coalesce(sum(line.amount_fen) FILTER (WHERE NOT line.is_refund), 0)
            OR bill.refunded_fen <> coalesce(sum(line.amount_fen) FILTER (WHERE line.is_refund), 0)
        """,
    ),
    (
        "moves of payments",
        "Every change of a payment in the history is an edge of the table; success is the end (41, 42).",
        _moves("orders.payment", _edges(booking.MOVES)),
    ),
    (
        "moves of refunds",
        "Every change of a refund in the history is an edge of the table (41, 42).",
        _moves("orders.refund", _edges(refunds.MOVES, "requested", "approved")),
    ),
    (
        "moves of parcels",
        "Every change of a parcel in the history is an edge of the table (41, 42).",
        _moves("orders.parcel", _edges(parcels.MOVES, "created", "packed", "shipped")),
    ),
    (
        "units in parcels",
        "Parcels hold at most the units of a line that were not cancelled, and those that left are its shipped units.",
        """
        SELECT line.id, line.quantity, line.shipped_quantity, sum(part.quantity) AS packed
        FROM orders_orderline line JOIN orders_parcelline part ON part.line_id = line.id
        JOIN orders_parcel parcel ON parcel.id = part.parcel_id
        WHERE parcel.direction = 'outbound' AND parcel.status <> 'void' AND parcel.resend_of_id IS NULL
        GROUP BY line.id
        HAVING sum(part.quantity) > line.quantity - line.cancelled_quantity
            OR coalesce(sum(part.quantity) FILTER (WHERE parcel.shipped_at IS NOT NULL), 0) <> line.shipped_quantity
        """,
    ),
    (
        "units sent again",
        "A parcel is sent again for one of its own order and merchant, at most the units that this one held.",
        """
        SELECT first.number, part.line_id, sum(part.quantity) AS again, coalesce(min(held.quantity), 0) AS held
        FROM orders_parcel parcel JOIN orders_parcel first ON first.id = parcel.resend_of_id
        JOIN orders_parcelline part ON part.parcel_id = parcel.id
        LEFT JOIN orders_parcelline held ON held.parcel_id = first.id AND held.line_id = part.line_id
        WHERE parcel.status <> 'void'
        GROUP BY first.id, part.line_id
        HAVING sum(part.quantity) > coalesce(min(held.quantity), 0)
            OR bool_or(first.order_id <> parcel.order_id OR first.merchant_id <> parcel.merchant_id)
            OR bool_or(first.direction <> 'outbound')
        """,
    ),
    (
        "stock of what is sent again",
        "Units that are sent again are reserved until they leave, and leave the stock once (2, 4).",
        """
        SELECT parcel.number, part.quantity, coalesce(held.units, 0) AS held, coalesce(moved.units, 0) AS moved
        FROM orders_parcel parcel JOIN orders_parcelline part ON part.parcel_id = parcel.id
        LEFT JOIN (SELECT source, sum(quantity) AS units FROM catalog_reservation GROUP BY source) held
          ON held.source = 'resend:' || parcel.id || ':' || part.line_id
        LEFT JOIN (SELECT source, -sum(on_hand_change) AS units FROM catalog_stockmovement WHERE kind = 'ship'
                   GROUP BY source) moved
          ON moved.source = 'resend:' || parcel.id || ':' || part.line_id
        WHERE parcel.resend_of_id IS NOT NULL AND (
            coalesce(held.units, 0) <> CASE WHEN parcel.status IN ('created', 'packed') THEN part.quantity ELSE 0 END
            OR coalesce(moved.units, 0) <> CASE WHEN parcel.shipped_at IS NULL THEN 0 ELSE part.quantity END)
        """,
    ),
    (
        "one merchant a parcel",
        "A parcel holds lines of its own order and merchant only.",
        """
        SELECT parcel.number FROM orders_parcel parcel JOIN orders_parcelline part ON part.parcel_id = parcel.id
        JOIN orders_orderline line ON line.id = part.line_id
        WHERE line.order_id <> parcel.order_id OR line.merchant_id <> parcel.merchant_id
        """,
    ),
    (
        "shipped units left the stock",
        "The stock ledger shipped exactly the units that the lines say were shipped (2, 4).",
        """
        SELECT line.id, line.shipped_quantity, coalesce(moved.units, 0) AS moved
        FROM orders_orderline line
        LEFT JOIN (SELECT split_part(source, '/', 1) AS source, -sum(on_hand_change) AS units
                   FROM catalog_stockmovement WHERE kind = 'ship' AND source LIKE 'order-line:%' GROUP BY 1) moved
          ON moved.source = 'order-line:' || line.id
        WHERE coalesce(moved.units, 0) <> line.shipped_quantity
        """,
    ),
    (
        "inboxes are worked off",
        "Every kept notice and push has an outcome (50).",
        """
        SELECT id, 'notice' AS kind FROM orders_paymentnotice WHERE outcome = ''
        UNION ALL SELECT id, 'push' FROM orders_carrierpush WHERE outcome = ''
        """,
    ),
]
