"""Writes drafts into the shop: each product wholly or not at all, many products in few statements."""

import structlog
from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, transaction
from django.utils import timezone

from catalog import listing_changes, listings, stock, stock_bookings
from catalog.importing import creating, gate, updating
from catalog.importing.diff import Action, judge
from catalog.importing.reasons import reason
from catalog.importing.shelf import Shelf
from catalog.importing.writing import Item, Writing
from catalog.models import ImportRow, ImportRun

log = structlog.get_logger(__name__)

Outcome = ImportRow.Outcome
REFUSALS = (DatabaseError, ValidationError, stock.OutOfStock, listings.NotPublishable)


def apply_rows(run, rows):
    """Write the products of ``rows`` in one transaction; if that fails, one by one: only the broken one is refused."""
    try:
        with transaction.atomic():
            _write(run, rows)
    except OperationalError:
        raise  # a deadlock or a lost connection says nothing about the products: the run is tried again
    except REFUSALS as error:
        if len(rows) > 1:
            for row in rows:
                apply_rows(run, [row])
            return
        log.warning("import row refused", run=run.pk, handle=rows[0].handle, error=str(error)[:300])
        _refuse(rows[0], error)


def _refuse(row, error):
    why = " ".join(error.messages) if isinstance(error, ValidationError) else type(error).__name__
    stored = reason("refused_when_applied", line=row.first_line, facts={"why": why[:200]})
    ImportRow.objects.filter(pk=row.pk, applied_at=None).update(
        outcome=Outcome.FAILED, errors=[*row.errors, stored], applied_at=timezone.now()
    )


def _write(run, rows):
    # The guard: a row that another worker has applied meanwhile is not applied again.
    rows = list(
        ImportRow.objects.select_for_update().filter(pk__in=[row.pk for row in rows], applied_at=None).order_by("pk")
    )
    writing = Writing(run, Shelf(run.merchant, {row.handle: row.payload for row in rows}))
    creates, updates = [], []
    for row in rows:
        _sort(writing, row, creates, updates)
    with listing_changes.noting([item.product.pk for item in updates], by=writing.by, source=writing.source):
        touched = creating.create(writing, creates) + updating.update(writing, updates)
    stock_bookings.open_places(writing.opening, source=writing.source, by=writing.by)
    for sku, units in sorted(writing.counted, key=lambda pair: pair[0].pk):
        stock_bookings.set_on_hand(sku, units, source=writing.source, by=writing.by)
    listings.refresh([product.pk for product in touched])
    gate.check_updates([item.product for item in updates], by=writing.by)
    _report(rows)


def _sort(writing, row, creates, updates):
    """What was previewed must still be what would happen; if not, the row is reported and left alone."""
    set_stock = writing.run.stock == ImportRun.StockChoice.SET
    now = judge(row.handle, row.payload, writing.shelf, line=row.first_line, set_stock=set_stock)
    if now.action == Action.UNCHANGED:
        row.outcome = Outcome.SAME
    elif now.action != row.action or now.changes != row.changes:
        row.outcome, row.changes = Outcome.CHANGED, now.changes
        row.errors = [*now.errors, reason("changed_since", line=row.first_line)]
    else:
        row.outcome = Outcome.DONE
        product = writing.shelf.products.get(row.handle)
        (updates if product else creates).append(Item(row, row.payload, product))


def _report(rows):
    changed = [row for row in rows if row.outcome == Outcome.CHANGED]
    ImportRow.objects.bulk_update(changed, ["errors", "changes"])
    for outcome in {row.outcome for row in rows}:
        keys = [row.pk for row in rows if row.outcome == outcome]
        ImportRow.objects.filter(pk__in=keys).update(outcome=outcome, applied_at=timezone.now())
