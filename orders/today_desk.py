"""The cards of the back office that are about parcels and refunds; ``orders.today`` puts them beside its own."""

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Merchant
from accounts.roles import is_global
from accounts.today_card import Card
from orders import late_parts, resends
from orders.models import Difference, HoldReview, Order, Parcel, Refund
from orders.parcels import PACKABLE


def desk_cards(user):
    """Orders to pack, parcels to ship, parcels held up, refunds that wait for a second person."""
    cards = []
    if user.has_perm("orders.change_parcel"):
        cards += [
            _late(user),
            _to_pack(user),
            _parcels(user, "parcels-to-ship", _("Packed, to ship"), Parcel.Status.PACKED, 13, 24),
        ]
        cards.append(_to_send_again(user))
        cards.append(_parcels(user, "parcels-held-up", _("Parcels held up"), Parcel.Status.EXCEPTION, 14, 24))
    if user.has_perm("orders.approve_refund") and is_global(user):
        cards.append(_to_approve(user))
    if user.has_perm("orders.change_holdreview") and is_global(user):
        cards.append(_held())
    if user.has_perm("orders.change_difference") and is_global(user):
        cards.append(_differences())
    return cards


def _held():
    facts = HoldReview.objects.filter(status=HoldReview.Status.OPEN).aggregate(count=Count("pk"), oldest=Min("held_at"))
    return Card(
        key="orders-held",
        title=_("Held by risk rules"),
        count=facts["count"],
        url=reverse("admin:orders_order_changelist") + "?queue=held",
        oldest_at=facts["oldest"],
        order=9,
        urgent_after_hours=4,
    )


def _differences():
    found = Difference.objects.filter(status__in=[Difference.Status.OPEN, Difference.Status.PROPOSED])
    facts = found.aggregate(count=Count("pk"), oldest=Min("found_at"))
    return Card(
        key="bill-differences",
        title=_("Differences with channels"),
        count=facts["count"],
        url=reverse("admin:orders_difference_changelist") + "?queue=open",
        oldest_at=facts["oldest"],
        order=16,
        urgent_after_hours=24,
    )


def _late(user):
    found = late_parts.late(Order.objects.all())
    if not is_global(user):
        found = found.of_merchants(Merchant.objects.staffed_by(user))
    facts = found.aggregate(count=Count("pk", distinct=True), oldest=Min("paid_at"))
    return Card(
        key="orders-late",
        title=_("Sent too late"),
        count=facts["count"],
        url=reverse("admin:orders_order_changelist") + "?queue=late",
        oldest_at=facts["oldest"],
        order=11,
        urgent_after_hours=1,
    )


def _to_pack(user):
    found = Order.objects.filter(status__in=PACKABLE).exclude(
        Exists(Parcel.objects.filter(order=OuterRef("pk"), status=Parcel.Status.PACKED, resend_of=None))
    )
    if not is_global(user):
        found = found.of_merchants(Merchant.objects.staffed_by(user))
    facts = found.aggregate(count=Count("pk", distinct=True), oldest=Min("paid_at"))
    return Card(
        key="orders-to-pack",
        title=_("To pack"),
        count=facts["count"],
        url=reverse("admin:orders_order_changelist") + "?queue=to_pack",
        oldest_at=facts["oldest"],
        order=12,
        urgent_after_hours=48,
    )


def _parcels(user, key, title, status, order, hours):
    found = Parcel.objects.filter(status=status, direction=Parcel.Direction.OUTBOUND)
    if not is_global(user):
        found = found.filter(merchant__in=Merchant.objects.staffed_by(user))
    facts = found.aggregate(count=Count("pk"), oldest=Min("packed_at"))
    desk = reverse("admin:orders_parcel_shipping")
    url = (
        desk
        if status == Parcel.Status.PACKED
        else f"{reverse('admin:orders_parcel_changelist')}?status__exact={status}"
    )
    return Card(
        key=key,
        title=title,
        count=facts["count"],
        url=url,
        oldest_at=facts["oldest"],
        order=order,
        urgent_after_hours=hours,
    )


def _to_send_again(user):
    found = Parcel.objects.filter(status__in=resends.TO_SEND).exclude(resend_of=None)
    if not is_global(user):
        found = found.filter(merchant__in=Merchant.objects.staffed_by(user))
    facts = found.aggregate(count=Count("pk"), oldest=Min("created_at"))
    return Card(
        key="parcels-to-send-again",
        title=_("To send again"),
        count=facts["count"],
        url=reverse("admin:orders_order_changelist") + "?queue=to_send_again",
        oldest_at=facts["oldest"],
        order=13,
        urgent_after_hours=resends.SHIP_HOURS,
    )


def _to_approve(user):
    facts = Refund.objects.filter(status=Refund.Status.REQUESTED).aggregate(count=Count("pk"), oldest=Min("created_at"))
    return Card(
        key="refunds-to-approve",
        title=_("Refunds to approve"),
        count=facts["count"],
        url=reverse("admin:orders_order_changelist") + "?queue=refunds",
        oldest_at=facts["oldest"],
        order=15,
        urgent_after_hours=24,
    )
