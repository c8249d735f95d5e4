"""Requests about goods: asked by the shopper, decided by the shop (docs/domain.md 2.5).

Each step is one guarded move with one row of history, in one transaction with its timers and messages; a repeated call
changes nothing, a wrong one raises ``TransitionNotAllowed``. Locks: order, request, refund, points, stock last.
Money and stock are in ``aftersales.settlement``.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import history
from accounts.history import TransitionNotAllowed
from aftersales import eligibility, messages, settlement, timers
from aftersales.models import ReturnLine, ReturnPhoto, ReturnRemark, ReturnRequest
from aftersales.moves import BUYER, STAFF, SYSTEM, move
from aftersales.reasons import REASONS
from orders import parcels
from orders.models import Order

Kind, Status = ReturnRequest.Kind, ReturnRequest.Status
SHIPPED_BACK_DAYS, ANSWER_HOURS, INSPECTION_HOURS, REJECTED_DAYS = 7, 48, 48, 7


class NotOffered(Exception):
    """This may not be asked now; ``why`` says it in words for the shopper."""

    def __init__(self, why):
        super().__init__(str(why))
        self.why = why


class Stale(Exception):
    """The request has changed since it was looked at; nothing was decided."""


# --- the shopper ------------------------------------------------------------------------------------------------------


def request(user, line, quantity, reason, *, note="", photos=(), with_gifts=False):
    """Ask about ``quantity`` units of an order line; ``photos`` are safe WebP bytes; ``with_gifts``: gifts
    that the kept goods do not earn any more come along. Returns the ``ReturnRequest``.

    Units that are not packed yet are cancelled and refunded at once. Raises ``NotOffered`` and writes nothing.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=line.order_id, user=user)
        line = order.lines.select_related("order").get(pk=line.pk)
        offered = eligibility.options(line)
        choice = offered.choice(reason)
        if choice is None or not 1 <= quantity <= choice.most:
            raise NotOffered(offered.why or eligibility.NOT_FOR_THIS)
        asked = _create(user, line, quantity, REASONS[reason], note)
        for photo in photos:
            ReturnPhoto.keep(asked, photo)
        _give_up_rejected(line, by=user)
        if with_gifts and asked.kind == Kind.RETURN_REFUND:
            settlement.take_gifts_along(asked)
        if asked.kind == Kind.CANCEL_PAID:
            settlement.cancel_units(asked)
            move(asked, Status.REFUNDING, approved_at=timezone.now())
            settlement.pay(asked)
            settlement.release_units(asked)
        else:
            timers.pause_order(order)
            timers.start(asked, timers.ANSWER, timedelta(hours=ANSWER_HOURS))
            messages.tell(asked, "return_submitted")
        return asked


def _create(user, line, quantity, reason, note):
    goods, shipping, points = settlement.worth(line, quantity, reason.fault)
    asked = ReturnRequest.objects.create(
        number=f"RT{timezone.localdate():%y%m%d}{secrets.randbelow(10**8):08d}",
        order=line.order,
        user=user,
        merchant_id=line.merchant_id,
        kind=reason.kind,
        reason=reason.code,
        fault=reason.fault,
        note=note,
    )
    ReturnLine.objects.create(
        request=asked, line=line, quantity=quantity, cash_fen=goods, shipping_fen=shipping, points=points
    )
    facts = {"quantity": quantity, "reason": reason.code}
    history.record(asked, about=asked.about, to=Status.SUBMITTED, by=user, actor=BUYER, data=facts)
    return asked


def _give_up_rejected(line, *, by):
    """Asking again takes the place of what was rejected."""
    for old in ReturnRequest.objects.filter(lines__line=line, status=Status.REJECTED):
        withdraw(old, by=by)


def withdraw(asked, *, by):
    """The shopper no longer wants it."""
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=asked.order_id)
        if not move(asked, Status.CANCELLED, by=by, actor=BUYER):
            return False
        timers.ended(asked)
        return True


def ship_back(asked, *, by, carrier, waybill):
    """The shopper has handed the goods to ``carrier``. Raises ``parcels.BadWaybill`` and ``parcels.WaybillTaken``."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=asked.order_id)
        asked.refresh_from_db()
        if asked.status == Status.RETURN_IN_TRANSIT:
            return False
        if asked.status != Status.AWAIT_BUYER_SHIP:
            raise TransitionNotAllowed(asked, to=Status.RETURN_IN_TRANSIT)
        units = {line.line: line.quantity for line in asked.lines.select_related("line")}
        parcel = parcels.inbound_parcel(order, asked.merchant, carrier, waybill, units)
        move(asked, Status.RETURN_IN_TRANSIT, by=by, actor=BUYER, inbound_parcel=parcel)
        timers.stop(asked)
        timers.start(asked, timers.ON_THE_ROAD, timedelta(hours=1))
        return True


def remark(asked, *, by, text, from_staff=False):
    """Say something in the log of the request; a word of the shopper makes a decision on an older page stale."""
    with transaction.atomic():
        said = ReturnRemark.objects.create(request=asked, by=by, from_staff=from_staff, text=text)
        if from_staff:
            messages.tell(asked, "return_message", part=said.pk)
        else:
            ReturnRequest.objects.filter(pk=asked.pk).update(version=F("version") + 1)
        return said


# --- the shop ---------------------------------------------------------------------------------------------------------


def approve(asked, *, by=None, version=None):
    """Yes: the goods may come back, or the money goes when nothing has to. ``by=None`` is the timer.

    Raises ``Stale`` when ``version`` is not the present one.
    """
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=asked.order_id)
        fresh = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
        actor = STAFF if by else SYSTEM
        to = Status.AWAIT_BUYER_SHIP if fresh.kind == Kind.RETURN_REFUND else Status.REFUNDING
        if fresh.status in {Status.SUBMITTED, Status.ESCALATED} and version not in {None, fresh.version}:
            raise Stale(asked.number)
        if not move(asked, to, by=by, actor=actor, approved_at=timezone.now()):
            return False
        timers.stop(asked)
        if to == Status.AWAIT_BUYER_SHIP:
            timers.start(asked, timers.SHIP_BACK, timedelta(days=SHIPPED_BACK_DAYS))
            messages.tell(asked, "return_approved")
        else:
            settlement.accept_without_goods(asked)
            settlement.pay(asked)
        return True


def reject(asked, *, by, reason, version=None):
    """No, with the reason in words; the shopper may ask again or call us for 7 days. Raises ``Stale``."""
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=asked.order_id)
        fresh = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
        if fresh.status == Status.SUBMITTED and version not in {None, fresh.version}:
            raise Stale(asked.number)
        if not move(asked, Status.REJECTED, by=by, actor=STAFF, reason=reason, reject_reason=reason):
            return False
        timers.stop(asked)
        timers.start(asked, timers.AFTER_REJECTION, timedelta(days=REJECTED_DAYS))
        messages.tell(asked, "return_rejected", part=asked.version)
        return True


def check_in(asked, *, by=None):
    """The parcel is in the warehouse; from now on it is inspected within 48 hours."""
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=asked.order_id)
        if not move(asked, Status.INSPECTING, by=by, actor=STAFF if by else SYSTEM, received_at=timezone.now()):
            return False
        asked.lines.update(received_quantity=F("quantity"))
        timers.stop(asked)
        timers.start(asked, timers.INSPECTION, timedelta(hours=INSPECTION_HOURS))
        messages.tell(asked, "return_received")
        return True


def inspect(asked, *, accepted, by=None, goes_to=ReturnLine.Bin.SELLABLE, condition=""):
    """What was found: ``accepted`` maps order line id → units taken, the rest is recorded with ``condition`` as the reason.

    The accepted units are refunded; sellable ones are back in stock. With none accepted the request waits in DISPUTED.
    """
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=asked.order_id)
        taken = settlement.check_units(asked, accepted)
        to = Status.REFUNDING if sum(taken.values()) else Status.DISPUTED
        if not move(asked, to, by=by, actor=STAFF if by else SYSTEM, reason=condition):
            return False
        timers.stop(asked)
        settlement.book_inspection(asked, taken, goes_to, condition)
        if any(line.quantity > taken[line.line_id] for line in asked.lines.all()):
            messages.tell(asked, "return_partly_accepted")
        if to == Status.REFUNDING:
            settlement.pay(asked)
            settlement.restock(asked, by=by)
        return True


def close_disputed(asked, *, by, reason):
    """Nothing is refunded: the goods go back to the shopper, or the shopper agreed."""
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=asked.order_id)
        if not move(asked, Status.CLOSED, by=by, actor=STAFF, reason=reason, reject_reason=reason):
            return False
        timers.ended(asked)
        messages.tell(asked, "return_closed")
        return True
