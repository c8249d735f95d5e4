"""Parcels sent again (补发): what was lost, broken or missing goes to the shopper once more, at no cost.

The new parcel names the one it stands for. Its units are taken from stock under a key of their own, so that the lines
of the order, which shipped their units once, stay as they are. Locks: the order, then stock rows by SKU id, last.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from accounts import history
from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from accounts.notifications import notify
from catalog import stock
from orders import deadlines, lifecycle, numbers
from orders.models import Order, Parcel, ParcelLine

Status = Parcel.Status
# Missing and broken goods of a parcel that was signed for are sent again within a week (docs/domain.md 2.5).
DAYS_AFTER_SIGNING = 7
SHIP, GIVE_UP = "parcel_resend", "parcel_resend_give_up"
SHIP_HOURS, GIVE_UP_DAYS = 48, 7
OPEN_ORDERS = (Order.Status.PARTIALLY_SHIPPED, Order.Status.SHIPPED, Order.Status.DELIVERED, Order.Status.COMPLETED)
TO_SEND = (Status.CREATED, Status.PACKED)
# Sent again and not there yet, and not settled in another way.
UNDER_WAY = (
    *TO_SEND,
    Status.SHIPPED,
    Status.IN_TRANSIT,
    Status.OUT_FOR_DELIVERY,
    Status.EXCEPTION,
    Status.RETURNING,
)


class NothingToResend(Exception):
    """No unit of the parcel may be sent again, or more was asked for. ``left`` maps order line id → units that may."""

    def __init__(self, left):
        super().__init__(f"units that may be sent again: {left}")
        self.left = left


def sendable(parcel, now=None):
    """Order line id → units of ``parcel`` that may be sent again now; empty when none may.

    Of a lost parcel what was not refunded; of one that was signed for, within a week. Not while a request of the
    shopper is open, which decides about the same units, and no unit twice.
    """
    order = parcel.order
    if parcel.direction != Parcel.Direction.OUTBOUND or order.status not in OPEN_ORDERS:
        return {}
    signed = parcel.status == Status.DELIVERED and parcel.delivered_at
    recent = signed and (now or timezone.now()) < parcel.delivered_at + timedelta(days=DAYS_AFTER_SIGNING)
    if not (parcel.status == Status.LOST or recent) or lifecycle.return_is_open(order):
        return {}
    again = _sent_again(parcel)
    left = {}
    for row in parcel.lines.select_related("line").order_by("line__number"):
        kept = row.line.shipped_quantity - row.line.returned_quantity
        left[row.line_id] = min(row.quantity, kept) - again.get(row.line_id, 0)
    return {pk: units for pk, units in left.items() if units > 0}


def _sent_again(parcel):
    rows = ParcelLine.objects.filter(parcel__resend_of=parcel).exclude(parcel__status=Status.VOID)
    return dict(rows.order_by().values_list("line").annotate(units=Sum("quantity")))


def under_way(line):
    """Units of an order line that are being sent again: there is nothing to refund for them meanwhile."""
    rows = ParcelLine.objects.filter(line=line, parcel__status__in=UNDER_WAY).exclude(parcel__resend_of=None)
    return rows.aggregate(units=Sum("quantity"))["units"] or 0


def lost_units(line):
    """Units of an order line that were lost and are not being sent again."""
    rows = ParcelLine.objects.filter(line=line, parcel__status=Status.LOST, parcel__direction=Parcel.Direction.OUTBOUND)
    return sum(max(row.quantity - _sent_again(row.parcel).get(line.pk, 0), 0) for row in rows.select_related("parcel"))


def unsettled(order):
    """Whether a parcel of ``order`` is lost and neither refunded nor sent again, or is on its way once more."""
    boxes = order.parcels.filter(direction=Parcel.Direction.OUTBOUND)
    if boxes.filter(status__in=UNDER_WAY).exclude(resend_of=None).exists():
        return True
    return waits_for_choice(order)


def waits_for_choice(order):
    """Whether a parcel of ``order`` is lost and the shopper has not said yet what shall become of it."""
    boxes = order.parcels.filter(direction=Parcel.Direction.OUTBOUND)
    return any(_open_units(box) for box in boxes.filter(status=Status.LOST))


def _open_units(parcel):
    again = _sent_again(parcel)
    rows = parcel.lines.filter(line__shipped_quantity__gt=F("line__returned_quantity"))
    return any(row.quantity > again.get(row.line_id, 0) for row in rows)


def send_again(parcel, *, by, wanted=None, reason=""):
    """A new parcel for ``wanted`` (order line id → units; None: all that may be), its units reserved; it waits to be
    packed.

    Raises ``NothingToResend``, ``catalog.stock.OutOfStock``; then nothing was written.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=parcel.order_id)
        parcel = Parcel.objects.select_for_update(of=("self",)).get(pk=parcel.pk)
        parcel.order = order
        left = sendable(parcel)
        wanted = left if wanted is None else {pk: units for pk, units in wanted.items() if units}
        if not wanted or any(not 0 < units <= left.get(pk, 0) for pk, units in wanted.items()):
            raise NothingToResend(left)
        again = Parcel.objects.create(
            order=order, merchant_id=parcel.merchant_id, resend_of=parcel, number=numbers.parcel_number()
        )
        ParcelLine.objects.bulk_create(
            ParcelLine(parcel=again, line_id=pk, quantity=units) for pk, units in sorted(wanted.items())
        )
        mine = by is not None and by.pk == order.user_id
        actor = StateLog.Actor.BUYER if mine else StateLog.Actor.STAFF
        facts = {"number": again.number, "resend_of": parcel.number}
        history.record(again, about=order.about, to=again.status, by=by, actor=actor, reason=reason, data=facts)
        _set_timers(again)
        _tell(again, "parcel_sent_again")
        rows = again.lines.select_related("line")
        stock.reserve([stock.Wish(row.line.sku_id, row.quantity, source_of(row)) for row in rows])
        return again


def source_of(row):
    """The key in the stock ledger of a ``ParcelLine`` that is sent again."""
    return f"resend:{row.parcel_id}:{row.line_id}"


def release(parcel):
    """A parcel to be sent again is void: its units can be sold; the last locks of the transaction."""
    deadlines.cancel_deadlines(parcel)
    for row in parcel.lines.select_related("line").order_by("line__sku_id", "pk"):
        stock.release(source_of(row))


def ship_units(parcel):
    """The units of a parcel that is sent again leave the house; the last locks of the transaction."""
    for kind in (SHIP, GIVE_UP):
        deadlines.cancel_deadlines(parcel, kind)
    for row in parcel.lines.select_related("line").order_by("line__sku_id", "pk"):
        if stock.ship(source_of(row)) != row.quantity:
            raise TransitionNotAllowed(parcel, to=Status.SHIPPED)


def _set_timers(parcel):
    now = timezone.now()
    deadlines.set_deadline(parcel, SHIP, now + timedelta(hours=SHIP_HOURS))
    deadlines.set_deadline(parcel, GIVE_UP, now + timedelta(days=GIVE_UP_DAYS))


def _not_sent_in_time(parcel):
    """Timer: staff see it on the today page; the history keeps that it was late."""
    if parcel.resend_of_id and parcel.status in TO_SEND:
        facts = {"number": parcel.number, "hours": SHIP_HOURS}
        history.record(parcel, about=parcel.order.about, to=parcel.status, reason="not sent again in time", data=facts)


def _give_up(parcel):
    """Timer: a week is enough. It is not sent again any more, and the shopper may have the money back at once."""
    from orders import parcels

    with transaction.atomic():
        parcel.order = Order.objects.select_for_update().get(pk=parcel.order_id)
        if parcel.resend_of_id and parcel.status in TO_SEND:
            _tell(parcel, "parcel_not_sent_again")
            parcels.void(parcel, reason="not sent again within a week")


def _tell(parcel, kind):
    facts = {"number": parcel.order.number, "parcel": parcel.number}
    url = parcel.order.get_absolute_url()
    notify(parcel.order.user, kind, key=f"parcel:{parcel.number}:{kind}", facts=facts, url=url)


deadlines.register(SHIP, _not_sent_in_time)
deadlines.register(GIVE_UP, _give_up)
