"""The figures of the nightly run of recommendations in docs/performance.md: minutes, and memory of the database's process.

Use: ``ZHANGGUI_DB=… python -m tests.bench.recommend_figures`` after ``seed_scale --products 100000 --events 5600000``.
Reads /proc, so the database must run on this machine.
"""

import os
import resource
import threading
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402

from catalog import companions  # noqa: E402
from config import embedded  # noqa: E402


class Watch(threading.Thread):
    """The most private memory that process ``pid`` had, in KiB."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.path, self.most, self.over = Path(f"/proc/{pid}/status"), 0, threading.Event()

    @property
    def worked(self):
        """Seconds of processor time so far: what the run takes on a machine of its own."""
        fields = self.path.with_name("stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def run(self):
        while not self.over.wait(0.05):
            lines = self.path.read_text().splitlines()
            self.most = max([self.most, *(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))])


def main():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        watch = Watch(cursor.fetchone()[0])
        cursor.execute("SELECT count(*), (SELECT count(*) FROM accounts_user) FROM catalog_shopperevent")
        events, shoppers = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM catalog_product")
        listings = cursor.fetchone()[0]
    watch.start()
    started, worked = time.monotonic(), watch.worked
    figures = companions.run()
    took, worked = time.monotonic() - started, watch.worked - worked
    watch.over.set()
    print(f"{listings:,} listings, {events:,} events of {shoppers:,} shoppers: {took:.1f} s, processor {worked:.1f} s")
    print(f"memory: database process {watch.most / 1024:.0f} MiB private, "
          f"this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")  # fmt: skip
    print(f"load average {os.getloadavg()[0]:.1f}")
    for name, seconds in figures.seconds.items():
        print(f"  {name}: {seconds:.1f} s, {figures.counts.get(name, 0):,} rows")
    print({name: count for name, count in figures.counts.items() if name not in figures.seconds})


if __name__ == "__main__":
    with embedded.server():
        main()
