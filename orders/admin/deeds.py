"""What staff may do to an order on its page: each deed with its permission, its guard and what it says before
money moves.

The page offers a deed only while it is lawful, and the rules refuse it all the same when the order has moved on
meanwhile.
"""

from orders.admin.money_deeds import MONEY_DEEDS
from orders.admin.order_deeds import ORDER_DEEDS
from orders.admin.parcel_deeds import PARCEL_DEEDS
from orders.models import Parcel, Payment, PriceCut, Refund

DEEDS = {deed.name: deed for deed in (*ORDER_DEEDS, *PARCEL_DEEDS, *MONEY_DEEDS)}
MODELS = {"cut": PriceCut, "parcel": Parcel, "payment": Payment, "refund": Refund}


def offered(target, user, on):
    """The deeds that ``user`` may do to ``target`` now."""
    return [
        deed
        for deed in DEEDS.values()
        if deed.on == on
        and user.has_perm(deed.permission)
        and deed.lawful(target)
        and not _by_the_same(deed, target, user)
    ]


def _by_the_same(deed, target, user):
    """Two signatures are two people."""
    if deed.name == "give-cut":
        return target.proposed_by_id == user.pk
    return (deed.name == "approve" and target.requested_by_id == user.pk) or (
        deed.name == "confirm-bank" and target.approved_by_id == user.pk
    )
