"""How far a merchant is trusted, and what follows: who is read before shoppers read them, and who may list at all.

Everybody starts with 100 points. A deduction counts until its day and then no more; an objection that is upheld gives
the same points back for the same time. The score on the standing is a cache of the ledger.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import history
from accounts.models import MerchantStaff, StateLog
from accounts.notifications import notify
from catalog.models import ListingReview, MerchantStanding, Objection, StandingEntry, StandingLevel

FULL = 100
Code = StandingLevel.Code
# A merchant is new until this many listings were approved, or until this long after the first day.
NEW_LISTINGS, NEW_FOR = 5, timedelta(days=90)


@dataclass(frozen=True)
class Duty:
    """What a level asks: see ``StandingLevel``."""

    code: str
    from_score: int
    reviews_listings: bool
    reviews_edits: bool
    may_publish: bool

    @property
    def label(self):
        return Code(self.code).label


# How it is until staff change a level.
USUAL = (
    Duty(Code.NEW, 0, True, True, True),
    Duty(Code.TRUSTED, 90, False, False, True),
    Duty(Code.WATCHED, 70, True, False, True),
    Duty(Code.RESTRICTED, 40, True, True, True),
    Duty(Code.FROZEN, -1000, True, True, False),
)
STATEMENT = """
INSERT INTO catalog_merchantstanding (merchant_id, trust, score, updated_at)
SELECT merchant.id, 'by_score', %(full)s + coalesce(sum(entry.points), 0), %(now)s
FROM accounts_merchant AS merchant
LEFT JOIN catalog_standingentry AS entry ON entry.merchant_id = merchant.id AND entry.until >= %(today)s
WHERE %(which)s::bigint IS NULL OR merchant.id = %(which)s
GROUP BY merchant.id
ON CONFLICT (merchant_id) DO UPDATE SET score = excluded.score, updated_at = excluded.updated_at
WHERE catalog_merchantstanding.score <> excluded.score
"""


def levels():
    """The five duties as staff have set them, by code."""
    changed = {
        row.code: Duty(row.code, row.from_score, row.reviews_listings, row.reviews_edits, row.may_publish)
        for row in StandingLevel.objects.all()
    }
    return {duty.code: changed.get(duty.code, duty) for duty in USUAL}


def duty_of(merchant):
    """The ``Duty`` of a merchant today."""
    standing = MerchantStanding.objects.filter(merchant=merchant).first()
    score = standing.score if standing else FULL
    known = levels()
    reached = max((d for d in known.values() if d.code != Code.NEW and d.from_score <= score), key=lambda d: d.from_score,
                  default=known[Code.FROZEN])  # fmt: skip
    if reached.code == Code.TRUSTED and _is_new(merchant, standing):
        return known[Code.NEW]
    return reached


def _is_new(merchant, standing):
    trust = standing.trust if standing else MerchantStanding.Trust.BY_SCORE
    if trust != MerchantStanding.Trust.BY_SCORE:
        return trust == MerchantStanding.Trust.NEW
    if merchant.self_operated or merchant.created_at < timezone.now() - NEW_FOR:
        return False
    approved = ListingReview.objects.filter(
        product__merchant=merchant, status=ListingReview.Status.APPROVED, kind=ListingReview.Kind.LISTING
    )
    return approved.values("product").distinct().count() < NEW_LISTINGS


def recount(merchant=None):
    """Make the score of ``merchant``, or of all, equal to the ledger: points return on their day. One statement."""
    which = merchant.pk if merchant else None
    with connection.cursor() as cursor:
        params = {"full": FULL, "now": timezone.now(), "today": timezone.localdate(), "which": which}
        cursor.execute(STATEMENT, params)
        return cursor.rowcount


def deduct(merchant, points, *, reason, source, until, note="", product=None, by=None):
    """Take ``points`` (a positive number) until the day ``until``; once a ``source``. Returns the entry, or None."""
    with transaction.atomic():
        entry, made = StandingEntry.objects.get_or_create(
            source=source,
            defaults={
                "merchant": merchant, "points": -points, "reason": reason, "note": note[:200], "product": product,
                "until": until, "by": by,
            },
        )  # fmt: skip
        if not made:
            return None
        recount(merchant)
        facts = {"points": points, "note": note[:120] or str(entry.get_reason_display()), "until": until.isoformat()}
        tell(merchant, "standing_deducted", key=source, facts=facts, url="/admin/catalog/standingentry/")
    return entry


def object_to(entry, text, by):
    """The merchant's objection to a deduction; once an entry."""
    objection = Objection.objects.create(entry=entry, text=text, by=by)
    history.record(objection, about=objection.about, to=Objection.Status.OPEN, by=by, actor=StateLog.Actor.STAFF)
    return objection


def uphold(objection, by, *, reason):
    """The merchant is right: the points come back. False when that was decided before."""
    entry = objection.entry
    with transaction.atomic():
        if not _answer(objection, Objection.Status.UPHELD, by, reason):
            return False
        StandingEntry.objects.get_or_create(
            source=f"objection:{objection.pk}",
            defaults={
                "merchant": entry.merchant, "points": -entry.points, "reason": StandingEntry.Reason.REVERSAL,
                "note": reason[:200], "product": entry.product, "until": entry.until, "by": by,
            },
        )  # fmt: skip
        recount(entry.merchant)
        tell(entry.merchant, "objection_upheld", key=objection.about, facts={"reason": reason}, url=_page(objection))
    return True


def dismiss(objection, by, *, reason):
    """The deduction stays; the merchant is told why. False when that was decided before."""
    with transaction.atomic():
        if not _answer(objection, Objection.Status.DISMISSED, by, reason):
            return False
        merchant = objection.entry.merchant
        tell(merchant, "objection_dismissed", key=objection.about, facts={"reason": reason}, url=_page(objection))
    return True


def _answer(objection, to, by, reason):
    answered = {"answer": reason, "answered_by": by, "answered_at": timezone.now()}
    return history.move(
        objection, to=to, allowed={Objection.Status.OPEN}, about=objection.about, by=by, actor=StateLog.Actor.STAFF,
        reason=reason, **answered,
    )  # fmt: skip


def _page(objection):
    return f"/admin/catalog/objection/{objection.pk}/change/"


def tell(merchant, kind, *, key, facts, url=""):
    """Tell everybody who works for ``merchant``."""
    for staff in MerchantStaff.objects.filter(merchant=merchant).select_related("user"):
        notify(staff.user, kind, key=f"{key}:{kind}:{staff.user_id}", facts=facts, url=url)


EXPLAINED = {
    Code.NEW: _("Your listings are read before they go on sale, until five were approved or 90 days have passed."),
    Code.TRUSTED: _("Your listings go on sale at once; staff look at samples."),
    Code.WATCHED: _("Your listings are read before they go on sale."),
    Code.RESTRICTED: _("Your listings, and every change of their words, are read before shoppers see them."),
    Code.FROZEN: _("You may not put listings on sale until points return."),
}
