"""What people type into the form of a promotion, made plain before it is read, and what a draft may not say as a whole."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts import regions
from loyalty.models import Tier
from orders.admin.delivery_forms import codes_of, names_of
from orders.models import Promotion

Kind = Promotion.Kind
PRICED = {Kind.FLASH, Kind.SALE, Kind.NEWCOMER, Kind.ADD_ON, Kind.PRESALE}
PRICES_NEEDED = {Kind.FLASH, Kind.ADD_ON, Kind.PRESALE}
WITHOUT_STEPS = {Kind.FLASH, Kind.PRESALE}
RATE_OR_PRICES = {Kind.SALE, Kind.NEWCOMER}
LIMITS = ("cap_fen", "budget_fen", "quota_units", "units_a_member")
NEGATIVE = re.compile(r"(^|=)\s*[-−]\s*\d", re.MULTILINE)


def plain(kind, text):
    """``text`` as the readers of steps and prices want it: full-width signs made plain, 抵 for "counts", tiers by code.

    Raises ``ValidationError``: no amount is negative, and a tier is one of ours, named once.
    """
    text = unicodedata.normalize("NFKC", text)
    if NEGATIVE.search(text):
        raise ValidationError(_("Amounts are never negative."))
    if kind == Kind.PRESALE:
        return text.replace("抵", " counts ")
    return _by_tier_code(text) if kind == Kind.MEMBER else text


def _by_tier_code(text):
    codes = {}
    for tier in Tier.objects.order_by("rank"):
        names = (tier.code, tier.name, tier.name.removesuffix("会员"), tier.name_en)
        codes |= {name.casefold(): tier.code for name in names if name}
    lines, seen = [], set()
    for line in text.splitlines():
        name, equals, rate = line.partition("=")
        if not name.strip():
            continue
        code = codes.get(name.strip().casefold())
        if code is None or code in seen:
            words = _("“%(name)s” is named twice.") if code else _("There is no tier “%(name)s”; there are: %(all)s.")
            raise ValidationError(words % {"name": name.strip(), "all": ", ".join(dict.fromkeys(codes.values()))})
        seen.add(code)
        lines.append(f"{code}{equals}{rate}")
    return "\n".join(lines)


def read_regions(text):
    """The beginnings of region codes of places by name ("浙江省，广东省深圳市") or code. Raises ``ValidationError``."""
    words = [word.strip() for word in re.split(r"[,，、;；\n]", unicodedata.normalize("NFKC", text)) if word.strip()]
    found = []
    for word in words:
        code = word if word.isascii() and word.isdecimal() else re.sub("(00)+$", "", codes_of(word)[0])
        if not _is_known(code):
            raise ValidationError(_("There is no region %(code)s.") % {"code": code})
        found.append(code)
    return list(dict.fromkeys(found))


def write_regions(prefixes):
    """The places as ``read_regions`` reads them, by name where there is one."""
    return "，".join(names_of([prefix.ljust(6, "0")]) or prefix for prefix in prefixes)


def _is_known(prefix):
    try:
        return len(prefix) in {2, 4, 6} and bool(regions.names_of(prefix.ljust(6, "0")))
    except KeyError:
        return False


def objections(cleaned):
    """(field, sentence) of what does not go together in ``cleaned``, whose steps and prices are read already."""
    kind, steps = cleaned.get("kind"), cleaned.get("steps_text")
    prices, units = cleaned.get("prices_text") or ({}, {})
    if kind in WITHOUT_STEPS and steps:
        yield "steps_text", _("This kind has no steps, only prices by SKU.")
    if prices and kind not in PRICED:
        yield "prices_text", _("This kind has no prices by SKU, only steps.")
    if kind in PRICES_NEEDED and "prices_text" in cleaned and not prices:
        yield "prices_text", _("This kind needs prices.")
    if kind in RATE_OR_PRICES and not prices and steps == [] and "prices_text" in cleaned:
        yield "steps_text", _("Give a rate here, or prices by SKU below.")
    if units and kind not in {Kind.FLASH, Kind.PRESALE}:
        yield "prices_text", _("Only a flash sale has a stock of its own.")
    elif units and units.keys() != prices.keys():
        yield "prices_text", _("Give units for every SKU of the sale, or for none.")
    elif units and kind == Kind.FLASH and cleaned.get("quota_units"):
        yield "quota_units", _("The units stand beside the prices already.")
    for name in LIMITS:
        if cleaned.get(name) == 0:
            yield name, _("Nothing would be left of the offer: write more than 0, or leave it empty.")
    if kind == Kind.EVERY and steps and 0 < (cleaned.get("cap_fen") or 0) < steps[0][1]:
        yield "cap_fen", _("It takes off less than one step gives.")
