"""The timers of a parcel and when they run (docs/domain.md 2.9); what they do is in ``orders.parcel_watch``."""

from datetime import timedelta

from orders import deadlines
from orders.models import Parcel

Status = Parcel.Status
PICKUP, STILL, LOST = "parcel_pickup", "parcel_still", "parcel_lost"
PICKUP_HOURS = 24
STILL_HOURS, STILL_HOURS_REMOTE = 72, 120
LOST_DAYS = 10
# Roads there are longer than three days without a scan.
REMOTE = {"新疆维吾尔自治区", "西藏自治区", "青海省", "内蒙古自治区", "宁夏回族自治区", "甘肃省", "海南省"}
MOVING = (Status.SHIPPED, Status.IN_TRANSIT, Status.OUT_FOR_DELIVERY)


def watch_packed(parcel):
    """A packed parcel ought to be handed over within a day."""
    deadlines.set_deadline(parcel, PICKUP, parcel.packed_at + timedelta(hours=PICKUP_HOURS))


def watch_road(parcel):
    """Start, move on or end the timers of a parcel that travels, by its last scan."""
    deadlines.cancel_deadlines(parcel, PICKUP)
    if parcel.status not in {*MOVING, Status.EXCEPTION}:
        deadlines.cancel_deadlines(parcel)
        return
    due = due_times(parcel)
    if parcel.status in MOVING:
        deadlines.set_deadline(parcel, STILL, due[STILL])
    deadlines.set_deadline(parcel, LOST, due[LOST])


def due_times(parcel):
    """When ``parcel`` counts as held up and as lost, by its last scan: kind → time."""
    since = parcel.last_event_at or parcel.shipped_at
    hours = STILL_HOURS_REMOTE if parcel.order.province in REMOTE else STILL_HOURS
    return {STILL: since + timedelta(hours=hours), LOST: since + timedelta(days=LOST_DAYS)}
