"""What the pages of coupons show: tickets in the shape of the component ``_coupon.html``."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.prepared import OTHER, SOME, Prepared
from catalog.models import Sku
from catalog.tree import tree
from loyalty import coupon_words
from loyalty.coupon_audience import is_newcomer
from loyalty.models import Coupon, CouponEntry, CouponTemplate, Member
from loyalty.models.source import order_number, told

TABS = ("usable", "used", "expired")
AT_MOST = 60
ON_PRODUCT = 3
Status = Coupon.Status


@dataclass(frozen=True)
class Ticket:
    """One ticket: ``state`` is claim, claimed, use, used or gone; ``why`` says what a shopper cannot see otherwise."""

    title: str
    note: str
    state: str
    off_fen: int | None = None
    rate: str = ""
    action: str = ""
    href: str = ""
    why: str = ""
    why_href: str = ""


def centre(user):
    """Tickets of everything that can be claimed now, newest first; one query, two more for the signed-in."""
    return _offers(_open_templates(user.pk, timezone.now())[:AT_MOST], user)


def for_product(product, user):
    """The few tickets that are good for ``product`` and still to be had, best first; one query."""
    return [_offer(template, "", "") for template in templates_for(product, user)]


def templates_for(product, user):
    """What the tickets of a product page are made of, each with ``taken`` and ``held`` by ``user``; asked for once."""
    if not hasattr(product, "_coupon_templates"):
        product._coupon_templates = _good_for(product, user)
    return product._coupon_templates


def _good_for(product, user):
    wanted = {
        "now": timezone.now(),
        "product": product.pk,
        "only": [product.pk],
        "merchant": product.merchant_id,
        "brand": [product.brand_id or 0],
        "line": [category.pk for category in tree().line(product.category_id)],
        "tags": list(product.tags),
    }
    return _fitting_for(**wanted, user=user.pk) if user.is_authenticated else _fitting(**wanted)


def _fitting_templates(now, product, only, merchant, brand, line, tags, user=None):
    # Lists as values of their own, so that they reach the statement whole.
    ids, words = ArrayField(BigIntegerField()), ArrayField(CharField(max_length=40))
    skus = Sku.objects.filter(product=product).order_by().values("pk")
    goods = Q(product_ids__contains=Value(only, ids)) | Q(sku_ids__overlap=ArraySubquery(skus))
    fits = (
        Q(scope_kind="all")
        | Q(scope_kind="categories", category_ids__overlap=Value(line, ids))
        | Q(scope_kind="brands", brand_ids__contains=Value(brand, ids))
        | Q(scope_kind="tags", tags__overlap=Value(tags, words))
        | (Q(scope_kind="goods") & goods)
    )
    found = _open_templates(user, now).filter(fits, Q(merchant=None) | Q(merchant=merchant), tier_ranks=[])
    found = found.exclude(except_product_ids__contains=Value(only, ids)).filter(newcomer_only=False)
    held = Value(False)
    if user is not None:
        mine = Coupon.objects.filter(user=user, template=OuterRef("pk"), status=Status.AVAILABLE)
        held = Exists(mine.filter(valid_until__gt=now))
    found = found.filter(claimed__lt=F("quota")).annotate(held=held)
    return found.order_by("-amount_fen", "rate_bp", "-pk")[:ON_PRODUCT]


_VALUES = {
    "now": datetime(1987, 1, 1, tzinfo=UTC),
    "product": SOME,
    "only": [SOME],
    "merchant": SOME + 2,
    "brand": [SOME + 3],
    "line": [SOME + 4],
    "tags": ["-"],
}
_fitting = Prepared(_fitting_templates, **_VALUES)
_fitting_for = Prepared(_fitting_templates, **_VALUES, user=OTHER)


def offer(template, user):
    """The ticket of one template as ``user`` sees it now; None when it is not offered."""
    return next(iter(_offers(_open_templates(user.pk, timezone.now()).filter(pk=template.pk), user)), None)


def mine(user, tab):
    """The coupons of ``user`` under ``tab`` as a queryset for pages."""
    rows = Coupon.objects.filter(user=user).select_related("template__merchant")
    now = timezone.now()
    over = Q(status__in=[Status.EXPIRED, Status.VOID]) | Q(status=Status.AVAILABLE, valid_until__lte=now)
    if tab == "used":
        return rows.filter(status=Status.USED).order_by("-pk")
    if tab == "expired":
        reason = CouponEntry.objects.filter(coupon=OuterRef("pk"), kind="void").values("reason")[:1]
        return rows.filter(over).annotate(void_reason=Subquery(reason)).order_by("-valid_until", "-pk")
    return rows.filter(status__in=[Status.AVAILABLE, Status.LOCKED]).exclude(over).order_by("valid_until", "pk")


def counts(user):
    """{tab: how many}; one query."""
    now = timezone.now()
    free = Q(status=Status.AVAILABLE)
    return Coupon.objects.filter(user=user).aggregate(
        usable=Count("pk", filter=(free & Q(valid_until__gt=now)) | Q(status=Status.LOCKED)),
        used=Count("pk", filter=Q(status=Status.USED)),
        expired=Count("pk", filter=(free & Q(valid_until__lte=now)) | Q(status__in=[Status.EXPIRED, Status.VOID])),
    )


def ticket(coupon):
    """One coupon of its owner's as a ticket."""
    state, why = _state(coupon)
    number = order_number(coupon.locked_for)
    return Ticket(
        title=coupon.name_local,
        note=_("%(terms)s · until %(last_day)s")
        % {"terms": coupon_words.terms(coupon, coupon.template), "last_day": _day(coupon.last_day)},
        state=state,
        off_fen=coupon.amount_fen,
        rate=coupon_words.rate(coupon),
        href=_shelf(coupon.template),
        why=why,
        why_href=reverse("order", args=[number]) if number else "",
    )


def _state(coupon):
    now = timezone.now()
    if coupon.status == Status.LOCKED:
        return "held", _("Held by %(order)s until it is paid") % {"order": told(coupon.locked_for)}
    if coupon.status == Status.USED:
        return "used", _("Used for %(order)s") % {"order": told(coupon.locked_for)}
    if coupon.status == Status.VOID:
        return "gone", _("Made void: %(reason)s") % {"reason": coupon.void_reason}
    if coupon.status == Status.EXPIRED or coupon.valid_until <= now:
        return "gone", _("Its time was over on %(last_day)s") % {"last_day": _day(coupon.last_day)}
    if coupon.valid_from > now:
        start = timezone.localtime(coupon.valid_from)
        return "early", _("Can be used from %(start)s") % {"start": start.strftime("%Y-%m-%d %H:%M")}
    return "use", ""


def _open_templates(user_id, now):
    rows = CouponTemplate.objects.filter(
        Q(claim_from=None) | Q(claim_from__lte=now),
        Q(claim_until=None) | Q(claim_until__gt=now),
        Q(valid_until=None) | Q(valid_until__gt=now),
        status=CouponTemplate.Status.PUBLISHED,
        claimable=True,
    ).select_related("merchant")
    taken = Value(0)
    if user_id is not None:
        got = Coupon.objects.filter(user=user_id, series=OuterRef("series"), source__startswith="claim:").order_by()
        taken = Coalesce(Subquery(got.values("series").annotate(n=Count("pk")).values("n")), 0)
    return rows.annotate(taken=taken).order_by("-published_at", "-pk")


def _offers(templates, user):
    templates = list(templates)
    rank, newcomer = 0, True
    if user.is_authenticated:
        if any(template.tier_ranks for template in templates):
            rank = Member.objects.filter(user=user).values_list("tier_id", flat=True).first() or 0
        if any(template.newcomer_only for template in templates):
            newcomer = is_newcomer(user, at=timezone.now())
    found = []
    for template in templates:
        wrong_tier = _("for higher tiers") if template.tier_ranks and rank not in template.tier_ranks else ""
        if template.newcomer_only and not newcomer:
            continue
        found.append(_offer(template, wrong_tier, ""))
    return found


def _offer(template, why, href):
    state = "claim"
    if template.taken >= template.per_member:
        state, href = "claimed", _shelf(template)
    elif template.claimed >= template.quota:
        state, why = "gone", _("all taken")
    elif why:
        state = "closed"
    return Ticket(
        title=template.name_local,
        note=_until(template),
        state=state,
        off_fen=template.amount_fen,
        rate=coupon_words.rate(template),
        action=reverse("coupon_claims", args=[template.pk]),
        href=href,
        why=why,
    )


def _day(day):
    """A day in the reader's way, without hyphens at which a narrow ticket would break it."""
    return date_format(day, "DATE_FORMAT")


def _until(template):
    words = coupon_words.terms(template, template)
    if template.valid_days is not None:
        return _("%(terms)s · good for %(days)s days") % {"terms": words, "days": template.valid_days}
    last = timezone.localtime(template.valid_until - timedelta(microseconds=1)).date()
    return _("%(terms)s · until %(last_day)s") % {"terms": words, "last_day": _day(last)}


def _shelf(template):
    """Where the coupon can be used: its one category, else the whole shop."""
    if template.scope_kind == "categories" and template.category_ids:
        found = next((c for c in tree().line(template.category_ids[0]) if c.pk == template.category_ids[0]), None)
        if found is not None:
            return found.get_absolute_url()
    return reverse("search")
