"""Coupons for many members at once, a thousand a transaction (the work of ``CouponBatch``)."""

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import bell
from accounts.models import Notification, User
from loyalty import notices
from loyalty.models import CouponBatch, CouponTemplate

STEP = 1_000

# One statement makes the coupons, their first lines in the ledger, and says who got one.
_ISSUE = """
WITH made AS (
    INSERT INTO loyalty_coupon (user_id, template_id, series, source, status, kind, threshold_fen, amount_fen, rate_bp,
                                cap_fen, valid_from, valid_until, locked_for, created_at)
    SELECT u.id, t.id, t.series, %(source)s, 'available', t.kind, t.threshold_fen, t.amount_fen, t.rate_bp,
           t.cap_fen, %(valid_from)s, %(valid_until)s, '', now()
    FROM loyalty_coupontemplate t, unnest(%(users)s::bigint[]) AS u(id)
    WHERE t.id = %(template)s
    ON CONFLICT (user_id, series, source) DO NOTHING
    RETURNING id, user_id, valid_until
), written AS (
    INSERT INTO loyalty_couponentry (coupon_id, kind, from_state, to_state, source, reason, valid_until, by_id, at)
    SELECT id, 'issue', '', 'available', %(source)s, '', valid_until, %(by)s, now() FROM made
)
SELECT user_id FROM made
"""


@transaction.atomic
def ask(template, *, by, key, tier_ranks=(), user_ids=()):
    """Queue coupons of ``template`` for everybody of ``tier_ranks`` or for ``user_ids``; once per form ``key`` (UUID)."""
    batch, _made = CouponBatch.objects.get_or_create(
        key=key,
        defaults={"template": template, "by": by, "tier_ranks": list(tier_ranks), "user_ids": sorted(set(user_ids))},
    )
    bell.ring("loyalty.tasks.issue_coupons")
    return batch


def work_on(batch):
    """Issue until everybody has theirs or the quota is used up; safe to repeat after any interruption."""
    while _step(batch.pk):
        pass


@transaction.atomic
def _step(batch_id):
    batch = CouponBatch.objects.select_for_update().get(pk=batch_id)
    people = _next_people(batch)
    if not people or batch.sold_out:
        return False
    template = CouponTemplate.objects.select_for_update(no_key=True).get(pk=batch.template_id)
    room = _room(template)
    issued = _issue(batch, template, people[:room])
    batch.cursor = people[:room][-1] if room else batch.cursor
    batch.issued += len(issued)
    batch.sold_out = room < len(people)
    batch.save(update_fields=["cursor", "issued", "sold_out"])
    return not batch.sold_out


def _next_people(batch):
    people = User.objects.filter(pk__gt=batch.cursor, is_active=True)
    if batch.user_ids:
        people = people.filter(pk__in=batch.user_ids)
    else:
        # Who has never looked at the programme has no record yet and is in the first tier.
        in_tiers = Q(member__tier__in=batch.tier_ranks)
        people = people.filter(in_tiers | Q(member=None) if 0 in batch.tier_ranks else in_tiers)
    return list(people.order_by("pk").values_list("pk", flat=True)[:STEP])


def _room(template):
    """How many more of ``template`` may be issued; its row is locked."""
    if template.status not in (CouponTemplate.Status.PUBLISHED, CouponTemplate.Status.PAUSED):
        return 0
    room = template.quota - template.claimed
    if template.budget_fen is not None and template.worth_fen:
        room = min(room, (template.budget_fen - template.committed_fen) // template.worth_fen)
    return room


def _issue(batch, template, people):
    valid_from, valid_until = template.window(batch.created_at)
    facts = {"source": batch.source, "valid_from": valid_from, "valid_until": valid_until, "users": people}
    with connection.cursor() as cursor:
        cursor.execute(_ISSUE, {**facts, "template": template.pk, "by": batch.by_id})
        issued = [user_id for (user_id,) in cursor.fetchall()]
    template.claimed += len(issued)
    template.committed_fen += len(issued) * template.worth_fen
    template.save(update_fields=["claimed", "committed_fen"])
    notices.tell([_about(batch, user_id, valid_until) for user_id in issued])
    return issued


def _about(batch, user_id, valid_until):
    return Notification(
        user_id=user_id,
        kind="coupon_received",
        facts={"last_day": timezone.localtime(valid_until).date().isoformat()},
        url=reverse("coupons"),
        dedupe_key=f"coupon:{batch.source}:{user_id}",
    )
