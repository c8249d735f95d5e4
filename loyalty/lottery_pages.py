"""What the lottery's pages show: odds in words, own tickets and draws, and everything that a draw can be checked with."""

from dataclasses import dataclass

from django.utils import timezone

from loyalty import fair_draw, lottery, odds, seeds, tickets
from loyalty.models import LotterySeed, OddsTable

RECENT = 3


@dataclass(frozen=True)
class Row:
    """One line of the published odds. ``chance`` in words ("0.1%"), ``first`` and ``last``: the numbers that win it."""

    prize: object
    substitute: object
    chance: str
    first: int
    last: int


def chance(weight):
    """1000 → "0.1%", 79000 → "7.9%"."""
    return f"{weight // 10_000}.{weight % 10_000:04d}".rstrip("0").rstrip(".") + "%"


def tenths(thousandths):
    """38900 → "38.9" (thousandths of a fen as fen)."""
    return f"{thousandths // 1_000}.{thousandths % 1_000:03d}".rstrip("0").rstrip(".")


def published(table):
    """The ``Row``s of ``table`` in the order of the numbers."""
    rows = table.rows()
    return [Row(row.prize, row.substitute, chance(row.weight), *odds.span(rows, row)) for row in rows]


def shown():
    """The lottery to show: the one that is open, else the next one, else the last one that was; or None."""
    now = timezone.now()
    known = OddsTable.objects.exclude(status=OddsTable.Status.DRAFT)
    coming = known.filter(status=OddsTable.Status.PUBLISHED, opens_at__gt=now).order_by("opens_at")
    return lottery.open_now() or coming.first() or known.order_by("-closes_at", "-version").first()


def own(member):
    """What ``member`` has: tickets to use, how many more can be had today, and the newest draws."""
    waiting = list(tickets.unused(member)[:20])
    return {
        "member": member,
        "tickets": waiting,
        "ticket": waiting[0] if waiting else None,
        "left_today": tickets.left_today(member),
        "recent": draws_of(member)[:RECENT],
    }


def draws_of(member):
    return member.draws.select_related("prize", "line__prize", "seed", "table")


def today():
    """The seed of today, of which the page shows the hash alone."""
    return seeds.of(timezone.localdate())


def proof(drawn):
    """Everything that ``drawn`` can be checked with; "digest" and "number" only when the seed is published."""
    seed = drawn.seed.published
    text = fair_draw.message(drawn.pk, drawn.member_id, drawn.ticket_id)
    found = {"seed": seed, "commitment": drawn.seed.commitment, "message": text, "digest": "", "number": None}
    if seed:
        block = fair_draw.digest(seed, text)
        found |= {"digest": block.hex(), "number": fair_draw.read(block), "kept": _kept(seed, drawn)}
    return found


def _kept(seed, drawn):
    return fair_draw.commitment(seed) == drawn.seed.commitment and drawn.number == fair_draw.number(
        seed, drawn.pk, drawn.member_id, drawn.ticket_id
    )


def seeds_to_show():
    return LotterySeed.objects.filter(date__lte=timezone.localdate())
