"""What is searched for: counts a day without names, and each shopper's own past searches."""

from datetime import timedelta

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from accounts.memo import Memo
from catalog import words
from catalog.models import PastSearch, SearchLog

HOT, DAYS, SECONDS = 10, 14, 60
SESSION_KEY = "past_searches"
COUNT = """
INSERT INTO catalog_searchlog AS log (query, day, count, hits) VALUES (%s, %s, 1, %s)
ON CONFLICT (day, query) DO UPDATE SET count = log.count + 1, hits = excluded.hits
"""


def note(request, text, hits):
    """Count one search and keep it for the visitor. Digits in a row may be a phone number: such queries are not counted."""
    query = words.normalise(text)[:60]
    if not query:
        return
    if not any(len(run) > 6 and run.isdigit() for run, _chinese in words.runs(query)) and "@" not in query:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [query, timezone.localdate(), hits])
    if request.user.is_authenticated:
        PastSearch.objects.update_or_create(user=request.user, query=text[:60])
    else:
        kept = [old for old in request.session.get(SESSION_KEY, []) if old != text]
        request.session[SESSION_KEY] = [text[:60], *kept][: PastSearch.MOST]


def past(request):
    """The visitor's own searches, the last first."""
    if request.user.is_authenticated:
        return list(request.user.past_searches.values_list("query", flat=True)[: PastSearch.MOST])
    return request.session.get(SESSION_KEY, [])


def forget(request, text=""):
    """Take away one past search of the visitor, or all."""
    if request.user.is_authenticated:
        mine = request.user.past_searches.all()
        (mine.filter(query=text) if text else mine).delete()
    elif SESSION_KEY in request.session:
        kept = [old for old in request.session[SESSION_KEY] if text and old != text]
        request.session[SESSION_KEY] = kept


@Memo(SECONDS)
def hot():
    """What most people searched for in the last days and found."""
    since = timezone.localdate() - timedelta(days=DAYS)
    rows = SearchLog.objects.filter(day__gt=since, hits__gt=0).values_list("query").annotate(times=Sum("count"))
    return [query for query, _times in rows.order_by("-times", "query")[:HOT]]
