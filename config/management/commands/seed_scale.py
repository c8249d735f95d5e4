import time

from django.core.management.base import BaseCommand
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from catalog.demo import scale_events
from catalog.demo.scale import Scale


class Command(BaseCommand):
    help = "Adds invented listings in bulk, to measure on. Their books add up; they are never mixed into a real shop."

    def add_arguments(self, parser):
        parser.add_argument("--products", type=int, default=100_000, metavar="N", help="how many listings")
        parser.add_argument("--events", type=int, default=0, metavar="N", help="how many events of invented shoppers")

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

            if options["products"]:
                Scale(options["products"], advance=advance).add()
            events = scale_events.add(options["events"], advance) if options["events"] else 0
        made = f"{options['products']:,} listings, {events:,} events" if events else f"{options['products']:,} listings"
        self.stdout.write(f"{made} in {time.monotonic() - started:.0f} s")
