"""The invariants of coupons and red packets (domain.md 3: 36–41)."""

INVARIANTS = [
    (
        "issued coupons are counted",
        "A template's counter is the number of its coupons, which is the sum over their states; it is within the quota.",
        """
        SELECT t.id AS template, t.claimed, t.quota, count(c.id) AS coupons
        FROM loyalty_coupontemplate t LEFT JOIN loyalty_coupon c ON c.template_id = t.id
        GROUP BY t.id
        HAVING t.claimed <> count(c.id) OR t.claimed > t.quota OR t.committed_fen > t.budget_fen
            OR count(c.id) <> count(c.id) FILTER (WHERE c.status IN ('available', 'locked', 'used', 'expired', 'void'))
        """,
    ),
    (
        "a member claims within the limit",
        "Nobody has claimed more of a series than its most generous version allows.",
        """
        SELECT c.user_id AS person, c.series, count(*) AS claimed, limits.most
        FROM loyalty_coupon c
        JOIN (SELECT series, max(per_member) AS most FROM loyalty_coupontemplate GROUP BY series) limits
          ON limits.series = c.series
        WHERE starts_with(c.source, 'claim:')
        GROUP BY c.user_id, c.series, limits.most HAVING count(*) > limits.most
        """,
    ),
    (
        "a coupon is where its last entry left it",
        "A coupon's state and date are those of its last entry, its first entry issued it, and there are no gaps between.",
        """
        WITH story AS (
            SELECT coupon_id, kind, from_state, to_state, valid_until,
                   lag(to_state) OVER line AS before, row_number() OVER line AS place,
                   row_number() OVER (PARTITION BY coupon_id ORDER BY id DESC) AS from_end
            FROM loyalty_couponentry WINDOW line AS (PARTITION BY coupon_id ORDER BY id)
        )
        SELECT c.id AS coupon, c.status, s.kind, s.from_state, s.to_state
        FROM loyalty_coupon c LEFT JOIN story s ON s.coupon_id = c.id
        WHERE s.coupon_id IS NULL
           OR (s.place = 1 AND (s.kind <> 'issue' OR s.from_state <> ''))
           OR (s.place > 1 AND s.from_state <> s.before)
           OR (s.from_end = 1 AND (s.to_state <> c.status OR s.valid_until <> c.valid_until))
        """,
    ),
    (
        "coupons move along their edges",
        "Every move of a coupon is one that its states allow.",
        """
        SELECT id, coupon_id AS coupon, kind, from_state, to_state FROM loyalty_couponentry
        WHERE (kind, from_state, to_state) NOT IN (
            ('issue', '', 'available'), ('lock', 'available', 'locked'), ('spend', 'locked', 'used'),
            ('release', 'locked', 'available'), ('release', 'locked', 'expired'),
            ('give_back', 'used', 'available'), ('give_back', 'used', 'expired'),
            ('expire', 'available', 'expired'), ('void', 'available', 'void'))
        """,
    ),
    (
        "a coupon in use belongs to one order",
        "A held or used coupon names the order of its last entry; no other coupon names any.",
        """
        SELECT c.id AS coupon, c.status, c.locked_for, e.source
        FROM loyalty_coupon c
        LEFT JOIN LATERAL (SELECT source FROM loyalty_couponentry WHERE coupon_id = c.id ORDER BY id DESC LIMIT 1) e ON true
        WHERE (c.status IN ('locked', 'used') AND (c.locked_for = '' OR c.locked_for <> e.source))
           OR (c.status NOT IN ('locked', 'used') AND c.locked_for <> '')
        """,
    ),
    (
        "a longer life is written down",
        "A coupon's date changes only with an entry that says it was extended.",
        """
        WITH story AS (
            SELECT coupon_id, reason, valid_until,
                   lag(valid_until) OVER (PARTITION BY coupon_id ORDER BY id) AS before
            FROM loyalty_couponentry
        )
        SELECT * FROM story WHERE valid_until <> before AND reason <> 'extended'
        """,
    ),
    (
        "a shared packet gives what it holds",
        "The shares of a packet sum to it, and what was opened are its first shares.",
        """
        SELECT p.id AS packet, p.total_fen, p.opened, taken.pieces, taken.fen
        FROM loyalty_luckypacket p
        CROSS JOIN LATERAL (SELECT coalesce(sum(s), 0) AS fen FROM unnest(p.shares) s) held
        CROSS JOIN LATERAL (SELECT coalesce(sum(s), 0) AS fen FROM unnest(p.shares[1:p.opened]) s) due
        CROSS JOIN LATERAL (SELECT count(*) AS pieces, coalesce(sum(amount_fen), 0) AS fen FROM loyalty_coupon
                            WHERE template_id = p.template_id AND source = 'packet:' || p.id) taken
        WHERE held.fen <> p.total_fen OR taken.pieces <> p.opened OR taken.fen <> due.fen
        """,
    ),
]
