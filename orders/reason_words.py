"""Reasons as history and refunds keep them, in words for staff. What is no code was written by a person, and stays."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import Order

# Why shoppers cancel, for them to choose from.
OF_CANCELLING = [
    ("changed_mind", gettext_lazy("I do not need it any more")),
    ("wrong_choice", gettext_lazy("I chose the wrong item or quantity")),
    ("wrong_address", gettext_lazy("The address or phone number is wrong")),
    ("payment", gettext_lazy("I cannot pay")),
    ("other", gettext_lazy("Another reason")),
]
MERGED = "merged into "
WORDS = {
    **dict(OF_CANCELLING),
    **dict(Order.CloseReason.choices),
    "unapplied": gettext_lazy("the order did not take this payment"),
    "came back": gettext_lazy("the parcel came back"),
    "compensation": gettext_lazy("compensation"),
    "title": gettext_lazy("the issuer refuses the title or the tax number"),
    "no answer": gettext_lazy("the issuer does not answer"),
    "amounts": gettext_lazy("the amounts do not add up"),
    "not handed over in time": gettext_lazy("not handed over to the carrier in time"),
    "not sent in time": gettext_lazy("not sent in time"),
    "not there in time": gettext_lazy("not there in time"),
    "not sent again in time": gettext_lazy("not sent again in time"),
    "not sent again within a week": gettext_lazy("not sent again within a week"),
    "no scan for days": gettext_lazy("no scan for days"),
    "no scan for ten days": gettext_lazy("no scan for ten days"),
    "One attempt was paid a second time; this money goes back.": gettext_lazy(
        "One attempt was paid a second time; this money goes back."
    ),
    "The channel reports a payment that does not fit; it is held.": gettext_lazy(
        "The channel reports a payment that does not fit; it is held."
    ),
}


def register(words):
    """More of them: {code: text} of an app that asks for refunds."""
    WORDS.update(words)


def words_of(reason):
    """A reason in words."""
    if reason.startswith(MERGED):
        return _("put into parcel %(number)s") % {"number": reason.removeprefix(MERGED)}
    return str(WORDS.get(reason, reason))
