"""The search figures of docs/performance.md: 200 queries through our statement and through ILIKE, in one run; milliseconds.

Use: ``ZHANGGUI_DB=… python -m tests.bench.search_figures``; with ``pages`` after it, without ILIKE.
"""

import os
import random
import statistics
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402

from catalog import listings, shelf, suggestions  # noqa: E402
from catalog.demo import scale_words as words  # noqa: E402
from config import embedded  # noqa: E402


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
    """Milliseconds of the statements of a piece of work: on the wall, and of the CPU of the database's own process.

    The wall shows what else the machine does; the CPU hardly does.
    """

    def __init__(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.usage = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def __call__(self, execute, *args):
        started, before = time.perf_counter(), self._cpu()
        try:
            return execute(*args)
        finally:
            self.wall += (time.perf_counter() - started) * 1000
            self.cpu += self._cpu() - before

    def _cpu(self):
        return int(self.usage.read_text().split()[0]) / 1e6

    def of(self, work):
        self.wall = self.cpu = 0.0
        with connection.execute_wrapper(self):
            work()
        return self.wall, self.cpu


def ilike(text):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM catalog_product WHERE title ILIKE ALL(%s) ORDER BY sold_count DESC LIMIT 24",
            [[f"%{word}%" for word in text.split()]],
        )


def line(name, times):
    said = []
    for kind, values in zip(("wall", "CPU"), zip(*times, strict=True), strict=True):
        said.append(f"{kind} p50 {statistics.median(values):7.2f}  p95 {statistics.quantiles(values, n=20)[18]:7.2f}")
    print(f"{name:34} {'    '.join(said)}", flush=True)


def page(text):
    shelf.build("/search/", QueryDict(), listings.on_sale(), words=text)


def main():
    clock, every = Clock(), []
    for kind, texts in queries().items():
        for text in texts:
            page(text)
        times = [clock.of(lambda text=text: page(text)) for text in texts]
        every += times
        line(f"page and facets, {kind}", times)
    line("page and facets, all 200", every)
    starts = [text[:n] for texts in queries().values() for text in texts for n in (1, 2)][:200]
    for text in starts:
        suggestions.of(text)
    line("suggestions", [clock.of(lambda text=text: suggestions.of(text)) for text in starts])
    for kind, texts in queries().items() if "pages" not in sys.argv else ():
        line(f"ILIKE, {kind}", [clock.of(lambda text=text: ilike(text)) for text in texts])


if __name__ == "__main__":
    with embedded.server():
        main()
