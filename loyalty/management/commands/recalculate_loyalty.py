from datetime import date

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from loyalty import nightly
from loyalty.models import Member


class Command(BaseCommand):
    help = "Expires points, rolls growth and decides tiers for a business date (yesterday); safe to repeat and to kill."

    def add_arguments(self, parser):
        parser.add_argument("--date", type=date.fromisoformat, help="business date, such as 2026-11-21")
        parser.add_argument("--member", help="only this member: its number or e-mail address")
        parser.add_argument("--dry-run", action="store_true", help="change nothing, count what would change")

    def handle(self, *, date, member, dry_run, **options):
        date = date or nightly.yesterday()
        if date > nightly.yesterday():
            raise CommandError(f"{date} is not over yet.")
        outcomes = self._run(date, _member(member), dry_run)
        for outcome in outcomes:
            facts = " ".join(f"{name}={count}" for name, count in outcome.counts.items())
            self.stdout.write(f"{outcome.date}{' (dry run)' if dry_run else ''}: {facts or 'nothing to do'}")
        if not outcomes:
            self.stdout.write(f"{date}: done before, nothing to do")

    def _run(self, date, member, dry_run):
        if not self.stdout.isatty():
            return nightly.recalculate(date, member, dry_run, progress=self._line)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed} members"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console()) as bars:
            tasks = {}

            def show(day, step, members, counts):
                key = (day, step)
                if key not in tasks:
                    tasks[key] = bars.add_task(f"{day} {step}", total=None)
                bars.advance(tasks[key], members)
                if not members:
                    done = bars.tasks[tasks[key]].completed
                    bars.update(tasks[key], total=done or 1, completed=done or 1 if done else 0)

            return nightly.recalculate(date, member, dry_run, progress=show)

    def _line(self, day, step, members, counts):
        if members:
            self.stdout.write(f"{day} {step}: {members} members")


def _member(text):
    if not text:
        return None
    member = Member.objects.filter(user__email__iexact=text).first()
    if member is None and text.isdecimal():
        member = Member.objects.filter(pk=int(text)).first()
    if member is None:
        raise CommandError(f"No member is called {text!r}.")
    return member
