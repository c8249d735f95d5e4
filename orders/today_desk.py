"""The cards of the back office that are about parcels and refunds; ``orders.today`` puts them beside its own."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Merchant
from accounts.roles import is_global
from accounts.today_card import narrowed, waiting
from orders import late_parts, packing_queue, resends
from orders.models import Difference, HoldReview, Order, Parcel, Refund


def desk_cards(user):
    """Orders to pack, parcels to ship, parcels held up, refunds that wait for a second person."""
    makers = []
    if user.has_perm("orders.change_parcel"):
        makers += [partial(maker, user) for maker in (_late, _to_pack, _to_ship, _to_send_again, _held_up)]
    if is_global(user):
        rights = (("approve_refund", _to_approve), ("change_holdreview", _held), ("change_difference", _differences))
        makers += [maker for right, maker in rights if user.has_perm(f"orders.{right}")]
    return [maker() for maker in makers]


def queue_url(name):
    """The address of the list of orders that is the queue ``name``."""
    return f"{reverse('admin:orders_order_changelist')}?queue={name}"


def _held():
    return waiting(
        HoldReview.objects.filter(status=HoldReview.Status.OPEN),
        since="held_at",
        key="orders-held",
        title=_("Held by risk rules"),
        url=queue_url("held"),
        order=9,
        urgent_after_hours=4,
    )


def _differences():
    return waiting(
        Difference.objects.filter(status__in=[Difference.Status.OPEN, Difference.Status.PROPOSED]),
        since="found_at",
        key="bill-differences",
        title=_("Differences with channels"),
        url=reverse("admin:orders_difference_changelist") + "?queue=open",
        order=16,
        urgent_after_hours=24,
    )


def _merchants(user):
    return None if is_global(user) else Merchant.objects.staffed_by(user)


def _late(user):
    return waiting(
        late_parts.late(narrowed(Order.objects.all(), user, "lines__merchant"), _merchants(user)),
        since="paid_at",
        key="orders-late",
        title=_("Sent too late"),
        url=queue_url("late"),
        order=11,
        urgent_after_hours=1,
    )


def _to_pack(user):
    return waiting(
        packing_queue.to_pack(Order.objects.all(), _merchants(user)),
        since="paid_at",
        key="orders-to-pack",
        title=_("To pack"),
        url=queue_url("to_pack"),
        order=12,
        urgent_after_hours=48,
    )


def _to_ship(user):
    boxes = Parcel.objects.filter(status=Parcel.Status.PACKED, direction=Parcel.Direction.OUTBOUND)
    return waiting(
        narrowed(boxes, user),
        since="packed_at",
        key="parcels-to-ship",
        title=_("Packed, to ship"),
        url=reverse("admin:orders_parcel_shipping"),
        order=13,
        urgent_after_hours=24,
    )


def _to_send_again(user):
    boxes = Parcel.objects.filter(status__in=resends.TO_SEND).exclude(resend_of=None)
    return waiting(
        narrowed(boxes, user),
        since="created_at",
        key="parcels-to-send-again",
        title=_("To send again"),
        url=queue_url("to_send_again"),
        order=13,
        urgent_after_hours=resends.SHIP_HOURS,
    )


def _held_up(user):
    state = Parcel.Status.EXCEPTION
    boxes = Parcel.objects.filter(status=state, direction=Parcel.Direction.OUTBOUND)
    return waiting(
        narrowed(boxes, user),
        since="packed_at",
        key="parcels-held-up",
        title=_("Parcels held up"),
        url=f"{reverse('admin:orders_parcel_changelist')}?status__exact={state}",
        order=14,
        urgent_after_hours=24,
    )


def _to_approve():
    return waiting(
        Refund.objects.filter(status=Refund.Status.REQUESTED),
        since="created_at",
        key="refunds-to-approve",
        title=_("Refunds to approve"),
        url=queue_url("refunds"),
        order=15,
        urgent_after_hours=24,
    )
