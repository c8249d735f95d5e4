"""Points: earned, reserved, spent, given back and taken back, lot by lot (domain.md 2.8, 4.9, 5.4).

1 point spends as 1 fen. ``source`` is a text key such as "order:ZG…": every function does its work once per source (and
``part``), a repeated call changes nothing. Each locks the member first, then the lots by id; it joins the caller's transaction.
The arithmetic on lots is in ``loyalty.lots``.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.one_trip import insert_new
from loyalty import lots, members
from loyalty.members import member_of
from loyalty.models import PointsEntry, PointsHold, PointsLot

STEP = 100  # points are spent in hundreds: 100 points = ¥1
LEAST_GOODS_FEN = 1_000
MOST_SHARE_PERCENT = 50
GRACE_DAYS = 30
EARNED_FOR_ORDER = "order"

Kind = PointsEntry.Kind
Status = PointsLot.Status


class NotEnoughPoints(Exception):
    """Fewer points can be spent than were asked for; nothing was reserved. ``usable`` is how many there are."""

    def __init__(self, usable):
        super().__init__(f"only {usable} points can be used")
        self.usable = usable


def earned(net_goods_fen, earn_bp):
    """Points for goods paid ``net_goods_fen`` at ``earn_bp`` (10,000 = 1 point a yuan); floored once."""
    return max(net_goods_fen, 0) * earn_bp // 1_000_000


def end_of_life(at):
    """When points earned ``at`` expire: 24:00 on 31 December of the next year, Asia/Shanghai."""
    local = timezone.localtime(at)
    return timezone.make_aware(datetime(local.year + 2, 1, 1))  # noqa: DTZ001 (made aware here)


def spendable(user):
    """Points ``user`` could spend now: free points of available, unexpired lots; 0 for a guest, in debt or frozen."""
    member = _member_or_none(user)
    if member is None or member.frozen_at or member.points <= 0:
        return 0
    return lots.free(member.lots.filter(status=Status.AVAILABLE, expires_at__gt=timezone.now()))


def most_usable(user, goods_fen):
    """The most points ``user`` may use on goods worth ``goods_fen``: in hundreds, at most half, from ¥10 on."""
    if goods_fen < LEAST_GOODS_FEN:
        return 0
    return min(goods_fen * MOST_SHARE_PERCENT // 100, spendable(user)) // STEP * STEP


def grant(user, source, points, reason, *, note="", expires_at=None, by=None):
    """Give ``points`` that can be spent at once; once per source and reason. Returns the lot, or None for no points."""
    return _new_lot(user, source, points, reason, Status.AVAILABLE, expires_at=expires_at, note=note, by=by)


def grant_pending(user, source, points, expires_at=None):
    """Promise ``points`` for a paid order; they can be spent after ``mature``. Returns the lot, or None for no points."""
    return _new_lot(user, source, points, EARNED_FOR_ORDER, Status.PENDING, expires_at=expires_at)


@transaction.atomic(savepoint=False)
def _new_lot(user, source, points, reason, status, *, expires_at=None, note="", by=None):
    if points <= 0:
        return None
    member = lots.lock(member_of(user))
    now = timezone.now()
    once = {"member": member, "source": source, "reason": reason}
    lot = PointsLot(
        **once,
        status=status,
        granted=points,
        remaining=points,
        matured_at=None if status == Status.PENDING else now,
        expires_at=expires_at or end_of_life(now),
        note=note,
        by=by,
    )
    if not insert_new(lot):
        return PointsLot.objects.get(**once)
    if status == Status.PENDING:
        lots.change_caches(member, pending=points)
    else:
        lots.write(member, lot, Kind.GRANT, points, source)
        lots.repay(member, f"{source}:{reason}")
    return lot


@transaction.atomic
def mature(source):
    """The order is finished: what is left of its pending points can be spent now; debt is repaid first.

    Returns the points that became available, 0 on a repeated call.
    """
    lot = _own_lot(source)
    if lot is None or lot.status != Status.PENDING:
        return 0
    member = lots.lock(lot.member)
    lot = PointsLot.objects.select_for_update().get(pk=lot.pk)
    if lot.status != Status.PENDING:
        return 0
    points = lot.remaining
    lot.status, lot.matured_at = Status.AVAILABLE, timezone.now()
    lot.save(update_fields=["status", "matured_at"])
    lots.change_caches(member, pending=-points)
    lots.write(member, lot, Kind.MATURE, points, source)
    lots.repay(member, f"{source}:mature")
    return points


@transaction.atomic
def adjust_earned(source, due):
    """After a refund the order has earned ``due`` points only: take the difference back.

    From the order's own lot first (pending or not), then from the oldest lots, then as debt (domain.md 4.9, E15).
    ``due`` never grows, so a repeated or late call changes nothing. Returns the points taken back by this call.
    """
    lot = _own_lot(source)
    if lot is None:
        return 0
    member = lots.lock(lot.member)
    lot = PointsLot.objects.select_for_update().get(pk=lot.pk)
    back = lot.granted - lot.taken_back - max(due, 0)
    if back <= 0:
        return 0
    lot.taken_back += back
    if lot.status == Status.PENDING:
        lot.remaining -= back
        lot.status = Status.PENDING if lot.remaining else Status.REVERSED
        lot.save(update_fields=["taken_back", "remaining", "status"])
        lots.change_caches(member, pending=-back)
        return back
    lot.save(update_fields=["taken_back"])
    lots.claw_back(member, lot, back, f"{source}:due:{max(due, 0)}")
    return back


@transaction.atomic
def reserve(user, source, points):
    """Set ``points`` aside for an order being placed, oldest expiry first. Returns the points reserved.

    Raises ``NotEnoughPoints`` and reserves nothing.
    """
    if points <= 0:
        return 0
    member = lots.lock(member_of(user))
    held = PointsHold.objects.filter(source=source, member=member)
    if held.exists():
        if held.filter(status=PointsHold.Status.RELEASED).exists():
            raise ValueError(f"{source} gave its points up before")
        return held.aggregate(points=Sum("points"))["points"]
    usable = spendable(user)
    if points > usable:
        raise NotEnoughPoints(usable)
    for lot, part in lots.oldest_first(member, points):
        PointsHold.objects.create(member=member, lot=lot, source=source, points=part)
        lot.reserved += part
        lot.save(update_fields=["reserved"])
    return points


@transaction.atomic
def spend(source):
    """The order is paid: its reserved points are spent. Returns how many, 0 on a repeated call or when nothing is held."""
    holds = _held(source)
    for hold in holds:
        lots.take(hold.member, hold.lot, hold.points, Kind.SPEND, source, reserved=hold.points)
        hold.status = PointsHold.Status.SPENT
        hold.save(update_fields=["status"])
    return sum(hold.points for hold in holds)


@transaction.atomic
def release(source):
    """The order is closed unpaid: its reserved points are free again. Returns how many, 0 on a repeated call."""
    holds = _held(source)
    for hold in holds:
        hold.lot.reserved -= hold.points
        hold.lot.save(update_fields=["reserved"])
        hold.status = PointsHold.Status.RELEASED
        hold.save(update_fields=["status"])
    if holds:
        lots.repay(holds[0].member, f"{source}:release")
    return sum(hold.points for hold in holds)


@transaction.atomic
def give_back(source, points, part):
    """Return up to ``points`` of those spent for ``source``; once per ``part`` (such as "refund:R1").

    Latest-spent lots first, with their own expiry; a lot already past it gets 30 days (E14). Never more than was spent.
    Returns the points given back by this call.
    """
    key = f"{source}:{part}"
    first = PointsHold.objects.filter(source=source).select_related("member").first()
    if first is None or points <= 0:
        return 0
    member = lots.lock(first.member)
    if PointsEntry.objects.filter(member=member, kind=Kind.GIVE_BACK, source=key).exists():
        return 0
    holds = PointsHold.objects.filter(source=source, status=PointsHold.Status.SPENT).order_by("-pk")
    in_lots = {lot.pk: lot for lot in lots.locked(member, [hold.lot_id for hold in holds])}
    left = points
    for hold in holds:
        back = min(hold.points - hold.given_back, left)
        if back:
            lots.put_back(member, in_lots[hold.lot_id], back, key, grace=timedelta(days=GRACE_DAYS))
            hold.given_back += back
            hold.save(update_fields=["given_back"])
            left -= back
    lots.repay(member, f"{key}:give-back")
    return points - left


def _held(source):
    """The live holds of ``source`` with member and lots locked, in the order in which they were reserved."""
    first = PointsHold.objects.filter(source=source).select_related("member").first()
    if first is None:
        return []
    member = lots.lock(first.member)
    holds = list(PointsHold.objects.filter(source=source, status=PointsHold.Status.HELD).order_by("pk"))
    in_lots = {lot.pk: lot for lot in lots.locked(member, [hold.lot_id for hold in holds])}
    for hold in holds:
        hold.member, hold.lot = member, in_lots[hold.lot_id]
    return holds


def _own_lot(source):
    return PointsLot.objects.filter(source=source, reason=EARNED_FOR_ORDER).select_related("member").first()


def _member_or_none(user):
    if user is None or not user.is_authenticated:
        return None
    return members.found(user)
