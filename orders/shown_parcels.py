"""The parcels that the page of an order shows, each with its scans, and until when what is still to come was promised."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

from orders import lost_parcels, timeline
from orders.carriers import name_of
from orders.models import Order, Parcel

Status = Order.Status


@dataclass
class ShownParcel:
    """A parcel with its scans, newest first."""

    parcel: Parcel
    number: int
    carrier: str
    scans: list
    offer: object = None  # a lost_parcels.Offer
    stands_for: int = 0  # the number on the page of the parcel that this one is sent again for


def parcels_of(order):
    """The parcels to the shopper that exist for them: no void ones."""
    outbound = Parcel.objects.filter(order=order, direction=Parcel.Direction.OUTBOUND).exclude(
        status=Parcel.Status.VOID
    )
    shown, numbers = [], {}
    for number, parcel in enumerate(outbound.prefetch_related("events", "lines__line").order_by("pk"), 1):
        scans = [timeline.Entry("", event.context, event.at) for event in parcel.events.all()]
        if scans:
            scans[0] = timeline.Entry(capfirst(parcel.get_status_display()), scans[0].text, scans[0].at)
        numbers[parcel.pk], parcel.order = number, order
        carrier = str(name_of(parcel.carrier)) if parcel.carrier else ""
        offer, first = lost_parcels.offer_for(parcel), numbers.get(parcel.resend_of_id, 0)
        shown.append(ShownParcel(parcel, number, carrier, scans, offer, first))
    return shown


def promises(order):
    """(merchant, sent by, there by, all sent, first day of a pre-sale or "") for each part of a paid order that is on."""
    if order.status in {Status.CLOSED, Status.DELIVERED, Status.COMPLETED, Status.FINISHED}:
        return []
    waiting = {line.merchant_id for line in order.lines.all() if line.waiting_quantity}
    rows = order.parts.select_related("merchant")
    return [
        (
            part.merchant,
            date_format(localtime(part.ship_by), "MONTH_DAY_FORMAT"),
            date_format(part.arrive_by, "MONTH_DAY_FORMAT"),
            part.merchant_id not in waiting,
            date_format(part.presale_on, "MONTH_DAY_FORMAT") if part.presale_on else "",
        )
        for part in rows
    ]
