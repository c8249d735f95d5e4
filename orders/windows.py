"""Windows in days end at local midnight; the day of the event itself is not counted (docs/domain.md D11)."""

from datetime import datetime, time, timedelta

from django.utils import timezone


def window_end(start, days):
    """The midnight (Asia/Shanghai) at which a window of ``days`` after ``start`` is over.

    Signed for on 1 March at 15:00 or at 23:59, 7 days: 9 March 00:00 (E27).
    """
    day = timezone.localtime(start).date() + timedelta(days=days + 1)
    return timezone.make_aware(datetime.combine(day, time()))
