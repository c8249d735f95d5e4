"""Goods that come in, break or are found: booked by SKU code, with the reason, all lines or none."""

import re
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from accounts.models import Merchant
from catalog import stock, stock_bookings
from catalog.models import Sku

MOST_LINES = 500
LINE = re.compile(r"^(?P<code>.+?)[\s,，\t]+(?P<units>[+-]?\d{1,7})$")


class BookingForm(forms.Form):
    merchant = forms.ModelChoiceField(Merchant.objects.none(), label=gettext_lazy("Merchant"))
    lines = forms.CharField(
        label=gettext_lazy("SKU codes and units"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
        help_text=gettext_lazy("One a line: the SKU code, a space, the units; a minus for what goes. Up to 500 lines."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[
            ("delivery", pgettext_lazy("stock", "delivery")),
            ("found", gettext_lazy("found again")),
            ("broken", gettext_lazy("broken")),
            ("lost", gettext_lazy("lost")),
            ("sample", gettext_lazy("sample or gift")),
            ("other", gettext_lazy("something else")),
        ],
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=150, required=False)

    def __init__(self, *args, merchants, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["merchant"].queryset = merchants
        if len(merchants) == 1:
            self.fields["merchant"].initial = merchants[0]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == "other" and not cleaned.get("note"):
            self.add_error("note", _("Please fill this in."))
        if cleaned.get("merchant") and cleaned.get("lines"):
            try:
                cleaned["moves"] = self._moves(cleaned["merchant"], cleaned["lines"])
            except ValidationError as error:
                self.add_error("lines", error)
        return cleaned

    def _moves(self, merchant, text):
        """Pairs of (SKU, units)."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("At most %(most)d lines at once."), params={"most": MOST_LINES})
        read = {}
        for number, line in enumerate(lines, 1):
            match = LINE.match(line)
            if not match or not int(match["units"]):
                raise ValidationError(_("Line %(n)d: write a SKU code, a space and the units."), params={"n": number})
            if match["code"] in read:
                raise ValidationError(_("Line %(n)d: this SKU code stands above already."), params={"n": number})
            read[match["code"]] = int(match["units"])
        skus = {sku.code: sku for sku in Sku.objects.filter(merchant=merchant, code__in=list(read))}
        if unknown := [code for code in read if code not in skus]:
            raise ValidationError(_("No such SKU code: %(codes)s."), params={"codes": ", ".join(unknown[:5])})
        return [(skus[code], units) for code, units in read.items()]

    @property
    def reason(self):
        said = self.cleaned_data
        label = str(dict(self.fields["kind"].choices)[said["kind"]])
        return f"{label}: {said['note']}" if said["note"] else label


class BookingPage:
    """Mixed into the admin of stock movements."""

    def get_urls(self):
        booking = path("booking/", self.admin_site.admin_view(self.booking_view), name="catalog_stockmovement_booking")
        return [booking, *super().get_urls()]

    def booking_view(self, request):
        if not request.user.has_perm("catalog.count_sku"):
            raise PermissionDenied
        merchants = self.admin_site.get_model_admin(Merchant).get_queryset(request)
        form = BookingForm(request.POST if request.method == "POST" else None, merchants=merchants)
        if form.is_valid() and self._book(form, request.user):
            n = len(form.cleaned_data["moves"])
            said = ngettext("%(n)d movement was booked.", "%(n)d movements were booked.", n) % {"n": n}
            self.message_user(request, said, messages.SUCCESS)
            return redirect("admin:catalog_stockmovement_changelist")
        common = {"title": _("Book stock"), "opts": self.model._meta, "form": form}
        context = {**self.admin_site.each_context(request), **common}
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/catalog/stockmovement/booking.html", context, status=status)

    def _book(self, form, by):
        source = f"booking:{uuid4()}"
        try:
            with transaction.atomic():
                for sku, units in sorted(form.cleaned_data["moves"], key=lambda move: move[0].pk):
                    stock_bookings.receive(sku, units, source=source, by=by, reason=form.reason)
        except stock.OutOfStock as refusal:
            codes = Sku.objects.filter(pk__in=list(refusal.short)).values_list("code", flat=True)
            form.add_error("lines", _("More would go than is free: %(codes)s.") % {"codes": ", ".join(codes)})
            return False
        return True
