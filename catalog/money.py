"""Money is an integer number of fen (1/100 yuan). This module writes it, reads it and divides it; nothing else."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

BASIS_POINTS = 10_000


def yuan(fen):
    """``123456`` → ``"1,234.56"``; negative amounts get a real minus sign."""
    sign = "−" if fen < 0 else ""
    whole, part = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{part:02d}"


def parse_yuan(text):
    """Fen of an amount typed in yuan (``"1,299"``, ``"¥12.5"``, full-width digits).

    Raises ``ValidationError`` for anything else, for parts of a fen, and for amounts from a hundred million yuan on.
    """
    plain = re.sub(r"[\s,¥]", "", unicodedata.normalize("NFKC", str(text)).replace("元", ""))
    try:
        fen = Decimal(plain) * 100
    except InvalidOperation:
        raise ValidationError(_("Write an amount in yuan, such as 99.00."), code="amount") from None
    if not fen.is_finite() or abs(fen) >= Decimal(10) ** 10:
        raise ValidationError(_("The amount is out of range."), code="amount_range")
    if fen != fen.to_integral_value():
        raise ValidationError(_("An amount has at most two decimals."), code="amount_decimals")
    return int(fen)


def rate_of(fen, basis_points):
    """``basis_points`` of ``fen``, rounded half up to the fen (95折 = 9500)."""
    return (fen * basis_points * 2 + BASIS_POINTS) // (BASIS_POINTS * 2)


def allocate(amount, weights):
    """Divide ``amount`` over ``weights`` by largest remainder; returns one share per weight.

    Shares sum to ``min(amount, sum(weights))`` exactly and no share exceeds its weight. Left-over fen go one each to the
    largest remainders; ties go to the larger weight, then to the earlier line. Source: docs/domain.md 4.3.
    """
    total = sum(weights)
    amount = min(amount, total)
    if amount <= 0:
        return [0] * len(weights)
    shares = [amount * weight // total for weight in weights]
    over = amount - sum(shares)
    if over:
        by_remainder = sorted([(-(amount * weight % total), -weight, i) for i, weight in enumerate(weights) if weight])
        for _remainder, _weight, i in by_remainder[:over]:
            shares[i] += 1
    return shares


def part_returned(amount, quantity, before, more):
    """What ``more`` units are worth after ``before`` of ``quantity`` units (together ``amount``) came back.

    The difference of two floors: the same units give the same sum in any batches, and the last unit takes the rest.
    Source: docs/domain.md 4.4.
    """
    return amount * (before + more) // quantity - amount * before // quantity


class FenFormField(forms.CharField):
    """A form field in which people write yuan and which yields fen; ``min_value`` and ``max_value`` are fen."""

    def __init__(self, *, min_value=0, max_value=None, **kwargs):
        self.min_value, self.max_value = min_value, max_value
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return yuan(value).replace(",", "") if isinstance(value, int) else value

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        fen = parse_yuan(text)
        if self.min_value is not None and fen < self.min_value:
            raise ValidationError(_("The amount is at least ¥%(least)s."), params={"least": yuan(self.min_value)})
        if self.max_value is not None and fen > self.max_value:
            raise ValidationError(_("The amount is at most ¥%(most)s."), params={"most": yuan(self.max_value)})
        return fen

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class FenField(models.BigIntegerField):
    """An amount stored in fen and edited in yuan."""

    def formfield(self, **kwargs):
        # A number field's own arguments mean nothing to a text in yuan.
        return models.Field.formfield(self, **{"form_class": FenFormField, **kwargs})
