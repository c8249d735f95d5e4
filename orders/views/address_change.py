from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders import address_changes
from orders.forms.address import OrderAddressForm, address_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order_address(request, number):
    """The shopper sends an order that is not packed yet to another address of the same province."""
    mine = get_object_or_404(request.user.orders, number=number)
    if not address_changes.may_change(mine):
        messages.error(request, _("The address can no longer be changed. Please ask our service."))
        return redirect("order", mine.number)
    if request.method != "POST":
        return _show(request, mine, OrderAddressForm(address=address_of(mine)))
    if again := OrderAddressForm.at_step(request.POST):
        return _show(request, mine, again)
    form = OrderAddressForm(request.POST)
    if not form.is_valid():
        return _show(request, mine, form, status=422)
    return _change(request, mine, form)


def _change(request, order, form):
    try:
        changed = address_changes.change(order, form.address_fields, by=request.user)
    except address_changes.OtherProvince:
        form.add_error("province", _("Only within the same province: the delivery fee was agreed for it."))
        return _show(request, order, form, status=422)
    except address_changes.AddressFixed:
        messages.error(request, _("The address can no longer be changed. Please ask our service."))
    else:
        messages.success(request, _("The address is changed.") if changed else _("It is the same address as before."))
    return redirect("order", order.number)


def _show(request, order, form, *, status=200):
    return render(request, "orders/orders/address.html", {"form": form, "order": order}, status=status)
