"""Arithmetic on points lots under the member's lock: the only code that writes lots, entries and the balance cache.

Balance = sum of the entries = points left in lots that have matured − debt. Debt is the negative sum of the entries that
have no lot.
"""

from django.db.models import F, Sum
from django.utils import timezone

from accounts.prepared import SOME, PreparedUnderLock
from loyalty.models import Member, PointsEntry, PointsLot

Kind = PointsEntry.Kind
Status = PointsLot.Status


def lock(member):
    """The member's row, locked until the end of the transaction; it guards all lots of the member."""
    [found] = _locked(pk=member.pk)
    return found


_locked = PreparedUnderLock(lambda pk: Member.objects.select_for_update(no_key=True).filter(pk=pk), pk=SOME)


def locked(member, lot_ids):
    return list(PointsLot.objects.select_for_update().filter(member=member, pk__in=lot_ids).order_by("pk"))


def free(rows):
    """Points in ``rows`` that nobody has reserved."""
    return rows.aggregate(free=Sum(F("remaining") - F("reserved")))["free"] or 0


def oldest_first(member, points):
    """Yield (lot, part) for ``points`` free points of unexpired lots by (expiry, id). The caller has checked the sum."""
    rows = PointsLot.objects.select_for_update().filter(
        member=member, status=Status.AVAILABLE, remaining__gt=F("reserved"), expires_at__gt=timezone.now()
    )
    for lot in sorted(rows.order_by("pk"), key=lambda lot: (lot.expires_at, lot.pk)):
        part = min(lot.remaining - lot.reserved, points)
        if part:
            points -= part
            yield lot, part


def write(member, lot, kind, amount, source):
    """One line in the ledger and the same change of the balance."""
    PointsEntry.objects.create(member=member, lot=lot, kind=kind, amount=amount, source=source)
    change_caches(member, points=amount)


def change_caches(member, *, points=0, pending=0):
    Member.objects.filter(pk=member.pk).update(
        points=F("points") + points, points_pending=F("points_pending") + pending
    )


def take(member, lot, points, kind, source, *, reserved=0):
    """``points`` leave ``lot``, of which ``reserved`` were set aside."""
    lot.remaining -= points
    lot.reserved -= reserved
    if not lot.remaining:
        whole = kind == Kind.CLAW_BACK and lot.taken_back >= lot.granted
        lot.status = Status.REVERSED if whole else Status.DEPLETED
    lot.save(update_fields=["remaining", "reserved", "status"])
    write(member, lot, kind, -points, source)


def put_back(member, lot, points, source, *, grace):
    """``points`` return to the lot they were spent from; a lot past its date lives on for ``grace``."""
    now = timezone.now()
    if lot.expires_at <= now:
        stale = lot.remaining - lot.reserved
        if stale:
            take(member, lot, stale, Kind.EXPIRE, f"{source}:stale")
        lot.expires_at = now + grace
    lot.remaining += points
    lot.status = Status.AVAILABLE
    lot.save(update_fields=["remaining", "status", "expires_at"])
    write(member, lot, Kind.GIVE_BACK, points, source)


def claw_back(member, own, points, source):
    """Take ``points`` from lot ``own``, then from the oldest lots, then as debt."""
    part = min(own.remaining - own.reserved, points)
    if part:
        take(member, own, part, Kind.CLAW_BACK, source)
    for lot, part_of_other in oldest_first(member, points - part):
        take(member, lot, part_of_other, Kind.CLAW_BACK, source)
        part += part_of_other
    if part < points:
        write(member, None, Kind.CLAW_BACK, part - points, source)


def debt(member):
    return -(PointsEntry.objects.filter(member=member, lot=None).aggregate(sum=Sum("amount"))["sum"] or 0)


def repay(member, source):
    """Free points pay the debt first, oldest lots first; the balance stays as it is."""
    owed = debt(member)
    paid = 0
    for lot, part in oldest_first(member, owed) if owed > 0 else ():
        take(member, lot, part, Kind.REPAY, source)
        paid += part
    if paid:
        write(member, None, Kind.REPAY, paid, source)
