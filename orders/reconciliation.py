"""Every morning: what a channel says it booked yesterday against what our books say (对账).

Lines and books are matched by our own numbers, in a few statements however long the bill is. Working on a bill again
finds the same differences and clears those that agree by now: a payment at midnight is on the next day's bill, and a
refund on its way succeeds later.
"""

from datetime import datetime, time, timedelta

import structlog
from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from accounts import history
from accounts.bell import ring
from accounts.models import StateLog
from accounts.work import TryLater
from catalog.money import rate_of
from orders import bill_successes
from orders.gateways import GATEWAYS, gateway_of
from orders.gateways.base import Unreachable
from orders.models import BillLine, ChannelBill, Difference, Payment, Refund
from orders.refunds import SamePerson

log = structlog.get_logger(__name__)

Kind, Status = Difference.Kind, Difference.Status
TO_RESOLVE = (Status.OPEN, Status.PROPOSED)
# From here on two people write a difference off.
NEEDS_SECOND_PERSON_FEN = 10_000
NO_BILL_YET_SECONDS = 900
MOVES = {
    Status.OPEN: {Status.PROPOSED, Status.RESOLVED, Status.CLEARED},
    Status.PROPOSED: {Status.RESOLVED, Status.CLEARED},
    Status.RESOLVED: set(),
    Status.CLEARED: {Status.OPEN},
}


def start(day=None):
    """A bill to fetch from each channel for ``day`` (yesterday); called by a timer, any number of times."""
    day = day or timezone.localdate() - timedelta(days=1)
    bills = [ChannelBill.objects.get_or_create(gateway=name, day=day)[0] for name in GATEWAYS]
    ring("orders.tasks.fetch_bills")
    return bills


def again(bill):
    """Fetch and compare a bill once more."""
    ChannelBill.objects.filter(pk=bill.pk).update(
        done_at=None, given_up_at=None, attempts=0, last_error="", run_after=timezone.now()
    )
    ring("orders.tasks.fetch_bills")


def work_on(bill):
    """Performed by the worker: fetch outside any transaction, then keep and compare in one; money that only the bill shows
    is booked after it, and compared once more."""
    try:
        rows = gateway_of(bill.gateway).bill(bill.day)
        _keep_and_compare(bill, rows)
        if bill_successes.book(bill):
            _keep_and_compare(bill, rows)
    except Unreachable as error:
        raise TryLater(NO_BILL_YET_SECONDS) from error


@transaction.atomic
def _keep_and_compare(bill, rows):
    # One comparison of a channel at a time: they clear one another's differences.
    list(ChannelBill.objects.select_for_update().filter(gateway=bill.gateway).order_by("pk"))
    _keep(bill, rows)
    compare(bill)


def _keep(bill, rows):
    bill.lines.all().delete()
    ours = _numbers_of_second_payments(bill.gateway, rows)
    lines = [
        BillLine(bill=bill, gateway=bill.gateway, **{**vars(row), "number": ours.get(row.reference, row.number)})
        for row in rows
    ]
    BillLine.objects.bulk_create(lines, batch_size=2_000)
    bill.paid_fen = sum(line.amount_fen for line in lines if not line.is_refund)
    bill.refunded_fen = sum(line.amount_fen for line in lines if line.is_refund)
    bill.fee_fen = sum(line.fee_fen for line in lines)
    bill.fetched_at = timezone.now()
    bill.save(update_fields=["paid_fen", "refunded_fen", "fee_fen", "fetched_at"])


def _numbers_of_second_payments(gateway, rows):
    """Channel's number → ours, for attempts that were paid twice: the bill gives both payments the attempt's number."""
    paid = [row.reference for row in rows if not row.is_refund]
    seconds = Payment.objects.filter(gateway=gateway, gateway_reference__in=paid).exclude(second_of=None)
    return dict(seconds.values_list("gateway_reference", "number"))


def compare(bill):
    """Write down where the bill and our books disagree, and clear what agrees by now; returns the open differences."""
    found = [*_in_lines(bill, refunds=False), *_in_lines(bill, refunds=True)]
    found += [*_missing_there(bill), *_twice(bill)]
    Difference.objects.bulk_create(found, ignore_conflicts=True, batch_size=1_000)
    _clear(bill, {_key(one) for one in found})
    left = bill.differences.filter(status__in=TO_RESOLVE)
    if left.exists():
        log.error("bill differs", bill=str(bill), count=left.count())
    return left


def _key(difference):
    return difference.kind, difference.number, difference.is_refund


def _in_lines(bill, *, refunds):
    """Differences of what the bill has: not here, another amount, another state, another fee."""
    model = Refund if refunds else Payment
    channel = {"payment__gateway" if refunds else "gateway": bill.gateway}
    mine = model.objects.filter(number=OuterRef("number"), **channel)
    lines = bill.lines.filter(is_refund=refunds).annotate(
        here=Subquery(mine.values("pk")[:1]),
        fen=Subquery(mine.values("amount_fen")[:1]),
        state=Subquery(mine.values("status")[:1]),
    )
    rate = getattr(GATEWAYS.get(bill.gateway), "fee_bp", None)
    wrong = Q(here=None) | ~Q(fen=F("amount_fen")) | ~Q(state="succeeded")
    for line in (lines if rate is not None and not refunds else lines.filter(wrong)).iterator(chunk_size=2_000):
        yield from _differences_of(bill, line, None if refunds else rate)


def _differences_of(bill, line, rate):
    facts = {"bill": bill, "number": line.number or line.reference, "is_refund": line.is_refund}
    if line.here is None:
        yield Difference(kind=Kind.MISSING_HERE, there_fen=line.amount_fen, **facts)
        return
    facts["refund_id" if line.is_refund else "payment_id"] = line.here
    if line.fen != line.amount_fen:
        yield Difference(kind=Kind.AMOUNT, here_fen=line.fen, there_fen=line.amount_fen, **facts)
    if line.state != "succeeded":
        yield Difference(kind=Kind.STATUS, there_fen=line.amount_fen, **facts)
    # A channel rounds each fee in its own way: a fen is no difference.
    if rate is not None and abs(line.fee_fen - rate_of(line.amount_fen, rate)) > 1:
        yield Difference(kind=Kind.FEE, here_fen=rate_of(line.amount_fen, rate), there_fen=line.fee_fen, **facts)


def _missing_there(bill):
    """Money that our books moved on that day and no bill of the channel has."""
    on_a_bill = BillLine.objects.filter(number=OuterRef("number"), gateway=bill.gateway)
    begin = timezone.make_aware(datetime.combine(bill.day, time()))
    day = (begin, begin + timedelta(days=1))
    paid = Payment.objects.filter(gateway=bill.gateway, status="succeeded", paid_at__gte=day[0], paid_at__lt=day[1])
    for row in paid.exclude(Exists(on_a_bill.filter(is_refund=False))):
        facts = {"payment": row, "number": row.number, "here_fen": row.amount_fen}
        yield Difference(bill=bill, kind=Kind.MISSING_THERE, **facts)
    back = Refund.objects.filter(
        payment__gateway=bill.gateway, status="succeeded", succeeded_at__gte=day[0], succeeded_at__lt=day[1]
    )
    rows = list(back.exclude(Exists(on_a_bill.filter(is_refund=True))))
    by_bank = _paid_by_bank(rows)
    for row in rows:
        if str(row.pk) not in by_bank:
            facts = {"refund": row, "number": row.number, "here_fen": row.amount_fen, "is_refund": True}
            yield Difference(bill=bill, kind=Kind.MISSING_THERE, **facts)


def _paid_by_bank(refunds):
    """Keys of refunds that finance paid by bank: no channel knows of them."""
    keys = [str(refund.pk) for refund in refunds]
    manual = StateLog.objects.filter(entity="orders.refund", to_state=Refund.Status.MANUAL, entity_id__in=keys)
    return set(manual.values_list("entity_id", flat=True))


def _twice(bill):
    """One number charged or refunded more than once, on any of the channel's bills."""
    lines = BillLine.objects.filter(gateway=bill.gateway, number__in=bill.lines.values("number")).exclude(number="")
    many = lines.values("number", "is_refund").annotate(n=Count("pk"), fen=Sum("amount_fen"), one=Max("amount_fen"))
    for row in many.filter(n__gt=1).order_by():
        facts = {"number": row["number"], "is_refund": row["is_refund"]}
        yield Difference(bill=bill, kind=Kind.TWICE, here_fen=row["one"], there_fen=row["fen"], **facts)


def _clear(bill, found):
    """What this bill found before and finds no more, and what earlier bills missed that is on this one."""
    mine = [one for one in bill.differences.filter(status__in=TO_RESOLVE) if _key(one) not in found]
    here = BillLine.objects.filter(bill=bill, number=OuterRef("number"), is_refund=OuterRef("is_refund"))
    earlier = Difference.objects.filter(
        Exists(here), kind=Kind.MISSING_THERE, status__in=TO_RESOLVE, bill__gateway=bill.gateway
    )
    for difference in {one.pk: one for one in [*mine, *earlier]}.values():
        move(difference, Status.CLEARED, reason="The books agree now.")
    for difference in bill.differences.filter(status=Status.CLEARED):
        if _key(difference) in found:
            move(difference, Status.OPEN, reason="The books disagree again.")


def move(difference, to, *, by=None, reason="", **changes):
    """Guarded change of state by the table; see ``accounts.history.move``."""
    allowed = {state for state, targets in MOVES.items() if to in targets}
    actor = StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM
    facts = {"number": difference.number, "gap_fen": difference.gap_fen}
    about = difference.bill.about
    return history.move(
        difference, to=to, allowed=allowed, about=about, by=by, actor=actor, reason=reason, data=facts, **changes
    )


def resolve(difference, *, by, reason):
    """Say why it differs. A large one waits for a second person, who resolves it once more.

    Returns whether it is resolved now. Raises ``SamePerson`` and ``TransitionNotAllowed``.
    """
    difference.refresh_from_db()
    if difference.status == Status.OPEN and difference.gap_fen >= NEEDS_SECOND_PERSON_FEN:
        move(difference, Status.PROPOSED, by=by, reason=reason, proposed_by=by)
        Difference.objects.filter(pk=difference.pk).update(reason=reason)
        return False
    if difference.status == Status.PROPOSED and difference.proposed_by_id == by.pk:
        raise SamePerson
    moved = move(difference, Status.RESOLVED, by=by, reason=reason, resolved_by=by, resolved_at=timezone.now())
    if moved:
        told = " / ".join(part for part in (difference.reason, reason) if part)
        Difference.objects.filter(pk=difference.pk).update(reason=told[:200])
    return True
