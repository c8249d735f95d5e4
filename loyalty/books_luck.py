"""The invariants of check-ins and lottery tickets (docs/domain.md 5.5, 5.8; 3: 68)."""

from loyalty.check_in_rule import MAKE_UP_COST, POINTS, ROUND
from loyalty.models.lottery_ticket import TICKETS_A_DAY
from loyalty.tickets import PRICE

# Each check-in with its place in the round: days that follow one another share "island".
_PLACED = f"""
WITH islands AS (
    SELECT member_id, date, date - (row_number() OVER (PARTITION BY member_id ORDER BY date))::int AS island
    FROM loyalty_checkin
), placed AS (
    SELECT member_id, date, mod(row_number() OVER (PARTITION BY member_id, island ORDER BY date) - 1, {ROUND}) + 1 AS place
    FROM islands
)
"""  # noqa: S608 (numbers of this program)

INVARIANTS = [
    (
        "a check-in is paid by its place",
        "The points granted for a check-in are those of its place in the streak, once.",
        f"""
        {_PLACED}
        SELECT p.member_id AS member, p.date, p.place, paid.points
        FROM placed p CROSS JOIN LATERAL (
            SELECT coalesce(sum(granted), 0) AS points FROM loyalty_pointslot
            WHERE member_id = p.member_id AND source = 'checkin:' || p.date) paid
        WHERE paid.points <> (ARRAY{list(POINTS)})[p.place]
        """,  # noqa: S608 (numbers of this program)
    ),
    (
        "nothing is paid without a check-in",
        "Points and tickets for a check-in belong to one of that member and day.",
        """
        SELECT made.member_id AS member, made.source FROM (
            SELECT member_id, source FROM loyalty_pointslot WHERE starts_with(source, 'checkin:')
            UNION SELECT member_id, source FROM loyalty_lotteryticket WHERE starts_with(source, 'checkin:')) made
        WHERE NOT EXISTS (SELECT FROM loyalty_checkin c
                          WHERE c.member_id = made.member_id AND 'checkin:' || c.date = made.source)
        """,
    ),
    (
        "the last day of a round brings a ticket",
        "A check-in brings a lottery ticket exactly when it is the last of its round.",
        f"""
        {_PLACED}
        SELECT p.member_id AS member, p.date, p.place, t.id AS ticket
        FROM placed p LEFT JOIN loyalty_lotteryticket t
          ON t.member_id = p.member_id AND t.source = 'checkin:' || p.date
        WHERE (p.place = {ROUND}) <> (t.id IS NOT NULL)
        """,  # noqa: S608 (numbers of this program)
    ),
    (
        "a make-up was paid",
        "A made-up day cost its points and names the month of the next day.",
        f"""
        SELECT c.id AS check_in, c.member_id AS member, c.date, c.made_up_in, paid.points
        FROM loyalty_checkin c CROSS JOIN LATERAL (
            SELECT coalesce(-sum(amount), 0) AS points FROM loyalty_pointsentry
            WHERE member_id = c.member_id AND kind = 'spend'
              AND source = 'makeup:' || c.member_id || ':' || c.date) paid
        WHERE paid.points <> CASE WHEN c.made_up_in IS NULL THEN 0 ELSE {MAKE_UP_COST} END
           OR c.made_up_in <> date_trunc('month', c.date + 1)::date
        """,  # noqa: S608 (numbers of this program)
    ),
    (
        "a ticket for points was paid",
        "A ticket that was not earned cost its points, and at most five count for a day.",
        f"""
        SELECT t.id AS ticket, t.member_id AS member, t.source, paid.points
        FROM loyalty_lotteryticket t CROSS JOIN LATERAL (
            SELECT coalesce(-sum(amount), 0) AS points FROM loyalty_pointsentry
            WHERE member_id = t.member_id AND kind = 'spend' AND source = t.source) paid
        WHERE (starts_with(t.source, 'points:') AND paid.points <> {PRICE})
           OR t.nth NOT BETWEEN 1 AND {TICKETS_A_DAY}
           OR NOT (starts_with(t.source, 'points:') OR starts_with(t.source, 'checkin:'))
        """,  # noqa: S608 (numbers of this program)
    ),
]
