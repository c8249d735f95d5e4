"""The row is the queue: rows that stand for work outside the process, and how workers claim them."""

import random
from datetime import timedelta

import structlog
from django.db import models, transaction
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)


class WorkRow(models.Model):
    """Work that is done outside a transaction, at least once, by whichever worker claims it.

    A subclass implements ``perform()``: the effect, safe to repeat, no transaction around it. It raises to be tried
    again later (5 s, 10 s, 20 s … 1 h), and after ``MAX_ATTEMPTS`` the row is given up and shown to staff.
    A worker that dies loses its lease after a minute and another worker takes the row.
    """

    MAX_ATTEMPTS = 12

    run_after = models.DateTimeField(_("run after"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def perform(self):
        """Do the work; raise to be tried again."""
        raise NotImplementedError(type(self).__name__)

    def hold(self, lease=LEASE, **changes):
        """Called from ``perform()`` that takes long: the worker is alive, so the lease lasts on; ``changes`` are noted with it.

        False, and nothing is noted, when somebody has set the row anew meanwhile.
        """
        until = timezone.now() + lease
        ours = type(self)._default_manager.filter(pk=self.pk, leased_until=self.leased_until)
        if not ours.update(leased_until=until, **changes):
            return False
        self.leased_until = until
        return True

    def work_given_up(self):
        """Called once when the last attempt has failed."""


class TryLater(Exception):
    """Raised by ``perform()`` to be called again after ``seconds`` without counting as a failure."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.seconds = seconds


def waiting(model, *, now=None):
    """The rows of ``model`` that are due and held by nobody."""
    now = now or timezone.now()
    return model._default_manager.filter(
        models.Q(leased_until=None) | models.Q(leased_until__lt=now),
        done_at=None,
        given_up_at=None,
        run_after__lte=now,
    )


def run_due(model, *, limit=100, rows=None):
    """Claim and perform due rows one after the other; returns how many were performed.

    ``rows`` narrows the choice to a queryset of the model.
    """
    performed = 0
    while performed < limit:
        row = _claim(model, rows)
        if row is None:
            break
        _perform(row)
        performed += 1
    return performed


def _claim(model, rows):
    with transaction.atomic():
        queue = waiting(model)
        if rows is not None:
            queue = queue.filter(pk__in=rows.values("pk"))
        row = queue.order_by("run_after", "pk").select_for_update(skip_locked=True, of=("self",)).first()
        if row is None:
            return None
        row.leased_until = timezone.now() + LEASE
        row.attempts += 1
        row.save(update_fields=["leased_until", "attempts"])
        return row


def _perform(row):
    try:
        row.perform()
    except TryLater as later:
        _mine(row).update(
            leased_until=None,
            attempts=Greatest(models.F("attempts") - 1, 0),  # what was performed may have set its own row anew
            run_after=timezone.now() + timedelta(seconds=later.seconds),
        )
    except Exception as error:  # one broken row must not stop the queue; it is kept, logged and tried again
        _fail(row, _mine(row), error)
    else:
        _mine(row).update(done_at=timezone.now(), leased_until=None, last_error="")


def _mine(row):
    # Whoever sets the row anew meanwhile ends our lease: then it is no longer ours to say that it is done.
    return type(row)._default_manager.filter(pk=row.pk, done_at=None, leased_until=row.leased_until)


def _fail(row, mine, error):
    message = f"{type(error).__name__}: {error}"[:500]
    log.warning("work failed", work=row._meta.label, row=row.pk, attempt=row.attempts, error=message)
    if row.attempts >= row.MAX_ATTEMPTS:
        mine.update(given_up_at=timezone.now(), leased_until=None, last_error=message)
        row.work_given_up()
        return
    pause = min(FIRST_PAUSE * 2 ** (row.attempts - 1), LONGEST_PAUSE) * random.uniform(1, 1.2)
    mine.update(leased_until=None, run_after=timezone.now() + pause, last_error=message)
