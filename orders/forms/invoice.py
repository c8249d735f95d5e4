from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from orders.models import InvoiceRequest
from orders.tax_numbers import normalise_tax_number


class InvoiceForm(forms.Form):
    """Who an invoice is for; a company needs its tax number."""

    kind = forms.ChoiceField(
        label=_("Invoice"), choices=[("personal", _("For a person")), ("company", _("For a company"))]
    )
    title = forms.CharField(label=_("Invoice title"), max_length=100)
    tax_number = forms.CharField(
        label=_("Tax number"), max_length=30, required=False, help_text=_("For companies: 18 signs.")
    )
    email = forms.EmailField(
        label=_("E-mail for the invoice"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tax_number"].wanted_with_choice = True

    def clean_title(self):
        title = " ".join(self.cleaned_data["title"].split())
        if "<" in title or ">" in title:
            raise ValidationError(_("A title has no angle brackets."))
        return title

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == InvoiceRequest.Kind.PERSONAL:
            cleaned["tax_number"] = ""
            self.errors.pop("tax_number", None)
        elif "tax_number" not in self.errors and cleaned.get("kind"):
            try:
                cleaned["tax_number"] = normalise_tax_number(cleaned.get("tax_number"))
            except ValidationError as error:
                self.add_error("tax_number", error)
        return cleaned
