"""Lets the shop's own rules run at a past moment, so that the demo's history is as real as tomorrow's."""

from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

from django.utils import timezone

real_now = timezone.now


@contextmanager
def at(moment):
    """Inside the block ``timezone.now()`` is ``moment`` and runs on from there."""
    offset = moment - real_now()
    with mock.patch.object(timezone, "now", lambda: real_now() + offset):  # noqa: PT008
        yield


def days_ago(days, *, hour=10, minute=0):
    """The local moment ``days`` before today at ``hour``:``minute``."""
    day = timezone.localtime(real_now()) - timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)
