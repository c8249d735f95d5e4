"""Rings Celery after commit. Work stands in rows; when the bell is lost, a sweep finds the row seconds later."""

import structlog
from celery import current_app
from django.db import transaction

log = structlog.get_logger(__name__)


def ring(task_name):
    """Ask a worker to run ``task_name`` (no arguments) once the present transaction is committed.

    Never raises and never blocks for more than a moment: a silent broker may cost latency, not a request.
    """
    transaction.on_commit(lambda: _send(task_name), robust=True)


def _send(task_name):
    try:
        current_app.send_task(task_name, ignore_result=True, retry=False, expires=300)
    except Exception as error:  # whatever the broker's client raises, the row is already safe
        log.warning("bell lost", task=task_name, error=type(error).__name__)
