"""Forms of the lottery: prizes and odds tables in the back office, a ticket and a draw in the shop."""

from django import forms
from django.utils.translation import gettext_lazy as _

from loyalty import odds_tables
from loyalty.models import OddsTable, Prize
from loyalty.odds import TOP_FEN

WHAT = ("kind", "points", "coupon_template")


class PrizeForm(forms.ModelForm):
    """The worth follows from what the prize is; a published prize can only get more stock."""

    class Meta:
        model = Prize
        fields = ["name", "name_en", "kind", "points", "coupon_template", "stock"]

    def clean(self):
        cleaned = super().clean()
        for field, trouble in self._troubles(cleaned):
            if field in self.fields and field not in self.errors:
                self.add_error(field, trouble)
        if not self.errors:
            self.instance.value_fen = odds_tables.worth(
                kind=cleaned.get("kind", self.instance.kind),
                points=cleaned.get("points", self.instance.points),
                template=cleaned.get("coupon_template", self.instance.coupon_template),
            )
            if self.instance.value_fen > TOP_FEN:
                self.add_error(None, _("A lottery prize may be worth at most ¥50,000."))
        return cleaned

    def _troubles(self, c):
        # What is published is not among the fields: the form then asks the prize itself.
        kind, points, template = (c.get(name, getattr(self.instance, name)) for name in WHAT)
        if kind == Prize.Kind.POINTS and not points:
            yield "points", _("Please say how many.")
        if kind and kind != Prize.Kind.POINTS and points:
            yield "points", _("Only for points.")
        if kind == Prize.Kind.COUPON and template is None:
            yield "coupon_template", _("Please choose one.")
        if kind and kind != Prize.Kind.COUPON and template:
            yield "coupon_template", _("Only for coupons.")
        if kind == Prize.Kind.COUPON and template and not template.worth_fen:
            yield "coupon_template", _("This one does not say how much it takes off at most.")
        yield from self._about_stock(kind, template, c.get("stock"))

    def _about_stock(self, kind, template, stock):
        if kind == Prize.Kind.COUPON and stock is None:
            yield "stock", _("Coupons need a number.")
        elif kind == Prize.Kind.COUPON and template and template.quota - template.claimed < stock - self.instance.given:
            yield "stock", _("The template has fewer coupons left.")
        if kind == Prize.Kind.NOTHING and stock is not None:
            yield "stock", _("No prize is as often as it is drawn.")
        had, published = self.initial.get("stock"), "kind" not in self.fields
        if published and ((stock is None) != (had is None) or (had or 0) > (stock or 0)):
            yield "stock", _("It can only rise.")


class OddsTableForm(forms.ModelForm):
    class Meta:
        model = OddsTable
        fields = ["name", "name_en", "rules", "rules_en", "opens_at", "closes_at"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("opens_at") and cleaned.get("closes_at") and cleaned["opens_at"] >= cleaned["closes_at"]:
            self.add_error("closes_at", _("It must be after the beginning."))
        return cleaned


class DrawForm(forms.Form):
    """Which ticket is used: the same form sent twice draws once."""

    ticket = forms.IntegerField(min_value=1, max_value=2**62)


class ExchangeForm(forms.Form):
    """The form's own number: sent twice it buys one ticket."""

    key = forms.UUIDField()
