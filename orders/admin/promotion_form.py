"""The form of a promotion; what is typed into its boxes of text is read by orders.admin.promotion_text."""

from datetime import datetime

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from catalog.models import Brand, Category, Sku
from catalog.money import yuan
from loyalty.models import Tier
from orders.admin import promotion_guards
from orders.admin.promotion_text import (
    MONEY_STEPS,
    RATE_STEPS,
    read_codes,
    read_deposits,
    read_prices,
    read_steps,
    write_steps,
)
from orders.models import Promotion

Kind = Promotion.Kind
WITH_BUDGET = MONEY_STEPS | RATE_STEPS
LATER = [
    ("LINE", gettext_lazy("offers for several pieces")),
    ("THRESHOLD", gettext_lazy("spend and save")),
    ("COUPON", gettext_lazy("coupons")),
    ("RED_PACKET", gettext_lazy("red packets")),
    ("POINTS", gettext_lazy("points")),
]
DAYS = [
    (0, gettext_lazy("Monday")),
    (1, gettext_lazy("Tuesday")),
    (2, gettext_lazy("Wednesday")),
    (3, gettext_lazy("Thursday")),
    (4, gettext_lazy("Friday")),
    (5, gettext_lazy("Saturday")),
    (6, gettext_lazy("Sunday")),
]


class PromotionForm(forms.ModelForm):
    steps_text = forms.CharField(
        label=gettext_lazy("Steps"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One a line. Spend and save: 300 = 40. A rate: 300 = 90 (percent to pay). Pieces: 3 = 80. "
            "Member price: gold = 95. Sale: 90. Add-on and free delivery: 99 (goods from). Gift: 299 = 1 (pieces of it)."
        ),
    )
    prices_text = forms.CharField(
        label=gettext_lazy("Prices by SKU"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "For sales and add-ons, one a line: the SKU code = the price, such as TEA-1 = 9.90. A flash sale may have a "
            "stock of its own: TEA-1 = 9.90 x 100 takes 100 units out of normal stock when it begins. Of a presale it is "
            "the deposit and what it counts for: TEA-1 = 50 counts 100."
        ),
    )
    sku_codes = forms.CharField(
        label=gettext_lazy("SKUs"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Codes of single SKUs besides categories and brands, with blanks between."),
    )
    except_codes = forms.CharField(
        label=capfirst(gettext_lazy("but not these SKUs")), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    balance_from = forms.SplitDateTimeField(
        label=gettext_lazy("Balance from"), required=False, widget=AdminSplitDateTime
    )
    balance_until = forms.SplitDateTimeField(
        label=gettext_lazy("Balance until"), required=False, widget=AdminSplitDateTime
    )
    categories = forms.ModelMultipleChoiceField(Category.objects.none(), required=False)
    brands = forms.ModelMultipleChoiceField(Brand.objects.none(), required=False)
    tiers = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    weekdays = forms.TypedMultipleChoiceField(
        choices=DAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.CharField(
        label=gettext_lazy("Regions"),
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Provinces or cities with commas between; empty: everywhere."),
    )
    excludes = forms.MultipleChoiceField(choices=LATER, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Promotion
        fields = [
            "merchant", "kind", "name", "name_en", "cap_fen", "starts_at", "ends_at", "hours_from", "hours_until",
            "newcomers_only", "regions", "budget_fen", "quota_units", "units_a_member", "gift_sku", "gift_value_fen",
            "on_break",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = self.instance
        named = {"categories": _("categories"), "brands": _("brands"), "tiers": _("tiers")}
        named |= {"weekdays": _("only on these days of the week"), "excludes": _("not together with")}
        for name, label in named.items():
            self.fields[name].label = capfirst(label)
        self.fields["categories"].queryset = Category.objects.all()
        self.fields["brands"].queryset = Brand.objects.all()
        self.fields["tiers"].choices = [(tier.code, tier.name_local) for tier in Tier.objects.all()]
        self.initial.setdefault("steps_text", write_steps(mine.kind, mine.steps))
        self.initial.setdefault("prices_text", self._prices())
        for name, ids in (("sku_codes", mine.sku_ids), ("except_codes", mine.except_sku_ids)):
            codes = Sku.objects.filter(pk__in=ids).order_by("code").values_list("code", flat=True) if ids else []
            self.initial.setdefault(name, " ".join(codes))
        for name in ("gift_value_fen", "on_break"):
            self.fields[name].required = False
        for name in ("balance_from", "balance_until"):
            if mine.presale.get(name):
                self.initial[name] = datetime.fromisoformat(mine.presale[name])
        for name in {"starts_at", "ends_at"} & self.fields.keys():
            for part in getattr(self.fields[name].widget, "widgets", ()):
                part.attrs["aria-label"] = self.fields[name].label  # two inputs of the admin under one label
        self.initial |= {"categories": mine.category_ids, "brands": mine.brand_ids}
        self.initial |= {name: getattr(mine, name) for name in ("tiers", "weekdays", "excludes")}
        self.initial["regions"] = promotion_guards.write_regions(mine.regions)

    def _prices(self):
        codes = dict(Sku.objects.filter(pk__in=self.instance.prices).values_list("pk", "code"))
        word = pgettext("a deposit in a line of prices", "counts")
        units, counts = self.instance.pool_units, self.instance.presale.get("counts", {})
        more = {pk: f" x {many}" for pk, many in units.items()} | {pk: f" {word} {yuan(f)}" for pk, f in counts.items()}
        return "\n".join(
            f"{codes.get(int(pk), pk)} = {yuan(fen)}{more.get(pk, '')}".replace(",", "")
            for pk, fen in self.instance.prices.items()
        )

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind and "steps_text" in cleaned:
            self._read("steps_text", lambda text: read_steps(kind, promotion_guards.plain(kind, text)))
        if kind and "prices_text" in cleaned:
            read = read_deposits if kind == Kind.PRESALE else read_prices
            merchant = cleaned.get("merchant")
            self._read("prices_text", lambda text: read(promotion_guards.plain(kind, text), merchant))
        for name in ("sku_codes", "except_codes"):
            if name in cleaned:
                self._read(name, lambda text: read_codes(text, cleaned.get("merchant")))
        for name, sentence in promotion_guards.objections(cleaned):
            self.add_error(name, sentence)
        if kind == Kind.PRESALE:
            self._check_window(cleaned)
        if kind == Kind.GIFT:
            self._check_gift(cleaned.get("gift_sku"), cleaned.get("gift_value_fen"), cleaned.get("merchant"))
        if cleaned.get("budget_fen") is not None and kind not in WITH_BUDGET:
            self.add_error("budget_fen", _("Only spend-and-save offers have a budget; others have units."))
        begins, ends = cleaned.get("hours_from"), cleaned.get("hours_until")
        if not {"hours_from", "hours_until"} & self.errors.keys() and (begins, ends) != (None, None):
            if None in (begins, ends) or begins == ends:
                self.add_error("hours_until", _("Say from when to when it runs on its days, or leave both empty."))
            elif kind in {Kind.FLASH, Kind.PRESALE}:
                self.add_error("hours_until", _("This kind runs from its start to its end, without hours."))
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It ends before it starts."))
        return cleaned

    def clean_regions(self):
        return promotion_guards.read_regions(self.cleaned_data["regions"])

    def clean_on_break(self):
        return self.cleaned_data.get("on_break") or Promotion.OnBreak.KEEP

    def clean_gift_value_fen(self):
        return self.cleaned_data.get("gift_value_fen") or 0

    def _check_window(self, cleaned):
        opens, ends = cleaned.get("balance_from"), cleaned.get("balance_until")
        if not opens or not ends or ends <= opens:
            self.add_error("balance_until", _("Say from when to when the balance can be paid."))
        elif not cleaned.get("ends_at") or cleaned["ends_at"] > opens:
            self.add_error("ends_at", _("Deposits are taken until the balance begins, at the latest."))

    def _check_gift(self, sku, value_fen, merchant):
        if sku is None:
            self.add_error("gift_sku", _("Choose what is given away."))
        elif merchant is not None and sku.merchant_id != merchant.pk:
            self.add_error("gift_sku", _("A merchant gives away their own goods."))
        if not value_fen:
            self.add_error("gift_value_fen", _("Say what the gift is worth; shoppers read it before buying."))
        elif sku is not None and value_fen > sku.price_fen:
            self.add_error("gift_value_fen", _("It is worth no more than its own price."))

    def _read(self, name, read):
        try:
            self.cleaned_data[name] = read(self.cleaned_data[name])
        except ValidationError as error:
            self.add_error(name, error)

    def save(self, commit=True):
        cleaned, promotion = self.cleaned_data, self.instance
        promotion.steps = cleaned["steps_text"]
        promotion.prices, second = cleaned["prices_text"]
        is_presale = promotion.kind == Kind.PRESALE
        promotion.pool_units = {} if is_presale else second
        window = {name: cleaned[name].isoformat() for name in ("balance_from", "balance_until") if is_presale}
        promotion.presale = {"counts": second} | window if is_presale else {}
        promotion.sku_ids, promotion.except_sku_ids = cleaned["sku_codes"], cleaned["except_codes"]
        promotion.category_ids = [category.pk for category in cleaned["categories"]]
        promotion.brand_ids = [brand.pk for brand in cleaned["brands"]]
        for name in ("tiers", "weekdays", "excludes"):
            setattr(promotion, name, cleaned[name])
        return super().save(commit)
