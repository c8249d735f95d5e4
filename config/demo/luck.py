"""Check-ins and the lottery of the demo shop: streaks, tickets, and draws from the example table of the specification."""

from datetime import timedelta

from config.demo.clock import at, days_ago
from loyalty import check_ins, lottery, odds_tables, seeds, tickets
from loyalty.members import member_of
from loyalty.models import CouponTemplate, OddsLine, OddsTable, Prize

# Days before today on which a shopper of a tier was here.
HERE = {
    "NORMAL": [2, 1],
    "SILVER": [9, 8, 7, 5, 4],
    "GOLD": [16, 15, 14, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
    "PLATINUM": [6, 5, 4, 3, 2],
}
SAVED = "SILVER", 2  # the day on which it came again and made up the one before
# Name, in English, kind, worth in fen, how many, parts of a million.
PRIZES = (
    ("50 元优惠券", "¥50 coupon", "coupon", 5_000, 200, 1_000),
    ("10 元优惠券", "¥10 coupon", "coupon", 1_000, 5_000, 20_000),
    ("100 积分", "100 points", "points", 100, None, 79_000),
    ("20 积分", "20 points", "points", 20, None, 300_000),
    ("谢谢参与", "No prize", "nothing", 0, None, 600_000),
)
SUBSTITUTES = {5_000: ("5000 积分", "5,000 points"), 1_000: ("1000 积分", "1,000 points")}
DRAWS = (("GOLD", 4), ("PLATINUM", 3), ("DIAMOND", 3))  # a shopper and how many days ago, with a ticket for points


def load(shoppers):
    """``shoppers`` by tier. Returns (days they were here, draws)."""
    table = _table()
    with at(days_ago(30, hour=9)):
        odds_tables.publish(table, by=None)
    here = [(days, tier) for tier, all_days in HERE.items() for days in all_days]
    for days, tier in sorted(here, reverse=True):
        with at(days_ago(days, hour=8, minute=12)):
            check_ins.check_in(shoppers[tier])
    tier, days = SAVED
    with at(days_ago(days, hour=9)):
        check_ins.make_up(shoppers[tier])
        check_ins.check_in(shoppers[tier])
    for number, (tier, days) in enumerate(DRAWS):
        with at(days_ago(days, hour=20, minute=number)):
            lottery.draw(shoppers[tier], tickets.exchange(shoppers[tier], f"demo-{number}").pk)
    seeds.turn()
    drawn = sum(member_of(user).draws.count() for user in shoppers.values())
    return len(here) + 2, drawn


def _table():
    table = OddsTable.objects.create(
        name="屿集小抽奖",
        name_en="The Yuji draw",
        rules="中奖结果由当天的种子和你的抽奖号算出，事后人人可验。\n优惠券为无门槛红包，自领取起 30 天内有效。",
        rules_en="A number computed from the seed of the day decides; anybody can check it afterwards.\n"
        "Coupons have no minimum and are good for 30 days.",
        opens_at=days_ago(29, hour=0),
        closes_at=days_ago(-60, hour=0),
    )
    for place, (name, name_en, kind, worth, stock, weight) in enumerate(PRIZES, 1):
        substitute = SUBSTITUTES.get(worth)
        OddsLine.objects.create(
            table=table,
            place=place,
            prize=_prize(name, name_en, kind, worth, stock),
            weight=weight,
            substitute=_prize(*substitute, "points", worth, None) if substitute else None,
        )
    return table


def _prize(name, name_en, kind, worth, stock):
    template = None
    if kind == "coupon":
        template = CouponTemplate.objects.create(
            name=f"抽奖{worth // 100}元红包",
            name_en=f"Lottery: ¥{worth // 100}",
            kind=CouponTemplate.Kind.RED_PACKET,
            amount_fen=worth,
            valid_days=30,
            quota=stock,
            claimable=False,
            status=CouponTemplate.Status.PUBLISHED,
            published_at=days_ago(30) - timedelta(hours=1),
        )
    return Prize.objects.create(
        name=name,
        name_en=name_en,
        kind=kind,
        points=worth if kind == "points" else 0,
        coupon_template=template,
        value_fen=worth,
        stock=stock,
    )
