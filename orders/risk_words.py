"""The reasons of ``orders.risk`` in words: for staff with their figures, for the shopper without."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.money import yuan

FOR_STAFF = {
    "many_orders": gettext_lazy("%(count)s orders of this shopper within %(minutes)s minutes (at most %(most)s)"),
    "many_orders_of_device": gettext_lazy("%(count)s orders from this device within %(minutes)s minutes (at most %(most)s)"),
    "many_orders_to_address": gettext_lazy("%(count)s orders to this address within %(minutes)s minutes (at most %(most)s)"),
    "many_attempts": gettext_lazy("%(count)s payment attempts within %(minutes)s minutes (at most %(most)s)"),
    "failed_payments": gettext_lazy("%(count)s failed payments within %(minutes)s minutes (at most %(most)s)"),
    "first_order": gettext_lazy("First order, and ¥%(amount)s (looked at from ¥%(from)s on)"),
    "new_device": gettext_lazy("A device that this shopper never paid from, and ¥%(amount)s (asked from ¥%(from)s on)"),
    "strange_region": gettext_lazy(
        "A province that this shopper never had goods sent to, and ¥%(amount)s (asked from ¥%(from)s on)"
    ),
    "cannot_ask": gettext_lazy("The shopper has neither a payment password nor a proved mobile number to be asked by"),
}  # fmt: skip
FOR_SHOPPER = {
    "many_attempts": gettext_lazy("There were many attempts to pay within a short time."),
    "failed_payments": gettext_lazy("Several payments did not work."),
    "new_device": gettext_lazy("You have not paid from this device before."),
    "strange_region": gettext_lazy("The parcel goes to a province that is new for you."),
}


def for_staff(reasons):
    """One sentence a reason of a row's ``reasons``."""
    return [_worded(reason["code"], reason.get("facts", {})) for reason in reasons]


def for_shopper(reasons):
    return [str(FOR_SHOPPER[reason["code"]]) for reason in reasons if reason["code"] in FOR_SHOPPER]


def _worded(code, facts):
    amounts = {"amount": yuan(facts.get("amount_fen", 0)), "from": yuan(facts.get("from_fen", 0))}
    words = FOR_STAFF.get(code)
    return str(words) % (facts | amounts) if words else _("Another reason (%(code)s)") % {"code": code}
