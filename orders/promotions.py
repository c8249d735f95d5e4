"""Promotions as the shop runs them: publish, stop, and count what orders use of them.

A published version never changes. Limits are counters on the promotion's row, raised and lowered by guarded updates in
the order of ids, after coupons and points and before stock rows.
"""

from django.db import connection, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from accounts.one_trip import insert
from accounts.prepared import QuestionUnderLock
from orders import flash_sales, offers_on_shelves
from orders.models import Promotion, PromotionMember, PromotionUse, PromotionVersion

# What a version freezes, and nothing else.
TERMS = (
    "kind", "name", "name_en", "steps", "prices", "cap_fen", "category_ids", "brand_ids", "sku_ids", "except_sku_ids",
    "weekdays", "tiers", "newcomers_only", "regions", "excludes", "quota_units", "units_a_member", "pool_units",
    "gift_sku_id", "gift_value_fen", "presale", "on_break",
)  # fmt: skip


COUNT_MEMBER = """
INSERT INTO orders_promotionmember AS mine (promotion_id, user_id, units)
SELECT %s, %s, units FROM (SELECT %s::int AS units) AS wanted WHERE units <= %s
ON CONFLICT (promotion_id, user_id) DO UPDATE SET units = mine.units + excluded.units
WHERE mine.units + excluded.units <= %s
"""


class PromotionGone(Exception):
    """A promotion of the quote was stopped or is used up; nothing was taken. ``promotion_id`` says which."""

    def __init__(self, promotion_id):
        super().__init__(f"promotion {promotion_id}")
        self.promotion_id = promotion_id


@transaction.atomic
def publish(promotion, by=None, *, in_spite_of=()):
    """Freeze the draft as the next version and let shoppers have it from ``starts_at`` on. Returns the version.

    ``in_spite_of``: codes of the doubts (``orders.promotion_checks``) that ``by`` published over, for the history.
    """
    promotion = Promotion.objects.select_for_update().get(pk=promotion.pk)
    version = _freeze(promotion, terms_of(promotion), by, {"in_spite_of": list(in_spite_of)} if in_spite_of else {})
    offers_on_shelves.soon(promotion)
    flash_sales.schedule(promotion, by=by)
    return version


def _freeze(promotion, terms, by, facts, **changes):
    """``terms`` are the next version of the locked ``promotion``, which is published by now."""
    number = (promotion.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = PromotionVersion.objects.create(
        promotion=promotion, number=number, terms=terms, published_by=by, published_at=timezone.now()
    )
    before = promotion.status
    Promotion.objects.filter(pk=promotion.pk).update(
        status=Promotion.Status.PUBLISHED, current=version, changed_at=timezone.now(), **changes
    )
    _record(promotion, before, Promotion.Status.PUBLISHED, by, {"version": number} | facts)
    return version


def extend_presale(promotion, until, *, by, reason):
    """The balance of the locked presale ``promotion`` can be paid ``until`` from now on, in a version of its own while it
    is published; nothing else of the draft is published by it."""
    window = {"balance_until": until.isoformat()}
    draft = {"presale": promotion.presale | window}
    if promotion.status != Promotion.Status.PUBLISHED:
        Promotion.objects.filter(pk=promotion.pk).update(**draft)
        return
    terms = promotion.current.terms
    terms = terms | {"presale": terms["presale"] | window}
    _freeze(promotion, terms, by, {"reason": reason} | window, **draft)


def terms_of(promotion):
    """What publishing the draft would freeze."""
    terms = {name: getattr(promotion, name) for name in TERMS}
    terms["starts_at"] = promotion.starts_at.isoformat()
    terms["ends_at"] = promotion.ends_at.isoformat() if promotion.ends_at else None
    terms["merchant_id"] = promotion.merchant_id
    window = (promotion.hours_from, promotion.hours_until) if promotion.hours_from is not None else ()
    terms["hours"] = [f"{moment:%H:%M}" for moment in window]
    return terms


def is_changed(promotion):
    """Whether the draft says something else than the published version; a term that is younger than it was empty then."""
    frozen = promotion.current.terms
    return any(frozen[name] != value if name in frozen else bool(value) for name, value in terms_of(promotion).items())


@transaction.atomic
def stop(promotion, by=None):
    """End it now; orders that have it keep it. Returns False when it does not run."""
    stopped = Promotion.objects.filter(pk=promotion.pk, status=Promotion.Status.PUBLISHED).update(
        status=Promotion.Status.STOPPED, changed_at=timezone.now()
    )
    if stopped:
        _record(promotion, Promotion.Status.PUBLISHED, Promotion.Status.STOPPED, by, {})
        offers_on_shelves.soon(promotion)
        flash_sales.close(promotion, by=by)
    return bool(stopped)


def _record(promotion, before, to, by, data):
    history.record(
        promotion,
        about=f"promotion:{promotion.pk}",
        from_state=before,
        to=to,
        by=by,
        actor=StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM,
        data=data,
    )


def take(order, quote):
    """Count what ``quote`` uses against the limits; in the caller's transaction. Raises ``PromotionGone``."""
    uses, live = [], Promotion.objects.filter(status=Promotion.Status.PUBLISHED)
    free = [offer.promotion_id for offer, _fen, _units in quote.used if not offer.is_limited or offer.is_pooled]
    # Without a counter there is no queue at the row.
    still = set(_versions(ids=free)) if free else set()
    for offer, fen, units in sorted(quote.used, key=lambda row: row[0].promotion_id):
        if offer.is_limited and not offer.is_pooled:
            room = Q(quota_units=None) | Q(quota_units__gte=F("used_units") + units)
            room &= Q(budget_fen=None) | Q(budget_fen__gte=F("used_fen") + fen)
            rows = live.filter(room, pk=offer.promotion_id, current=offer.id)
            taken = rows.update(used_units=F("used_units") + units, used_fen=F("used_fen") + fen)
        else:
            taken = (offer.promotion_id, offer.id) in still
        if not taken or not _count_member(order.user_id, offer, units):
            raise PromotionGone(offer.promotion_id)
        uses.append(
            PromotionUse(
                order=order,
                promotion_id=offer.promotion_id,
                version_id=offer.id,
                fen=fen,
                units=units,
                is_counted=offer.is_limited and not offer.is_pooled,
                is_of_member=offer.most_units is not None,
            )
        )
    insert(*uses)


_versions = QuestionUnderLock("""
SELECT id, current_id FROM orders_promotion WHERE status = 'published' AND id = ANY(%(ids)s::bigint[])
""")


def _count_member(user_id, offer, units):
    """One statement: the member's counter goes up, unless that would be more than the offer allows a member."""
    if offer.most_units is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute(COUNT_MEMBER, [offer.promotion_id, user_id, units, offer.most_units, offer.most_units])
        return cursor.rowcount == 1


def give_back(order):
    """The order is closed: what it used may be had again. Once, however often it is called."""
    now = timezone.now()
    for use in order.promotion_uses.filter(released_at=None).select_related("promotion").order_by("promotion_id"):
        if not PromotionUse.objects.filter(pk=use.pk, released_at=None).update(released_at=now):
            continue
        if use.is_counted:
            Promotion.objects.filter(pk=use.promotion_id).update(
                used_units=F("used_units") - use.units, used_fen=F("used_fen") - use.fen
            )
        if use.is_of_member:
            mine = PromotionMember.objects.filter(promotion=use.promotion_id, user=order.user_id)
            mine.update(units=F("units") - use.units)
