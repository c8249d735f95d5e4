from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import AddressForm
from accounts.models import Address
from orders.address_changes import FIELDS


class OrderAddressForm(AddressForm):
    """The address of one order: checked like at checkout, kept in no address book; staff say why."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["is_default"]


class ReasonedAddressForm(OrderAddressForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)


def address_of(order):
    """The frozen address of ``order`` as an unsaved ``Address``, for a form to start with."""
    return Address(**{name: getattr(order, name) for name in FIELDS})
