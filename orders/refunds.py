"""Money on its way back: asking for it, the guards, and who says yes. What units are worth is in orders.anchors, sending
in orders.refund_sending.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts import history
from accounts.bell import ring
from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from catalog.money import allocate
from orders import anchors, deadlines, numbers, refund_timers
from orders.models import Order, OrderLine, Refund, RefundLine

Status = Refund.Status
# From this amount on a second person looks at a refund (domain.md 2.3).
NEEDS_SECOND_PERSON_FEN = 200_000
MOVES = {
    Status.REQUESTED: {Status.APPROVED, Status.CANCELLED},
    Status.APPROVED: {Status.PROCESSING, Status.CANCELLED},
    Status.PROCESSING: {Status.SUCCEEDED, Status.FAILED, Status.ABNORMAL},
    Status.FAILED: {Status.PROCESSING, Status.MANUAL},
    Status.ABNORMAL: {Status.PROCESSING, Status.MANUAL},
    Status.MANUAL: {Status.SUCCEEDED},
    Status.SUCCEEDED: set(),
    Status.CANCELLED: set(),
}

# The one hook that looks upward: aftersales appends callables(refund) here in its AppConfig.ready(). They run in the
# transaction in which the channel's success is booked.
WHEN_SUCCEEDED = []


class TooMuch(Exception):
    """More was asked back than was paid and not yet refunded; nothing was written. ``left_fen`` is what is left."""

    def __init__(self, left_fen):
        super().__init__(f"only {left_fen} fen are left to refund")
        self.left_fen = left_fen


class SamePerson(Exception):
    """A refund is approved by somebody else than the person who asked for it."""


@dataclass
class Part:
    """What one line gives back: units, goods and delivery fee in fen, points."""

    line: OrderLine
    quantity: int
    goods_fen: int
    shipping_fen: int
    points: int

    @property
    def fen(self):
        return self.goods_fen + self.shipping_fen


def request(order, *, lines, source, reason, by=None, approved=True, our_fault=False):
    """Ask for money back: ``lines`` are (line, quantity, goods fen, shipping fen, points); returns the ``Refund`` rows.

    ``source`` names the cause ("return:RT…"): the same source gives the same refunds, however often it asks. The applied
    payments give in proportion to what each still can. ``approved=False``, or a sum of ¥2,000 and more, waits for a second
    person; ``our_fault`` decides what becomes of coupons. Raises ``TooMuch`` and writes nothing when payments or a line
    do not cover it.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        known = list(Refund.objects.filter(order=order, source=source)) + list(
            Refund.objects.filter(order=order, source__startswith=f"{source}/").order_by("pk")
        )
        if known:
            return known
        parts = [Part(*line) for line in lines]
        total = sum(part.fen for part in parts)
        pots = _pots(order)
        _guard(order, parts, total, pots)
        status = Status.APPROVED if approved and total < NEEDS_SECOND_PERSON_FEN else Status.REQUESTED
        refunds = _divide(order, parts, pots, source=source, reason=reason, by=by, status=status, our_fault=our_fault)
        for part in parts:
            anchors.take_off(part.line, units=part.quantity, fen=part.goods_fen)
        ring("orders.tasks.send_refunds")
        return refunds


def _pots(order):
    """(payment, fen that it can still give back), oldest first; the rows are locked."""
    payments = order.payments.filter(applied=True).order_by("pk").select_for_update()
    pots = [(payment, payment.amount_fen - given_back(payment)) for payment in payments]
    return [pot for pot in pots if pot[1] > 0]


def given_back(payment):
    """Fen of ``payment`` that went back or are on their way."""
    return payment.refunds.exclude(status__in=Refund.DEAD).aggregate(fen=Sum("amount_fen"))["fen"] or 0


def _guard(order, parts, total, pots):
    left = sum(fen for _payment, fen in pots)
    if total <= 0 or total > left or any(min(p.quantity, p.goods_fen, p.shipping_fen, p.points) < 0 for p in parts):
        raise TooMuch(left)
    for part in parts:
        part.line = OrderLine.objects.select_for_update().get(pk=part.line.pk, order=order)
        gone = anchors.refunded(part.line)
        line_left = part.line.payable_fen - gone["goods_fen"]
        too_many = part.quantity + gone["quantity"] > part.line.quantity
        if too_many or part.goods_fen > line_left or part.points + gone["points"] > part.line.d_points_fen:
            raise TooMuch(line_left)
        if part.shipping_fen + gone["shipping_fen"] > part.line.shipping_share_fen:
            raise TooMuch(part.line.shipping_share_fen - gone["shipping_fen"])


def _divide(order, parts, pots, *, source, **facts):
    """One refund per payment, by largest remainder of what each can still give back (E16); units and points go with the
    first fen of their line.
    """
    left = [Part(**vars(part)) for part in parts if part.fen or part.points or part.quantity]
    left.sort(key=lambda part: part.fen > 0)  # what costs nothing first, so that it is not left when the money is gone
    refunds = []
    shares = allocate(sum(part.fen for part in parts), [room for _payment, room in pots])
    for (payment, _room), share in zip(pots, shares, strict=True):
        here = _take(left, share)
        if not here:
            continue
        name = source if not refunds else f"{source}/{len(refunds) + 1}"
        refunds.append(_create(order, payment, here, source=name, **facts))
    return refunds


def _take(left, room):
    """Move parts worth at most ``room`` fen out of ``left``."""
    here = []
    while left and room > 0:
        part = left[0]
        goods = min(part.goods_fen, room)
        shipping = min(part.shipping_fen, room - goods)
        here.append(Part(part.line, part.quantity, goods, shipping, part.points))
        room -= goods + shipping
        part.goods_fen, part.shipping_fen, part.quantity, part.points = (
            part.goods_fen - goods,
            part.shipping_fen - shipping,
            0,
            0,
        )
        if not part.fen:
            left.pop(0)
    return here


def _create(order, payment, parts, *, source, reason, by, status, our_fault):
    refund = Refund.objects.create(
        order=order,
        payment=payment,
        number=numbers.refund_number(),
        source=source,
        amount_fen=sum(part.fen for part in parts),
        reason=reason,
        our_fault=our_fault,
        status=status,
        requested_by=by,
    )
    RefundLine.objects.bulk_create(RefundLine(refund=refund, **vars(part)) for part in parts)
    actor = (
        StateLog.Actor.STAFF if by and by.pk != order.user_id else StateLog.Actor.BUYER if by else StateLog.Actor.SYSTEM
    )
    if status == Status.APPROVED:
        refund_timers.watch_approved(refund)
    facts = {"amount_fen": refund.amount_fen, "number": refund.number}
    history.record(refund, about=order.about, to=status, by=by, actor=actor, reason=reason, data=facts)
    return refund


def give_back_unapplied(payment):
    """The refund of a success that no order took; made in the transaction that books the success. Needs nobody's
    approval: the money was never ours."""
    refund, made = Refund.objects.get_or_create(
        source=f"unapplied:{payment.number}",
        defaults={
            "order": payment.order,
            "payment": payment,
            "number": numbers.refund_number(),
            "amount_fen": payment.amount_fen,
            "reason": Refund.SURPLUS,
            "status": Status.APPROVED,
        },
    )
    if made:
        refund_timers.watch_approved(refund)
        facts = {"amount_fen": refund.amount_fen, "number": refund.number}
        history.record(refund, about=payment.order.about, to=refund.status, reason="unapplied", data=facts)
        ring("orders.tasks.send_refunds")
    return refund


def move(refund, to, *, by=None, actor=StateLog.Actor.SYSTEM, reason="", **changes):
    """Guarded change of state by the table; see ``accounts.history.move``."""
    allowed = {state for state, targets in MOVES.items() if to in targets}
    facts = {"amount_fen": refund.amount_fen, "number": refund.number}
    about = refund.order.about
    return history.move(
        refund, to=to, allowed=allowed, about=about, by=by, actor=actor, reason=reason, data=facts, **changes
    )


def approve(refund, *, by, reason=""):
    """A second person says yes; the worker sends it. Raises ``SamePerson`` and ``TransitionNotAllowed``."""
    if refund.requested_by_id == by.pk:
        raise SamePerson
    now = timezone.now()
    facts = {"actor": StateLog.Actor.STAFF, "reason": reason, "approved_by": by, "run_after": now}
    moved = move(refund, Status.APPROVED, by=by, **facts)
    if moved:
        refund_timers.watch_approved(refund)
    ring("orders.tasks.send_refunds")
    return moved


def cancel(refund, *, by, reason=""):
    """Withdraw a refund before it is sent; what it took from the lines goes back to them."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=refund.order_id)
        if not refund.lines.exists():
            # Money that no order took goes back; nobody may keep it.
            raise TransitionNotAllowed(refund, to=Status.CANCELLED)
        if not move(refund, Status.CANCELLED, by=by, actor=StateLog.Actor.STAFF, reason=reason, done_at=timezone.now()):
            return False
        for part in refund.lines.select_related("line"):
            line = OrderLine.objects.select_for_update().get(pk=part.line_id, order=order)
            anchors.set_anew(line, fen=part.goods_fen, units=part.quantity)
            line.save(update_fields=["anchor_fen", "anchor_quantity", "anchor_returned"])
        deadlines.cancel_deadlines(refund)
        return True


def ask_soon(refund):
    """The channel hints that something happened to a refund: let the worker ask now. Returns the word for the inbox."""
    waiting = Refund.objects.filter(pk=refund.pk, status=Status.PROCESSING, done_at=None)
    waiting.update(run_after=timezone.now())
    ring("orders.tasks.send_refunds")
    return "refund-asked"
