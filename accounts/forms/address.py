from django import forms
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts import addresses, place_names, regions
from accounts.form_fields import ReceiverPhoneField
from accounts.models import Address

LEVELS = ("province", "city", "district")
PICK_ONE = {"invalid_choice": _("Please choose one from the list.")}


class AddressForm(forms.Form):
    """An address, alone or as part of a larger form (give it a ``prefix``).

    The region is chosen in up to three selects; the next one appears once the one before is chosen: at once with
    htmx, else with a button. Reading a pasted address works the same way. Ask ``AddressForm.at_step`` first: when the
    post is only such a step, it returns the form to show again, and nothing is checked.
    """

    paste = forms.CharField(
        label=_("Paste an address"),
        required=False,
        max_length=300,
        help_text=_("Name, phone and address in one line; we sort them into the fields below."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    receiver = forms.CharField(
        label=_("Receiver"), max_length=25, widget=forms.TextInput(attrs={"autocomplete": "shipping name"})
    )
    phone = ReceiverPhoneField(label=_("Phone"), help_text=_("The carrier calls this number about the parcel."))
    province = forms.ChoiceField(label=_("Province"), error_messages=PICK_ONE)
    city = forms.ChoiceField(label=_("City"), error_messages=PICK_ONE)
    district = forms.ChoiceField(label=_("District"), error_messages=PICK_ONE)
    detail = forms.CharField(
        label=_("Street, number, room"),
        min_length=3,
        max_length=120,
        error_messages={"min_length": _("Please write street, house number and room.")},
        widget=forms.TextInput(attrs={"autocomplete": "shipping street-address"}),
    )
    is_default = forms.BooleanField(label=_("Use this address by default"), required=False)

    def __init__(self, data=None, *, address=None, initial=None, **kwargs):
        self.address = address
        super().__init__(data, initial={**(_initial(address) if address else {}), **(initial or {})}, **kwargs)
        self._offer_regions()

    @classmethod
    def at_step(cls, data, *, prefix=None, address=None):
        """The form to show again when ``data`` was posted with one of the step buttons, else None."""
        step = data.get(f"{prefix}-step" if prefix else "step")
        if not step:
            return None
        probe = cls(prefix=prefix, address=address)
        typed = {name: data.get(probe.add_prefix(name), "") for name in (*cls.base_fields,)}
        if step == "paste":
            typed.update(_from_paste(typed["paste"]))
        return cls(prefix=prefix, address=address, initial=typed)

    @property
    def step_name(self):
        """The name of the step buttons; their values are "region" and "paste"."""
        return self.add_prefix("step")

    @property
    def region_fields(self):
        return [self[level] for level in LEVELS if level in self.fields]

    @property
    def region_complete(self):
        """Whether the last select of the region is on the page."""
        code = self._chosen(LEVELS[len(self.region_fields) - 1])
        return "district" in self.fields or (bool(code) and regions.is_selectable(code))

    def _offer_regions(self):
        """Give each select the places below the one chosen before; drop the selects that cannot be shown yet."""
        above = ""
        ask = reverse("region_choices") + (f"?{urlencode({'prefix': self.prefix})}" if self.prefix else "")
        for level in LEVELS:
            places = place_names.choices(above) if above or level == "province" else []
            if not places:
                del self.fields[level]
                above = ""
                continue
            field = self.fields[level]
            field.choices = [("", _("Please choose")), *places]
            field.widget.attrs.update(
                {"hx-get": ask, "hx-target": "closest fieldset", "hx-include": "closest fieldset"}
            )
            field.widget.attrs.update({"hx-swap": "outerHTML", "autocomplete": "off"})
            above = self._chosen(level)
            if above not in dict(places):
                # A province with one city: nothing to choose.
                above = places[0][0] if len(places) == 1 and not self.is_bound else ""
                self.initial[level] = above

    def _chosen(self, level):
        return str(self.data.get(self.add_prefix(level), "") if self.is_bound else self.initial.get(level) or "")

    def clean(self):
        cleaned = super().clean()
        chosen = [cleaned.get(level) for level in LEVELS if level in self.fields]
        if all(chosen):
            last = LEVELS[len(chosen) - 1]
            if not regions.is_selectable(chosen[-1]):
                self.add_error(last, _("No parcels can be sent to this place. Please choose another one."))
            cleaned["region_code"] = chosen[-1]
        return cleaned

    @property
    def address_fields(self):
        """The checked address as fields of ``Address``, to store or to freeze in an order."""
        cleaned = self.cleaned_data
        province, city, district = regions.names_of(cleaned["region_code"])
        names = {"province": province, "city": city, "district": district}
        return {name: cleaned[name] for name in ("receiver", "phone", "region_code", "detail")} | names

    def save(self, user):
        """Into the address book of ``user``. Raises ``addresses.TooManyAddresses``."""
        return addresses.save(
            user, fields=self.address_fields, address=self.address, default=self.cleaned_data["is_default"]
        )


def _initial(address: Address):
    fields = {name: getattr(address, name) for name in ("receiver", "detail", "is_default")}
    return {**fields, "phone": address.phone.removeprefix("+86"), **_levels(address.region_code)}


def _levels(code):
    """A code of any level as the values of the selects; nothing for a code that is gone."""
    try:
        return dict(zip(LEVELS, regions.path_to(code), strict=False))
    except KeyError:
        return {}


def _from_paste(text):
    found = addresses.parse(text)
    filled = {"receiver": found.receiver, "phone": found.phone, "detail": found.detail}
    filled = {name: value for name, value in filled.items() if value}
    if found.region:
        filled |= dict.fromkeys(LEVELS, "") | _levels(found.region)
    return filled
