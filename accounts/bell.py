"""Rings Celery after commit. Work stands in rows; when the bell is lost, a sweep finds the row seconds later."""

from contextlib import contextmanager
from contextvars import ContextVar

import structlog
from celery import current_app
from django.db import connection, transaction

log = structlog.get_logger(__name__)
_silent = ContextVar("silent", default=False)


def ring(task_name):
    """Ask a worker to run ``task_name`` (no arguments) once the present transaction is committed.

    Rings once a transaction, however many rows it wrote. Never raises and never blocks for more than a moment: a silent
    broker may cost latency, not a request.
    """
    if _silent.get() or any(getattr(waiting[1], "task_name", "") == task_name for waiting in connection.run_on_commit):
        return
    transaction.on_commit(_Ring(task_name), robust=True)


@contextmanager
def silence():
    """Nothing is rung inside the block: for bulk work, whose rows the sweeps find anyway."""
    before = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(before)


class _Ring:
    def __init__(self, task_name):
        self.task_name = task_name
        self.__qualname__ = f"ring({task_name})"

    def __call__(self):
        try:
            current_app.send_task(self.task_name, ignore_result=True, retry=False, expires=300)
        except Exception as error:  # whatever the broker's client raises, the row is already safe
            log.warning("bell lost", task=self.task_name, error=type(error).__name__)
