"""Form fields of people's data: they accept what people type and keep what the shop stores."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.phones import normalise_phone, normalise_receiver_phone


class PhoneField(forms.CharField):
    """A mainland mobile number in any spelling; cleaned to E.164."""

    normalise = staticmethod(normalise_phone)

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel-national"})
        )
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        return self.normalise(value) if value else value


class ReceiverPhoneField(PhoneField):
    """As above, or a landline with its area code."""

    normalise = staticmethod(normalise_receiver_phone)
