"""The story of an order in words for people, read from its history; newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import StateLog
from catalog.money import yuan
from orders.models import HoldReview, Order, Parcel, PriceCut, Refund

ORDER, REFUND, HOLD = (model._meta.label_lower for model in (Order, Refund, HoldReview))
CUT, PARCEL = PriceCut._meta.label_lower, Parcel._meta.label_lower
WORDS = {
    (ORDER, "pending_payment"): gettext_lazy("The order was placed."),
    (ORDER, "pending_deposit"): gettext_lazy("The presale order was placed."),
    (ORDER, "deposit_paid"): gettext_lazy("The deposit arrived."),
    (ORDER, "pending_balance"): gettext_lazy("The balance can be paid."),
    (ORDER, "paid"): gettext_lazy("The payment arrived."),
    (ORDER, "processing"): gettext_lazy("The warehouse has the order."),
    (ORDER, "partially_shipped"): gettext_lazy("The first parcel is on its way."),
    (ORDER, "shipped"): gettext_lazy("Everything is on its way."),
    (ORDER, "delivered"): gettext_lazy("Everything was delivered."),
    (ORDER, "completed"): gettext_lazy("Receipt was confirmed."),
    (ORDER, "finished"): gettext_lazy("The return window is over; points are available."),
    (HOLD, "open"): gettext_lazy("We look at the order once more before it leaves."),
    (HOLD, "released"): gettext_lazy("All is in order; it goes to the warehouse."),
    (CUT, "applied"): gettext_lazy("The shop lowered the price by ¥%(amount)s."),
    (PARCEL, "lost"): gettext_lazy("A parcel was lost."),
    (PARCEL, "created"): gettext_lazy("What is missing is sent once more."),
    (REFUND, "requested"): gettext_lazy("A refund of ¥%(amount)s was asked for."),
    (REFUND, "approved"): gettext_lazy("A refund of ¥%(amount)s was approved."),
    (REFUND, "processing"): gettext_lazy("A refund was sent to the payment channel."),
    (REFUND, "succeeded"): gettext_lazy("The payment channel has refunded the money."),
    (REFUND, "cancelled"): gettext_lazy("A refund was withdrawn."),
}
EVENTS = {
    "address": gettext_lazy("The delivery address was changed."),
    "more_time": gettext_lazy("You took three more days to confirm receipt."),
}
CLOSED = {
    "buyer": gettext_lazy("You cancelled the order."),
    "timeout": gettext_lazy("The order closed because it was not paid in time."),
    "staff": gettext_lazy("The shop cancelled the order."),
    "risk": gettext_lazy("The order was stopped for safety."),
    "balance": gettext_lazy("The balance was not paid in time; the deposit stays with the shop."),
    "refunded": gettext_lazy("The order closed because everything was refunded."),
}


@dataclass(frozen=True)
class Entry:
    """One line of a timeline. ``headline`` may be empty."""

    headline: str
    text: str
    at: datetime


def of(order):
    """The ``Entry`` list of an order; what has no words for shoppers is left out."""
    rows = StateLog.objects.filter(about=order.about, entity__in=[ORDER, REFUND, HOLD, CUT, PARCEL]).order_by(
        "-at", "-pk"
    )
    entries = [Entry("", _words(row, order), row.at) for row in rows]
    return [entry for entry in entries if entry.text]


def _words(row, order):
    if row.data.get("event"):
        return str(EVENTS.get(row.data["event"], ""))
    if row.entity == ORDER and row.to_state == "closed":
        return str(CLOSED.get(order.close_reason, _("The order was closed.")))
    words = WORDS.get((row.entity, row.to_state), "")
    return str(words) % {"amount": yuan(row.data.get("amount_fen", 0))} if "%" in str(words) else str(words)
