"""Coupons whose time is over, and those whose time is nearly over. Set-based: the row with its date is the timer."""

from datetime import timedelta

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from loyalty import notices
from loyalty.models import Coupon

BATCH = 5_000
NOTICE_DAYS = (3, 1)

_EXPIRE = """
WITH due AS (
    SELECT id FROM loyalty_coupon WHERE status = 'available' AND valid_until <= %(now)s
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), ended AS (
    UPDATE loyalty_coupon c SET status = 'expired' FROM due WHERE c.id = due.id RETURNING c.id, c.valid_until
)
INSERT INTO loyalty_couponentry (coupon_id, kind, from_state, to_state, source, reason, valid_until, at)
SELECT id, 'expire', 'available', 'expired', 'expiry', '', valid_until, %(now)s FROM ended
"""


def expire_due(now=None):
    """Every free coupon past its date becomes expired; held ones stay good for their order. Returns how many."""
    now = now or timezone.now()
    ended = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_EXPIRE, {"now": now, "batch": BATCH})
            ended += cursor.rowcount
            if cursor.rowcount < BATCH:
                return ended


def tell_expiring(now=None):
    """Tell owners three days and one day before coupons end, once a person, last day and distance. Returns messages.

    Coupons received less than a day ago are not told: their owner has just read until when they are good.
    """
    now = now or timezone.now()
    told = 0
    for days in NOTICE_DAYS:
        soon = Coupon.objects.filter(
            status=Coupon.Status.AVAILABLE,
            valid_until__gt=now + timedelta(days=days - 1),
            valid_until__lte=now + timedelta(days=days),
            created_at__lt=now - timedelta(days=1),
        )
        with transaction.atomic():
            told += notices.tell(_about(soon.order_by("user_id", "valid_until"), days))
    return told


def _about(coupons, days):
    groups = {}
    for coupon in coupons.iterator(chunk_size=2_000):
        groups.setdefault((coupon.user_id, coupon.last_day), []).append(coupon)
    return [
        Notification(
            user_id=user_id,
            kind="coupon_expiring",
            facts={"count": len(group), "days": days, "last_day": last_day.isoformat()},
            url=reverse("coupons"),
            dedupe_key=f"coupon-expiring:{user_id}:{last_day}:{days}",
        )
        for (user_id, last_day), group in groups.items()
    ]
