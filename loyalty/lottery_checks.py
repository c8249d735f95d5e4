"""The daily test of the lottery: its results against its odds, its numbers against their seed (docs/domain.md 5.8)."""

from collections import Counter

import structlog
from django.db.models import Count

from loyalty import chi_square, fair_draw, odds
from loyalty.models import LotteryCheck, LotteryDraw, OddsTable

log = structlog.get_logger(__name__)

ALARM_BELOW = 0.001


def check(day):
    """Test every table that was drawn from on ``day``, once a table and day. Returns the new ``LotteryCheck`` rows.

    The chi-square test takes all its draws up to the end of ``day``; numbers and prizes are computed anew for the draws
    of the day. An alarm is an error in the log and a card on the back office's first page.
    """
    tables = OddsTable.objects.filter(draws__seed__date=day).exclude(checks__date=day).distinct()
    return [_check(table, day) for table in tables]


def _check(table, day):
    rows = table.rows()
    so_far = LotteryDraw.objects.filter(table=table, seed__date__lte=day).order_by()
    counts = Counter(dict(so_far.values_list("line").annotate(Count("pk"))))
    statistic, freedom, p = chi_square.compare([counts[row.pk] for row in rows], [row.weight for row in rows])
    wrong = len(wrong_numbers(rows, LotteryDraw.objects.filter(table=table, seed__date=day)))
    row, _made = LotteryCheck.objects.get_or_create(
        table=table,
        date=day,
        defaults={
            "draws": counts.total(),
            "chi_square": statistic,
            "freedom": freedom,
            "p": p,
            "wrong_numbers": wrong,
            "alarm": p < ALARM_BELOW or wrong > 0,
        },
    )
    if row.alarm:
        log.error("lottery differs from its odds", table=table.pk, date=str(day), p=p, wrong_numbers=wrong)
    return row


def wrong_numbers(rows, draws):
    """The draws whose number is not what their seed says, or whose line is not what their number wins."""
    return [
        drawn
        for drawn in draws.select_related("seed").iterator(chunk_size=2_000)
        if drawn.number != fair_draw.number(drawn.seed.secret, drawn.pk, drawn.member_id, drawn.ticket_id)
        or drawn.line_id != odds.winner(rows, drawn.number).pk
    ]
