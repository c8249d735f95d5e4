"""How long the stock lasts: what sold on each weekday of the last four weeks, sold again until nothing is left. Pure.

The forecast of a day is the mean of the last 28 days times the factor of its weekday (its share of the four weeks times
seven). Mean × factor is what four such weekdays sold, divided by four; so whole numbers suffice and nothing is rounded.
"""

WEEKS = 4
DAYS = 7 * WEEKS
LONGEST = 9_999


def cover_days(units, weekdays, *, next_weekday):
    """Whole days that ``units`` last from the day with ``next_weekday`` (0 is Monday) on; None when nothing sells.

    ``weekdays`` are the units sold in 28 days on Mondays, Tuesdays … Sundays; a day on which more came back than was
    sold counts as none. At most 9,999 days.
    """
    demand = [max(0, sold) for sold in weekdays]
    week = sum(demand)
    if not week:
        return None
    left = max(0, units) * WEEKS
    days, left = left // week * 7, left % week
    if days >= LONGEST:
        return LONGEST
    for offset in range(7):
        left -= demand[(next_weekday + offset) % 7]
        if left < 0:
            break
        days += 1
    return min(days, LONGEST)


def daily_tenths(weekdays):
    """Units a day on average, in tenths."""
    return (sum(max(0, sold) for sold in weekdays) * 10 + DAYS // 2) // DAYS
