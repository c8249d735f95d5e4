"""What an app puts on the first page of the back office: ``<app>/today.py`` offers ``cards(user)`` and perhaps ``figures(user)``.

The page pulls: config looks into every app, no app knows the page. Both functions must narrow to what ``user`` may
see (a merchant's staff: ``Merchant.objects.staffed_by(user)``; ``accounts.roles.is_global(user)`` sees all) and
leave out what the user has no permission for. Keep each card at one aggregate query.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Min

from accounts.models import Merchant
from accounts.roles import is_global


@dataclass(frozen=True)
class Card:
    """A queue of work: how much waits, since when, and where to go.

    ``order`` sorts the cards (small first: 10 orders, 20 aftersales, 30 stock, 40 imports and pictures, 50 messages).
    ``urgent_after_hours``: when the oldest item is older than this the card says so in words and colour.
    """

    key: str
    title: str
    count: int
    url: str
    oldest_at: datetime | None = None
    note: str = ""
    order: int = 50
    urgent_after_hours: int | None = None
    urgent: bool = False


@dataclass(frozen=True)
class Day:
    """One bar of the chart: a local date, money in fen and how many orders."""

    date: date
    amount_fen: int
    orders: int


@dataclass(frozen=True)
class Figures:
    """The money row: sums in fen and counts, plus the last fourteen days, oldest first. Offered by one app, orders."""

    sales_today_fen: int = 0
    orders_today: int = 0
    sales_yesterday_fen: int = 0
    orders_yesterday: int = 0
    refunds_today_fen: int = 0
    days: list[Day] = field(default_factory=list)


def waiting(rows, *, since, **card):
    """The ``Card`` of ``rows`` that wait, the oldest by its column ``since``; one query."""
    seen = rows.order_by().aggregate(count=Count("pk", distinct=True), oldest=Min(since))
    return Card(count=seen["count"], oldest_at=seen["oldest"], **card)


def narrowed(rows, user, path="merchant"):
    """Those of ``rows`` that ``user`` may see; ``path`` leads from a row to its merchant."""
    return rows if is_global(user) else rows.filter(**{f"{path}__in": Merchant.objects.staffed_by(user).values("pk")})
