"""The nightly recalculation for a business date, for everybody at once (domain.md 5.9).

Set-based SQL over at most ``BATCH`` members a transaction. The run's row holds step and cursor: they move in the
transaction of the batch, so that a killed run goes on where it was and two workers take turns. A finished date adds nothing.
The result depends on the business date, not on the clock.
"""

import time
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.utils import timezone

from loyalty import nightly_sql as sql
from loyalty import notices, tier_rule
from loyalty.models import LoyaltyRun

log = structlog.get_logger(__name__)

BATCH = 50_000
SUNDAY = 6
STEPS = ("expire", "roll", "notices", "reconcile")


@dataclass
class Outcome:
    """What a run did: ``done`` is False when its time was over before its work was."""

    date: Date
    done: bool = False
    counts: dict = field(default_factory=dict)


def recalculate(date, member=None, dry_run=False, *, seconds=None, progress=None):
    """Bring loyalty to the end of business ``date``. Earlier dates that are missing run first, in order.

    ``member`` limits the work to one member and writes no run; ``dry_run`` changes nothing and counts what would change.
    ``seconds`` is a budget after which the rest is left to the next call; ``progress(date, step, members, counts)`` is called
    after each batch. Returns one ``Outcome`` per date.
    """
    ends = time.monotonic() + seconds if seconds else None
    if member is not None or dry_run:
        return [_walk(_Scratch(date, member, dry_run), ends, progress)]
    outcomes = []
    for day in _missing_dates(date):
        LoyaltyRun.objects.get_or_create(date=day, defaults={"step": STEPS[0]})
        outcomes.append(_walk(_Stored(day), ends, progress))
        if not outcomes[-1].done:
            break
    return outcomes


def yesterday():
    """The business date that is over."""
    return timezone.localdate() - timedelta(days=1)


def _missing_dates(date):
    """Dates without a finished run up to ``date``; the first run of a shop takes ``date`` alone."""
    if LoyaltyRun.objects.filter(date=date, status=LoyaltyRun.Status.DONE).exists():
        return []
    last = LoyaltyRun.objects.filter(date__lt=date).order_by("-date").first()
    if last is None:
        return [date]
    first = last.date if last.status == LoyaltyRun.Status.RUNNING else last.date + timedelta(days=1)
    return [first + timedelta(days=n) for n in range((date - first).days + 1)]


def _walk(place, ends, progress):
    while True:
        with transaction.atomic():
            with connection.cursor() as cursor:
                # A batch may take longer than a page may.
                cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
            step, after = place.load()
            if step is None:
                return place.outcome(done=True)
            members, counts, last = _batch(step, place.date, after, place.only, fresh=not place.rolled_back)
            place.store(step, last, counts)
            if place.rolled_back:
                transaction.set_rollback(True)
        if progress:
            progress(place.date, step, members, counts)
        if ends and time.monotonic() > ends:
            return place.outcome(done=place.finished)


def _batch(step, day, after, only, *, fresh):
    """Work on the members after id ``after``; returns (how many members, counts, last id or None at the end of the step)."""
    facts = {
        "day": day,
        "window_start": day - timedelta(days=tier_rule.WINDOW_DAYS),
        "end_of_day": timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time())),
        "after": after,
        "limit": BATCH,
        "activity_cap": tier_rule.ACTIVITY_CAP,
        "review_cap": tier_rule.REVIEW_CAP,
        "grace_days": tier_rule.GRACE_DAYS,
    }
    with connection.cursor() as cursor:
        if only is None:
            chosen = sql.CANDIDATES_ALL if step == "roll" and day.weekday() == SUNDAY else sql.CANDIDATES[step]
            cursor.execute(chosen, facts)
            ids = [row[0] for row in cursor.fetchall()]
        else:
            ids = [only.pk] if only.pk > after else []
        if not ids:
            return 0, {}, None
        facts["ids"] = ids
        cursor.execute(sql.LOCK_MEMBERS, facts)
        if step == "notices":
            counts = notices.write(cursor, facts)
        else:
            cursor.execute(sql.WORK[step], facts)
            counts = dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))
    if step == "reconcile" and counts["balances_wrong"] and fresh:
        log.error("points do not add up, spending frozen", date=str(day), members=counts["balances_wrong"])
    return len(ids), counts, ids[-1]


class _Stored:
    """Step and cursor in the run's row, which is locked for the batch."""

    only = None
    rolled_back = False

    def __init__(self, date):
        self.date = date

    def load(self):
        self.run = LoyaltyRun.objects.select_for_update().get(date=self.date)
        return (None, 0) if self.run.status == LoyaltyRun.Status.DONE else (self.run.step, self.run.cursor)

    def store(self, step, last, counts):
        for name, count in counts.items():
            self.run.counts[name] = self.run.counts.get(name, 0) + int(count or 0)
        if last is not None:
            self.run.cursor = last
        else:
            self.run.step, self.run.cursor = _next(step) or step, 0
            if _next(step) is None:
                self.run.status, self.run.finished_at = LoyaltyRun.Status.DONE, timezone.now()
        self.run.save()

    @property
    def finished(self):
        return self.run.status == LoyaltyRun.Status.DONE

    def outcome(self, *, done):
        return Outcome(self.date, done, self.run.counts)


class _Scratch:
    """Step and cursor in memory, for one member or a dry run."""

    def __init__(self, date, only, rolled_back):
        self.date, self.only, self.rolled_back = date, only, rolled_back
        self.step, self.cursor, self.counts = STEPS[0], 0, {}

    def load(self):
        return self.step, self.cursor

    def store(self, step, last, counts):
        for name, count in counts.items():
            self.counts[name] = self.counts.get(name, 0) + int(count or 0)
        if last is not None:
            self.cursor = last
        else:
            self.step, self.cursor = _next(step), 0

    @property
    def finished(self):
        return self.step is None

    def outcome(self, *, done):
        return Outcome(self.date, done, self.counts)


def _next(step):
    position = STEPS.index(step) + 1
    return STEPS[position] if position < len(STEPS) else None
