"""Delivery zones as people write them: regions by name, amounts in yuan."""

from os.path import commonprefix

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import regions
from orders.models import DeliveryZone


def codes_of(text):
    """Codes of the provinces, cities and districts named in ``text``, parted by commas. Raises ``ValidationError``."""
    codes = []
    for name in text.replace("，", ",").replace("、", ",").split(","):
        if name.strip():
            codes.append(_code_of(name.strip()))
    return list(dict.fromkeys(codes))


def _code_of(name):
    """The code of one place; "浙江" and "广东深圳市" are enough where they can mean only one."""
    code, rest = "", name
    while rest:
        alike = [(len(commonprefix([rest, known])), child, known) for child, known in regions.children(code)]
        most = max((row[0] for row in alike), default=0)
        found = [row for row in alike if row[0] == most]
        if most < min(2, len(rest)) or len(found) != 1:
            raise ValidationError(_("“%(name)s” is not a region. Write it as 浙江省 or 广东省深圳市.") % {"name": name})
        code, rest = found[0][1], rest[most:].strip()
    return code


def names_of(codes):
    """The regions of a zone as text that ``codes_of`` reads."""
    words = []
    for code in codes:
        try:
            words.append("".join(dict.fromkeys(part for part in regions.names_of(code) if part)))
        except KeyError:
            continue  # a place that is no more
    return "，".join(words)


class ZoneForm(forms.ModelForm):
    places = forms.CharField(
        label=gettext_lazy("Regions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 28}),
        help_text=gettext_lazy("Provinces or cities with commas between; empty: everywhere else."),
    )

    class Meta:
        model = DeliveryZone
        fields = [
            "first",
            "first_fen",
            "further",
            "further_fen",
            "free_from_fen",
            "free_from_pieces",
            "days",
            "refused",
            "why",
            "why_en",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["places"].initial = names_of(self.instance.regions or [])

    def clean_places(self):
        self.instance.regions = codes_of(self.cleaned_data["places"])
        return self.cleaned_data["places"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("refused") and not cleaned.get("why"):
            self.add_error("why", _("Say why: shoppers see it beside the goods."))
        return cleaned


class PreviewForm(forms.Form):
    """How much is sent, for the table that shows what it costs to each region."""

    pieces = forms.IntegerField(label=gettext_lazy("Pieces"), min_value=1, max_value=999, initial=3)
    kg = forms.DecimalField(
        label=gettext_lazy("Weight in kg"), min_value=0, max_value=999, decimal_places=3, initial="2.4"
    )

    def amount(self):
        """(pieces, grams) asked about; the first ones when nothing sensible was typed."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["pieces"], int(self.cleaned_data["kg"] * 1000)
        return 3, 2400
