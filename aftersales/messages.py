"""What a shopper is told about requests."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications import INBOX, Kind, notify, register
from catalog.money import yuan

register(
    return_submitted=Kind(
        _("We have your request %(number)s"),
        _("The merchant answers within 48 hours; without an answer it counts as approved."),
        channels=(INBOX,),
    ),
    return_approved=Kind(
        _("Your return %(number)s is approved"),
        _("Please send the goods within 7 days and enter the waybill on the page of the return."),
    ),
    return_rejected=Kind(
        _("Your request %(number)s was rejected"),
        _("The page of the return says why. You can ask again or write to us within 7 days."),
    ),
    return_received=Kind(
        _("Your return %(number)s has arrived"),
        _("The goods are being inspected; this takes at most 48 hours."),
    ),
    return_partly_accepted=Kind(
        _("Not all of return %(number)s was accepted"),
        _("The page of the return says what was found and why. Accepted goods are refunded."),
    ),
    return_refunding=Kind(
        _("The refund for %(number)s is on its way"),
        _("¥%(amount)s go back the way they came; most channels take 1 to 3 working days."),
        channels=(INBOX,),
    ),
    return_completed=Kind(
        _("Return %(number)s is done"),
        _("¥%(amount)s were refunded. Points you used for these goods are back."),
    ),
    return_postage=Kind(
        _("The postage of return %(number)s is on its way"),
        _("We pay you the ¥%(amount)s that sending it back cost, by bank and apart from the refund."),
    ),
    return_closed=Kind(
        _("Return %(number)s is closed"),
        _("The page of the return says why. If something is still wrong, write to us there."),
    ),
    return_message=Kind(
        _("A message about return %(number)s"),
        _("The shop has written to you on the page of the return."),
    ),
)


def tell(asked, kind, *, part=""):
    """One message for each kind, request and ``part``."""
    amount = sum(line.cash_fen + line.shipping_fen for line in asked.lines.all())
    notify(
        asked.user,
        kind,
        key=f"{asked.about}:{kind}:{part}",
        facts={"number": asked.number, "amount": yuan(amount)},
        url=asked.get_absolute_url(),
    )


def tell_postage(postage):
    """Once for each request."""
    asked = postage.request
    facts = {"number": asked.number, "amount": yuan(postage.amount_fen)}
    notify(asked.user, "return_postage", key=f"{asked.about}:postage", facts=facts, url=asked.get_absolute_url())
