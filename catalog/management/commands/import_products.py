"""Imports a product file as the back office does: the same reading, the same comparison, the same writing."""

from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from accounts import collector
from accounts.models import Merchant
from catalog.importing import runs
from catalog.importing.reasons import FileRefused, worded
from catalog.models import Category, ImportRun

Status = ImportRun.Status


class Command(BaseCommand):
    help = "Import a product file in the Shopify CSV shape: preview, then apply what the preview accepts."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--merchant", required=True, metavar="SLUG", help="whose listings these are")
        parser.add_argument("--category", metavar="SLUG", help="for new products that the file gives none")
        parser.add_argument(
            "--stock",
            choices=ImportRun.StockChoice.values,
            default="leave",
            help="what to do to stock of existing variants",
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would happen and stop")

    @collector.aside()
    def handle(self, *args, file, merchant, category, stock, dry_run, **options):
        run = self.upload(file, self.get(Merchant, merchant), self.get(Category, category) if category else None, stock)
        with self.progress(_("Checking")) as tell:
            runs.work_on(run, progress=tell)
        run.refresh_from_db()
        if run.status == Status.REFUSED:
            raise CommandError(worded(run.problem))
        self.tell_preview(run)
        if dry_run:
            runs.cancel(run)
        else:
            self.apply(run)
        if run.refused or run.rows.filter(outcome__in=["changed", "failed"]).exists():
            raise SystemExit(1)

    def get(self, model, slug):
        try:
            return model.objects.get(slug=slug)
        except model.DoesNotExist:
            raise CommandError(f"There is no {model._meta.model_name} with the slug {slug!r}.") from None

    def upload(self, path, merchant, category, stock):
        try:
            with path.open("rb") as opened:
                return runs.start(merchant, File(opened, path.name), stock=stock, category=category, here=True)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        except FileRefused as error:
            raise CommandError(worded(error.as_json())) from None

    def apply(self, run):
        runs.confirm(run, here=True)
        with self.progress(_("Importing")) as tell:
            runs.work_on(run, progress=tell)
        run.refresh_from_db()
        for row in run.rows.filter(outcome__in=["changed", "failed"]):
            self.tell_reasons(row, row.errors)
        done = run.rows.filter(outcome="done").count()
        self.stdout.write(_("Imported: %(n)d products.") % {"n": done})

    def tell_preview(self, run):
        for row in run.rows.exclude(errors=[]):
            self.tell_reasons(row, row.errors)
        counts = {"created": run.created, "updated": run.updated, "unchanged": run.unchanged, "refused": run.refused}
        self.stdout.write(
            _("New: %(created)d, changed: %(updated)d, the same: %(unchanged)d, refused: %(refused)d.") % counts
        )

    def tell_reasons(self, row, reasons):
        for stored in reasons:
            place = _("line %(line)s") % {"line": stored["line"] or row.first_line}
            cell = f"{stored['column']}: {stored['value']}".strip(": ")
            self.stderr.write(" · ".join(filter(None, [place, row.handle, cell, worded(stored)])))

    @contextmanager
    def progress(self, label):
        """A bar on a terminal, one line a tenth elsewhere."""
        if self.stdout.isatty():
            columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
            with Progress(*columns) as bar:
                task = bar.add_task(label, total=None)
                yield lambda done, total: bar.update(task, completed=done, total=total)
            return
        said = set()

        def tell(done, total):
            tenth = done * 10 // max(total, 1)
            if tenth not in said:
                said.add(tenth)
                self.stdout.write(f"{label}: {done}/{total}")

        yield tell
