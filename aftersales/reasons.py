"""Why goods come back. The reason decides the kind of request, who is at fault, the window and whether photos are needed."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from aftersales.models import ReturnRequest

Kind, Fault = ReturnRequest.Kind, ReturnRequest.Fault
NO_REASON, QUALITY, ANY_TIME = "no_reason", "quality", "any_time"


@dataclass(frozen=True)
class Reason:
    code: str
    label: str
    kind: str
    fault: str
    window: str = ANY_TIME
    needs_photo: bool = False


REASONS = {
    reason.code: reason
    for reason in (
        Reason("mistake", _("Ordered by mistake"), Kind.CANCEL_PAID, Fault.BUYER),
        Reason("not_needed", _("No longer needed"), Kind.CANCEL_PAID, Fault.BUYER),
        Reason("too_slow", _("It takes too long"), Kind.CANCEL_PAID, Fault.MERCHANT),
        Reason("not_received", _("The parcel did not arrive"), Kind.REFUND_ONLY, Fault.CARRIER),
        Reason("no_reason", _("No-reason return"), Kind.RETURN_REFUND, Fault.BUYER, NO_REASON),
        Reason("unsuitable", _("Size or colour does not suit"), Kind.RETURN_REFUND, Fault.BUYER, NO_REASON),
        Reason("damaged", _("Arrived broken"), Kind.RETURN_REFUND, Fault.CARRIER, QUALITY, needs_photo=True),
        Reason("defect", _("Faulty or does not work"), Kind.RETURN_REFUND, Fault.MERCHANT, QUALITY, needs_photo=True),
        Reason(
            "not_as_described", _("Not as described"), Kind.RETURN_REFUND, Fault.MERCHANT, QUALITY, needs_photo=True
        ),
        Reason("wrong_item", _("Wrong item sent"), Kind.RETURN_REFUND, Fault.MERCHANT, QUALITY, needs_photo=True),
    )
}


def label_of(code):
    """A reason in words; its code when it is not in the list (any more)."""
    return REASONS[code].label if code in REASONS else code


# Why the shop refuses, for staff to choose from; the words they add say the rest.
REFUSALS = {
    "used": _("The goods were used"),
    "out_of_window": _("The time for returns is over"),
    "no_proof": _("The photos do not show the problem"),
    "agreed_otherwise": _("Agreed otherwise with the shopper"),
    "other": _("Another reason"),
}
