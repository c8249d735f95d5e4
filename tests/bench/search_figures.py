"""The search figures of docs/performance.md: 200 queries through our statement and through ILIKE, in one run.

Use: ``ZHANGGUI_DB=… python -m tests.bench.search_figures``.
"""

import os
import random
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402

from catalog import listings, shelf, suggestions  # noqa: E402
from catalog.demo import scale_words as words  # noqa: E402


def queries():
    dice = random.Random(5)  # noqa: S311 goods, not secrets
    things = [thing for leaves in words.TREE.values() for text in leaves.values() for thing in text.split()]
    two = [word for word in words.MATERIALS + words.QUALITIES + things if len(word) == 2]
    pick = dice.choice
    return {
        "2 characters": [pick(two) for _ in range(50)],
        "4 characters": [pick(words.MATERIALS)[:2] + pick(things)[:2] for _ in range(50)],
        "2 words": [f"{pick(words.QUALITIES)} {pick(things)}" for _ in range(50)],
        "Latin + Chinese": [f"{pick(words.BRANDS[30:])} {pick(things)}" for _ in range(50)],
    }


class Clock:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self, execute, *args):
        started = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.seconds += time.perf_counter() - started


def timed(work):
    clock = Clock()
    with connection.execute_wrapper(clock):
        work()
    return clock.seconds * 1000


def ilike(text):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM catalog_product WHERE title ILIKE ALL(%s) ORDER BY sold_count DESC LIMIT 24",
            [[f"%{word}%" for word in text.split()]],
        )


def line(name, times):
    cuts = statistics.quantiles(times, n=20)
    print(f"{name:34} p50 {statistics.median(times):7.2f} ms   p95 {cuts[18]:7.2f} ms")


def main():
    every = []
    for kind, texts in queries().items():
        found = lambda text: shelf.build("/search/", QueryDict(), listings.on_sale(), words=text)  # noqa: E731
        for text in texts:
            found(text)
        times = [timed(lambda text=text, found=found: found(text)) for text in texts]
        every += times
        line(f"page and facets, {kind}", times)
        line(f"  ILIKE, {kind}", [timed(lambda text=text: ilike(text)) for text in texts])
    line("page and facets, all 200", every)
    starts = [text[:n] for texts in queries().values() for text in texts for n in (1, 2)][:200]
    for text in starts:
        suggestions.of(text)
    line("suggestions", [timed(lambda text=text: suggestions.of(text)) for text in starts])


if __name__ == "__main__":
    main()
