"""Makes prizes and odds tables for tests."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from loyalty.models import LotteryTicket, OddsLine, OddsTable, Prize
from tests.loyalty.tickets import make_template

# The example of docs/domain.md 5.8: (name, kind, worth in fen, parts of a million).
E22 = (
    ("¥50", "coupon", 5_000, 1_000),
    ("¥10", "coupon", 1_000, 20_000),
    ("100", "points", 100, 79_000),
    ("20", "points", 20, 300_000),
    ("—", "nothing", 0, 600_000),
)
_serial = count(1)


def make_prize(worth, kind="points", stock=None, **fields):
    """A prize worth ``worth`` fen; a coupon gets a template with exactly as many coupons, unless one is given."""
    if kind == "coupon":
        stock = 100 if stock is None else stock
        fields.setdefault("coupon_template", make_template(amount_fen=worth, claimable=False, quota=stock))
    points = worth if kind == "points" else 0
    return Prize.objects.create(
        name=fields.pop("name", f"奖品{next(_serial)}"),
        kind=kind,
        points=points,
        value_fen=worth,
        stock=stock,
        **fields,
    )


def make_table(*lines, publish=True, **fields):
    """A table of (prize, parts[, substitute]) that opened an hour ago, published before it opened; ``publish``: whether."""
    now = timezone.now()
    fields = {
        "name": "抽奖", "rules": "一\n二", "opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=30)
    } | fields  # fmt: skip
    table = OddsTable.objects.create(**fields)
    for place, (prize, parts, *substitute) in enumerate(lines, 1):
        OddsLine.objects.create(
            table=table, place=place, prize=prize, weight=parts, substitute=substitute[0] if substitute else None
        )
    if publish:
        OddsTable.objects.filter(pk=table.pk).update(status="published", published_at=table.opens_at)
        table.refresh_from_db()
    return table


def e22_table(**fields):
    big = make_prize(5_000)
    small = make_prize(1_000)
    substitutes = {5_000: big, 1_000: small}
    lines = [
        (make_prize(worth, kind, name=name), parts, *([substitutes[worth]] if kind == "coupon" else []))
        for name, kind, worth, parts in E22
    ]
    return make_table(*lines, **fields)


def give_tickets(member, number):
    """``number`` unused tickets, as if for points that were never asked for."""
    today = timezone.localdate()
    return LotteryTicket.objects.bulk_create(
        LotteryTicket(member=member, source=f"gift:{n}", day=today + timedelta(days=n // 5), nth=n % 5 + 1)
        for n in range(number)
    )
