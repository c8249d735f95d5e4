"""Spot checks: a sample that nobody can choose, what was found, and what follows for listing and merchant."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import MD5, Cast, Concat
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from catalog import listings, standing
from catalog.models import SpotCheck, SpotCheckRound, StandingEntry

Status, Gravity = SpotCheck.Status, SpotCheck.Gravity
# Points, and for how long they count.
WEIGHTS = {
    Gravity.MINOR: (3, timedelta(days=90)),
    Gravity.SERIOUS: (12, timedelta(days=180)),
    Gravity.GRAVE: (40, timedelta(days=365)),
}


def draw(name, *, size, category=None, merchant=None, by=None, seed=""):
    """Draw a round of at most ``size`` listings on sale; the seed is kept, so it can be drawn again."""
    with transaction.atomic():
        made = SpotCheckRound(
            name=name, seed=seed or secrets.token_hex(8), size=size, category=category, merchant=merchant, by=by
        )
        made.population = population(made).count()
        made.save()
        ids = sample(made)
        SpotCheck.objects.bulk_create(
            SpotCheck(round=made, product_id=pk, position=position) for position, pk in enumerate(ids, 1)
        )
    return made


def population(drawn):
    """The listings on sale that a round is about."""
    rows = listings.in_category(drawn.category) if drawn.category_id else listings.on_sale()
    return rows.filter(merchant=drawn.merchant_id) if drawn.merchant_id else rows


def sample(drawn):
    """The listings of a round in the order of their hashes with its seed; the same for the same listings on sale."""
    key = MD5(Concat(Value(f"{drawn.seed}:"), Cast(F("pk"), CharField())))
    return list(population(drawn).order_by(key).values_list("pk", flat=True)[: drawn.size])


def pass_(check, by, *, note=""):
    """Nothing wrong was found. False when that was noted before."""
    return _move(check, Status.PASSED, by, note=note)


def fail(check, by, *, fault, gravity, note="", evidence=None, take_down=False):
    """Note what is wrong: points are taken, and the listing goes off sale if so decided. False when noted before.

    ``evidence`` is None or a file with a safe picture. Raises ``TransitionNotAllowed`` when it had passed.
    """
    label = str(SpotCheck.Fault(fault).label)
    points, lasting = WEIGHTS[gravity]
    with transaction.atomic():
        found = {"fault": fault, "gravity": gravity, "note": note, "taken_down": take_down}
        if not _move(check, Status.FAILED, by, reason=f"{label} {note}".strip(), **found):
            return False
        if evidence is not None:
            check.evidence.save(evidence.name, evidence, save=False)
            SpotCheck.objects.filter(pk=check.pk).update(evidence=check.evidence.name)
        product = check.product
        standing.deduct(
            product.merchant,
            points,
            reason=StandingEntry.Reason.SPOT_CHECK,
            source=check.about,
            until=timezone.localdate() + lasting,
            note=f"{product.title[:60]}: {note or label}",
            product=product,
            by=by,
        )
        if take_down:
            listings.take_down(product, by=by, reason=f"{label} {note}".strip()[:500])
            facts = {"title": product.title[:60], "reason": f"{label} {note}".strip()}
            url = f"/admin/catalog/product/{product.pk}/change/"
            standing.tell(product.merchant, "listing_taken_down", key=check.about, facts=facts, url=url)
    return True


def _move(check, to, by, **changes):
    return history.move(
        check, to=to, allowed={Status.OPEN}, about=check.about, by=by, actor=StateLog.Actor.STAFF, checked_by=by,
        checked_at=timezone.now(), **changes,
    )  # fmt: skip
