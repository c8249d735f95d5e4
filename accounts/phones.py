"""Mainland mobile numbers, as people type them."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}\d{7,8}")


def normalise_phone(text):
    """E.164 (``+8613800001234``) of what was typed: blanks, hyphens, full-width digits and +86 are fine.

    Raises ``ValidationError`` that says what is wrong.
    """
    digits = re.sub(r"[\s\-()+]", "", unicodedata.normalize("NFKC", text or ""))
    digits = re.sub(r"^(0086|86)(?=1\d{10}$)", "", digits)
    if MOBILE.fullmatch(digits):
        return "+86" + digits
    if not digits.isdigit():
        raise ValidationError(_("Use digits only, such as 138 0000 1234."), code="phone_characters")
    missing = 11 - len(digits)
    if missing > 0:
        message = ngettext(
            "The phone number is %(count)d digit short; it needs 11 digits.",
            "The phone number is %(count)d digits short; it needs 11 digits.",
            missing,
        )
        raise ValidationError(message % {"count": missing}, code="phone_short")
    if missing < 0:
        raise ValidationError(_("The phone number has more than 11 digits."), code="phone_long")
    raise ValidationError(_("Mobile numbers start with 13 to 19."), code="phone_prefix")


def normalise_receiver_phone(text):
    """As ``normalise_phone``, but a landline with its area code is fine too: it stays as digits (``057188886666``)."""
    digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text or ""))
    return digits if LANDLINE.fullmatch(digits) else normalise_phone(text)


def last_four(phone):
    """The last four digits of ``phone``; empty when there are fewer."""
    digits = re.sub(r"\D", "", phone or "")
    return digits[-4:] if len(digits) >= 4 else ""
