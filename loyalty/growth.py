"""Growth: the ledger that tiers are decided by. New growth may raise the tier at once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone

from accounts.notifications import notify
from loyalty import lots
from loyalty.members import member_of
from loyalty.models import GrowthEntry, LoyaltyRun, Member, Tier, TierEvaluation
from loyalty.tier_rule import WINDOW_DAYS, Growth, Level, Standing, decide

Reason = GrowthEntry.Reason


@transaction.atomic
def post(user, source, amount, reason, date):
    """Add ``amount`` growth (negative after a refund) that counts from ``date``; once per source and reason.

    Raises the tier at once when a higher threshold is reached. Returns True when this call added it.
    """
    if not amount:
        return False
    member = lots.lock(member_of(user))
    _entry, made = GrowthEntry.objects.get_or_create(
        member=member, source=source, reason=reason, defaults={"amount": amount, "effective_date": date}
    )
    if made:
        Member.objects.filter(pk=member.pk).update(growth=in_window(member, last_run_date(), upto=None).total)
        _raise_tier(member, timezone.localdate())
    return made


def last_run_date():
    """The business date up to which the nightly run has come; yesterday in a shop where it never ran."""
    last = LoyaltyRun.objects.filter(status=LoyaltyRun.Status.DONE).values_list("date", flat=True).first()
    return last or timezone.localdate() - timedelta(days=1)


def in_window(member, day, *, upto):
    """``Growth`` of the 365 days that end with ``day``; entries dated after ``upto`` do not count (None: all count)."""
    rows = member.growth_entries.filter(effective_date__gt=day - timedelta(days=WINDOW_DAYS))
    if upto is not None:
        rows = rows.filter(effective_date__lte=upto)
    sums = rows.aggregate(
        spend=Sum("amount", filter=Q(reason__in=[Reason.SPEND, Reason.REFUND]), default=0),
        granted=Sum("amount", filter=Q(reason=Reason.GRANT), default=0),
        activity=Sum("amount", filter=Q(reason=Reason.ACTIVITY), default=0),
        review=Sum("amount", filter=Q(reason=Reason.REVIEW), default=0),
    )
    return Growth(**sums)


def levels():
    return [Level(tier.rank, tier.threshold, tier.spend_share_bp) for tier in Tier.objects.all()]


def standing_of(member):
    return Standing(member.tier_id, member.tier_valid_until, member.grace_until)


def _raise_tier(member, day):
    growth = in_window(member, day, upto=day)
    outcome, standing = decide(standing_of(member), growth, levels(), day)
    grace_ends = outcome == "renew" and member.grace_until
    if outcome != "upgrade" and not grace_ends:
        return  # what depends on the calendar is the nightly run's
    Member.objects.filter(pk=member.pk).update(
        tier_id=standing.rank,
        tier_since=day if outcome == "upgrade" else member.tier_since,
        tier_valid_until=standing.valid_until,
        grace_until=None,
    )
    evaluation = TierEvaluation.objects.create(
        member=member,
        date=day,
        outcome=outcome,
        tier_before_id=member.tier_id,
        tier_after_id=standing.rank,
        growth=growth.total,
        facts=facts_of(growth),
    )
    tell(evaluation, standing)


def facts_of(growth):
    return {
        "spend": growth.spend,
        "granted": growth.granted,
        "activity": growth.activity,
        "review": growth.review,
    }


def tell(evaluation, standing):
    """The message about a decision, as the nightly run words it too."""
    notify(
        evaluation.member.user,
        f"tier_{evaluation.outcome}",
        key=f"tier:{evaluation.pk}",
        facts=message_facts(evaluation, standing.valid_until, standing.grace_until),
        url=reverse("member_growth"),
    )


def message_facts(evaluation, valid_until, grace_until):
    """Facts for the messages of ``loyalty.messages``."""
    until = grace_until or valid_until
    return {
        "threshold": f"{evaluation.tier_after.threshold:,}",
        "growth": f"{evaluation.growth:,}",
        "until": until.isoformat() if until else "—",
    }
