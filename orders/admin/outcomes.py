"""Do what a form or a button of the desk asks for, and say to the person how it went."""

from django.contrib import messages
from django.utils.translation import gettext as _

from accounts.history import TransitionNotAllowed
from catalog.money import yuan
from catalog.stock import OutOfStock
from orders import lifecycle, parcel_changes, parcels, price_cuts, refunds, resends
from orders.admin.changes import why_no_cut
from orders.gateways.base import Refused, Unreachable
from orders.models import Parcel


def ship_by_form(parcel, form, user):
    """Ship ``parcel`` by a bound ``ShipForm``; returns the sentence that says why not, or "" when it is on its way."""
    if not form.is_valid():
        return " ".join(f"{parcel.number}: {error}" for errors in form.errors.values() for error in errors)
    try:
        parcels.ship(parcel, form.cleaned_data["carrier"], form.cleaned_data["waybill"], user)
    except parcels.WaybillTaken:
        return _("%(number)s: another parcel travels under this waybill.") % {"number": parcel.number}
    except (TransitionNotAllowed, parcels.BadWaybill):
        return _("%(number)s: it cannot be shipped any more.") % {"number": parcel.number}
    return ""


def divide_by_form(request, parcel, form):
    """Split or check in, and say how it went."""
    if not form.is_valid():
        messages.error(request, _("Nothing was done: the parcel does not hold so many."))
        return
    try:
        if parcel.status == Parcel.Status.PACKED:
            other = parcel_changes.split(parcel, form.wanted(), request.user)
            messages.success(request, _("Parcel %(number)s is packed.") % {"number": other.number})
        else:
            refunded = parcel_changes.check_in(parcel, request.user, form.wanted())
            amount = yuan(sum(refund.amount_fen for refund in refunded))
            messages.success(request, _("Checked in; ¥%(amount)s go back to the shopper.") % {"amount": amount})
    except parcel_changes.WrongUnits:
        messages.error(request, _("Nothing was done: choose some units, not all and not more than it holds."))
    except TransitionNotAllowed:
        messages.error(request, _("The order has moved on; nothing was done."))


def send_again_by_form(request, parcel, form):
    """Send units of a parcel once more, and say how it went."""
    if not form.is_valid():
        messages.error(request, _("Nothing was done: say how many, not more than may be sent again, and why."))
        return
    try:
        again = resends.send_again(parcel, by=request.user, wanted=form.wanted(), reason=form.cleaned_data["reason"])
    except resends.NothingToResend:
        messages.error(request, _("Nothing was done: choose at least one unit; the order may have moved on."))
    except OutOfStock:
        messages.error(request, _("Nothing was done: there are too few left in stock."))
    else:
        words = _("Parcel %(number)s waits to be packed; the shopper is told and pays nothing.")
        messages.success(request, words % {"number": again.number})


def perform(request, deed, target, reason):
    """Do it and say how it went."""
    try:
        deed.run(target, request.user, reason)
    except (refunds.SamePerson, price_cuts.SamePerson):
        messages.error(request, _("A second person has to do this."))
    except lifecycle.ChannelBusy:
        messages.error(request, _("A payment is still open at its channel. Try again in a minute."))
    except TransitionNotAllowed:
        messages.error(request, _("The order has moved on; nothing was done."))
    except price_cuts.CutRefused as refusal:
        messages.error(request, why_no_cut(refusal))
    except (Refused, Unreachable):
        messages.error(request, _("The channel does not answer just now."))
    else:
        messages.success(request, str(deed.done_of(target)))
