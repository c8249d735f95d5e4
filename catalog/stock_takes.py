"""Counting what lies there: a sheet freezes the books, people count, somebody agrees, and the differences are booked.

What is booked is counted − frozen, never the count itself: what is sold, shipped or received meanwhile keeps its effect.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history
from accounts.models import StateLog
from catalog import stock, stock_bookings
from catalog.models import Stock, StockMovement, StockTake, StockTakeLine

MOST_LINES = 10_000
SHOWN = 5
Status = StockTake.Status

COUNT = """
UPDATE catalog_stocktakeline AS line SET counted = typed.units, counted_by_id = %(by)s, counted_at = %(now)s
FROM unnest(%(lines)s::bigint[], %(units)s::int[]) AS typed(id, units)
WHERE line.id = typed.id AND line.take_id = %(take)s AND line.counted IS DISTINCT FROM typed.units
"""


def begin(warehouse, *, category_ids=None, codes=None, scope="", by=None):
    """A sheet of what lies in ``warehouse``: all of it, or the SKUs of these categories or codes.

    Raises ValidationError: nothing to count, too much for one sheet, or a sheet of this warehouse is open.
    """
    places = Stock.objects.filter(warehouse=warehouse).order_by("sku__product__title", "sku__position", "sku_id")
    if category_ids is not None:
        places = places.filter(sku__product__category__in=category_ids)
    if codes:
        places = places.filter(sku__code__in=codes)
    try:
        with transaction.atomic():
            take = StockTake.objects.create(warehouse=warehouse, scope=scope[:120], by=by)
            lines = [StockTakeLine(take=take, stock_id=pk, expected=n) for pk, n in places.values_list("pk", "on_hand")]
            if not 0 < len(lines) <= MOST_LINES:
                raise ValidationError(_("There is nothing to count.") if not lines else _("At most 10,000 a sheet."))
            StockTakeLine.objects.bulk_create(lines, batch_size=2000)
            history.record(take, about=take.about, to=take.status, by=by, actor=StateLog.Actor.STAFF)
            return take
    except IntegrityError:
        raise ValidationError(_("A sheet of this warehouse is being counted. Book or cancel it first.")) from None


def note(take, counts, *, by=None):
    """What was counted: line id → units, None for not counted after all. Returns how many differ from what was noted."""
    with transaction.atomic():
        _lock_open(take)
        with connection.cursor() as cursor:
            facts = {"take": take.pk, "by": by and by.pk, "now": timezone.now()}
            cursor.execute(COUNT, facts | {"lines": list(counts), "units": list(counts.values())})
            return cursor.rowcount


def differences(take):
    """The lines that were counted otherwise than the books said, with ``moved``: units in or out since the sheet was made."""
    lines = take.lines.exclude(counted=None).exclude(counted=F("expected")).select_related("stock__sku__product")
    return lines.annotate(moved=F("stock__on_hand") - F("expected"))


def confirm(take, *, by=None):
    """Book the differences. Returns how many stock rows changed; 0 when it was booked before.

    Raises ValidationError when nothing was counted, a stock was corrected elsewhere since the sheet was made, or fewer
    units would be left than are promised to orders; then nothing is booked.
    """
    with transaction.atomic():
        if StockTake.objects.select_for_update(of=("self",)).get(pk=take.pk).status == Status.APPLIED:
            return 0
        if not take.lines.exclude(counted=None).exists():
            raise ValidationError(_("Nothing was counted yet."))
        moved = {"ended_at": timezone.now(), "confirmed_by": by}
        history.move(
            take, to=Status.APPLIED, allowed={Status.COUNTING}, about=take.about, by=by, actor=StateLog.Actor.STAFF, **moved
        )  # fmt: skip
        found = {line.stock_id: line.difference for line in differences(take)}
        # Locked before the question, so that nobody corrects a row between it and the booking.
        list(Stock.objects.select_for_update().filter(pk__in=list(found)).order_by("sku_id", "pk").values("pk"))
        _refuse_counted_twice(take, found)
        try:
            return stock_bookings.adjust_many(found, source=take.about, by=by, reason=_("stock-take"))
        except stock.OutOfStock as refusal:
            codes = Stock.objects.filter(sku__in=refusal.short, pk__in=found).values_list("sku__code", flat=True)
            raise ValidationError(
                _("More units are promised to orders than these would have: %(codes)s."), params={"codes": _few(codes)}
            ) from None


def cancel(take, *, by=None):
    """Nothing is booked. False when it was cancelled before; raises TransitionNotAllowed when it is booked."""
    return history.move(
        take,
        to=Status.CANCELLED,
        allowed={Status.COUNTING},
        about=take.about,
        by=by,
        actor=StateLog.Actor.STAFF,
        ended_at=timezone.now(),
    )


def _lock_open(take):
    if not StockTake.objects.select_for_update(of=("self",)).filter(pk=take.pk, status=Status.COUNTING).exists():
        raise ValidationError(_("This sheet is closed."))


def _refuse_counted_twice(take, found):
    again = StockMovement.objects.filter(stock__in=list(found), kind=StockMovement.Kind.ADJUST, at__gt=take.created_at)
    if codes := _few(again.values_list("stock__sku__code", flat=True).distinct().order_by("stock__sku__code")):
        raise ValidationError(
            _("Corrected elsewhere since the sheet was made; take them out or count them on a new sheet: %(codes)s."),
            params={"codes": codes},
        )


def _few(codes):
    codes = list(codes[: SHOWN + 1])
    return ", ".join(codes[:SHOWN]) + ("…" if len(codes) > SHOWN else "")
