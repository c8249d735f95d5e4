"""Who may claim a coupon, and when."""

from datetime import timedelta

from loyalty.models import CouponTemplate, Member, PointsLot
from loyalty.points import EARNED_FOR_ORDER

NEWCOMER_FOR = timedelta(days=30)


def refusal(template, user, *, at):
    """Why ``user`` may not claim ``template`` ``at`` that moment, as a word (see ``ClaimRefused``), or "" if he may.

    Quota and the limit a member are not looked at: they are taken, not read.
    """
    if user is None or not user.is_authenticated:
        return "sign_in"
    if template.status != CouponTemplate.Status.PUBLISHED or not template.claimable:
        return "not_open"
    over = (template.claim_until and at >= template.claim_until) or (
        template.valid_until and at >= template.valid_until
    )
    if over:
        return "over"
    if template.claim_from and at < template.claim_from:
        return "not_open"
    if template.tier_ranks and _rank(user) not in template.tier_ranks:
        return "tier"
    if template.newcomer_only and not is_newcomer(user, at=at):
        return "newcomers"
    return ""


def is_newcomer(user, *, at):
    """Joined within 30 days and never bought: a paid order has promised points (docs/domain.md 5.6)."""
    return (
        at - user.date_joined < NEWCOMER_FOR
        and not PointsLot.objects.filter(member__user=user, reason=EARNED_FOR_ORDER).exists()
    )


def _rank(user):
    return Member.objects.filter(user=user).values_list("tier_id", flat=True).first() or 0
