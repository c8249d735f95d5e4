"""What a shopper fills in: the request itself, the waybill, a remark."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.reasons import REASONS
from catalog.photo_field import PhotosField
from orders.carriers import CARRIERS


class ReturnForm(forms.Form):
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, initial=1)
    reason = forms.ChoiceField(label=_("Reason"))
    with_gifts = forms.BooleanField(label=_("I send the gift back too, so nothing is deducted for it."), required=False)
    note = forms.CharField(
        label=_("What happened"),
        help_text=_("Where exactly? It makes the answer faster. At most 500 characters."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = PhotosField(label=_("Photos"), help_text=_("JPEG, PNG or WebP, at most 8 MB each, up to 6."))

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = options
        self.fields["reason"].choices = [(choice.reason.code, choice.reason.label) for choice in options.choices]
        most = max((choice.most for choice in options.choices), default=1)
        self.fields["quantity"].widget.attrs.update({"inputmode": "numeric", "max": most})

    def clean(self):
        values = super().clean()
        choice = self.options.choice(values.get("reason"))
        if choice is None:
            return values
        if values.get("quantity", 0) > choice.most:
            self.add_error("quantity", _("At most %(most)s for this reason.") % {"most": choice.most})
        if choice.reason.needs_photo and not values.get("photos") and "photos" not in self.errors:
            self.add_error("photos", _("Please add at least one photo that shows the problem."))
        return values


class WaybillForm(forms.Form):
    carrier = forms.ChoiceField(label=_("Carrier"))
    waybill = forms.CharField(label=_("Waybill number"), max_length=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["carrier"].choices = [(code, carrier.name) for code, carrier in CARRIERS.items()]


class RemarkForm(forms.Form):
    text = forms.CharField(label=_("Your message"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def reason_of(text, options):
    """The reason a page is about before anything was sent: the one asked for, else the first that may be given."""
    choice = options.choice(text) or next(iter(options.choices), None)
    return choice.reason if choice else REASONS["no_reason"]
