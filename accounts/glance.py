"""What nearly every page asks about its reader, in one statement."""

from dataclasses import dataclass, field
from functools import cache

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts import place_names
from accounts.models import Address, Notification, User
from accounts.prepared import SOME, Prepared
from accounts.together import Together


@dataclass(frozen=True)
class Glance:
    """``unread`` messages, and the region that things are usually sent to: its code and its name, or empty texts.

    ``along``: the rows of each question of other apps that is asked along (``ask_along``).
    """

    unread: int = 0
    region_code: str = ""
    region_name: str = ""
    along: dict = field(default_factory=dict)


NOBODY = Glance()


def of(user):
    """The ``Glance`` of ``user``, remembered as long as the object; nobody's for a guest. One query."""
    if user is None or not user.is_authenticated:
        return NOBODY
    if not hasattr(user, "_glance"):
        user._glance = _read(user)
    return user._glance


def forget(user):
    """Something that pages ask about ``user`` was changed: look again."""
    if hasattr(user, "_glance"):
        del user._glance


def ask_along(**questions):
    """Ask with each glance what else the head of a page wants to know: name → a ``Prepared`` with the value ``pk``."""
    _along.update(questions)
    _question.cache_clear()


def _read(user):
    found = _question()(pk=user.pk)
    for row in found.pop("glance"):
        if row.home is None:
            return Glance(row.unread, along=found)
        name = place_names.joined((row.home["province"], row.home["city"]))
        return Glance(row.unread, row.home["code"], name, found)
    return NOBODY


def _about(pk):
    unread = Notification.objects.unread().filter(user=OuterRef("pk")).order_by().values("user")
    home = Address.objects.filter(user=OuterRef("pk"), is_default=True).order_by("pk")
    return (
        User.objects.only("pk")
        .annotate(
            unread=Coalesce(Subquery(unread.values(count=Count("pk"))), 0),
            home=Subquery(home.values(place=JSONObject(code="region_code", province="province", city="city"))[:1]),
        )
        .filter(pk=pk)
    )


_along = {}
_asked = Prepared(_about, pk=SOME)


@cache
def _question():
    return Together(glance=_asked, **_along)
