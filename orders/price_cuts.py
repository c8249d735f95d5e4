"""Staff lower the price of an unpaid order: with a reason, within their limit, and the shopper sees the new total.

Payment attempts are closed at the channel before anything changes, because they are for the old amount. The reduction
is divided over the lines by largest remainder, so that refunds know what each unit has cost. Coupons, points and the
delivery fee stay as they were. Locks: the order, then its lines.
"""

from django.db import transaction
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from accounts.notifications import notify
from accounts.prepared import Question
from catalog.money import allocate, yuan
from orders import lifecycle, marking_paid, payments, pricing
from orders.models import Adjustment, Order, PriceCut

STAFF = StateLog.Actor.STAFF
# What one person may take off one order in all: who may approve reductions, and everybody else on the desk.
ALONE_FEN = {True: 100_000, False: 20_000}
Status = PriceCut.Status


class CutRefused(Exception):
    """Nothing was changed. Subclasses say why."""


class NotUnpaid(CutRefused):
    """The order does not wait for money (any more); also when a payment turned out to have arrived."""


class TooMuch(CutRefused):
    """Nothing costs less than nothing: at most ``most_fen`` can be taken off."""

    def __init__(self, most_fen):
        super().__init__(most_fen)
        self.most_fen = most_fen


class OneWaits(CutRefused):
    """Another reduction of this order waits for a second person."""


class PriceMoved(CutRefused):
    """The goods cost something else than when the reduction was asked for."""


class SamePerson(CutRefused):
    """Two signatures are two people."""


def alone_fen(user):
    """Up to how many fen of reductions ``user`` may give one order without a second person."""
    return ALONE_FEN[user.has_perm("orders.approve_pricecut")]


def given_fen(order):
    [(fen,)] = _given(pk=order.pk)
    return fen


_given = Question("""
SELECT coalesce(sum(fen), 0)::bigint FROM orders_pricecut WHERE order_id = %(pk)s AND status = 'applied'
""")


def preview(order, fen, line=None):
    """[(line, fen taken off, fen it costs then)] for a reduction, by largest remainder. Raises ``TooMuch``."""
    lines = [line] if line else list(order.lines.order_by("number"))
    prices = [one.payable_fen for one in lines]
    if fen > sum(prices):
        raise TooMuch(sum(prices))
    shares = allocate(fen, prices)
    return [(one, share, one.payable_fen - share) for one, share in zip(lines, shares, strict=True)]


def give(order, fen, *, by, reason, line=None):
    """Take ``fen`` off ``order`` (or off one ``line``) now, or propose it when it is above the limit of ``by``.

    Returns the ``PriceCut``: look at its status. Raises a ``CutRefused`` and ``lifecycle.ChannelBusy``.
    """
    _refuse_paid(order)
    needs_second = given_fen(order) + fen > alone_fen(by)
    if not needs_second:
        _close_attempts(order, by)
    with transaction.atomic():
        locked = _lock(order, attempts_closed=not needs_second)
        if not needs_second and given_fen(locked) + fen > alone_fen(by):
            raise PriceMoved  # somebody gave another reduction in this moment
        if locked.price_cuts.filter(status=Status.PROPOSED).exists():
            raise OneWaits
        line = locked.lines.get(pk=line.pk) if line else None
        preview(locked, fen, line)
        cut = PriceCut.objects.create(
            order=locked, line=line, fen=fen, goods_fen=_goods(locked), reason=reason, proposed_by=by
        )
        _record(cut, "", Status.PROPOSED, by=by, reason=reason)
        if not needs_second:
            _apply(locked, cut, by)
    return _settled(order, cut)


def approve(cut, *, by):
    """The second person says yes; raises ``SamePerson`` and whatever ``give`` raises."""
    if cut.proposed_by_id == by.pk:
        raise SamePerson
    _refuse_paid(cut.order)
    _close_attempts(cut.order, by)
    with transaction.atomic():
        locked = _lock(cut.order, attempts_closed=True)
        fresh = PriceCut.objects.select_for_update(of=("self",)).get(pk=cut.pk)
        if fresh.status != Status.PROPOSED:
            return fresh
        if fresh.goods_fen != _goods(locked):
            raise PriceMoved
        _apply(locked, fresh, by)
    return _settled(cut.order, fresh)


def refuse(cut, *, by, reason=""):
    """It is not given; whoever proposed it may take it back this way too."""
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=cut.order_id)
        waiting = PriceCut.objects.filter(pk=cut.pk, status=Status.PROPOSED)
        if waiting.update(status=Status.REFUSED, decided_by=by, decided_at=timezone.now()):
            _record(cut, Status.PROPOSED, Status.REFUSED, by=by, reason=reason)


def _lock(order, *, attempts_closed):
    locked = Order.objects.select_for_update().get(pk=order.pk)
    _refuse_paid(locked)
    if attempts_closed and locked.payments.filter(status__in=payments.OPEN).exists():
        # The channel did not answer, or a new attempt was opened in this moment: at the old amount.
        raise lifecycle.ChannelBusy(locked.number)
    return locked


def _refuse_paid(order):
    if order.status != Order.Status.PENDING_PAYMENT:
        raise NotUnpaid


def _close_attempts(order, by):
    for payment in order.payments.filter(status__in=payments.OPEN):
        if not payments.close(payment, by=by):
            raise NotUnpaid


def _goods(order):
    return sum(order.lines.values_list("payable_fen", flat=True))


def _apply(order, cut, by):
    before = order.payable_fen
    for line, share, payable in preview(order, cut.fen, cut.line):
        if not share:
            continue
        order.lines.filter(pk=line.pk).update(
            payable_fen=payable, anchor_fen=payable, d_unit_fen=line.d_unit_fen + share
        )
        Adjustment.objects.create(
            order=order, line=line, stage=pricing.UNIT, code="staff_price", source=f"price-cut:{cut.pk}", fen=share
        )
    Order.objects.filter(pk=order.pk).update(
        discount_fen=order.discount_fen + cut.fen, payable_fen=order.payable_fen - cut.fen
    )
    PriceCut.objects.filter(pk=cut.pk).update(status=Status.APPLIED, decided_by=by, decided_at=timezone.now())
    cut.status = Status.APPLIED
    amounts = {"amount_fen": cut.fen, "before_fen": before, "after_fen": before - cut.fen}
    _record(cut, Status.PROPOSED, Status.APPLIED, by=by, reason=cut.reason, data=amounts)
    notify(
        order.user,
        "order_repriced",
        key=f"{order.about}:price-cut:{cut.pk}",
        facts={"number": order.number, "before": yuan(before), "now": yuan(before - cut.fen)},
        url=order.get_absolute_url(),
    )


def _record(cut, before, to, *, by, reason, data=None):
    about = cut.order.about
    facts = data or {"amount_fen": cut.fen}
    history.record(cut, about=about, from_state=before, to=to, by=by, actor=STAFF, reason=reason, data=facts)


def _settled(order, cut):
    """An order that costs nothing now is paid at once."""
    order.refresh_from_db()
    if order.status == Order.Status.PENDING_PAYMENT:
        marking_paid.pay_nothing(order)
    return cut
