"""When a promise in hours falls due: the clock stands still on days off. Pure, in local time."""

from datetime import datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5


def is_working(day, days_off, *, weekends=True):
    """Whether warehouses work on ``day``. ``days_off``: date → whether it is a working day after all."""
    if day in days_off:
        return days_off[day]
    return weekends or day.weekday() < SATURDAY


def after_hours(start, hours, days_off, *, weekends=True):
    """The moment ``hours`` of working days after ``start``: what falls on a day off begins on the next working day."""
    moment, left = timezone.localtime(start), timedelta(hours=hours)
    for _day in range(400):
        midnight = timezone.make_aware(datetime.combine(moment.date() + timedelta(days=1), time()))
        if is_working(moment.date(), days_off, weekends=weekends):
            if moment + left <= midnight:
                return moment + left
            left -= midnight - moment
        moment = midnight
    return moment
