import re
import secrets

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import AddressForm
from accounts.models import Address
from orders.forms.coupons import CouponForm
from orders.freezing import needs_confirmation
from orders.models import InvoiceRequest
from orders.tax_numbers import normalise_tax_number

NEW = "new"
NO_INVOICE = ""
INVOICES = [
    (NO_INVOICE, _("No invoice")),
    (InvoiceRequest.Kind.PERSONAL, _("For a person")),
    (InvoiceRequest.Kind.COMPANY, _("For a company")),
]
NOT_ASKED = {
    NO_INVOICE: ("invoice_title", "tax_number", "invoice_email"),
    InvoiceRequest.Kind.PERSONAL: ("tax_number",),
}
INVOICE_FIELDS = ("invoice_kind", "invoice_title", "tax_number", "invoice_email")
NOTE, MOST_NOTE = "note_", 200
NOTE_NAME = re.compile(r"note_\d{1,15}")
ITEM = re.compile(r"(\d{1,18})x(\d{1,3})")


def read_items(text):
    """``"12x2,15x1"`` → [(12, 2), (15, 1)]; [] for anything else."""
    found = [ITEM.fullmatch(part) for part in (text or "").split(",")]
    return [(int(item[1]), int(item[2])) for item in found] if all(found) else []


def write_items(lines):
    return ",".join(f"{line.sku_id}x{line.quantity}" for line in sorted(lines, key=lambda line: line.sku_id))


class CheckoutForm(CouponForm):
    """Everything checkout asks, in one form; the new address is a form of its own inside it (``address_form``).

    ``key``, ``items``, ``seen`` and ``points_offered`` say what the page showed, so that a repeated post is known.
    """

    key = forms.CharField(widget=forms.HiddenInput, validators=[RegexValidator(r"^[\w-]{16,64}$")])
    items = forms.CharField(widget=forms.HiddenInput, max_length=4000)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**12)
    points_offered = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)
    address = forms.ChoiceField(label=_("Delivery address"))
    save_address = forms.BooleanField(label=_("Keep this address in my address book"), required=False)
    use_points = forms.BooleanField(required=False)
    invoice_kind = forms.ChoiceField(label=_("Invoice"), choices=INVOICES, required=False)
    invoice_title = forms.CharField(label=_("Invoice title"), max_length=100, required=False)
    tax_number = forms.CharField(
        label=_("Tax number"),
        max_length=30,
        required=False,
        help_text=_("18 signs, as on the business licence."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
    )
    invoice_email = forms.EmailField(
        label=_("E-mail for the invoice"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, data=None, *, book, lines, coupons=(), typed=None, address_form=None):
        super().__init__(data, initial=_typed(typed) if typed is not None else None, coupons=coupons)
        self.book = {str(address.pk): address for address in book}
        self.fields["address"].choices = [(pk, str(address)) for pk, address in self.book.items()] + [(NEW, NEW)]
        self.confirming = [line for line in lines if needs_confirmation(line.sku.product)]
        for line in self.confirming:
            self.fields[f"confirm_{line.sku_id}"] = _confirmation()
        for merchant in {line.sku.merchant_id: line.sku.merchant for line in lines}.values():
            self.fields[f"{NOTE}{merchant.pk}"] = _note(merchant)
        for name in ("invoice_title", "tax_number"):
            # needed as soon as an invoice is wished for, so nobody calls them optional
            self.fields[name].wanted_with_choice = True
        first = next(iter(self.book), NEW)
        if not self.is_bound:
            self.initial.setdefault("address", first)
            self.initial.setdefault("key", secrets.token_urlsafe(24))
        self.asks_new = self["address"].value() == NEW
        mine = data if self.asks_new and data is not None else None
        self.address_form = address_form or AddressForm(mine, prefix=NEW, initial=_address_typed(typed))

    @property
    def wants_invoice(self):
        """Whether anything about an invoice was typed or refused; if not, its part of the page is everybody's."""
        return any(self[name].value() or self[name].errors for name in INVOICE_FIELDS)

    def is_valid(self):
        mine = super().is_valid()
        return (not self.asks_new or self.address_form.is_valid()) and mine

    @property
    def notes(self):
        """Merchant id → the field for the note to it."""
        return {int(name.removeprefix(NOTE)): self[name] for name in self.fields if name.startswith(NOTE)}

    def merchant_notes(self):
        """Merchant id → what was written; also for a repeated post, whose lines nobody looks at any more."""
        names = [name for name in self.data if NOTE_NAME.fullmatch(name)]
        return {int(name.removeprefix(NOTE)): self.data[name].strip()[:MOST_NOTE] for name in names}

    @property
    def confirmations(self):
        """(cart line, its tick) for goods without no-reason return."""
        return [(line, self[f"confirm_{line.sku_id}"]) for line in self.confirming]

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("invoice_kind")
        for name in NOT_ASKED.get(kind, ()):  # the page hides them: what is left in them is no mistake
            self.errors.pop(name, None)
        if kind and not cleaned.get("invoice_title") and "invoice_title" not in self.errors:
            self.add_error("invoice_title", _("Please fill in who the invoice is for."))
        if kind == InvoiceRequest.Kind.COMPANY and "tax_number" not in self.errors:
            self._check_tax_number(cleaned.get("tax_number"))
        return cleaned

    def _check_tax_number(self, text):
        if not text:
            self.add_error("tax_number", _("Please fill in the tax number of the company."))
            return
        try:
            self.cleaned_data["tax_number"] = normalise_tax_number(text)
        except forms.ValidationError as error:
            self.add_error("tax_number", error)

    def delivery_address(self):
        """The chosen address: one of the book, or an unsaved one with what was typed."""
        if self.asks_new:
            return Address(**self.address_form.address_fields)
        return self.book[self.cleaned_data["address"]]

    @property
    def keeps_address(self):
        """Whether the new address goes into the book: an address to use by default does."""
        return self.cleaned_data["save_address"] or self.address_form.cleaned_data["is_default"]

    def invoice(self):
        """An unsaved wish for an invoice, or None."""
        kind = self.cleaned_data["invoice_kind"]
        if not kind:
            return None
        company = kind == InvoiceRequest.Kind.COMPANY
        return InvoiceRequest(
            kind=kind,
            title=self.cleaned_data["invoice_title"],
            tax_number=self.cleaned_data["tax_number"] if company else "",
            email=self.cleaned_data["invoice_email"],
        )

    @property
    def region_code(self):
        """Where it goes, as far as that is known by now."""
        if not self.asks_new:
            address = self.book.get(str(self["address"].value()))
            return address.region_code if address else ""
        levels = [name for name in ("district", "city", "province") if name in self.address_form.fields]
        parts = [self.address_form[name].value() for name in levels]
        return next((part for part in parts if part), "")

    def points(self):
        return self.cleaned_data["points_offered"] if self.cleaned_data["use_points"] else 0


def _note(merchant):
    label = _("Note to %(merchant)s") % {"merchant": merchant.name_local}
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=MOST_NOTE, required=False, widget=widget)


def _confirmation():
    return forms.BooleanField(
        label=_("I know that this item cannot be returned without a reason once it is sent."),
        error_messages={"required": _("Please confirm that you know this item has no no-reason return.")},
    )


def _typed(posted):
    """What was typed so far as initial values, so that a step in between loses nothing and checks nothing."""
    ticks = {"save_address", "use_points"}
    names = [
        name
        for name in posted
        if name not in {"seen", "points_offered", "items", "gifts"} and not name.startswith("confirm")
    ]
    typed = {name: posted[name] for name in names if name not in ticks}
    return (
        typed
        | {name: name in posted for name in ticks}
        | {name: True for name in posted if name.startswith("confirm_")}
    )


def _address_typed(posted):
    if posted is None:
        return None
    names = [*AddressForm.base_fields]
    return {name: posted.get(f"{NEW}-{name}", "") for name in names if f"{NEW}-{name}" in posted}
