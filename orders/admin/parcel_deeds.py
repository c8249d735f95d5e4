"""What staff may do to a parcel on the page of its order."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders import parcel_changes, parcel_watch, parcels
from orders.admin.deed import Deed
from orders.models import Parcel

PARCEL_DEEDS = (
    Deed(
        "packed-again",
        gettext_lazy("It is packed"),
        "orders.change_parcel",
        run=lambda parcel, by, reason: parcels.packed_again(parcel, by=by),
        lawful=lambda parcel: bool(parcel.resend_of_id) and parcel.status == Parcel.Status.CREATED,
        on="parcel",
        done=gettext_lazy("Packed: it can be handed to the carrier."),
    ),
    Deed(
        "void",
        gettext_lazy("Unpack"),
        "orders.change_parcel",
        run=lambda parcel, by, reason: parcels.void(parcel, by=by, reason=reason),
        lawful=lambda parcel: parcel.status in {Parcel.Status.CREATED, Parcel.Status.PACKED},
        on="parcel",
        done=gettext_lazy("The parcel is void; its units wait to be packed again."),
    ),
    Deed(
        "merge",
        gettext_lazy("Put the other packed parcels into this one"),
        "orders.change_parcel",
        run=lambda parcel, by, reason: parcel_changes.merge(parcel, by),
        lawful=lambda parcel: (
            parcel.status == Parcel.Status.PACKED
            and not parcel.resend_of_id
            and parcel.direction == Parcel.Direction.OUTBOUND
            and parcel_changes.same_place(parcel).exists()
        ),
        on="parcel",
        done=gettext_lazy("One parcel now; the others are void."),
    ),
    Deed(
        "lost",
        gettext_lazy("Declare lost"),
        "orders.change_parcel",
        run=lambda parcel, by, reason: parcel_watch.declare_lost(parcel, by=by, reason=reason),
        lawful=lambda parcel: parcel.status in {Parcel.Status.EXCEPTION, Parcel.Status.RETURNING},
        on="parcel",
        question=lambda parcel: (
            _("Parcel %(number)s will not come. The shopper is told to ask for a refund.") % {"number": parcel.number}
        ),
        done=gettext_lazy("The parcel is lost; the shopper was told what they may ask for."),
    ),
)
