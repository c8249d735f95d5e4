"""The life of a template: published, paused, ended, and edited by a new version; and what it has brought."""

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from accounts.history import move
from accounts.models import StateLog
from loyalty.models import Coupon, CouponEntry, CouponTemplate

Status = CouponTemplate.Status
# What a new version does not take over from the one before.
_OWN = {"id", "version", "status", "claimed", "committed_fen", "created_at", "published_at"}


def about(template):
    return f"coupon:{template.series}"


@transaction.atomic
def publish(template, *, by):
    """Open a draft; the version before it ends, and its coupons go on. Raises ``TransitionNotAllowed``."""
    for before in CouponTemplate.objects.filter(series=template.series, status__in=[Status.PUBLISHED, Status.PAUSED]):
        if before.pk != template.pk:
            end(before, by=by, reason=f"version {template.version}")
    allowed = {Status.DRAFT, Status.PAUSED}
    changes = {} if template.published_at else {"published_at": timezone.now()}
    return _move(template, Status.PUBLISHED, allowed, by, **changes)


def pause(template, *, by, reason=""):
    """Nobody claims it for now; the shop may still hand it out."""
    return _move(template, Status.PAUSED, {Status.PUBLISHED}, by, reason=reason)


def end(template, *, by, reason=""):
    """No more are issued; those that people have stay good."""
    return _move(template, Status.ENDED, {Status.DRAFT, Status.PUBLISHED, Status.PAUSED}, by, reason=reason)


@transaction.atomic
def revise(template, *, by):
    """A draft of the next version with the same terms; the present one stays until the draft is published."""
    versions = CouponTemplate.objects.select_for_update().filter(series=template.series).order_by("pk")
    newest = max(versions, key=lambda one: one.version)
    if newest.status == Status.DRAFT:
        return newest
    terms = {
        f.attname: getattr(template, f.attname) for f in CouponTemplate._meta.concrete_fields if f.name not in _OWN
    }
    return CouponTemplate.objects.create(**terms, version=newest.version + 1)


def figures(template_ids):
    """{template id: {"issued", "usable", "held", "used", "expired", "void", "saved_fen", "paid_fen"}}. Two queries.

    ``paid_fen`` is what the orders paid that used one; ``saved_fen`` what it took off them. Orders that were given
    their coupon back do not count.
    """
    states = Coupon.objects.filter(template__in=template_ids).values("template").order_by()
    counted = states.annotate(
        issued=Count("pk"),
        **{
            name: Count("pk", filter=Q(status=status))
            for name, status in (
                ("usable", "available"),
                ("held", "locked"),
                *((s, s) for s in ("used", "expired", "void")),
            )
        },
    )
    found = {row.pop("template"): row | {"saved_fen": 0, "paid_fen": 0} for row in counted}
    # The entries of the order that has it now: a coupon used twice has been given back in between.
    of_present = CouponEntry.objects.filter(coupon__template__in=template_ids, coupon__status="used").extra(
        where=["loyalty_couponentry.source = loyalty_coupon.locked_for"]
    )
    for row in of_present.values("coupon__template").order_by().annotate(saved=Sum("saved_fen"), paid=Sum("paid_fen")):
        found[row["coupon__template"]] |= {"saved_fen": row["saved"] or 0, "paid_fen": row["paid"] or 0}
    return found


def _move(template, to, allowed, by, **changes):
    actor = StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM
    return move(template, to=to, allowed=allowed, about=about(template), by=by, actor=actor, **changes)
