"""Parcels: packed, shipped, made void. One parcel holds units of one order and one merchant.

Locks: order, parcel, then stock rows by SKU id, last.
"""

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from accounts import history
from accounts.bell import ring
from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from accounts.notifications import notify
from catalog import presale, stock
from orders import numbers, parcel_timers, resends, road
from orders.carriers import CARRIERS
from orders.models import Order, OrderLine, Parcel, ParcelLine, TrackingSubscription

Status = Parcel.Status
STAFF = StateLog.Actor.STAFF
PACKABLE = (Order.Status.PROCESSING, Order.Status.PARTIALLY_SHIPPED)
_ON_THE_ROAD = (Status.SHIPPED, Status.IN_TRANSIT, Status.OUT_FOR_DELIVERY, Status.EXCEPTION)
# from → to. Scans may be missed, so every state of the road leads to every later one; never out of an end.
MOVES = {
    Status.CREATED: {Status.PACKED, Status.SHIPPED, Status.VOID},
    Status.PACKED: {Status.SHIPPED, Status.VOID},
    Status.SHIPPED: {Status.IN_TRANSIT, Status.OUT_FOR_DELIVERY, Status.EXCEPTION, Status.DELIVERED, Status.RETURNING},
    Status.IN_TRANSIT: {Status.OUT_FOR_DELIVERY, Status.EXCEPTION, Status.DELIVERED, Status.RETURNING},
    Status.OUT_FOR_DELIVERY: {Status.IN_TRANSIT, Status.EXCEPTION, Status.DELIVERED, Status.RETURNING},
    Status.EXCEPTION: {*_ON_THE_ROAD, Status.DELIVERED, Status.RETURNING, Status.LOST}
    - {Status.EXCEPTION, Status.SHIPPED},
    Status.RETURNING: {Status.RETURNED, Status.LOST, Status.DELIVERED},
    Status.DELIVERED: set(),
    Status.RETURNED: set(),
    Status.LOST: set(),
    Status.VOID: set(),
}


class NothingToPack(Exception):
    """No unit of this merchant waits, or more was asked for than waits. ``left`` maps order line id → units that
    wait.
    """

    def __init__(self, left):
        super().__init__(f"units that wait: {left}")
        self.left = left


class BadWaybill(Exception):
    """The number does not look like one of this carrier, or the carrier is unknown."""


class WaybillTaken(Exception):
    """Another parcel travels under this number."""


def move(parcel, to, *, by=None, actor=STAFF, reason="", **changes):
    """Guarded change of state by the table; see ``accounts.history.move``."""
    allowed = {state for state, targets in MOVES.items() if to in targets}
    about = parcel.order.about
    return history.move(parcel, to=to, allowed=allowed, about=about, by=by, actor=actor, reason=reason, **changes)


def to_pack(order, merchant=None):
    """Order line id → units that are in no parcel yet, of one merchant or of all."""
    lines = order.lines.order_by("pk") if merchant is None else order.lines.filter(merchant=merchant).order_by("pk")
    packed = ParcelLine.objects.filter(
        parcel__order=order,
        parcel__direction=Parcel.Direction.OUTBOUND,
        parcel__status__in=[Status.CREATED, Status.PACKED],
        parcel__resend_of=None,
    )
    in_parcels = dict(packed.order_by().values_list("line").annotate(units=Sum("quantity")))
    to_come = presale.days_of(line.source for line in lines)
    waiting = {
        line.pk: line.waiting_quantity - in_parcels.get(line.pk, 0) for line in lines if line.source not in to_come
    }
    return {pk: units for pk, units in waiting.items() if units > 0}


def pack(order, merchant, by, lines=None):
    """Pack what waits of ``merchant`` into one parcel, or ``lines``: order line (or its id) → units.

    Raises ``TransitionNotAllowed`` before the order was released to the warehouse or when it is over,
    ``NothingToPack``.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        if order.status not in PACKABLE:
            raise TransitionNotAllowed(order, to=Status.PACKED)
        left = to_pack(order, merchant)
        wanted = _by_id(lines) if lines is not None else left
        if not wanted or any(units > left.get(pk, 0) or units < 0 for pk, units in wanted.items()):
            raise NothingToPack(left)
        parcel = Parcel.objects.create(
            order=order,
            merchant=merchant,
            number=numbers.parcel_number(),
            status=Status.PACKED,
            packed_at=timezone.now(),
        )
        ParcelLine.objects.bulk_create(
            ParcelLine(parcel=parcel, line_id=pk, quantity=units) for pk, units in sorted(wanted.items())
        )
        history.record(parcel, about=order.about, to=Status.PACKED, by=by, actor=STAFF, data={"number": parcel.number})
        parcel_timers.watch_packed(parcel)
        return parcel


def _by_id(lines):
    return {getattr(line, "pk", line): units for line, units in lines.items() if units}


def ship(parcel, carrier, waybill, by):
    """Hand a packed parcel to the carrier: stock leaves the house, the order moves, the shopper is told.

    Raises ``BadWaybill``, ``WaybillTaken``, ``TransitionNotAllowed``. The same carrier and waybill again change
    nothing.
    """
    waybill = normal_waybill(waybill)
    if carrier not in CARRIERS or not CARRIERS[carrier].takes(waybill):
        raise BadWaybill(waybill)
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=parcel.order_id)
        if (
            Parcel.objects.filter(carrier=carrier, waybill=waybill)
            .exclude(pk=parcel.pk)
            .exclude(status=Status.VOID)
            .exists()
        ):
            raise WaybillTaken(waybill)
        if not move(parcel, Status.SHIPPED, by=by, carrier=carrier, waybill=waybill, shipped_at=timezone.now()):
            return parcel
        units = [] if parcel.resend_of_id else list(parcel.lines.select_related("line").order_by("line__sku_id", "pk"))
        for row in units:
            OrderLine.objects.filter(pk=row.line_id).update(shipped_quantity=F("shipped_quantity") + row.quantity)
        road.note_shipped(order, by=by)
        _follow(parcel)
        facts = {"number": order.number, "parcel": parcel.number, "waybill": waybill}
        notify(
            order.user,
            "order_shipped",
            key=f"parcel:{parcel.number}:shipped",
            facts=facts,
            url=order.get_absolute_url(),
        )
        for row in units:
            left = stock.ship(row.line.source, row.quantity, part=f"parcel:{parcel.pk}")
            if left != row.quantity:
                raise TransitionNotAllowed(parcel, to=Status.SHIPPED)
        if parcel.resend_of_id:
            resends.ship_units(parcel)
        return parcel


def normal_waybill(text):
    """A waybill as typed, without blanks and hyphens, in capitals."""
    return "".join(character for character in (text or "").upper() if character.isalnum())


def _follow(parcel):
    parcel_timers.watch_road(parcel)
    TrackingSubscription.objects.get_or_create(parcel=parcel)
    ring("orders.tasks.follow_parcels")


def void(parcel, *, by=None, reason=""):
    """Unpack a parcel that has not left; its units wait again."""
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=parcel.order_id)
        actor = STAFF if by else StateLog.Actor.SYSTEM
        moved = move(parcel, Status.VOID, by=by, actor=actor, reason=reason)
        parcel_timers.watch_road(parcel)
        if moved and parcel.resend_of_id:
            resends.release(parcel)
        return moved


def packed_again(parcel, *, by):
    """A parcel that is sent again was packed."""
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=parcel.order_id)
        moved = move(parcel, Status.PACKED, by=by, packed_at=timezone.now())
        if moved:
            parcel_timers.watch_packed(parcel)
        return moved


def inbound_parcel(order, merchant, carrier, waybill, lines):
    """The parcel that brings a return: ``lines`` is order line → units. The carrier follows it as it follows others.

    Raises ``BadWaybill`` and ``WaybillTaken``.
    """
    waybill = normal_waybill(waybill)
    if carrier not in CARRIERS or not CARRIERS[carrier].takes(waybill):
        raise BadWaybill(waybill)
    with transaction.atomic():
        if Parcel.objects.filter(carrier=carrier, waybill=waybill).exclude(status=Status.VOID).exists():
            raise WaybillTaken(waybill)
        parcel = Parcel.objects.create(
            order=order,
            merchant=merchant,
            direction=Parcel.Direction.INBOUND,
            number=numbers.parcel_number(),
            status=Status.SHIPPED,
            carrier=carrier,
            waybill=waybill,
            shipped_at=timezone.now(),
        )
        ParcelLine.objects.bulk_create(
            ParcelLine(parcel=parcel, line_id=pk, quantity=units) for pk, units in sorted(_by_id(lines).items())
        )
        history.record(
            parcel, about=order.about, to=Status.SHIPPED, actor=StateLog.Actor.BUYER, data={"number": parcel.number}
        )
        _follow(parcel)
        return parcel
