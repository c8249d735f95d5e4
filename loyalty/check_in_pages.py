"""What the check-in page shows: the round of seven days, a month, and whether yesterday can be made up."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from loyalty import check_in_rule as rule

MONDAY = 0


@dataclass(frozen=True)
class Place:
    """One of the seven days of a round. ``state``: "done", "today" (still to do) or "ahead"."""

    number: int
    reward: rule.Reward
    state: str


@dataclass(frozen=True)
class Cell:
    """One day of the month. ``state``: "done", "made-up", "today", "missed", "ahead" or "outside" (another month)."""

    day: date
    state: str


@dataclass(frozen=True)
class Board:
    """``streak`` in days, up to today or else yesterday; ``make_up`` is why yesterday cannot be made up, or ""."""

    done: bool
    streak: int
    next: rule.Reward
    places: list
    month: date
    weeks: list
    before: date | None
    after: date | None
    make_up: str
    left: int = 0


def board(member, asked=""):
    """The ``Board`` of ``member`` with the month ``asked`` ("2026-11"), or the present one. One query."""
    rows = dict(member.check_ins.order_by().values_list("date", "made_up_in"))
    today = timezone.localdate()
    done = today in rows
    length = rule.streak(rows, today if done else today - rule.DAY)
    present = rule.position(length if done else length + 1)
    first = min(rows, default=today).replace(day=1)
    month = _month(asked, first, today.replace(day=1))
    used = today.replace(day=1) in rows.values()
    return Board(
        done=done,
        streak=length,
        next=rule.reward(rule.position(length + 1)),
        places=[_place(number, present, done) for number in range(1, rule.ROUND + 1)],
        month=month,
        weeks=_weeks(month, rows, today, min(rows, default=today)),
        before=(month - rule.DAY).replace(day=1) if month > first else None,
        after=_next(month) if month < today.replace(day=1) else None,
        make_up=rule.make_up_refusal(rows, today, used=used),
        left=rule.ROUND - (present if done else present - 1),
    )


def _place(number, present, done):
    state = "done" if number < present or (number == present and done) else "ahead"
    return Place(number, rule.reward(number), "today" if number == present and not done else state)


def _month(asked, first, last):
    try:
        month = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return last
    return min(max(month, first), last)


def _next(month):
    return (month.replace(day=28) + 4 * rule.DAY).replace(day=1)


def _weeks(month, rows, today, first):
    weeks = Calendar(MONDAY).monthdatescalendar(month.year, month.month)
    return [[Cell(day, _state(day, month, rows, today, first)) for day in week] for week in weeks]


def _state(day, month, rows, today, first):
    if day.month != month.month:
        return "outside"
    if day in rows:
        return "made-up" if rows[day] else "done"
    if day == today:
        return "today"
    return "missed" if first <= day < today else "ahead"
