"""Where parcels are: pushes of carriers come into an inbox, scans are kept once, and the parcel follows the latest
word.

Pushes arrive twice, late and in any order; the parcel's state is a function of all its scans, so the order does
not matter.
"""

import hashlib
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import StateLog
from accounts.notifications import notify
from accounts.work import TryLater
from orders import carriers, parcel_timers, parcels, road
from orders.carriers.base import BadSignature, Unreachable
from orders.models import CarrierPush, Order, Parcel, TrackingEvent, TrackingSubscription

log = structlog.get_logger(__name__)

Status = Parcel.Status
MOST_BYTES = 256 * 1024
# Limits of the tracker: a number is subscribed at most four times, with half an hour between.
AGAIN_AFTER, MOST_SUBSCRIPTIONS = timedelta(minutes=31), 4
# Later ranks win whatever their time; within a rank the latest scan wins. A delivery attempt may fail and the parcel
# travel on, so the states of the road share one rank.
RANK = {
    Status.SHIPPED: 1,
    Status.IN_TRANSIT: 2,
    Status.OUT_FOR_DELIVERY: 2,
    Status.EXCEPTION: 2,
    Status.RETURNING: 3,
    Status.DELIVERED: 4,
}
# In a locker or at a station; the second counts as signed for.
AT_STATION = {"501", "304"}
MESSAGES = {
    Status.IN_TRANSIT: "parcel_in_transit",
    Status.OUT_FOR_DELIVERY: "parcel_out_for_delivery",
    Status.DELIVERED: "parcel_delivered",
    Status.EXCEPTION: "parcel_exception",
}


# A hook that looks upward, as ``orders.refunds.WHEN_SUCCEEDED``: aftersales appends callables(parcel) in its ready().
# They run in the transaction in which an inbound parcel is signed for.
WHEN_RETURN_ARRIVED = []


def receive_push(carrier, request):
    """The answer to a push; ``carrier`` is the tracker's name in the address. Raises ``KeyError`` for a strange one."""
    tracker = carriers.TRACKERS[carrier]
    body = request.body
    digest = hashlib.sha256(body).hexdigest()
    try:
        if len(body) > MOST_BYTES:
            raise BadSignature
        push = tracker.parse_push(request)
    except BadSignature:
        log.warning("push refused", carrier=carrier, digest=digest[:12])
        return tracker.answer(False)
    _take_in(carrier, push, digest)
    return tracker.answer(True)


@transaction.atomic
def _take_in(carrier, push, digest):
    kept, new = CarrierPush.objects.get_or_create(carrier=carrier, digest=digest)
    if not new:
        CarrierPush.objects.filter(pk=kept.pk).update(times=F("times") + 1)
        return
    kept.parcel = Parcel.objects.filter(carrier=push.carrier, waybill=push.waybill).exclude(status=Status.VOID).first()
    kept.outcome = "unknown-parcel"
    if kept.parcel:
        kept.outcome = "new" if apply_events(kept.parcel, push.scans) else "known"
        _correct_carrier(kept.parcel, push.carrier_really)
        if push.given_up:
            _follow_again(kept.parcel)
    kept.save(update_fields=["parcel", "outcome"])


def _correct_carrier(parcel, code):
    """The tracker knows better which carrier has the parcel, unless another parcel travels under that waybill."""
    if code not in carriers.CARRIERS or code == parcel.carrier:
        return
    same = Parcel.objects.filter(carrier=code, waybill=parcel.waybill).exclude(status=Status.VOID)
    if not same.exists():
        Parcel.objects.filter(pk=parcel.pk).update(carrier=code)


def _follow_again(parcel):
    """The tracker has given up because nothing was scanned; it may be asked again half an hour later, four times."""
    again = timezone.now() + AGAIN_AFTER
    TrackingSubscription.objects.filter(parcel=parcel, times__lt=MOST_SUBSCRIPTIONS).update(
        run_after=again, done_at=None, given_up_at=None, attempts=0
    )


def apply_events(parcel, events):
    """Keep the scans (``carriers.base.Scan``) that are new and bring the parcel in line; returns how many were new."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=parcel.order_id)
        parcel = Parcel.objects.select_for_update(of=("self",)).select_related("merchant").get(pk=parcel.pk)
        parcel.order = order
        known = set(parcel.events.values_list("at", "context"))
        fresh = {(scan.at, scan.context): scan for scan in events if (scan.at, scan.context) not in known}
        TrackingEvent.objects.bulk_create(TrackingEvent(parcel=parcel, **vars(scan)) for scan in fresh.values())
        if fresh:
            _bring_in_line(parcel)
        return len(fresh)


def _bring_in_line(parcel):
    scans = list(parcel.events.all())
    newest = max(scan.at for scan in scans)
    Parcel.objects.filter(pk=parcel.pk).update(last_event_at=newest)
    latest = max(scans, key=lambda scan: (RANK.get(scan.status, 2), scan.at, scan.status, scan.context))
    parcel.last_event_at = newest
    if latest.status != parcel.status and latest.status in parcels.MOVES.get(parcel.status, ()):
        changes = {"delivered_at": latest.at} if latest.status == Status.DELIVERED else {}
        facts = {"city": latest.city, "code": latest.code}
        parcels.move(parcel, latest.status, actor=StateLog.Actor.CARRIER, data=facts, **changes)
        if parcel.status == Status.DELIVERED and parcel.direction == Parcel.Direction.INBOUND:
            for hear in WHEN_RETURN_ARRIVED:
                hear(parcel)
    if latest.status == parcel.status and parcel.direction == Parcel.Direction.OUTBOUND:
        _tell(parcel, latest)
        if parcel.status == Status.DELIVERED:
            road.note_delivered(parcel.order)
    parcel_timers.watch_road(parcel)


def _tell(parcel, scan):
    """One message for each thing worth knowing: a new city, the courier, the signature, a problem."""
    kind = "parcel_at_station" if scan.code in AT_STATION else MESSAGES.get(scan.status)
    if kind is None:
        return
    once = {
        Status.IN_TRANSIT: f"in:{scan.city}",
        Status.EXCEPTION: f"exception:{scan.at:%y%m%d%H%M%S}",
        Status.OUT_FOR_DELIVERY: f"out:{timezone.localtime(scan.at):%y%m%d}",
    }
    key = f"parcel:{parcel.number}:{'station' if scan.code in AT_STATION else once.get(scan.status, scan.status)}"
    facts = {"number": parcel.order.number, "parcel": parcel.number, "city": scan.city}
    if scan.code in AT_STATION:
        facts["place"] = scan.context
    notify(parcel.order.user, kind, key=key, facts=facts, url=parcel.order.get_absolute_url())


def subscribe(subscription):
    """Performed by the worker: ask the tracker to tell us about a parcel."""
    parcel = subscription.parcel
    tracker = carriers.tracker()
    over = {Status.VOID, Status.DELIVERED, Status.RETURNED, Status.LOST}
    if tracker is None or parcel.status in over or subscription.times >= MOST_SUBSCRIPTIONS:
        return
    try:
        tracker.subscribe(parcel)
    except Unreachable as error:
        log.warning("not subscribed", parcel=parcel.number, error=str(error))
        raise TryLater(60) from error
    TrackingSubscription.objects.filter(pk=subscription.pk).update(times=F("times") + 1)
