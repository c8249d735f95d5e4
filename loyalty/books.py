"""The invariants of this app, as SQL that returns the rows that break them (domain.md 3: 26–34, 54, 66, 68, 70)."""

from loyalty.books_coupons import INVARIANTS as OF_COUPONS
from loyalty.books_lottery import INVARIANTS as OF_LOTTERY
from loyalty.books_luck import INVARIANTS as OF_LUCK
from loyalty.tier_rule import ACTIVITY_CAP, REVIEW_CAP, WINDOW_DAYS

INVARIANTS = [
    (
        "balance is the ledger",
        "A member's points are the sum of the member's entries.",
        """
        SELECT m.id AS member, m.points, coalesce(sum(e.amount), 0) AS ledger
        FROM loyalty_member m LEFT JOIN loyalty_pointsentry e ON e.member_id = m.id
        GROUP BY m.id HAVING m.points <> coalesce(sum(e.amount), 0)
        """,
    ),
    (
        "balance is the lots",
        "A member's points are what is left in matured lots minus the debt.",
        """
        SELECT m.id AS member, m.points, lots.points AS in_lots, debts.points AS debt
        FROM loyalty_member m
        CROSS JOIN LATERAL (SELECT coalesce(sum(remaining), 0) AS points FROM loyalty_pointslot
                            WHERE member_id = m.id AND status <> 'pending') lots
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS points FROM loyalty_pointsentry
                            WHERE member_id = m.id AND lot_id IS NULL) debts
        WHERE m.points <> lots.points + debts.points
        """,
    ),
    (
        "pending points are the pending lots",
        "A member's pending points are what is left in pending lots.",
        """
        SELECT m.id AS member, m.points_pending, coalesce(sum(l.remaining), 0) AS in_lots
        FROM loyalty_member m LEFT JOIN loyalty_pointslot l ON l.member_id = m.id AND l.status = 'pending'
        GROUP BY m.id HAVING m.points_pending <> coalesce(sum(l.remaining), 0)
        """,
    ),
    (
        "a lot is its entries",
        "What is left in a matured lot is the sum of its entries; a pending lot has none.",
        """
        SELECT l.id AS lot, l.status, l.remaining, coalesce(sum(e.amount), 0) AS ledger
        FROM loyalty_pointslot l LEFT JOIN loyalty_pointsentry e ON e.lot_id = l.id
        GROUP BY l.id
        HAVING coalesce(sum(e.amount), 0) <> CASE WHEN l.status = 'pending' THEN 0 ELSE l.remaining END
        """,
    ),
    (
        "a lot's units",
        "0 ≤ reserved ≤ remaining ≤ granted, pending lots reserve nothing, and an ended lot is empty.",
        """
        SELECT id AS lot, status, granted, remaining, reserved FROM loyalty_pointslot
        WHERE reserved > remaining OR remaining > granted OR taken_back > granted
           OR (status = 'pending' AND (reserved > 0 OR remaining <> granted - taken_back))
           OR (status IN ('depleted', 'expired', 'reversed') AND remaining > 0)
        """,
    ),
    (
        "reserved points are the holds",
        "What a lot has reserved is the sum of its live holds.",
        """
        SELECT l.id AS lot, l.reserved, coalesce(sum(h.points), 0) AS held
        FROM loyalty_pointslot l LEFT JOIN loyalty_pointshold h ON h.lot_id = l.id AND h.status = 'held'
        GROUP BY l.id HAVING l.reserved <> coalesce(sum(h.points), 0)
        """,
    ),
    (
        "spent points are the holds",
        "For a source and lot, the entries say what its hold says: spent, and given back at most that.",
        """
        SELECT h.source, h.lot_id, h.status, h.points, h.given_back, s.spent, b.back
        FROM loyalty_pointshold h
        CROSS JOIN LATERAL (SELECT coalesce(-sum(amount), 0) AS spent FROM loyalty_pointsentry
            WHERE member_id = h.member_id AND lot_id = h.lot_id AND kind = 'spend' AND source = h.source) s
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS back FROM loyalty_pointsentry
            WHERE member_id = h.member_id AND lot_id = h.lot_id AND kind = 'give_back'
              AND starts_with(source, h.source || ':')) b
        WHERE s.spent <> CASE WHEN h.status = 'spent' THEN h.points ELSE 0 END
           OR b.back <> h.given_back OR h.given_back > h.points
        """,
    ),
    (
        "debt comes from taking back",
        "The entries without a lot are claw-backs and repayments, never repay more than is owed, and leave no free points.",
        """
        SELECT member_id AS member, sum(amount) AS owed FROM loyalty_pointsentry WHERE lot_id IS NULL
        GROUP BY member_id HAVING sum(amount) > 0 OR bool_or(kind NOT IN ('claw_back', 'repay'))
        """,
    ),
    (
        "expiry takes once",
        "A lot expires at most once a business date.",
        """
        SELECT lot_id AS lot, source, count(*) FROM loyalty_pointsentry WHERE kind = 'expire'
        GROUP BY lot_id, source HAVING count(*) > 1
        """,
    ),
    (
        "growth is its entries",
        "A member's growth is the sum of the entries of the 365 days that end with the last nightly run, capped by kind.",
        f"""
        WITH last AS (SELECT max(date) AS day FROM loyalty_loyaltyrun WHERE status = 'done')
        SELECT m.id AS member, m.growth, s.total FROM loyalty_member m CROSS JOIN last
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount) FILTER (WHERE reason IN ('spend', 'refund', 'grant')), 0)
                + least(coalesce(sum(amount) FILTER (WHERE reason = 'activity'), 0), {ACTIVITY_CAP})
                + least(coalesce(sum(amount) FILTER (WHERE reason = 'review'), 0), {REVIEW_CAP}) AS total
            FROM loyalty_growthentry WHERE member_id = m.id AND effective_date > last.day - {WINDOW_DAYS}
        ) s
        WHERE last.day IS NOT NULL AND m.growth <> s.total
        """,  # noqa: S608 (numbers of this program)
    ),
    (
        "tiers move one level down",
        "A decision to lower a tier lowers it by one level.",
        """
        SELECT id, member_id AS member, date FROM loyalty_tierevaluation
        WHERE (outcome = 'demote' AND tier_after_id <> tier_before_id - 1)
           OR (outcome = 'upgrade' AND tier_after_id <= tier_before_id)
           OR (outcome IN ('renew', 'grace') AND tier_after_id <> tier_before_id)
        """,
    ),
    *OF_COUPONS,
    *OF_LUCK,
    *OF_LOTTERY,
]
