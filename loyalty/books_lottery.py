"""The invariants of the lottery (docs/domain.md 5.8; 3: 70)."""

from loyalty.odds import TOP_FEN, WHOLE

INVARIANTS = [
    (
        "published odds are a whole",
        "The parts of a table that was published sum to a million, its substitutes are worth as much as what they replace.",
        f"""
        SELECT t.id AS odds_table, sum(l.weight) AS parts,
               count(*) FILTER (WHERE s.value_fen < p.value_fen OR s.id = p.id) AS lesser
        FROM loyalty_oddstable t
        LEFT JOIN loyalty_oddsline l ON l.table_id = t.id
        LEFT JOIN loyalty_prize p ON p.id = l.prize_id LEFT JOIN loyalty_prize s ON s.id = l.substitute_id
        WHERE t.published_at IS NOT NULL GROUP BY t.id
        HAVING coalesce(sum(l.weight), 0) <> {WHOLE}
            OR count(*) FILTER (WHERE s.value_fen < p.value_fen OR s.id = p.id) > 0
        """,  # noqa: S608 (numbers of this program)
    ),
    (
        "a table is published before it opens",
        "The first version of a lottery was published before it opened; only one is open at a moment.",
        """
        SELECT id AS odds_table, published_at, opens_at FROM loyalty_oddstable
        WHERE (version = 1 AND published_at > opens_at) OR (status = 'published' AND published_at IS NULL)
        """,
    ),
    (
        "prizes given are within their stock",
        "A prize with a limit was given as often as draws say, no more than there are; none is worth more than the law allows.",
        f"""
        SELECT p.id AS prize, p.stock, p.given, count(d.id) AS draws
        FROM loyalty_prize p LEFT JOIN loyalty_lotterydraw d ON d.prize_id = p.id
        GROUP BY p.id
        HAVING p.given <> CASE WHEN p.stock IS NULL THEN 0 ELSE count(d.id) END OR p.given > p.stock OR p.value_fen > {TOP_FEN}
        """,  # noqa: S608 (numbers of this program)
    ),
    (
        "a number wins what the table says",
        "The number of a draw lies among those of its line, and what was received is its prize or the published substitute.",
        """
        WITH spans AS (
            SELECT id, table_id, prize_id, substitute_id,
                   sum(weight) OVER (PARTITION BY table_id ORDER BY place) AS after, weight
            FROM loyalty_oddsline
        )
        SELECT d.id AS draw, d.number, s.after - s.weight AS first, s.after - 1 AS last
        FROM loyalty_lotterydraw d JOIN spans s ON s.id = d.line_id
        WHERE d.table_id <> s.table_id OR d.number < s.after - s.weight OR d.number >= s.after
           OR (d.prize_id <> s.prize_id AND d.prize_id IS DISTINCT FROM s.substitute_id)
        """,
    ),
    (
        "a used ticket is one draw",
        "Tickets are used exactly when there is a draw, of the same member.",
        """
        SELECT t.id AS ticket, t.used_at, d.id AS draw
        FROM loyalty_lotteryticket t LEFT JOIN loyalty_lotterydraw d ON d.ticket_id = t.id
        WHERE (t.used_at IS NULL) <> (d.id IS NULL) OR d.member_id <> t.member_id
        """,
    ),
    (
        "what is won is granted",
        "A draw granted the points or the coupon of the prize that was received, and nothing else.",
        """
        SELECT d.id AS draw, p.kind, p.points, lots.points AS granted, coupons.count AS coupons
        FROM loyalty_lotterydraw d
        JOIN loyalty_prize p ON p.id = d.prize_id JOIN loyalty_member m ON m.id = d.member_id
        LEFT JOIN loyalty_coupontemplate t ON t.id = p.coupon_template_id
        CROSS JOIN LATERAL (SELECT coalesce(sum(granted), 0) AS points FROM loyalty_pointslot
                            WHERE member_id = d.member_id AND source = 'draw:' || d.id) lots
        CROSS JOIN LATERAL (SELECT count(*) FROM loyalty_coupon
                            WHERE user_id = m.user_id AND series = t.series AND source = 'draw:' || d.id) coupons
        WHERE lots.points <> p.points OR coupons.count <> CASE WHEN p.kind = 'coupon' THEN 1 ELSE 0 END
        """,
    ),
    (
        "a seed is what was promised",
        "A published seed has the SHA-256 that was published before, and its draws are of its day.",
        """
        SELECT s.id AS seed, s.date, count(d.id) AS draws
        FROM loyalty_lotteryseed s LEFT JOIN loyalty_lotterydraw d
          ON d.seed_id = s.id AND (d.at AT TIME ZONE 'Asia/Shanghai')::date NOT IN (s.date, s.date + 1)
        GROUP BY s.id
        HAVING count(d.id) > 0
            OR (s.revealed <> '' AND encode(sha256(convert_to(s.revealed, 'UTF8')), 'hex') <> s.commitment)
        """,
    ),
]
