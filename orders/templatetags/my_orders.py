"""What the member page shows of orders: how many wait for what, and the parcel that moves."""

from django import template
from django.db.models import Count, Q

from orders.models import Order, Parcel

register = template.Library()

Status = Order.Status
UNPAID = (Status.PENDING_PAYMENT, Status.PENDING_DEPOSIT, Status.PENDING_BALANCE)
TO_SHIP = (Status.PAID, Status.PROCESSING, Status.PARTIALLY_SHIPPED)
TO_RECEIVE = (Status.SHIPPED, Status.DELIVERED)
MOVING = (
    Parcel.Status.SHIPPED,
    Parcel.Status.IN_TRANSIT,
    Parcel.Status.OUT_FOR_DELIVERY,
    Parcel.Status.EXCEPTION,
)


@register.simple_tag
def order_counts(user):
    """Numbers of ``user``'s orders: unpaid, to_ship, to_receive, to_review. One query."""
    return user.orders.filter(hidden_at=None).aggregate(
        unpaid=Count("pk", filter=Q(status__in=UNPAID)),
        to_ship=Count("pk", filter=Q(status__in=TO_SHIP)),
        to_receive=Count("pk", filter=Q(status__in=TO_RECEIVE)),
    )


@register.simple_tag
def moving_parcel(user):
    """The parcel of ``user`` that was scanned last and is still on its way, or None; with its order and newest event."""
    parcels = Parcel.objects.filter(order__user=user, direction=Parcel.Direction.OUTBOUND, status__in=MOVING)
    parcel = parcels.select_related("order").order_by("-last_event_at", "-shipped_at", "-pk").first()
    if parcel is not None:
        parcel.newest = parcel.events.order_by("-at", "-pk").first()
        line = parcel.lines.select_related("line__picture").order_by("pk").first()
        parcel.picture = line.line.picture if line else None
    return parcel
