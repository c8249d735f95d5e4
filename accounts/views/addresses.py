"""The address book of the signed-in person; and the selects of a region, which checkout uses too."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts import addresses
from accounts.forms import AddressForm
from accounts.rate_limit import allow


@require_safe
@login_required
def book(request):
    context = {"addresses": request.user.addresses.all(), "most": addresses.MOST}
    return render(request, "accounts/addresses.html", context)


@login_required
def new(request):
    return _edit(request, None)


@login_required
def edit(request, pk):
    return _edit(request, get_object_or_404(request.user.addresses, pk=pk))


def _edit(request, address):
    if request.method != "POST":
        return _show(request, AddressForm(address=address))
    if again := _step(request, address):
        return _show(request, again)
    form = AddressForm(request.POST, address=address)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        form.save(request.user)
    except addresses.TooManyAddresses:
        form.add_error(None, _("Your address book is full: it holds %(most)d addresses.") % {"most": addresses.MOST})
        return _show(request, form, status=422)
    messages.success(request, _("The address is saved."))
    return redirect("addresses")


def _step(request, address):
    """The form with the next select, or with what was read from a pasted text; None when the post is no such step."""
    if request.POST.get("step") == "paste" and not allow(f"paste:{request.user.pk}", 30, 60):
        messages.warning(request, _("Too many tries. Please wait a minute, or fill in the fields."))
        return AddressForm(
            address=address, initial={name: request.POST.get(name, "") for name in AddressForm.base_fields}
        )
    return AddressForm.at_step(request.POST, address=address)


def _show(request, form, *, status=200):
    return render(request, "accounts/address.html", {"form": form, "address": form.address}, status=status)


@login_required
def deletion(request, pk):
    address = get_object_or_404(request.user.addresses, pk=pk)
    if request.method != "POST":
        return render(request, "accounts/address_deletion.html", {"address": address})
    addresses.delete(address)
    messages.success(request, _("The address is deleted."))
    return redirect("addresses")


@require_POST
@login_required
def default(request, pk):
    addresses.make_default(get_object_or_404(request.user.addresses, pk=pk))
    messages.success(request, _("This is your default address now."))
    return redirect("addresses")


@require_GET
def region_choices(request):
    """The fieldset of selects after one was changed; no personal data in or out. ``prefix`` is the form's."""
    prefix = request.GET.get("prefix", "")[:20] or None
    probe = AddressForm(prefix=prefix)
    chosen = {level: request.GET.get(probe.add_prefix(level), "") for level in ("province", "city", "district")}
    return render(request, "accounts/_region.html", {"form": AddressForm(prefix=prefix, initial=chosen)})
