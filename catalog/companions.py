"""The nightly run: what goes with what, and what is popular where, from the events of shoppers; ``run()``.

Everything is added up inside the database, in parts that fit ``WORK_MEMORY``, and swapped in by one transaction: readers
see the old lists until all new ones are there, and a run that is killed has changed nothing. Run twice, it says the same.
"""

import math
import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from catalog import companions_sql as sql
from catalog import shopper_events
from catalog.models import RecommendationWeights

WINDOW = timedelta(days=180)
POPULAR = 60
WORK_MEMORY = "64MB"
# (shopper, listing, listing) that are added up at a time.
A_PART = 1_500_000
LOCK = 7_305_118


class AlreadyRunning(Exception):
    """Another run is at work."""


class DryRun(Exception):
    """Ends the transaction of a run that shall change nothing."""


@dataclass
class Figures:
    """What a run found and how long its steps took, in seconds."""

    counts: dict = field(default_factory=dict)
    seconds: dict = field(default_factory=dict)


def weights():
    """The weights as staff set them."""
    return RecommendationWeights.objects.filter(pk=1).first() or RecommendationWeights(pk=1)


def run(*, dry_run=False, progress=lambda step, done, total: None):
    """Compute and swap in all lists; returns ``Figures``. Raises ``AlreadyRunning``. ``dry_run`` changes nothing."""
    figures = Figures()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            _Run(cursor, figures, progress).work()
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE catalog_companions, catalog_popularlist")
    return figures


class _Run:
    def __init__(self, cursor, figures, progress):
        self.cursor, self.figures, self.progress = cursor, figures, progress
        scale = weights()
        today = timezone.localdate()
        self.values = {
            "now": timezone.now(),
            "day": today,
            "first": today - WINDOW,
            "weights": [float(w) for w in (scale.view, scale.favourite, scale.cart, scale.purchase)],
            "interested": float(scale.interested),
            "half_life": float(scale.half_life),
            "least": scale.least_shoppers,
            "kept": scale.kept,
            "most": sql.MOST_WEIGHT,
            "a_shopper": sql.A_SHOPPER,
            "popular": POPULAR,
        }

    def work(self):
        self.cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not self.cursor.fetchone()[0]:
            raise AlreadyRunning
        self.cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
        self.cursor.execute("SET LOCAL statement_timeout = '10min'")
        self.figures.counts["forgotten"] = shopper_events.tidy()
        self._do("signals", sql.SIGNALS)
        self._do("norms", sql.NORMS)
        self.cursor.execute("ANALYZE signal; ANALYZE norm")
        self.cursor.execute(sql.VOLUME)
        volume = int(self.cursor.fetchone()[0])
        self.figures.counts["pairs to add up"] = volume
        self.values["parts"] = max(1, math.ceil(volume / A_PART))
        self.cursor.execute(sql.PLACE_TO_KEEP)
        for kind in sql.SIDES:
            self._pair(kind)
        self._do("lists", sql.SWAP)
        self._do("old lists dropped", sql.DROP_OLD)
        self._do("popular lists", sql.POPULAR)
        self._do("old popular lists dropped", sql.DROP_UNPOPULAR)
        self.cursor.execute(sql.CLEAR)

    def _pair(self, kind):
        self._do(f"sides ({kind})", sql.SIDES[kind])
        started = time.monotonic()
        self.cursor.execute(sql.INDEX.format(kind=kind))
        self.cursor.execute(f"ANALYZE side_{kind}")
        parts, made = self.values["parts"], 0
        for part in range(parts):
            self.cursor.execute(sql.PAIRS.format(kind=kind), {**self.values, "part": part})
            made += self.cursor.rowcount
            self.progress(kind, part + 1, parts)
        self.figures.counts[f"listings with companions ({kind})"] = made
        self.figures.seconds[f"pairs ({kind})"] = time.monotonic() - started

    def _do(self, name, statement):
        started = time.monotonic()
        self.cursor.execute(statement, self.values)
        self.figures.counts[name] = self.cursor.rowcount
        self.figures.seconds[name] = time.monotonic() - started
        self.progress(name, 1, 1)
