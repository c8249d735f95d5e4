"""Who is a member and what the tier grants."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from accounts.one_trip import insert_new
from accounts.prepared import SOME, Prepared
from loyalty.models import Member, Tier


@dataclass(frozen=True)
class Benefits:
    """What a tier grants. ``earn_bp``: points per yuan in basis points (10,000 = 1); ``free_delivery_from_fen``: goods
    after discounts from which delivery is free; ``return_days``: days for a no-reason return; ``priority``: packed first."""

    tier_code: str
    earn_bp: int
    free_delivery_from_fen: int
    return_days: int
    priority: bool


def member_of(user):
    """The member record of a signed-in ``user``; made on demand in the first tier."""
    member = found(user)
    if member is None:
        insert_new(Member(user=user, tier_id=0, tier_since=timezone.localdate()))
        member = found(user)
    return member


def found(user):
    """The member record of a signed-in ``user``, or None as long as nobody has made it."""
    return next(iter(_member_of(user_id=user.pk)), None)


_member_of = Prepared(lambda user_id: Member.objects.select_related("tier").filter(user_id=user_id), user_id=SOME)


def _tiers(user_id):
    # Their own tier, or the first one of who is no member yet.
    mine = Q(rank=0) | Q(pk__in=Member.objects.filter(user_id=user_id).values("tier"))
    return Tier.objects.filter(mine).order_by("-rank")[:1]


_tier_of = Prepared(_tiers, user_id=SOME)
_first_tier = Prepared(lambda: Tier.objects.filter(rank=0))


def benefits(user):
    """The ``Benefits`` of ``user``; a guest (None or anonymous) has those of the first tier. One query, no writes."""
    tier = _tier_of(user_id=user.pk)[0] if user is not None and user.is_authenticated else _first_tier()[0]
    return Benefits(
        tier_code=tier.code,
        earn_bp=tier.earn_bp,
        free_delivery_from_fen=tier.free_delivery_from_fen,
        return_days=tier.return_days,
        priority=tier.priority_shipping,
    )
