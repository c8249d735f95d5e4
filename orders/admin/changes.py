"""What staff change about an order on its desk: the price, the address, and which messages go out once more."""

from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.access_log import log_reading
from accounts.roles import is_global
from catalog.money import yuan
from orders import address_changes, lifecycle, price_cuts, resending
from orders.admin import queues
from orders.admin.forms import CutForm
from orders.forms.address import ReasonedAddressForm, address_of


class OrderChanges:
    """The views of ``OrderAdmin`` that change an order of the whole shop; merchants' staff have none of them."""

    def _whole_order(self, request, pk):
        order = self._order(request, pk, "orders.change_order")
        if order is not None and not is_global(request.user):
            raise Http404
        return order

    def lower_price(self, request, pk):
        order = self._whole_order(request, pk)
        if order is None:
            return HttpResponseNotAllowed(["POST"])
        form = CutForm(request.POST, order=order)
        if not form.is_valid():
            return self._page(request, order, status=422, cut_form=form)
        fen, line = form.cleaned_data["fen"], form.cleaned_data["line"]
        try:
            if not request.POST.get("confirmed"):
                return self._ask_price(request, order, form, price_cuts.preview(order, fen, line))
            cut = price_cuts.give(order, fen, by=request.user, reason=form.cleaned_data["reason"], line=line)
        except price_cuts.CutRefused as refusal:
            form.add_error("fen", why_no_cut(refusal))
            return self._page(request, order, status=422, cut_form=form)
        except lifecycle.ChannelBusy:
            messages.error(request, _("A payment is still open at its channel. Try again in a minute."))
            return self._back(request, order)
        _tell_cut(request, cut)
        return self._back(request, order)

    def _ask_price(self, request, order, form, shares):
        fen = form.cleaned_data["fen"]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Lower the price"),
            "order": order,
            "form": form,
            "shares": shares,
            "after_fen": order.payable_fen - fen,
            "keep": queues.keep(request),
            "needs_second": price_cuts.given_fen(order) + fen > price_cuts.alone_fen(request.user),
        }
        return TemplateResponse(request, "admin/orders/order/price.html", context)

    def change_address(self, request, pk):
        order = self._whole_order(request, pk)
        if order is None:
            return HttpResponseNotAllowed(["POST"])
        if not address_changes.may_change(order, staff=True):
            messages.error(request, _("The order has moved on; nothing was done."))
            return self._back(request, order)
        if "detail" not in request.POST:
            log_reading(request.user, subject=order.about, fields=["address"], reason=_("address change"))
            return self._show_address(request, order, ReasonedAddressForm(address=address_of(order)))
        if again := ReasonedAddressForm.at_step(request.POST):
            return self._show_address(request, order, again)
        form = ReasonedAddressForm(request.POST)
        if not form.is_valid():
            return self._show_address(request, order, form, status=422)
        return self._readdress(request, order, form)

    def _readdress(self, request, order, form):
        reason = form.cleaned_data["reason"]
        try:
            changed = address_changes.change(order, form.address_fields, by=request.user, reason=reason)
        except address_changes.OtherProvince:
            form.add_error("province", _("Only within the same province: the delivery fee was agreed for it."))
            return self._show_address(request, order, form, status=422)
        except address_changes.AddressFixed:
            messages.error(request, _("The order has moved on; nothing was done."))
        else:
            words = _("The address is changed; the shopper is told.") if changed else _("It is the same address.")
            messages.success(request, words)
        return self._back(request, order)

    def _show_address(self, request, order, form, status=200):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Change the address"),
            "order": order,
            "keep": queues.keep(request),
            "form": form,
        }
        return TemplateResponse(request, "admin/orders/order/address.html", context, status=status)

    def tell_again(self, request, pk, message):
        order = self._whole_order(request, pk)
        if order is None:
            return HttpResponseNotAllowed(["POST"])
        chosen = next((one for one in resending.told(order) if one.pk == message), None)
        if chosen is None:
            raise Http404
        try:
            resending.again(order, chosen, by=request.user)
        except resending.TooOften:
            messages.error(request, _("This message went out three times within a day; that is enough."))
        else:
            messages.success(request, _("Sent again: %(subject)s") % {"subject": chosen.subject})
        return self._back(request, order)


def _tell_cut(request, cut):
    if cut.status == cut.Status.PROPOSED:
        messages.warning(request, _("Above your limit: a second person has to approve it."))
    else:
        messages.success(request, _("The reduction is given; the shopper is told."))


def why_no_cut(refusal):
    """A ``price_cuts.CutRefused`` in words."""
    if isinstance(refusal, price_cuts.TooMuch):
        return _("At most ¥%(most)s: nothing costs less than nothing.") % {"most": yuan(refusal.most_fen)}
    if isinstance(refusal, price_cuts.OneWaits):
        return _("Another reduction waits for a second person; decide about it first.")
    if isinstance(refusal, price_cuts.PriceMoved):
        return _("The price has changed meanwhile. Please look at it once more.")
    return _("The order does not wait for money any more.")
