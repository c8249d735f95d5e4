"""What is searched for: counts a day without names, and each shopper's own past searches."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from accounts.memo import Memo
from catalog import words
from catalog.models import PastSearch, SearchLog

HOT, DAYS, SECONDS = 10, 14, 60
# A guest's past searches travel with the guest: nothing is stored for a visitor, or a robot, who only searched.
COOKIE, COOKIE_PATH, COOKIE_AGE = "past_searches", "/search/", 60 * 60 * 24 * 30
COUNT = """
INSERT INTO catalog_searchlog AS log (query, day, count, hits) VALUES (%s, %s, 1, %s)
ON CONFLICT (day, query) DO UPDATE SET count = log.count + 1, hits = excluded.hits
"""
KEEP = """
INSERT INTO catalog_pastsearch (user_id, query, at) VALUES (%s, %s, %s)
ON CONFLICT (user_id, query) DO UPDATE SET at = excluded.at
"""


def note(request, text, hits):
    """Count one search and keep it for the visitor, in one statement; a guest's is kept by ``remember``.

    Digits in a row may be a phone number: such queries are not counted.
    """
    query = words.normalise(text)[:60]
    if not query:
        return
    statements = []
    if not any(len(run) > 6 and run.isdigit() for run, _chinese in words.runs(query)) and "@" not in query:
        statements.append((COUNT, [query, timezone.localdate(), hits]))
    if request.user.is_authenticated:
        statements.append((KEEP, [request.user.pk, text[:60], timezone.now()]))
    else:
        request.past_searches = [text[:60], *(old for old in past(request) if old != text[:60])][: PastSearch.MOST]
    if statements:
        # Of two, the first is a part of the second: PostgreSQL carries out both.
        sql = statements[-1][0] if len(statements) == 1 else f"WITH counted AS ({COUNT}) {KEEP}"
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for _sql, values in statements for value in values])


def remember(request, response):
    """Send a guest the past searches that this request changed."""
    kept = getattr(request, "past_searches", None)
    if kept:
        response.set_cookie(
            COOKIE, signing.dumps(kept, salt=COOKIE), max_age=COOKIE_AGE, path=COOKIE_PATH, httponly=True,
            secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
        )  # fmt: skip
    elif kept is not None:
        response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Lax")
    return response


def past(request):
    """The visitor's own searches, the last first, as this request has left them."""
    if request.user.is_authenticated:
        return list(request.user.past_searches.values_list("query", flat=True)[: PastSearch.MOST])
    if hasattr(request, "past_searches"):
        return request.past_searches
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=COOKIE_AGE)[: PastSearch.MOST]
    except signing.BadSignature:
        return []


def forget(request, text=""):
    """Take away one past search of the visitor, or all; a guest's answer then goes through ``remember``."""
    if request.user.is_authenticated:
        mine = request.user.past_searches.all()
        (mine.filter(query=text) if text else mine).delete()
    else:
        request.past_searches = [old for old in past(request) if text and old != text]


@Memo(SECONDS)
def hot():
    """What most people searched for in the last days and found."""
    since = timezone.localdate() - timedelta(days=DAYS)
    rows = SearchLog.objects.filter(day__gt=since, hits__gt=0).values_list("query").annotate(times=Sum("count"))
    return [query for query, _times in rows.order_by("-times", "query")[:HOT]]
