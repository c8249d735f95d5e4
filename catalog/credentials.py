"""Licences and proofs: accepted or refused by staff; what depends on them is judged again."""

from django.db import transaction
from django.utils import timezone

from accounts import history
from accounts.models import StateLog
from catalog import standing
from catalog.listing_rules import desk
from catalog.models import Product
from catalog.models.credential import Credential

Status = Credential.Status


def accept(shown, by, *, reason=""):
    """Believe a licence or proof; False when it was accepted already."""
    return _decide(shown, Status.APPROVED, by, reason, "credential_accepted")


def refuse(shown, by, *, reason):
    """Refuse it, or believe it no longer; the merchant is told why. False when it was refused already."""
    return _decide(shown, Status.REFUSED, by, reason, "credential_refused")


def _decide(shown, to, by, reason, kind):
    allowed = {Status.PENDING, Status.APPROVED, Status.REFUSED} - {to}
    with transaction.atomic():
        moved = history.move(
            shown, to=to, allowed=allowed, about=shown.about, by=by, actor=StateLog.Actor.STAFF, reason=reason,
            decision=reason, decided_by=by, decided_at=timezone.now(),
        )  # fmt: skip
        if moved:
            facts = {"what": str(shown)[:80], "reason": reason or "—"}
            url = f"/admin/catalog/{shown._meta.model_name}/{shown.pk}/change/"
            key = f"{shown.about}:{timezone.now():%y%m%d%H%M%S%f}"
            standing.tell(shown.merchant, kind, key=key, facts=facts, url=url)
            judge_again(shown.merchant)
    return moved


def judge_again(merchant):
    """What the rules found on the listings of ``merchant`` is found anew."""
    rows = Product.objects.filter(merchant=merchant).exclude(status=Product.Status.TAKEN_DOWN)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(ids), desk.CHUNK):
        desk.check(ids[begin : begin + desk.CHUNK])
