"""A draw: ticket, number, prize and what it grants, in one transaction (docs/domain.md 5.8).

Locked in this order: member, ticket, table, prize, then what the grant locks. A table that can run out is locked, so that it
is closed with the last prize that nothing replaces, before anybody else draws: no draw ever wins what cannot be handed over.
When every prize that can run out has an endless substitute nobody waits for anybody but for the last pieces.
"""

from django.db import transaction
from django.utils import timezone

from accounts import one_trip
from accounts.notifications import notify
from catalog.money import yuan
from loyalty import coupons, fair_draw, lots, odds, odds_tables, points, seeds
from loyalty.members import member_of
from loyalty.models import LotteryDraw, LotteryTicket, OddsTable, Prize

RAN_OUT = "a prize has run out and nothing of its worth is left"


class DrawRefused(Exception):
    """Nothing was drawn and the ticket stays good: no lottery is open."""


class _RanOut(Exception):
    """What was won and its substitute cannot be handed over; ``table`` has to close."""

    def __init__(self, table):
        super().__init__(RAN_OUT)
        self.table = table


def open_now():
    """The lottery that is open, or None."""
    return _open().first()


def draw(user, ticket_id):
    """Use a ticket of ``user``. Returns the ``LotteryDraw``, the same one on a repeated call; raises ``DrawRefused``,
    and ``LotteryTicket.DoesNotExist`` for a ticket that is not theirs."""
    try:
        with transaction.atomic():
            return _draw(user, ticket_id)
    except _RanOut as stop:
        # Staff ended a coupon meanwhile. The draw is undone with its number, the ticket is as it was.
        odds_tables.close(stop.table, reason=RAN_OUT)
        raise DrawRefused from None


def _draw(user, ticket_id):
    member = lots.lock(member_of(user))
    ticket = member.tickets.select_for_update().get(pk=ticket_id)
    before = LotteryDraw.objects.filter(ticket=ticket).first()
    if before is not None:
        return before
    table, rows = _table()
    if not LotteryTicket.objects.filter(pk=ticket.pk, used_at=None).update(used_at=timezone.now()):
        raise DrawRefused  # the row is locked and was looked at: only a bug can get here
    seed = seeds.of(timezone.localdate())
    (pk,) = one_trip.draw({LotteryDraw: 1})[LotteryDraw]
    n = fair_draw.number(seed.secret, pk, member.pk, ticket.pk)
    line = odds.winner(rows, n)
    drawn = LotteryDraw(pk=pk, member=member, ticket=ticket, table=table, seed=seed, number=n, line=line)
    drawn.prize = _hand_over(user, drawn)
    drawn.save(force_insert=True)
    if _can_close(rows):
        _close_when_empty(table)
    _tell(user, drawn)
    return drawn


def _open():
    now = timezone.now()
    return OddsTable.objects.filter(status=OddsTable.Status.PUBLISHED, opens_at__lte=now, closes_at__gt=now)


def _table():
    """The open table with its rows; locked when it may have to close. Raises ``DrawRefused``."""
    table = open_now()
    rows = table.rows() if table else []
    if table and _can_close(rows):
        table = _open().select_for_update(no_key=True).filter(pk=table.pk).first()
        rows = table.rows() if table else []  # what was left before the wait may be gone
    if table is None:
        raise DrawRefused
    return table, rows


def _can_close(rows):
    return not all(row.prize.is_endless or (row.substitute and row.substitute.is_endless) for row in rows)


def _hand_over(user, drawn):
    """Take the prize from its stock, or its substitute, and grant it. Returns which it was."""
    for prize in filter(None, (drawn.line.prize, drawn.line.substitute)):
        try:
            with transaction.atomic():
                if prize.take():
                    _grant(user, prize, drawn.source)
                    return prize
        except coupons.ClaimRefused:
            continue  # the template has run out or ended: the stock goes back, the substitute's turn
    raise _RanOut(drawn.table)


def _grant(user, prize, source):
    if prize.kind == Prize.Kind.POINTS:
        points.grant(user, source, prize.points, "lottery")
    elif prize.kind == Prize.Kind.COUPON:
        coupons.issue(prize.coupon_template, user, source=source)


def _close_when_empty(table):
    for row in table.rows():
        if not any(_is_there(prize) for prize in (row.prize, row.substitute) if prize):
            odds_tables.close(table, reason=RAN_OUT)
            return


def _is_there(prize):
    if prize.left == 0:
        return False
    template = prize.coupon_template
    return template is None or (template.status in odds_tables.LIVE and template.claimed < template.quota)


def _tell(user, drawn):
    if drawn.prize.value_fen:
        facts = {"worth": yuan(drawn.prize.value_fen), "number": drawn.pk}
        notify(user, "prize_won", key=drawn.source, facts=facts, url=drawn.get_absolute_url())
