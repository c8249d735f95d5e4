"""Counts how often something is done, for all processes together: one row and one statement a count."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts.encryption import blind_index

# The window starts with the first count and is started again by the first count after its end.
COUNT = """
INSERT INTO accounts_ratecount AS present (key, count, window_ends_at) VALUES (%(key)s, 1, %(end)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN present.window_ends_at <= %(now)s THEN 1 ELSE present.count + 1 END,
    window_ends_at = CASE WHEN present.window_ends_at <= %(now)s THEN %(end)s ELSE present.window_ends_at END
RETURNING count
"""


def allow(key, limit, seconds):
    """Count one more ``key`` and say whether it is within ``limit`` in ``seconds``.

    ``key`` is a text of at most 120 characters without personal data (see ``hidden``). Refused tries count too.
    """
    now = timezone.now()
    values = {"key": key, "now": now, "end": now + timedelta(seconds=seconds)}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        (count,) = cursor.fetchone()
    return count <= limit


def allow_all(key, *limits):
    """``allow`` for several (limit, seconds) at once; every window counts, also when another one has refused."""
    answers = [allow(f"{key}:{seconds}", limit, seconds) for limit, seconds in limits]
    return all(answers)


def hidden(value, *, field="rate"):
    """A phone number or address as part of a key: equal values stay equal, nobody reads them."""
    return blind_index(value, field=field)[:32]
