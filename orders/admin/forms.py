"""Forms of the desk where orders are packed and shipped."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.money import FenFormField, yuan
from orders.carriers import CARRIERS
from orders.parcels import normal_waybill


class PackForm(forms.Form):
    """Units of each waiting line of one merchant; all of them unless somebody says otherwise."""

    def __init__(self, *args, lines, left, **kwargs):
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"line-{line.pk}"] = forms.IntegerField(
                label=f"{line.title_local} {line.options_text}".strip(),
                min_value=0,
                max_value=left[line.pk],
                initial=left[line.pk],
            )

    def wanted(self):
        """Order line id → units."""
        return {int(name.removeprefix("line-")): units for name, units in self.cleaned_data.items() if units}


class UnitsForm(forms.Form):
    """Some units of each line of one parcel: to take out of it, or damaged when it came back."""

    def __init__(self, *args, parcel, **kwargs):
        super().__init__(*args, prefix=f"box-{parcel.pk}", **kwargs)
        for row in parcel.lines.select_related("line"):
            self.fields[f"line-{row.line_id}"] = forms.IntegerField(
                label=f"{row.line.title_local} {row.line.options_text}".strip(),
                min_value=0,
                max_value=row.quantity,
                initial=0,
            )

    def wanted(self):
        """Order line id → units."""
        return {int(name.removeprefix("line-")): units for name, units in self.cleaned_data.items() if units}


class ResendForm(UnitsForm):
    """Units of a parcel that go to the shopper once more: ``left`` is order line id → units that may."""

    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args, parcel, left, **kwargs):
        super().__init__(*args, parcel=parcel, **kwargs)
        self.prefix = f"again-{parcel.pk}"
        for name in [name for name in self.fields if name != "reason"]:
            most = left.get(int(name.removeprefix("line-")), 0)
            if not most:
                del self.fields[name]
                continue
            # Of a lost parcel all is missing; of one that arrived somebody has to say what.
            initial = most if parcel.status == parcel.Status.LOST else 0
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label, min_value=0, max_value=most, initial=initial
            )
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def wanted(self):
        return {
            int(name.removeprefix("line-")): units
            for name, units in self.cleaned_data.items()
            if name != "reason" and units
        }


class ShipForm(forms.Form):
    # On the shipping desk a row may stay empty; the browser must not insist.
    use_required_attribute = False

    carrier = forms.ChoiceField(label=_("Carrier"), choices=lambda: [(c.code, c.name) for c in CARRIERS.values()])
    waybill = forms.CharField(label=_("Waybill"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean(self):
        cleaned = super().clean()
        carrier, waybill = CARRIERS.get(cleaned.get("carrier")), normal_waybill(cleaned.get("waybill"))
        if carrier and waybill and not carrier.takes(waybill):
            self.add_error(
                "waybill", _("This does not look like a waybill of %(carrier)s.") % {"carrier": carrier.name}
            )
        return cleaned | {"waybill": waybill}


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note for colleagues"), max_length=500)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"})
    )


class CutForm(forms.Form):
    """How much staff take off an unpaid order, or one line of it."""

    fen = FenFormField(label=_("Take off (yuan)"), min_value=1)
    line = forms.ModelChoiceField(label=_("Of"), queryset=None, required=False, empty_label=_("the whole order"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args, order, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = order.lines.order_by("number")
        self.fields["line"].label_from_instance = lambda line: f"{line.title_local} ¥{yuan(line.payable_fen)}"
