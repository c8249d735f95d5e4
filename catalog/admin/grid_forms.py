"""Forms of the pages for listings with many variants: bulk changes and the generator of combinations."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog import matrix, sku_grid
from catalog.money import FenFormField, parse_yuan

WIDE = forms.TextInput(attrs={"class": "vTextField"})


class BulkForm(forms.Form):
    """One change for all chosen variants."""

    price_how = forms.ChoiceField(
        label=_("Prices"),
        required=False,
        choices=[
            ("", _("leave as they are")),
            (sku_grid.SET, _("set to (yuan)")),
            (sku_grid.ADD, _("add (yuan, may be negative)")),
            (sku_grid.PERCENT, _("change by (%, may be negative)")),
        ],
    )
    price = forms.CharField(label=_("Amount"), required=False, max_length=20)
    stock_how = forms.ChoiceField(
        label=_("Stock"),
        required=False,
        choices=[("", _("leave as it is")), (sku_grid.SET, _("set to")), (sku_grid.ADD, _("add (may be negative)"))],
    )
    stock = forms.IntegerField(
        label=_("Units"), required=False, min_value=-sku_grid.MOST_UNITS, max_value=sku_grid.MOST_UNITS
    )
    reason = forms.CharField(label=_("Why the stock differs"), required=False, max_length=200)
    sale = forms.ChoiceField(
        label=_("On sale"),
        required=False,
        choices=[("", _("leave as it is")), ("on", _("put on sale")), ("off", _("take off sale"))],
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("price_how"):
            cleaned["price"] = self._amount(cleaned["price_how"], cleaned.get("price", ""))
        if cleaned.get("stock_how") and cleaned.get("stock") is None and not self.errors.get("stock"):
            self.add_error("stock", _("Please fill this in."))
        if cleaned.get("stock_how") and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the stock differs."))
        if not (cleaned.get("price_how") or cleaned.get("stock_how") or cleaned.get("sale")):
            raise ValidationError(_("Choose what to change."))
        return cleaned

    def _amount(self, how, text):
        """Fen, or basis points for a change by per cent."""
        try:
            if how == sku_grid.PERCENT:
                return int((Decimal(text.strip().rstrip("%％")) * 100).to_integral_exact())
            negative = text.strip().startswith(("-", "−"))
            fen = parse_yuan(text.strip().lstrip("-−"))
            return -fen if negative else fen
        except (ValidationError, InvalidOperation, ValueError, OverflowError):
            self.add_error("price", _("Write an amount in yuan, such as 99.00, or per cent, such as -5."))
            return None


class MatrixForm(forms.Form):
    """Up to three axes, each a name and its values; ``axes`` are what ``catalog.matrix`` reads."""

    price_fen = FenFormField(
        label=_("Price of new variants"),
        required=False,
        min_value=1,
        max_value=sku_grid.HIGHEST_FEN - 1,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, *args, product, **kwargs):
        super().__init__(*args, **kwargs)
        has = [*matrix.axes_of(product), *[("", [])] * 3][:3]
        for n, (name, values) in enumerate(has, 1):
            self.fields[f"name{n}"] = forms.CharField(
                label=_("Axis %(n)d") % {"n": n}, required=False, initial=name, max_length=60, widget=WIDE
            )
            self.fields[f"values{n}"] = forms.CharField(
                label=_("Values of axis %(n)d") % {"n": n},
                required=False,
                initial="\n".join(values),
                max_length=40_000,
                widget=forms.Textarea(attrs={"rows": min(8, max(2, len(values))), "class": "vLargeTextField"}),
                help_text=_("One a line, or separated by commas."),
            )
        self.order_fields(["name1", "values1", "name2", "values2", "name3", "values3", "price_fen"])

    @property
    def axes(self):
        said = self.cleaned_data
        return [(said[f"name{n}"], re.split(r"[\n\r,，、]+", said[f"values{n}"])) for n in (1, 2, 3)]
