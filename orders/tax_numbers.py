"""Tax numbers of Chinese companies, for invoices."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, Z, S, V


def normalise_tax_number(text):
    """What was typed, in capitals and without blanks.

    An 18-sign number must have the right check sign (GB 32100); old numbers of 15, 17 or 20 signs pass.
    Raises ``ValidationError`` that says what is wrong.
    """
    number = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text or "")).upper()
    if not re.fullmatch(r"[0-9A-Z]+", number):
        raise ValidationError(_("A tax number has digits and capital letters only."), code="tax_signs")
    if len(number) not in {15, 17, 18, 20}:
        raise ValidationError(
            _("The tax number has %(count)s signs; a present one has 18.") % {"count": len(number)}, code="tax_length"
        )
    if len(number) == 18 and not is_social_credit_code(number):
        raise ValidationError(
            _("The check sign of the tax number does not fit: please compare it sign by sign."), code="tax_check"
        )
    return number


def is_social_credit_code(number):
    """Whether the 18 signs are a unified social credit code: the last one checks the others."""
    if len(number) != 18 or any(sign not in SIGNS for sign in number):
        return False
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(number[:17]))
    return SIGNS[(31 - total) % 31] == number[17]
