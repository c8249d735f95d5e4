"""The statements of the nightly run. Each works on the members ``%(ids)s``, whose rows are locked before."""

LOCK_MEMBERS = "SELECT id FROM loyalty_member WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE"

# --- whom a step is about, %(limit)s at a time -----------------------------------------------------------------------

CANDIDATES_ALL = "SELECT id FROM loyalty_member WHERE id > %(after)s ORDER BY id LIMIT %(limit)s"

_WITH_LOTS_TO_EXPIRE = """
SELECT DISTINCT member_id FROM loyalty_pointslot
WHERE status = 'available' AND expires_at <= %(end_of_day)s AND remaining > reserved AND member_id > %(after)s
ORDER BY member_id LIMIT %(limit)s
"""

# Only members whose sum or dates can have changed: entries that came into the window or left it, years and graces that end.
_WITH_A_REASON_TO_CHANGE = """
SELECT member_id FROM (
    SELECT member_id FROM loyalty_growthentry
    WHERE effective_date IN (%(day)s, %(day)s + 1, %(window_start)s) AND member_id > %(after)s
    UNION
    SELECT id FROM loyalty_member WHERE tier_valid_until <= %(day)s AND id > %(after)s
    UNION
    SELECT id FROM loyalty_member WHERE grace_until <= %(day)s AND id > %(after)s
) AS touched
ORDER BY member_id LIMIT %(limit)s
"""

_WITH_SOMETHING_TO_TELL = """
SELECT member_id FROM (
    SELECT member_id FROM loyalty_tierevaluation WHERE date = %(day)s AND member_id > %(after)s
    UNION
    SELECT member_id FROM loyalty_pointslot
    WHERE status = 'available' AND remaining > reserved AND member_id > %(after)s
      AND expires_at IN (
          %(end_of_day)s + interval '1 day', %(end_of_day)s + interval '7 days', %(end_of_day)s + interval '30 days')
) AS told
ORDER BY member_id LIMIT %(limit)s
"""

CANDIDATES = {
    "expire": _WITH_LOTS_TO_EXPIRE,
    "roll": _WITH_A_REASON_TO_CHANGE,
    "notices": _WITH_SOMETHING_TO_TELL,
    "reconcile": CANDIDATES_ALL,
}

# --- what a step does -------------------------------------------------------------------------------------------------

# Reserved points stay for their order. The name of the entry is the business date: a lot loses points once a night.
_EXPIRE = """
WITH due AS MATERIALIZED (
    SELECT l.id, l.member_id, l.remaining - l.reserved AS lost
    FROM loyalty_pointslot l
    WHERE l.member_id = ANY(%(ids)s) AND l.status = 'available' AND l.expires_at <= %(end_of_day)s
      AND l.remaining > l.reserved
      AND NOT EXISTS (SELECT FROM loyalty_pointsentry e WHERE e.lot_id = l.id AND e.member_id = l.member_id
                      AND e.kind = 'expire' AND e.source = 'expiry:' || %(day)s)
    ORDER BY l.id FOR UPDATE OF l
), closed AS (
    UPDATE loyalty_pointslot l
    SET remaining = l.reserved, status = CASE WHEN l.reserved = 0 THEN 'expired' ELSE l.status END
    FROM due WHERE l.id = due.id
), written AS (
    INSERT INTO loyalty_pointsentry (member_id, lot_id, kind, amount, source, at)
    SELECT member_id, id, 'expire', -lost, 'expiry:' || %(day)s, now() FROM due
), lowered AS (
    UPDATE loyalty_member m SET points = m.points - gone.lost
    FROM (SELECT member_id, sum(lost) AS lost FROM due GROUP BY member_id) gone WHERE m.id = gone.member_id
)
SELECT count(*) AS lots_expired, coalesce(sum(lost), 0) AS points_expired FROM due
"""

# tier_rule.decide for everybody. "until_day" leaves out what is dated after the business date: it counts for the balance
# shown, but not for the decision of that date.
_ROLL = """
WITH sums AS MATERIALIZED (
    SELECT m.id,
        coalesce(sum(e.amount) FILTER (WHERE e.reason IN ('spend', 'refund')), 0) AS spend_all,
        coalesce(sum(e.amount) FILTER (WHERE e.reason = 'grant'), 0) AS grant_all,
        coalesce(sum(e.amount) FILTER (WHERE e.reason = 'activity'), 0) AS activity_all,
        coalesce(sum(e.amount) FILTER (WHERE e.reason = 'review'), 0) AS review_all,
        coalesce(sum(e.amount) FILTER (WHERE e.reason IN ('spend', 'refund') AND e.effective_date <= %(day)s), 0) AS spend,
        coalesce(sum(e.amount) FILTER (WHERE e.reason = 'grant' AND e.effective_date <= %(day)s), 0) AS granted,
        coalesce(sum(e.amount) FILTER (WHERE e.reason = 'activity' AND e.effective_date <= %(day)s), 0) AS activity,
        coalesce(sum(e.amount) FILTER (WHERE e.reason = 'review' AND e.effective_date <= %(day)s), 0) AS review
    FROM loyalty_member m
    LEFT JOIN loyalty_growthentry e ON e.member_id = m.id AND e.effective_date > %(window_start)s
    WHERE m.id = ANY(%(ids)s) GROUP BY m.id
), totals AS (
    SELECT *,
        spend_all + grant_all + least(activity_all, %(activity_cap)s) + least(review_all, %(review_cap)s) AS shown,
        spend + granted + least(activity, %(activity_cap)s) + least(review, %(review_cap)s) AS total
    FROM sums
), judged AS (
    SELECT t.*, m.growth AS growth_before, m.tier_id AS rank, m.tier_since, m.tier_valid_until, m.grace_until,
        coalesce((SELECT max(l.rank) FROM loyalty_tier l
                  WHERE l.threshold <= t.total AND t.spend * 10000 >= l.threshold::bigint * l.spend_share_bp), 0) AS reached
    FROM totals t JOIN loyalty_member m ON m.id = t.id
), decided AS MATERIALIZED (
    SELECT *, CASE
        WHEN reached > rank THEN 'upgrade'
        WHEN rank = 0 OR (grace_until IS NULL AND (tier_valid_until IS NULL OR tier_valid_until > %(day)s)) THEN ''
        WHEN reached = rank THEN 'renew'
        WHEN grace_until IS NULL THEN 'grace'
        WHEN grace_until > %(day)s THEN ''
        ELSE 'demote' END AS outcome
    FROM judged
), placed AS MATERIALIZED (
    SELECT *, CASE outcome WHEN 'upgrade' THEN reached WHEN 'demote' THEN rank - 1 ELSE rank END AS new_rank
    FROM decided
), explained AS (
    INSERT INTO loyalty_tierevaluation (member_id, date, outcome, tier_before_id, tier_after_id, growth, facts, at)
    SELECT id, %(day)s, outcome, rank, new_rank, total,
        jsonb_build_object('spend', spend, 'granted', granted, 'activity', activity, 'review', review), now()
    FROM placed WHERE outcome <> ''
    ON CONFLICT DO NOTHING
), written AS (
    UPDATE loyalty_member m SET
        growth = p.shown,
        tier_id = p.new_rank,
        tier_since = CASE WHEN p.new_rank <> p.rank THEN %(day)s ELSE m.tier_since END,
        tier_valid_until = CASE
            WHEN p.outcome IN ('upgrade', 'renew', 'demote') AND p.new_rank > 0 THEN (%(day)s + interval '1 year')::date
            WHEN p.outcome = 'demote' THEN NULL
            ELSE m.tier_valid_until END,
        grace_until = CASE WHEN p.outcome = 'grace' THEN %(day)s + %(grace_days)s
            WHEN p.outcome <> '' THEN NULL ELSE m.grace_until END
    FROM placed p
    WHERE m.id = p.id AND (p.outcome <> '' OR m.growth <> p.shown)
)
SELECT count(*) AS members_rolled,
    count(*) FILTER (WHERE growth_before <> shown) AS growth_changed,
    count(*) FILTER (WHERE outcome = 'upgrade') AS upgraded,
    count(*) FILTER (WHERE outcome = 'renew') AS renewed,
    count(*) FILTER (WHERE outcome = 'grace') AS grace_began,
    count(*) FILTER (WHERE outcome = 'demote') AS demoted
FROM placed
"""

# Balance = ledger = lots − debt. A difference is never repaired in silence: the member's spending is frozen.
_RECONCILE = """
WITH ledger AS (
    SELECT member_id, sum(amount) AS points, sum(amount) FILTER (WHERE lot_id IS NULL) AS without_lot
    FROM loyalty_pointsentry WHERE member_id = ANY(%(ids)s) GROUP BY member_id
), lots AS (
    SELECT member_id, sum(remaining) FILTER (WHERE status <> 'pending') AS matured,
        sum(remaining) FILTER (WHERE status = 'pending') AS pending
    FROM loyalty_pointslot WHERE member_id = ANY(%(ids)s) GROUP BY member_id
), wrong AS (
    SELECT m.id FROM loyalty_member m
    LEFT JOIN ledger ON ledger.member_id = m.id LEFT JOIN lots ON lots.member_id = m.id
    WHERE m.id = ANY(%(ids)s)
      AND (m.points <> coalesce(ledger.points, 0)
           OR m.points <> coalesce(lots.matured, 0) + coalesce(ledger.without_lot, 0)
           OR m.points_pending <> coalesce(lots.pending, 0))
), frozen AS (
    UPDATE loyalty_member m SET frozen_at = now() FROM wrong WHERE m.id = wrong.id AND m.frozen_at IS NULL RETURNING m.id
)
SELECT (SELECT count(*) FROM wrong) AS balances_wrong, (SELECT count(*) FROM frozen) AS newly_frozen
"""

WORK = {"expire": _EXPIRE, "roll": _ROLL, "reconcile": _RECONCILE}
