"""Reports: somebody says that a text should not stand there; staff hide it or keep it, with a reason either way."""

from django.db import transaction

from accounts import history
from accounts.models import StateLog
from accounts.notifications import notify
from catalog import moderation
from catalog.models import Report

Status = Report.Status


def report(said, by, *, reason, note=""):
    """Note that ``by`` finds ``said`` wrong; once a person. Returns whether this is new."""
    _report, made = Report.objects.get_or_create(
        user=by, **{moderation.KINDS[type(said)]: said}, defaults={"reason": reason, "note": note}
    )
    return made


def uphold(found, by, *, reason):
    """Hide what the report is about; its other open reports are decided with it. False when it was decided before."""
    with transaction.atomic():
        said = found.target
        moved = _decide(found, Status.UPHELD, by, reason)
        if moved:
            moderation.hide(said, by=by, reason=reason)
            for other in said.reports.filter(status=Status.OPEN):
                _decide(other, Status.UPHELD, by, reason)
        return moved


def dismiss(found, by, *, reason):
    """Keep what the report is about as it is."""
    with transaction.atomic():
        return _decide(found, Status.DISMISSED, by, reason)


def _decide(found, to, by, reason):
    moved = history.move(
        found,
        to=to,
        allowed={Status.OPEN},
        about=found.about,
        by=by,
        actor=StateLog.Actor.STAFF,
        reason=reason,
        decision=reason,
    )
    if moved:
        notify(found.user, f"review_report_{to}", key=f"{found.about}:{to}", facts={"reason": reason})
    return moved
