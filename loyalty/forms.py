"""Forms of the back office: the editor of coupon templates, coupons for many, shared red packets."""

from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models import Brand, Category, Product, Sku
from catalog.money import FenFormField
from loyalty.models import CouponTemplate, Tier

ScopeKind = CouponTemplate.ScopeKind
Kind = CouponTemplate.Kind


class NumbersField(forms.CharField):
    """Ids typed as a list; ``model`` says which exist. SKUs may be given by their code.

    ``merchant_id`` narrows them to the goods of one merchant, whose codes are their own.
    """

    merchant_id = None

    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})

    def __init__(self, *, model, by="pk", **kwargs):
        self.model, self.by = model, by
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, list):
            return " ".join(str(one) for one in self.model.objects.filter(pk__in=value).values_list(self.by, flat=True))
        return value

    def clean(self, value):
        words = (super().clean(value) or "").replace(",", " ").replace("，", " ").split()
        if self.by == "pk" and not all(word.isdecimal() and len(word) < 18 for word in words):
            raise forms.ValidationError(_("Numbers only, with blanks between."))
        rows = self.model.objects.filter(**{f"{self.by}__in": words})
        if self.merchant_id:
            rows = rows.filter(merchant=self.merchant_id)
        found = dict(rows.values_list(self.by, "pk"))
        missing = [word for word in words if word not in {str(key) for key in found}]
        if missing:
            raise forms.ValidationError(_("There is no such thing: %(words)s") % {"words": ", ".join(missing[:10])})
        return sorted(found.values())


class IdsOf(forms.ModelMultipleChoiceField):
    """Several rows chosen from a list, kept as their ids."""

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset, required=False, **kwargs)

    def clean(self, value):
        return sorted(row.pk for row in super().clean(value))


class CouponTemplateForm(forms.ModelForm):
    category_ids = IdsOf(Category.objects.all(), label=_("categories"))
    brand_ids = IdsOf(Brand.objects.all(), label=_("brands"))
    tier_ranks = IdsOf(Tier.objects.all(), label=_("tiers"), help_text=_("None chosen: all."))
    product_ids = NumbersField(model=Product, label=_("listings"), help_text=_("Their numbers, as in /p/…-123/."))
    sku_ids = NumbersField(model=Sku, by="code", label=_("SKUs"), help_text=_("Their codes."))
    except_product_ids = NumbersField(model=Product, label=_("but not these listings"))
    except_sku_ids = NumbersField(model=Sku, by="code", label=_("but not these SKUs"))

    class Meta:
        model = CouponTemplate
        exclude = ["claimed", "committed_fen", "published_at"]  # noqa: DJ006 (everything else is edited)

    def _clean_fields(self):
        # Goods are read as those of the merchant that was chosen, so the merchant comes first.
        chosen = self.fields["merchant"].widget.value_from_datadict(self.data, self.files, self.add_prefix("merchant"))
        for field in self.fields.values():
            if isinstance(field, NumbersField):
                field.merchant_id = int(chosen) if str(chosen or "").isdecimal() else None
        super()._clean_fields()

    def clean(self):
        cleaned = super().clean()
        for field, trouble in self._troubles(cleaned):
            if field not in self.errors:
                self.add_error(field, trouble)
        return cleaned

    def _troubles(self, c):
        yield from self._about_worth(c)
        yield from self._about_time(c)
        needed = {
            ScopeKind.CATEGORIES: ("category_ids",),
            ScopeKind.BRANDS: ("brand_ids",),
            ScopeKind.TAGS: ("tags",),
            ScopeKind.GOODS: ("product_ids", "sku_ids"),
        }.get(c.get("scope_kind"), ())
        if needed and not any(c.get(name) for name in needed):
            yield needed[0], _("Please say which.")

    def _about_worth(self, c):
        kind, amount, rate = c.get("kind"), c.get("amount_fen"), c.get("rate_bp")
        if amount and rate:
            yield "rate_bp", _("Either an amount or a rate.")
        if not amount and not rate and kind != Kind.SHIPPING:
            yield "amount_fen", _("Please say how much it takes off.")
        if rate is not None and not 0 < rate < 10_000:
            yield "rate_bp", _("Between 1 and 9999: 9000 means 10 % off.")
        if rate and not c.get("cap_fen"):
            yield "cap_fen", _("A rate needs a sum that it takes off at most.")
        if rate and kind == Kind.RED_PACKET:
            yield "rate_bp", _("A red packet takes off an amount.")
        if kind == Kind.COUPON and amount and 0 < (c.get("threshold_fen") or 0) <= amount:
            yield "threshold_fen", _("It must be more than what the coupon takes off.")
        if c.get("budget_fen") and not (amount or c.get("cap_fen")):
            yield "budget_fen", _("A budget needs an amount, or a sum that it takes off at most.")
        if c.get("per_member") == 0:
            yield "per_member", _("At least one.")

    def _about_time(self, c):
        days, start, end = c.get("valid_days"), c.get("valid_from"), c.get("valid_until")
        if days is None and end is None:
            yield "valid_days", _("Please say how long it can be used: days, or until when.")
        if days is not None and (start or end):
            yield "valid_days", _("Either days or fixed dates.")
        if days == 0:
            yield "valid_days", _("At least one.")
        if start and end and start >= end:
            yield "valid_until", _("It must be after the beginning.")
        if end and end <= timezone.now():
            yield "valid_until", _("This is over already.")
        if c.get("claim_from") and c.get("claim_until") and c["claim_from"] >= c["claim_until"]:
            yield "claim_until", _("It must be after the beginning.")
        if end and c.get("claim_until") and c["claim_until"] > end:
            yield "claim_until", _("Nobody should claim what can no longer be used.")


class HandOutForm(forms.Form):
    """To whom coupons go: tiers, or people by e-mail or phone, one a line."""

    tier_ranks = IdsOf(Tier.objects.all(), label=_("tiers"), widget=forms.CheckboxSelectMultiple)
    people = forms.CharField(
        label=_("people"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("E-mails or phone numbers, one a line, 2,000 at most."),
    )
    # The form's own number: sent twice it hands out once.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_people(self):
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()]
        if len(lines) > 2_000:
            raise forms.ValidationError(_("2,000 lines at most."))
        found, unknown = [], []
        for number, line in enumerate(lines, 1):
            person = _person(line)
            unknown.append(number) if person is None else found.append(person)
        if unknown:
            numbers = ", ".join(str(number) for number in unknown[:20])
            raise forms.ValidationError(_("Nobody is known by what is in line %(numbers)s.") % {"numbers": numbers})
        return sorted(set(found))

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("people")) == bool(cleaned.get("tier_ranks")):
            self.add_error("people", _("Choose tiers or write people, one of both."))
        return cleaned


def _person(text):
    if "@" in text:
        return User.objects.filter(email=text.lower()).values_list("pk", flat=True).first()
    try:
        return User.objects.by_phone(text).values_list("pk", flat=True).first()
    except forms.ValidationError:  # not a number at all
        return None


class PacketForm(forms.Form):
    title = forms.CharField(label=_("greeting"), max_length=40)
    title_en = forms.CharField(label=_("greeting in English"), max_length=60, required=False)
    total_fen = FenFormField(label=_("sum"), min_value=1)
    pieces = forms.IntegerField(label=_("shares"), min_value=1, max_value=200)
    expires_at = forms.SplitDateTimeField(label=_("can be opened until"))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("total_fen") and cleaned.get("pieces") and cleaned["total_fen"] < cleaned["pieces"]:
            self.add_error("total_fen", _("There must be a fen for each share."))
        if cleaned.get("expires_at") and cleaned["expires_at"] <= timezone.now():
            self.add_error("expires_at", _("This is over already."))
        return cleaned
