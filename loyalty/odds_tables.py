"""The life of an odds table: checked and published before it opens, edited by a new version in the members' favour, closed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.history import move
from accounts.models import StateLog
from loyalty import odds
from loyalty.models import CouponTemplate, OddsLine, OddsTable, Prize

Status = OddsTable.Status
LIVE = (CouponTemplate.Status.PUBLISHED, CouponTemplate.Status.PAUSED)


class NotPublishable(Exception):
    """The table was not published; ``troubles`` are sentences for staff."""

    def __init__(self, troubles):
        super().__init__("; ".join(troubles))
        self.troubles = troubles


def about(table):
    return f"lottery:{table.series}"


def worth(*, kind, points=0, template=None):
    """What a prize is worth in fen: points count one each, a coupon the most that it takes off, if it says so."""
    if kind == Prize.Kind.POINTS:
        return points or 0
    return template.worth_fen if kind == Prize.Kind.COUPON and template else 0


@transaction.atomic
def publish(table, *, by):
    """Open ``table`` to members; the version before it closes. Returns whether it moved; raises ``NotPublishable``."""
    table.refresh_from_db()
    if table.status == Status.PUBLISHED:
        return False
    before = OddsTable.objects.select_for_update().filter(series=table.series, status=Status.PUBLISHED).first()
    found = list(troubles(table, before))
    if found:
        raise NotPublishable(found)
    if before:
        close(before, by=by, reason=f"version {table.version}")
    return _move(table, Status.PUBLISHED, {Status.DRAFT}, by, published_at=timezone.now())


def close(table, *, by=None, reason=""):
    """Nobody draws from it any more; tickets stay good for the next lottery."""
    return _move(table, Status.CLOSED, {Status.PUBLISHED, Status.DRAFT}, by, reason=reason)


@transaction.atomic
def revise(table, *, by):
    """A draft of the next version with the same lines; the present one stays until the draft is published."""
    newest = OddsTable.objects.select_for_update().filter(series=table.series).order_by("-version").first()
    if newest.status == Status.DRAFT:
        return newest
    fields = ("series", "name", "name_en", "rules", "rules_en", "opens_at", "closes_at")
    draft = OddsTable.objects.create(**{field: getattr(table, field) for field in fields}, version=newest.version + 1)
    copied = ("place", "prize_id", "weight", "substitute_id")
    OddsLine.objects.bulk_create(
        OddsLine(table=draft, **{field: getattr(line, field) for field in copied}) for line in table.lines.all()
    )
    return draft


def troubles(table, before=None):
    """Why ``table`` cannot be published in place of ``before`` (None: a new lottery), as sentences."""
    rows = table.rows()
    yield from _about_weights(rows)
    yield from _about_time(table, before)
    for row in rows:
        yield from _about_prize(row)
    if before and not odds.favours(before.odds(), [row.pure for row in rows]):
        yield _(
            "A published table changes only in the members' favour: no chance may fall, no substitute be worth less."
        )


def _about_weights(rows):
    if not odds.sums(rows):
        facts = {"sum": f"{sum(row.weight for row in rows):,}"}
        yield _("The parts must sum to exactly 1,000,000; they are %(sum)s.") % facts
    if not any(row.prize.value_fen for row in rows):
        yield _("There is nothing to win.")


def _about_time(table, before):
    now = timezone.now()
    if table.closes_at <= now:
        yield _("It would be over already.")
    if before is None and table.opens_at < now:
        yield _("It must be published before it opens.")
    if before and (table.opens_at > max(before.opens_at, now) or table.closes_at < before.closes_at):
        yield _("A new version must not open later or close earlier than the one before.")
    others = OddsTable.objects.filter(status=Status.PUBLISHED).exclude(series=table.series)
    if others.filter(opens_at__lt=table.closes_at, closes_at__gt=table.opens_at).exists():
        yield _("Another lottery is open in this time.")


def _about_prize(row):
    prize, other = row.prize, row.substitute
    facts = {"prize": prize.name_local}
    if other and (other.value_fen < prize.value_fen or other.pk == prize.pk):
        yield _("What replaces “%(prize)s” must be another prize worth at least as much.") % facts
    for one in filter(None, (prize, other)):
        facts = {"prize": one.name_local}
        if one.left == 0:
            yield _("There is no “%(prize)s” left.") % facts
        if one.kind == Prize.Kind.COUPON and not _covered(one):
            yield (
                _("“%(prize)s” needs a number, and a live coupon template with at least as many coupons left.") % facts
            )


def _covered(prize):
    template = prize.coupon_template
    return prize.left is not None and template.status in LIVE and template.quota - template.claimed >= prize.left


def _move(table, to, allowed, by, **changes):
    actor = StateLog.Actor.STAFF if by else StateLog.Actor.SYSTEM
    return move(table, to=to, allowed=allowed, about=about(table), by=by, actor=actor, **changes)
