"""Coupons: claimed, issued, held by an order, used, set free and given back (docs/domain.md 2.7, 4.8).

``source`` is a text key such as "order:ZG…"; every function does its work once per source, a repeated call changes
nothing. Coupons are locked by id, after refunds and before points lots; the row of the template is taken last, because
everybody who claims meets there. Every move is one line in ``CouponEntry``. Joins the caller's transaction.
"""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.prepared import SOME, Prepared, PreparedUnderLock
from loyalty.coupon_audience import refusal
from loyalty.models import Coupon, CouponEntry, CouponTemplate
from loyalty.models.coupon_template import midnight_after

EXTENSION_DAYS = 7

Kind = CouponEntry.Kind
Status = Coupon.Status


class CouponUnusable(Exception):
    """A coupon cannot be held for an order; nothing was. ``coupon_ids`` are the ones that cannot."""

    def __init__(self, coupon_ids):
        super().__init__(f"coupons {sorted(coupon_ids)} cannot be used")
        self.coupon_ids = frozenset(coupon_ids)


class ClaimRefused(Exception):
    """Nothing was claimed. ``reason``: not_open, over, sold_out, limit, tier, newcomers, sign_in."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def usable(user, *, at=None):
    """The coupons that ``user`` could use ``at`` (now), soonest expiry first, with their templates. One query."""
    if user is None or not user.is_authenticated:
        return []
    return _usable(user_id=user.pk, at=at or timezone.now())


def _usable_at(user_id, at):
    mine = Coupon.objects.filter(user_id=user_id, status=Status.AVAILABLE, valid_from__lte=at, valid_until__gt=at)
    return mine.select_related("template").order_by("valid_until", "pk")


_usable = Prepared(_usable_at, user_id=SOME, at=datetime(1987, 1, 1, tzinfo=UTC))


@transaction.atomic
def claim(user, template):
    """``user`` takes one coupon of a published ``template``. Returns it; raises ``ClaimRefused`` and takes nothing."""
    template = CouponTemplate.objects.get(pk=template.pk)
    now = timezone.now()
    why = refusal(template, user, at=now)
    if why:
        raise ClaimRefused(why)
    # The number of the claim is part of its unique source: two claims at once cannot both be the last allowed one.
    claimed = Coupon.objects.filter(user=user, series=template.series, source__startswith="claim:").count()
    for nth in range(claimed + 1, template.per_member + 1):
        coupon = _make(template, user, f"claim:{nth}", at=now)
        if coupon is not None:
            _count(template)
            return coupon
    raise ClaimRefused("limit")


@transaction.atomic
def issue(template, user, *, source, amount_fen=None, by=None):
    """Give ``user`` a coupon of ``template``, once per person and ``source``, whatever its version is by then.

    ``amount_fen`` replaces the template's amount (a share of a lucky packet). Returns the coupon, new or not; raises
    ``ClaimRefused`` ("sold_out") when quota or budget are used up, or ("not_open") for a draft or ended template.
    """
    coupon = _make(template, user, source, at=timezone.now(), amount_fen=amount_fen, by=by)
    if coupon is None:
        return Coupon.objects.get(user=user, series=template.series, source=source)
    _count(template, worth=amount_fen)
    return coupon


def _make(template, user, source, *, at, amount_fen=None, by=None):
    """The coupon, or None when this source has issued its coupon before."""
    valid_from, valid_until = template.window(at)
    amount = template.amount_fen if amount_fen is None else amount_fen
    coupon, made = Coupon.objects.get_or_create(
        user=user,
        series=template.series,
        source=source,
        defaults={
            "template": template,
            "kind": template.kind,
            "threshold_fen": template.threshold_fen,
            "amount_fen": amount,
            "rate_bp": template.rate_bp,
            "cap_fen": template.cap_fen,
            "valid_from": valid_from,
            "valid_until": valid_until,
        },
    )
    if not made:
        return None
    _write([coupon], Kind.ISSUE, "", Status.AVAILABLE, source, by=by)
    return coupon


def _count(template, worth=None):
    """Take one from the quota and its worth from the budget, or refuse."""
    worth = template.worth_fen if worth is None else worth
    room = Q(budget_fen=None) | Q(budget_fen__gte=F("committed_fen") + worth)
    live = CouponTemplate.objects.filter(pk=template.pk, status__in=["published", "paused"])
    if not live.filter(room, claimed__lt=F("quota")).update(
        claimed=F("claimed") + 1, committed_fen=F("committed_fen") + worth
    ):
        raise ClaimRefused("sold_out" if live.exists() else "not_open")


@transaction.atomic
def lock(user, coupon_ids, *, source, saved=None):
    """Hold the coupons of ``user`` for an order being placed. ``saved``: {coupon id: fen it takes off}.

    Validity is looked at here and never again. Raises ``CouponUnusable`` and holds nothing.
    """
    wanted = set(coupon_ids)
    if not wanted:
        return []
    coupons = list(Coupon.objects.select_for_update().filter(user=user, pk__in=wanted).order_by("pk"))
    fresh = [coupon for coupon in coupons if not (coupon.status == Status.LOCKED and coupon.locked_for == source)]
    now = timezone.now()
    lost = wanted - {coupon.pk for coupon in coupons}
    lost |= {
        coupon.pk
        for coupon in fresh
        if coupon.status != Status.AVAILABLE or not coupon.valid_from <= now < coupon.valid_until
    }
    if lost:
        raise CouponUnusable(lost)
    _move(fresh, Kind.LOCK, Status.AVAILABLE, Status.LOCKED, source, locked_for=source, saved=saved)
    return coupons


@transaction.atomic(savepoint=False)
def spend(source, *, paid_fen=None):
    """The order is paid: its coupons are used. ``paid_fen``: what the order brought. Returns the coupons."""
    coupons = _held(source, Status.LOCKED)
    _move(coupons, Kind.SPEND, Status.LOCKED, Status.USED, source, locked_for=source, paid_fen=paid_fen)
    return coupons


@transaction.atomic
def release(source, *, by_staff=False):
    """The order is closed unpaid: its coupons are free with their own validity.

    One that has expired meanwhile stays expired, unless staff closed the order: then it lives seven days more.
    """
    return _back(_held(source, Status.LOCKED), Kind.RELEASE, source, extend=by_staff)


@transaction.atomic
def give_back(source, *, coupon_ids=None, our_fault=False):
    """Return the used coupons of an order (those in ``coupon_ids``, or all) after a cancellation or a full return.

    One that has expired meanwhile stays expired, unless it was our fault: then it lives seven days more.
    The caller decides that nothing kept still carries the coupon's discount.
    """
    used = [c for c in _held(source, Status.USED) if coupon_ids is None or c.pk in set(coupon_ids)]
    return _back(used, Kind.GIVE_BACK, source, extend=our_fault)


@transaction.atomic
def void(coupon, *, reason, by=None):
    """Make a free coupon void (fraud, its source refunded). Returns whether it was free."""
    coupon = Coupon.objects.select_for_update().get(pk=coupon.pk)
    if coupon.status != Status.AVAILABLE:
        return False
    _move([coupon], Kind.VOID, Status.AVAILABLE, Status.VOID, "void", reason=reason, by=by)
    return True


def _held(source, status):
    return _locked_for(source=source, status=str(status))


def _coupons_of(source, status):
    return Coupon.objects.select_for_update().filter(locked_for=source, status=status).order_by("pk")


_locked_for = PreparedUnderLock(_coupons_of, source="nobody's", status="none")


def _back(coupons, kind, source, *, extend):
    now = timezone.now()
    before = Status.LOCKED if kind == Kind.RELEASE else Status.USED
    for coupon in coupons:
        expired = coupon.valid_until <= now
        changes = {"valid_until": midnight_after(now, EXTENSION_DAYS)} if expired and extend else {}
        to = Status.EXPIRED if expired and not extend else Status.AVAILABLE
        _move([coupon], kind, before, to, source, reason="extended" if changes else "", **changes)
    return coupons


def _move(coupons, kind, before, to, source, *, saved=None, paid_fen=None, reason="", by=None, **changes):
    """Guarded change of state of locked rows, with one line each in the ledger."""
    if not coupons:
        return
    changes.setdefault("locked_for", "")
    moved = Coupon.objects.filter(pk__in=[coupon.pk for coupon in coupons], status=before).update(status=to, **changes)
    if moved != len(coupons):  # the rows are locked and were looked at: only a bug can get here
        raise CouponUnusable({coupon.pk for coupon in coupons})
    for coupon in coupons:
        coupon.status = to
        for field, value in changes.items():
            setattr(coupon, field, value)
    _write(coupons, kind, before, to, source, saved=saved, paid_fen=paid_fen, reason=reason, by=by)


def _write(coupons, kind, before, to, source, *, saved=None, paid_fen=None, reason="", by=None):
    CouponEntry.objects.bulk_create(
        CouponEntry(
            coupon=coupon,
            kind=kind,
            from_state=before,
            to_state=to,
            source=source,
            reason=reason,
            saved_fen=(saved or {}).get(coupon.pk),
            paid_fen=paid_fen,
            valid_until=coupon.valid_until,
            by=by,
        )
        for coupon in coupons
    )
