import time

from django.core.management.base import BaseCommand, CommandError

from catalog import companions


class Command(BaseCommand):
    help = "Finds what goes with what and what is popular, from what shoppers did; safe to repeat and to kill."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="change nothing, print the figures")

    def handle(self, *, dry_run, **options):
        started = time.monotonic()
        try:
            figures = companions.run(dry_run=dry_run, progress=self._say)
        except companions.AlreadyRunning:
            raise CommandError("Another run is at work.") from None
        for name, count in figures.counts.items():
            took = f"  {figures.seconds[name]:.1f} s" if name in figures.seconds else ""
            self.stdout.write(f"{name}: {count:,}{took}")
        for name in figures.seconds.keys() - figures.counts.keys():
            self.stdout.write(f"{name}: {figures.seconds[name]:.1f} s")
        self.stdout.write(f"{'(dry run) ' if dry_run else ''}{time.monotonic() - started:.1f} s in all")

    def _say(self, step, done, total):
        if total > 1 and (done == total or done % 10 == 0):
            self.stdout.write(f"{step}: {done} of {total}")
