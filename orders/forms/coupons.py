from django import forms
from django.utils.translation import gettext_lazy as _

from orders.pricing import AUTO, NONE, Choice

WISHES = ("coupon", "red_packet")


class CouponForm(forms.Form):
    """The shopper's own choice of coupon and red packet; the best ones when nothing else is said."""

    coupon = forms.ChoiceField(
        label=_("Coupon"),
        required=False,
        widget=forms.Select(attrs={"data-submit": ""}),
        error_messages={"invalid_choice": _("This coupon can no longer be used. Please choose again.")},
    )
    red_packet = forms.ChoiceField(
        label=_("Red packet"),
        required=False,
        widget=forms.Select(attrs={"data-submit": ""}),
        error_messages={"invalid_choice": _("This red packet can no longer be used. Please choose again.")},
    )

    def __init__(self, *args, coupons, **kwargs):
        super().__init__(*args, **kwargs)
        self.coupons = list(coupons)
        for name in WISHES:
            self.fields[name].choices = coupon_choices(self.coupons, name)

    def choice(self):
        """A pricing.Choice, or None for the best."""
        return choice_of({name: self[name].value() for name in WISHES}, self.coupons)

    def show(self, choice):
        """Begin with ``choice`` (None: the best) instead of what the form would begin with."""
        for name in WISHES:
            self.initial[name] = str(getattr(choice, name)) if choice else AUTO


def coupon_choices(coupons, kind):
    """The choices of a select of coupons of ``kind``: the best, none, or one of them."""
    mine = [(str(coupon.pk), coupon.name_local) for coupon in coupons if coupon.kind == kind]
    return [(AUTO, _("The best one")), (NONE, _("None")), *mine]


def choice_of(wishes, coupons):
    """The ``Choice`` that ``wishes`` (field → text) mean among ``coupons``; None when the best ones are meant."""
    meant = [_read(wishes.get(name), {str(each.pk) for each in coupons if each.kind == name}) for name in WISHES]
    return None if meant == [AUTO, AUTO] else Choice(*meant)


def _read(text, there):
    if text == NONE:
        return NONE
    return int(text) if text in there else AUTO
