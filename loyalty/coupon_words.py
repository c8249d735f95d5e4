"""What a coupon is worth and where it is good, in words. Takes a template or a coupon: both name these the same."""

from django.utils.translation import gettext as _

from accounts.bilingual import local
from catalog.money import yuan
from loyalty.models import CouponTemplate

Kind = CouponTemplate.Kind
ScopeKind = CouponTemplate.ScopeKind


def plain_yuan(fen):
    """ "15" or "15.50": coupons speak in whole yuan where they can."""
    return yuan(fen).removesuffix(".00")


def rate(thing):
    """ "9.5折" or "5% off"; a delivery coupon without an amount: "包邮"; empty for an amount."""
    if thing.rate_bp:
        pay, off = thing.rate_bp / 1_000, (10_000 - thing.rate_bp) / 100
        return local(f"{pay:g}折", f"{off:g}% off")
    if thing.kind == Kind.SHIPPING and thing.amount_fen is None:
        return _("Free delivery")
    return ""


def terms(thing, template):
    """One line: from which sum, for what, at most how much, for whom, and what the shop adds in its own words."""
    parts = [_from(thing.threshold_fen), _goods(template)]
    if thing.kind == Kind.SHIPPING:
        parts.insert(0, _("on the delivery fee"))
    if thing.cap_fen:
        parts.append(_("at most ¥%(amount)s off") % {"amount": plain_yuan(thing.cap_fen)})
    if template.newcomer_only:
        parts.append(_("for newcomers"))
    parts.append(template.note_local)
    return " · ".join(str(part) for part in parts if part)


def _from(fen):
    return _("from ¥%(amount)s") % {"amount": plain_yuan(fen)} if fen else _("no minimum")


def _goods(template):
    whose = template.merchant.name_local if template.merchant_id else ""
    if template.scope_kind == ScopeKind.ALL:
        what = "" if whose else _("everything in the shop")
    elif template.scope_kind == ScopeKind.CATEGORIES:
        what = _("chosen categories")
    elif template.scope_kind == ScopeKind.BRANDS:
        what = _("chosen brands")
    else:
        what = _("chosen items")
    return " ".join(part for part in (whose, what) if part)
