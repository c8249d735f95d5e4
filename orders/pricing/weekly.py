"""Offers that come back every week: on which days, between which hours. Pure; local moments, minutes of the day.

``days`` are 0 (Monday) to 6, none for every day; ``hours`` is (begin, end) in minutes, () for the whole day. Hours whose end
is not after their begin go over midnight and belong to the day on which they began; an end of 0 is midnight itself.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

DAY = 24 * 60
WEEK = 7 * DAY


def minutes_of(texts):
    """("10:00", "12:00") → (600, 720); nothing → ()."""
    return tuple(60 * int(text[:2]) + int(text[3:5]) for text in texts or ())


def refusal(days, hours, now):
    """Why it does not run at ``now``, as one word ("weekday", "hour"); nothing when it does."""
    day, minute = now.weekday(), now.hour * 60 + now.minute
    if hours:
        begins, ends = hours
        if ends <= begins and minute < ends:
            day = (day - 1) % 7
        elif not begins <= minute < (ends if ends > begins else DAY):
            return "hour"
    return "weekday" if days and day not in days else ""


def week_of(days, hours):
    """The minutes of a week in which it runs, as bits: two that run at the same moment some time have one in common."""
    begins, ends = hours or (0, DAY)
    length = ends - begins if ends > begins else ends - begins + DAY
    bits = 0
    for day in days or range(7):
        bits |= ((1 << length) - 1) << (day * DAY + begins)
    return (bits | bits >> WEEK) & ((1 << WEEK) - 1)  # Sunday night goes on on Monday morning


def edges_after(days, hours, now):
    """The moments of today and tomorrow at which it may begin or end, after ``now``."""
    if not days and not hours:
        return []
    minutes = hours or (0,)
    moments = [at(now, offset, minute) for offset in (0, 1) for minute in minutes]
    return sorted(moment for moment in moments if moment > now)


def end_of_run(days, hours, now):
    """When the hours in which it runs at ``now`` are over, else None; without hours nobody asks."""
    if not hours or refusal(days, hours, now):
        return None
    return next(moment for moment in edges_after(days, hours, now) if moment.hour * 60 + moment.minute == hours[1])


def first_of(week, now):
    """The first moment from ``now`` on that is in ``week`` (bits, not none)."""
    minute = now.weekday() * DAY + now.hour * 60 + now.minute
    ahead = (week >> minute) | (week << (WEEK - minute))
    wait = (ahead & -ahead).bit_length() - 1
    return now.replace(second=0, microsecond=0) + timedelta(minutes=wait) if wait else now


def at(now, days, minute):
    """The local moment ``minute`` minutes into the day that is ``days`` after the day of ``now``."""
    day = timezone.localtime(now).date() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(minute // 60, minute % 60)))
