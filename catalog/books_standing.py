"""The invariants of the standing of merchants, as SQL that returns the rows that break them."""

INVARIANTS = [
    (
        "standing-equals-ledger",
        # Points return at midnight, and the nightly run counts them: until then the score may be that of the day before.
        "A merchant's score is 100 and the points of the ledger that count today (or did the day before).",
        """
        SELECT * FROM (
            SELECT merchant.id AS merchant_id, coalesce(standing.score, 100) AS score,
                100 + coalesce(sum(entry.points) FILTER (WHERE entry.until >= today.day), 0) AS by_ledger,
                100 + coalesce(sum(entry.points) FILTER (WHERE entry.until >= today.day - 1), 0) AS by_ledger_before
            FROM accounts_merchant AS merchant
            CROSS JOIN (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) AS today
            LEFT JOIN catalog_merchantstanding AS standing ON standing.merchant_id = merchant.id
            LEFT JOIN catalog_standingentry AS entry ON entry.merchant_id = merchant.id
            GROUP BY merchant.id, standing.score
        ) AS counted
        WHERE score NOT IN (by_ledger, by_ledger_before)
        """,
    ),
]
