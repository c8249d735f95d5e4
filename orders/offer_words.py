"""Offers in a few words, with their amounts: what stands on cards, product pages and in lists for staff."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.bilingual import local
from catalog.money import yuan
from orders.pricing.offers import (
    ADD_ON,
    EVERY,
    FLASH,
    FREE_SHIPPING,
    GIFT,
    MEMBER,
    NEWCOMER,
    NTH,
    PIECES,
    SALE,
    SPEND_RATE,
    SPEND_SAVE,
)
from orders.pricing.weekly import DAY

HALF = 5_000
SOON = timedelta(days=3)


def bare(fen):
    """Fen without decimals that are nothing: 39900 → "399", 39950 → "399.50"."""
    return yuan(fen).removesuffix(".00")


def off(basis_points):
    """What a rate takes off, as people say it: 9000 → "10%" in English, "9" (of ten parts to pay) in Chinese."""
    if (get_language() or "").startswith("zh"):
        tenths = basis_points % 1_000 == 0 or basis_points < 1_000
        return f"{basis_points / (1_000 if tenths else 100):g}"
    return f"{(10_000 - basis_points) / 100:g}%"


def labels_of(offer):
    """One text for each step of ``offer``, the first step first; its name where no amount says more."""
    if offer.kind == MEMBER:
        return [_("Members up to %(off)s off") % {"off": off(min(gives for _tier, gives in offer.steps))}]
    write = WRITERS.get(offer.kind)
    found = [text for text in map(write, offer.steps or ((0, None),)) if text] if write else []
    return found or [local(offer.name, offer.name_en)]


def _spend(step):
    return _("¥%(gives)s off ¥%(at)s") % {"at": bare(step[0]), "gives": bare(step[1])}


def _every(step):
    return _("¥%(gives)s off every ¥%(at)s") % {"at": bare(step[0]), "gives": bare(step[1])}


def _rate(step):
    return _("%(off)s off ¥%(at)s") % {"at": bare(step[0]), "off": off(step[1])}


def _pieces(step):
    return _("%(off)s off %(n)s pieces") % {"n": step[0], "off": off(step[1])}


def _nth(step):
    if step[0] == 2:
        return _("Second one half price") if step[1] == HALF else _("Second one %(off)s off") % {"off": off(step[1])}
    return _("Every %(n)s. one %(off)s off") % {"n": step[0], "off": off(step[1])}


def _sale(step):
    return _("Sale: %(off)s off") % {"off": off(step[1])} if step[1] else _("Special price")


def _newcomer(step):
    return _("Newcomers %(off)s off") % {"off": off(step[1])} if step[1] else _("Newcomer price")


def _add_on(step):
    return _("Add-on price from ¥%(at)s") % {"at": bare(step[0])} if step[0] else _("Add-on price")


def _gift(step):
    return _("Gift from ¥%(at)s") % {"at": bare(step[0])} if step[0] else _("With a gift")


def _free(step):
    return _("Free delivery from ¥%(at)s") % {"at": bare(step[0])} if step[0] else _("Free delivery")


WRITERS = {
    SPEND_SAVE: _spend,
    EVERY: _every,
    SPEND_RATE: _rate,
    PIECES: _pieces,
    NTH: _nth,
    SALE: _sale,
    ADD_ON: _add_on,
    GIFT: _gift,
    FREE_SHIPPING: _free,
    NEWCOMER: _newcomer,
    FLASH: lambda _step: _("Flash sale"),
}
# Where only few fit: what changes the price now stands before what asks for more.
RANK = {
    kind: place
    for place, kind in enumerate(
        (FLASH, SALE, NEWCOMER, SPEND_SAVE, EVERY, SPEND_RATE, PIECES, NTH, GIFT, MEMBER, ADD_ON, FREE_SHIPPING)
    )
}


def until(moment):
    """ "until Dec 12, 23:59"; an end at midnight is told as the last minute of the day before."""
    moment = timezone.localtime(moment)
    if (moment.hour, moment.minute) == (0, 0):
        moment -= timedelta(minutes=1)
    day = date_format(moment, "MONTH_DAY_FORMAT")
    return _("until %(day)s, %(time)s") % {"day": day, "time": f"{moment:%H:%M}"}


def weekdays_of(days):
    """ "every Wednesday", "every Saturday, Sunday"; nothing when it runs on every day."""
    if not days:
        return ""
    names = pgettext("list", ", ").join(str(DAYS[day]()) for day in sorted(days))
    return _("every %(days)s") % {"days": names}


DAYS = [
    lambda: _("Monday"),
    lambda: _("Tuesday"),
    lambda: _("Wednesday"),
    lambda: _("Thursday"),
    lambda: _("Friday"),
    lambda: _("Saturday"),
    lambda: _("Sunday"),
]


def hours_of(hours):
    """ "10:00–12:00", "22:00–02:00 the next day"; nothing when it runs all day."""
    if not hours:
        return ""
    begins, ends = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in (hours[0], hours[1] or DAY))
    if 0 < hours[1] <= hours[0]:
        return _("%(begin)s–%(end)s the next day") % {"begin": begins, "end": ends}
    return f"{begins}–{ends}"


def every_week(offer):
    """ "every Wednesday 10:00–12:00": days of the week and hours; nothing when it runs all the time."""
    days, hours = weekdays_of(offer.weekdays), hours_of(offer.hours)
    if days and hours:
        return pgettext("day and hours", "%(days)s %(hours)s") % {"days": days, "hours": hours}
    return days or (_("daily %(hours)s") % {"hours": hours} if hours else "")


def when(offer):
    """When ``offer`` can be had, in words: days of the week, hours, and its end; "" when it has none of them."""
    told = [every_week(offer), until(offer.ends_at) if offer.ends_at else ""]
    return pgettext("list", ", ").join(text for text in told if text)
