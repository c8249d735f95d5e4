"""Another address for an order of which nothing is packed, by its shopper or by staff with a reason.

What was paid does not change: fees and regional offers were agreed for the province, so the new address lies in the same
one; to send it elsewhere the order is cancelled and placed again. An order that is held for review is changed by staff
only. The history says which fields changed and never what they say.
"""

from django.db import transaction

from accounts import history
from accounts.models import StateLog
from accounts.notifications import notify
from orders import risk_holds
from orders.models import Order, Parcel

FIELDS = ("receiver", "phone", "detail", "region_code", "province", "city", "district")
CHANGEABLE = (Order.Status.PENDING_PAYMENT, Order.Status.PAID, Order.Status.PROCESSING)


class AddressFixed(Exception):
    """It is too late: something is packed, the order is over, or it is held and a shopper asks."""


class OtherProvince(Exception):
    """The new address lies in another province than the one that the fee was agreed for."""


def may_change(order, *, staff=False):
    """Whether the address of ``order`` can be changed now."""
    if order.status not in CHANGEABLE or (not staff and risk_holds.is_held(order)):
        return False
    return not Parcel.objects.filter(order=order).exclude(status=Parcel.Status.VOID).exists()


def change(order, fields, *, by, reason=""):
    """Send ``order`` to the checked address ``fields`` (``AddressForm.address_fields``).

    Returns whether anything changed. Raises ``AddressFixed`` and ``OtherProvince``.
    """
    mine = by.pk == order.user_id
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if not may_change(locked, staff=not mine):
            raise AddressFixed
        if fields["region_code"][:2] != locked.region_code[:2]:
            raise OtherProvince
        changed = [name for name in FIELDS if getattr(locked, name) != fields[name]]
        if not changed:
            return False
        for name in changed:
            setattr(locked, name, fields[name])
        locked.save(update_fields=changed)
        log = history.record(
            locked,
            about=locked.about,
            from_state=locked.status,
            to=locked.status,
            by=by,
            actor=StateLog.Actor.BUYER if mine else StateLog.Actor.STAFF,
            reason=reason,
            data={"event": "address", "fields": changed},
        )
        if not mine:
            key, facts = f"{locked.about}:address:{log.pk}", {"number": locked.number}
            notify(locked.user, "order_readdressed", key=key, facts=facts, url=locked.get_absolute_url())
    order.refresh_from_db()
    return True
