"""What a check-in earns, as pure functions of the days on which a member was here (docs/domain.md 5.5, E22)."""

from dataclasses import dataclass
from datetime import timedelta

POINTS = (5, 5, 10, 10, 15, 15, 40)  # by position; the day after the last begins again
ROUND = len(POINTS)
GROWTH = 2
MAKE_UP_COST = 20  # points
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reward:
    points: int
    tickets: int = 0


def streak(days, day):
    """How many of ``days`` follow one another without a gap and end with ``day``; 0 when ``day`` is not among them."""
    days, length = set(days), 0
    while day in days:
        length, day = length + 1, day - DAY
    return length


def position(length):
    """The place 1…7 in the table of the last day of a streak of ``length`` ≥ 1 days."""
    return (length - 1) % ROUND + 1


def reward(place):
    """What the day at ``place`` 1…7 earns: points, and a lottery ticket on the last."""
    return Reward(POINTS[place - 1], tickets=int(place == ROUND))


def make_up_refusal(days, today, *, used):
    """Why yesterday cannot be made up: "done", "nothing" (no streak to save), "used" (this month's is); else ""."""
    yesterday = today - DAY
    if yesterday in days:
        return "done"
    if yesterday - DAY not in days:
        return "nothing"
    return "used" if used else ""
