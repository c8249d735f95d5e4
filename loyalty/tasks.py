from celery import shared_task

from accounts import bell
from loyalty import nightly

BUDGET_SECONDS = 180


@shared_task
def recalculate():
    """The nightly run, in pieces that stay under the worker's time limit: an unfinished run rings for its next piece."""
    outcomes = nightly.recalculate(nightly.yesterday(), seconds=BUDGET_SECONDS)
    if outcomes and not outcomes[-1].done:
        bell.ring("loyalty.tasks.recalculate")
