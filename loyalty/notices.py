"""Tells many members at once what the nightly run found."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts import bell
from accounts.models import Delivery, Notification
from accounts.notifications import INBOX, KINDS
from loyalty.growth import message_facts
from loyalty.models import TierEvaluation

PAGE = 2_000

_EXPIRING = """
SELECT m.user_id, m.id, l.expires_at, sum(l.remaining - l.reserved) AS points
FROM loyalty_pointslot l JOIN loyalty_member m ON m.id = l.member_id
WHERE l.member_id = ANY(%(ids)s) AND l.status = 'available' AND l.remaining > l.reserved
  AND l.expires_at IN (
      %(end_of_day)s + interval '1 day', %(end_of_day)s + interval '7 days', %(end_of_day)s + interval '30 days')
GROUP BY m.user_id, m.id, l.expires_at
"""


def write(cursor, facts):
    """Notices for the members of this batch: points that expire in 30, 7 or 1 days, and decisions on their tier."""
    cursor.execute(_EXPIRING, facts)
    wanted = [_about_points(row, facts["end_of_day"]) for row in cursor.fetchall()]
    expiring = tell(wanted)
    decisions = TierEvaluation.objects.filter(date=facts["day"], member__in=facts["ids"])
    told = tell([_about_tier(decision) for decision in decisions.select_related("member", "tier_after")])
    return {"expiry_notices": expiring, "tier_notices": told}


def _about_points(row, end_of_day):
    user_id, member_id, expires_at, points = row
    days = (expires_at - end_of_day).days
    last_day = timezone.localtime(expires_at - timedelta(seconds=1)).date()
    return Notification(
        user_id=user_id,
        kind="points_expiring",
        facts={"points": f"{points:,}", "days": days, "last_day": last_day.isoformat()},
        url=reverse("member_points"),
        dedupe_key=f"points-expiring:{member_id}:{last_day}:{days}",
    )


def _about_tier(decision):
    member = decision.member
    return Notification(
        user_id=member.user_id,
        kind=f"tier_{decision.outcome}",
        facts=message_facts(decision, member.tier_valid_until, member.grace_until),
        url=reverse("member_growth"),
        dedupe_key=f"tier:{decision.pk}",
    )


def tell(notifications):
    """Write many messages and their deliveries, each once by its key. Returns how many are new."""
    told = 0
    for start in range(0, len(notifications), PAGE):
        page = notifications[start : start + PAGE]
        known = set(
            Notification.objects.filter(dedupe_key__in=[one.dedupe_key for one in page]).values_list(
                "dedupe_key", flat=True
            )
        )
        fresh = Notification.objects.bulk_create(one for one in page if one.dedupe_key not in known)
        Delivery.objects.bulk_create(
            Delivery(notification=one, channel=channel)
            for one in fresh
            for channel in KINDS[one.kind].channels
            if channel != INBOX
        )
        told += len(fresh)
    if told:
        bell.ring("accounts.tasks.send_messages")
    return told
