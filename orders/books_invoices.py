"""The invariants of invoices (domain.md 3: 25)."""

INVOICE_INVARIANTS = [
    (
        "an invoice says what was paid",
        "For an order with a standing invoice, invoices less red letters are the cash paid less the cash refunded (25).",
        """
        SELECT o.number, r.amount_fen, documents.fen AS documents, money.fen AS net
        FROM orders_invoicerequest r JOIN orders_order o ON o.id = r.order_id
        CROSS JOIN LATERAL (SELECT coalesce(sum(CASE kind WHEN 'blue' THEN amount_fen ELSE -amount_fen END), 0) AS fen
            FROM orders_invoice WHERE request_id = r.id AND status = 'issued') documents
        CROSS JOIN LATERAL (SELECT
            (SELECT coalesce(sum(amount_fen), 0) FROM orders_payment WHERE order_id = o.id AND applied)
            - (SELECT coalesce(sum(f.amount_fen), 0) FROM orders_refund f JOIN orders_payment p ON p.id = f.payment_id
               WHERE f.order_id = o.id AND p.applied AND f.status = 'succeeded') AS fen) money
        WHERE documents.fen <> coalesce(r.amount_fen, 0)
           OR (r.status = 'issued' AND documents.fen <> money.fen)
           OR (r.status = 'red' AND documents.fen <> 0)
        """,
    ),
    (
        "an invoice adds up",
        "The lines of a document sum to its amount; a red letter takes back exactly its invoice.",
        """
        SELECT d.number, d.amount_fen, lines.fen, blue.amount_fen AS reversed
        FROM orders_invoice d LEFT JOIN orders_invoice blue ON blue.id = d.reverses_id
        CROSS JOIN LATERAL (SELECT coalesce(sum((line->>'amount_fen')::bigint), 0) AS fen
            FROM jsonb_array_elements(d.lines) line) lines
        WHERE lines.fen <> d.amount_fen OR (d.kind = 'red' AND blue.amount_fen <> d.amount_fen)
        """,
    ),
    (
        "an issued invoice has its number",
        "A document is issued with the issuer's number and a moment, and only then.",
        """
        SELECT number, status FROM orders_invoice
        WHERE (status = 'issued') <> (official_number <> '' AND issued_at IS NOT NULL)
        """,
    ),
]
