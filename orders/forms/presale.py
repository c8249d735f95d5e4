import secrets

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from orders.forms.coupons import CouponForm
from orders.freezing import needs_confirmation

MOST = 9


class PresaleForm(forms.Form):
    """Everything that ordering with a deposit asks. ``key``, ``seen`` and ``version`` say what the page showed."""

    key = forms.CharField(widget=forms.HiddenInput, validators=[RegexValidator(r"^[\w-]{16,64}$")])
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**12)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**18)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=MOST, initial=1)
    address = forms.ChoiceField(label=_("Delivery address"), widget=forms.RadioSelect)
    agreed = forms.BooleanField(
        label=_("I know that the deposit is not returned when I do not pay the balance in time."),
        error_messages={"required": _("Please confirm that you know what happens to the deposit.")},
    )
    confirmed = forms.BooleanField(
        label=_("I know that this item cannot be returned without a reason once it is sent."),
        error_messages={"required": _("Please confirm that you know this item has no no-reason return.")},
    )

    def __init__(self, data=None, *, book, sku, **kwargs):
        super().__init__(data, **kwargs)
        self.book = {str(address.pk): address for address in book}
        self.fields["address"].choices = [(pk, _label(address)) for pk, address in self.book.items()]
        if not needs_confirmation(sku.product):
            del self.fields["confirmed"]
        if not self.is_bound:
            self.initial.setdefault("key", secrets.token_urlsafe(24))
            self.initial.setdefault("address", next(iter(self.book), None))

    @property
    def delivery_address(self):
        """The chosen address of the book, or None."""
        return self.book.get(str(self["address"].value()))

    @property
    def units(self):
        text = str(self["quantity"].value())
        return min(int(text), MOST) if text.isascii() and text.isdecimal() and 0 < len(text) < 5 and int(text) else 1


def _label(address):
    """Enough to tell two addresses of one district apart; it is the shopper's own page."""
    return f"{address.receiver} {address.masked_phone} {address.region_local} {address.detail}"


class BalanceForm(CouponForm):
    """The shopper's own choice of coupons for the balance; ``seen`` is the balance that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**12)
    use_points = forms.BooleanField(required=False)
