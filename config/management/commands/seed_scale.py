import time

from django.core.management.base import BaseCommand
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from catalog.demo.scale import Scale


class Command(BaseCommand):
    help = "Adds invented listings in bulk, to measure on. Their books add up; they are never mixed into a real shop."

    def add_arguments(self, parser):
        parser.add_argument("--products", type=int, default=100_000, metavar="N", help="how many listings")

    def handle(self, *args, **options):
        started = time.monotonic()
        columns = TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        with Progress(*columns, disable=not self.stdout.isatty()) as progress:
            tasks = {}

            def advance(what, done, total):
                if what not in tasks:
                    tasks[what] = progress.add_task(what, total=total)
                    if not self.stdout.isatty():
                        self.stdout.write(f"{what} …")
                progress.update(tasks[what], completed=done, total=total)

            Scale(options["products"], advance=advance).add()
        self.stdout.write(f"{options['products']:,} listings in {time.monotonic() - started:.0f} s")
