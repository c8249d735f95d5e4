"""One import from upload to the last product: start, preview, confirm or cancel, apply. Resumable at every row."""

import time
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts import history
from accounts.bell import ring
from accounts.models import StateLog
from accounts.work import LEASE, TryLater
from catalog.importing import gate, workbook
from catalog.importing.apply import apply_rows
from catalog.importing.columns import COLUMNS
from catalog.importing.diff import Action, judge
from catalog.importing.encoding import decode
from catalog.importing.products import drafts
from catalog.importing.reasons import FileRefused
from catalog.importing.shelf import Shelf
from catalog.importing.shopify import gather, read
from catalog.models import ImportRow, ImportRun

BELL = "catalog.tasks.run_imports"
MOST_BYTES = 20 * 1024 * 1024
# Products in one transaction: a chunk has a fixed number of statements, and its rows are locked for about a second.
CHUNK = 250
# A worker hands the run back after this long, so that no import outlives a task's time limit.
SECONDS_AT_A_TIME = 60
A_CHUNK = timedelta(seconds=30)  # writing one may take that long

Status = ImportRun.Status


def start(merchant, file, by=None, *, name="", stock=ImportRun.StockChoice.LEAVE, category=None, here=False):
    """Keep an uploaded ``file`` and have it previewed by a worker; returns the run.

    ``here=True`` keeps it away from the workers: the caller calls ``work_on`` itself. Raises ``FileRefused``.
    """
    check_size(file)
    with transaction.atomic():
        run = ImportRun(merchant=merchant, by=by, stock=stock, category=category)
        run.file_name = (name or getattr(file, "name", "") or "catalogue.csv").rsplit("/", 1)[-1][:200]
        run.done_at = timezone.now() if here else None
        run.file.save(f"{uuid4()}.upload", file, save=False)
        run.save()
        history.record(run, about=run.about, to=Status.PREVIEWING, by=by, actor=_actor(by))
        ring(BELL)
    return run


def check_size(file):
    if file.size > MOST_BYTES:
        raise FileRefused("file_too_big", limit=MOST_BYTES // 1024 // 1024)


def work_on(run, *, progress=None):
    """Do what the run's state asks for. ``progress(done, total)`` is called after each chunk."""
    run.refresh_from_db()
    if run.status == Status.PREVIEWING:
        _preview(run, progress)
    elif run.status == Status.APPLYING:
        _apply(run, progress)


def confirm(run, by=None, *, here=False):
    """Apply exactly the preview. Returns False when that was asked before."""
    with transaction.atomic():
        work = {"done_at": timezone.now() if here else None, "given_up_at": None, "attempts": 0}
        work |= {"run_after": timezone.now(), "leased_until": None, "confirmed_at": timezone.now()}
        moved = history.move(
            run, to=Status.APPLYING, allowed={Status.PREVIEWED}, about=run.about, by=by, actor=_actor(by), **work
        )
        ring(BELL)
    return moved


def cancel(run, by=None):
    """Nothing of the preview will be applied. Returns False when it was cancelled before."""
    allowed = {Status.PREVIEWING, Status.PREVIEWED}
    return history.move(run, to=Status.CANCELLED, allowed=allowed, about=run.about, by=by, actor=_actor(by))


def give_up(run):
    """The last attempt at a preview failed: say so instead of letting the page wait. A half-applied run can go on."""
    run.refresh_from_db()
    if run.status == Status.PREVIEWING:
        _refuse(run, FileRefused("worker_gave_up"))


def resume(run, by=None):
    """Let the workers go on with an import that was given up half-way."""
    moved = ImportRun.objects.filter(pk=run.pk, status=Status.APPLYING).exclude(given_up_at=None)
    done = moved.update(given_up_at=None, attempts=0, run_after=timezone.now(), leased_until=None)
    if done:
        ring(BELL)
    return bool(done)


def _actor(by):
    return StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM


# --- preview ---------------------------------------------------------------------------------------------------------


def _preview(run, progress):
    try:
        with run.file.open("rb") as file:
            raw = file.read()
        sheet = gather(workbook.records(raw)) if workbook.is_workbook(raw) else read(decode(raw))
    except FileRefused as error:
        _refuse(run, error)
        return
    made = drafts(sheet)
    run.rows.all().delete()  # of an attempt that was cut short
    ImportRun.objects.filter(pk=run.pk).update(products=len(made), checked=0)
    named = {headings[0]: sheet.headings[name] for name, headings in COLUMNS.items() if name in sheet.headings}
    default = [run.category.name] if run.category else []
    for begin in range(0, len(made), CHUNK):
        chunk = made[begin : begin + CHUNK]
        _judge_chunk(run, chunk, default, named)
        _note_checked(run, begin + len(chunk))
        if progress:
            progress(min(begin + CHUNK, len(made)), len(made))
    counts = dict(run.rows.values_list("action").annotate(Count("pk")))
    history.move(
        run,
        to=Status.PREVIEWED,
        allowed={Status.PREVIEWING},
        about=run.about,
        lines=sheet.lines,
        created=counts.get(Action.CREATE, 0),
        updated=counts.get(Action.UPDATE, 0),
        unchanged=counts.get(Action.UNCHANGED, 0),
        refused=counts.get(Action.REFUSE, 0),
    )


def _judge_chunk(run, chunk, default, named):
    """``named`` maps Shopify's heading → the heading of this file, so that an error names the column as it stands there."""
    set_stock = run.stock == ImportRun.StockChoice.SET
    for draft in chunk:
        if default:
            draft.content["default_category"] = default
    readable = {draft.handle: draft.content for draft in chunk if not draft.errors}
    shelf, book = Shelf(run.merchant, readable), gate.book_for(run.merchant)
    rows = []
    for draft in chunk:
        verdict = judge(
            draft.handle, draft.content, shelf, errors=draft.errors, line=draft.first_line, set_stock=set_stock
        )
        for told in verdict.errors:
            told["column"] = named.get(told["column"], told["column"])
        rows.append(
            ImportRow(
                run=run,
                first_line=draft.first_line,
                last_line=draft.last_line,
                handle=draft.handle[:255],
                title=draft.title[:255],
                action=verdict.action,
                # What changes nothing is never written, so that its content need not be kept.
                payload={} if verdict.action == Action.UNCHANGED else draft.content,
                changes=verdict.changes,
                errors=verdict.errors,
                notes=draft.notes + verdict.notes + gate.notes(book, run, draft, shelf),
            )
        )
    ImportRow.objects.bulk_create(rows)


def _refuse(run, error):
    history.move(
        run,
        to=Status.REFUSED,
        allowed={Status.PREVIEWING},
        about=run.about,
        reason=str(error)[:500],
        problem=error.as_json(),
    )


def _note_checked(run, checked):
    """For the progress bar; and the lease is kept, because the worker is alive."""
    run.hold(checked=checked)


# --- apply -----------------------------------------------------------------------------------------------------------


def _apply(run, progress):
    begun = time.monotonic()
    waiting = run.rows.filter(applied_at=None, action__in=[Action.CREATE, Action.UPDATE]).order_by("first_line")
    total = run.created + run.updated
    while rows := list(waiting[:CHUNK]):
        apply_rows(run, rows)
        run.hold(LEASE + A_CHUNK, applied=run.rows.exclude(applied_at=None).count())
        if progress:
            progress(total - waiting.count(), total)
        elif time.monotonic() - begun > SECONDS_AT_A_TIME:
            raise TryLater(0)
    history.move(run, to=Status.DONE, allowed={Status.APPLYING}, about=run.about)
    ring("catalog.tasks.draw_pictures")
