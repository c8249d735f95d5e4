"""The tier rule as a pure function of growth, the present standing and a date (domain.md 5.2, 5.3).

``loyalty.nightly`` says the same in SQL for everybody at once; a test holds the two together.
"""

from dataclasses import dataclass
from datetime import date, timedelta

WINDOW_DAYS = 365
GRACE_DAYS = 30
ACTIVITY_CAP = 600
REVIEW_CAP = 1_200


@dataclass(frozen=True)
class Level:
    """A tier as the rule sees it: ``spend_share_bp`` of ``threshold`` must come from spending."""

    rank: int
    threshold: int
    spend_share_bp: int = 0

    def reached_by(self, growth):
        needed = self.threshold * self.spend_share_bp
        return growth.total >= self.threshold and growth.spend * 10_000 >= needed


@dataclass(frozen=True)
class Growth:
    """Growth of the trailing 365 days by where it came from; activity and reviews count up to a yearly cap."""

    spend: int = 0  # spending minus refunds
    granted: int = 0
    activity: int = 0
    review: int = 0

    @property
    def activity_counted(self):
        return min(self.activity, ACTIVITY_CAP)

    @property
    def review_counted(self):
        return min(self.review, REVIEW_CAP)

    @property
    def total(self):
        return self.spend + self.granted + self.activity_counted + self.review_counted


@dataclass(frozen=True)
class Standing:
    rank: int
    valid_until: date | None = None
    grace_until: date | None = None


def same_day_next_year(day):
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def reach(growth, levels):
    """The highest rank that ``growth`` meets; 0 always does."""
    return max([level.rank for level in levels if level.reached_by(growth)], default=0)


def decide(standing, growth, levels, day):
    """(outcome, new standing) at the end of ``day``; outcome is "upgrade", "renew", "grace", "demote" or "" for no change.

    Up at once and as far as it goes, for a year; at the end of the year renewed, or 30 days of grace; then down one level.
    """
    reached = reach(growth, levels)
    if reached > standing.rank:
        return "upgrade", Standing(reached, same_day_next_year(day))
    due = standing.valid_until is not None and day >= standing.valid_until
    if standing.rank == 0 or (standing.grace_until is None and not due):
        return "", standing
    if reached == standing.rank:
        return "renew", Standing(standing.rank, same_day_next_year(day))
    if standing.grace_until is None:
        return "grace", Standing(standing.rank, standing.valid_until, day + timedelta(days=GRACE_DAYS))
    if day < standing.grace_until:
        return "", standing
    lower = standing.rank - 1
    return "demote", Standing(lower, same_day_next_year(day) if lower else None)
