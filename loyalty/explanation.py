"""Why a member has the tier: the sums behind it, and what would change it (domain.md 5.9)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum

from loyalty.growth import Reason, in_window, last_run_date, levels
from loyalty.models import Tier
from loyalty.tier_rule import ACTIVITY_CAP, REVIEW_CAP, WINDOW_DAYS, Growth

LEAVING_WITHIN_DAYS = 30


@dataclass(frozen=True)
class Explanation:
    """``left`` is the growth missing to ``next`` (None at the top), ``spend_left`` the part that must be spending;
    ``leaving`` is the growth that becomes older than the window within 30 days; ``refunded`` is what refunds took."""

    tier: Tier
    next: Tier | None
    since: date
    until: date
    growth: Growth
    left: int
    spend_left: int
    keeps: bool
    leaving: int
    refunded: int
    activity_cap: int = ACTIVITY_CAP
    review_cap: int = REVIEW_CAP

    @property
    def meter(self):
        """Growth as far as the meter to the next tier shows it."""
        return max(min(self.growth.total, self.next.threshold), 0) if self.next else 0


def of(member):
    """The ``Explanation`` of ``member`` as of the last nightly run, with entries since then."""
    day = last_run_date()
    since = day - timedelta(days=WINDOW_DAYS - 1)
    growth = in_window(member, day, upto=None)
    tiers = list(Tier.objects.all())
    above = next((tier for tier in tiers if tier.rank == member.tier_id + 1), None)
    own = next(level for level in levels() if level.rank == member.tier_id)
    leaves = Q(effective_date__gte=since, effective_date__lt=since + timedelta(days=LEAVING_WITHIN_DAYS))
    sums = member.growth_entries.aggregate(
        leaving=Sum("amount", filter=leaves, default=0),
        refunded=Sum("amount", filter=Q(reason=Reason.REFUND, effective_date__gte=since), default=0),
    )
    needs_spend = above.threshold * above.spend_share_bp // 10_000 if above else 0
    return Explanation(
        tier=member.tier,
        next=above,
        since=since,
        until=max(day, since),
        growth=growth,
        left=max(above.threshold - growth.total, 0) if above else 0,
        spend_left=max(needs_spend - growth.spend, 0),
        keeps=own.reached_by(growth),
        leaving=max(sums["leaving"], 0),
        refunded=-sums["refunded"],
    )
