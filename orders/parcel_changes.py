"""Packed parcels taken apart and put together, and parcels that came back (docs/domain.md 2.4, 4.5).

Locks: order, parcels by id, lines, then stock rows by SKU id, last.
"""

from django.db import transaction
from django.db.models import F

from accounts import history
from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from accounts.notifications import notify
from catalog import sales, stock_bookings
from loyalty import points
from orders import (
    anchors,
    coupon_returns,
    deadlines,
    numbers,
    parcel_timers,
    parcels,
    reason_words,
    refunds,
    road,
    settling,
)
from orders.models import Order, OrderLine, Parcel, ParcelLine

Status = Parcel.Status
STAFF = StateLog.Actor.STAFF
# Somebody has the box in hand, whatever the carrier has told so far.
MAY_COME_BACK = (Status.SHIPPED, Status.IN_TRANSIT, Status.OUT_FOR_DELIVERY, Status.EXCEPTION, Status.RETURNING)


class WrongUnits(Exception):
    """More units than the parcel holds, none, or all of them where some must stay."""


def _lock(parcel):
    parcel.order = Order.objects.select_for_update().get(pk=parcel.order_id)
    return {row.line_id: row.quantity for row in parcel.lines.select_for_update().order_by("line_id")}


def split(parcel, wanted, by):
    """Take ``wanted`` (order line id → units) out of a packed parcel into a new one, which is returned.

    Raises ``WrongUnits`` and ``TransitionNotAllowed``; then nothing was moved.
    """
    wanted = {pk: units for pk, units in wanted.items() if units}
    with transaction.atomic():
        held = _lock(parcel)
        _must_be_packed(parcel)
        if not wanted or any(not 0 < units <= held.get(pk, 0) for pk, units in wanted.items()) or wanted == held:
            raise WrongUnits(parcel.number)
        other = Parcel.objects.create(
            order=parcel.order,
            merchant=parcel.merchant,
            number=numbers.parcel_number(),
            status=Status.PACKED,
            packed_at=parcel.packed_at,
        )
        for pk, units in sorted(wanted.items()):
            _set_units(parcel, pk, held[pk] - units)
            ParcelLine.objects.create(parcel=other, line_id=pk, quantity=units)
        about = parcel.order.about
        history.record(
            other,
            about=about,
            to=Status.PACKED,
            by=by,
            actor=STAFF,
            data={"number": other.number, "from": parcel.number},
        )
        parcel_timers.watch_packed(other)
        return other


def merge(parcel, by):
    """Put the other packed parcels of the same order and merchant into ``parcel``. Returns how many those were."""
    with transaction.atomic():
        held = _lock(parcel)
        _must_be_packed(parcel)
        others = same_place(parcel).select_for_update().order_by("pk")
        merged = 0
        for other in others:
            for row in other.lines.order_by("line_id"):
                held[row.line_id] = held.get(row.line_id, 0) + row.quantity
                _set_units(parcel, row.line_id, held[row.line_id])
            other.order = parcel.order
            merged += bool(parcels.move(other, Status.VOID, by=by, reason=f"{reason_words.MERGED}{parcel.number}"))
            deadlines.cancel_deadlines(other)
        return merged


def same_place(parcel):
    """The other packed parcels that could travel in one box with ``parcel``."""
    packed = Parcel.objects.filter(
        order=parcel.order_id, merchant=parcel.merchant_id, status=Status.PACKED, resend_of=None
    )
    return packed.filter(direction=Parcel.Direction.OUTBOUND).exclude(pk=parcel.pk)


def _must_be_packed(parcel):
    parcel.status = Parcel.objects.select_for_update().get(pk=parcel.pk).status
    # What is sent again goes as it is: its units are reserved for this parcel alone.
    if parcel.status != Status.PACKED or parcel.resend_of_id:
        raise TransitionNotAllowed(parcel, to=Status.PACKED)


def _set_units(parcel, line_id, units):
    rows = ParcelLine.objects.filter(parcel=parcel, line_id=line_id)
    if not units:
        rows.delete()
    elif not rows.update(quantity=units):
        ParcelLine.objects.create(parcel=parcel, line_id=line_id, quantity=units)


def check_in(parcel, by, damaged=None):
    """A refused or undeliverable parcel is back: good units return to stock, and its units are refunded with their share
    of the delivery fee. ``damaged``: order line id → units that cannot be sold again.

    Returns the refunds; a repeated call changes nothing. Raises ``WrongUnits``, ``TransitionNotAllowed``.
    """
    damaged = {pk: units for pk, units in (damaged or {}).items() if units}
    with transaction.atomic():
        held = _lock(parcel)
        if any(not 0 <= units <= held.get(pk, 0) for pk, units in damaged.items()):
            raise WrongUnits(parcel.number)
        if parcel.direction != Parcel.Direction.OUTBOUND:
            raise TransitionNotAllowed(parcel, to=Status.RETURNED)
        if Parcel.objects.get(pk=parcel.pk).status in MAY_COME_BACK:
            parcels.move(parcel, Status.RETURNING, by=by)
        if not parcels.move(parcel, Status.RETURNED, by=by, data={"damaged": sum(damaged.values())}):
            return []
        deadlines.cancel_deadlines(parcel)
        made = _give_money_back(parcel, held, by)
        road.note_delivered(parcel.order)
        facts = {"number": parcel.order.number, "parcel": parcel.number}
        notify(
            parcel.order.user,
            "parcel_came_back",
            key=f"parcel:{parcel.number}:returned",
            facts=facts,
            url=parcel.order.get_absolute_url(),
        )
        _restock(parcel, held, damaged, by)
        return made


def _give_money_back(parcel, held, by):
    """Units that were not settled by a request before are refunded as the carrier's fault (docs/domain.md 4.5)."""
    parts, sold = [], {}
    for line in OrderLine.objects.filter(pk__in=held).order_by("pk").select_for_update():
        units = min(held[line.pk], line.shipped_quantity - line.returned_quantity)
        if units <= 0:
            continue
        parts.append((line, units, *anchors.worth(line, units)))
        sold[line.product_id] = sold.get(line.product_id, 0) - units
        OrderLine.objects.filter(pk=line.pk).update(returned_quantity=F("returned_quantity") + units)
    sales.record(sold)
    source = f"parcel:{parcel.number}:returned"
    if any(goods + shipping for _line, _units, goods, shipping, _points in parts):
        return refunds.request(parcel.order, lines=parts, source=source, reason="came back", by=by)
    coupon_returns.give_back_free(parcel.order)
    points.give_back(parcel.order.about, sum(part[4] for part in parts), source)
    settling.after_refund(parcel.order)
    return []


def _restock(parcel, held, damaged, by):
    rows = parcel.lines.select_related("line").order_by("line__sku_id", "line_id")
    for row in rows:
        good = held[row.line_id] - damaged.get(row.line_id, 0)
        if good:
            stock_bookings.take_back(row.line.sku_id, good, source=f"parcel:{parcel.number}:{row.line_id}", by=by)
