"""How good and how fast quotes are in a shop with 1,000 promotions: ``python -m tests.bench.quote_figures [lines] [baskets]``.

Everything is seeded. 30 % are spend-and-save offers, 60 % of all are about whole categories, brands or everything, and a
listing is in about six sales: far denser than a real shop. Time is processor time; "missed" compares with the best of the
same search with 40,000 nodes, twelve candidates and 32 times as many ways to get there.
"""

import os
import random
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from loyalty.members import Benefits  # noqa: E402
from orders.pricing import Buyer, CouponOffer, Line, Offer, Offers, Scope, Snapshot, plans, quote  # noqa: E402
from orders.pricing.nudges import with_nudges  # noqa: E402

BENEFITS = Benefits("gold", 10_000, 9_900, 7, priority=False)
TERMS = {"benefits": BENEFITS, "delivery_fee_fen": 800}
SKUS = range(1, 2_001)
BARS = [frozenset(), frozenset({"COUPON"}), frozenset({"THRESHOLD", "COUPON"})]
CAPS = [None, 5_000, 20_000]


def promotion(dice, number):
    kind, some = dice.random(), Scope(skus=frozenset(dice.sample(SKUS, 40)))
    if kind < 0.30:
        return spend_offer(dice, number, wide(dice) if dice.random() < 0.6 else some)
    if kind < 0.40:
        return Offer(number, "pieces", ((2, 9_500), (3, 9_000)), scope=some, source=f"promotion:{number}/1")
    if kind < 0.45:
        return Offer(number, "nth", ((2, 5_000),), scope=some, source=f"promotion:{number}/1")
    rate, few = dice.randint(80, 98) * 100, Scope(skus=frozenset(dice.sample(SKUS, 20)))
    return Offer(number, "sale", ((0, rate),), scope=few, excludes=dice.choice(BARS), source=f"promotion:{number}/1")


def wide(dice):
    share = dice.random()
    if share < 0.55:
        return Scope(categories=frozenset({dice.randint(1, 12)}))
    return Scope(brands=frozenset({dice.randint(1, 20)})) if share < 0.9 else Scope()


def spend_offer(dice, number, scope):
    at, kind = dice.randint(50, 600) * 100, dice.choice(["spend_save", "spend_save", "every", "spend_rate"])
    gives = at * dice.randint(5, 15) // 100
    if kind == "spend_save":
        return Offer(number, kind, ((at, gives), (at * 2, gives * 12 // 5)), scope=scope)
    steps = ((at, gives),) if kind == "every" else ((at, dice.randint(80, 96) * 100),)
    return Offer(number, kind, steps, scope=scope, cap_fen=dice.choice(CAPS))


def shop(seed=1, promotions=1_000):
    dice = random.Random(seed)  # noqa: S311 (a figure, not a secret)
    return Snapshot([promotion(dice, number) for number in range(1, promotions + 1)], "figures")


def basket(seed, lines):
    """(lines, coupons)"""
    dice = random.Random(seed)  # noqa: S311
    wanted = [
        Line(
            sku,
            1,
            dice.randint(10, 300) * 100 - 10,
            dice.choice([1, 1, 1, 2, 3]),
            product_id=sku,
            category_ids=(1 + sku % 12, 100 + sku % 60),
            brand_id=1 + sku % 20,
        )
        for sku in dice.sample(SKUS, lines)
    ]
    of_one = Scope(categories=frozenset({dice.randint(1, 12)}))
    coupons = [(9_900, 1_000, Scope()), (19_900, 2_000, Scope()), (49_900, 6_000, Scope()), (5_000, 800, of_one)]
    held = [CouponOffer(n, at_fen=at, off_fen=off, scope=scope) for n, (at, off, scope) in enumerate(coupons, 1)]
    return wanted, (*held, CouponOffer(5, stage="RED_PACKET", off_fen=500))


def patient(lines, offers):
    """The quote of a search that takes its time."""
    known = {name: getattr(plans, name) for name in ("MOST_STATES", "FEW_STATES", "LEAF_COST", "LEAST_TRIES", "TRIES")}
    try:
        plans.MOST_STATES, plans.FEW_STATES, plans.LEAF_COST, plans.LEAST_TRIES, plans.TRIES = 512, 64, 1, 512, 512
        return quote(
            lines, offers=Offers(offers.snapshot, offers.buyer, offers.coupons, nodes=40_000, keep=12), **TERMS
        )
    finally:
        for name, value in known.items():
            setattr(plans, name, value)


def measure(snapshot, size, count, *, compare=True):
    """Milliseconds of quotes and of nudges, and the missed savings in percent, each a sorted list."""
    quotes, nudges, missed = [], [], []
    for number in range(count):
        lines, coupons = basket(1_000 * size + number, size)
        offers = Offers(snapshot, Buyer("gold"), coupons)
        start = time.process_time()
        found = quote(lines, offers=offers, **TERMS)
        priced = time.process_time()
        with_nudges(found, offers=offers, **TERMS)
        quotes.append((priced - start) * 1_000)
        nudges.append((time.process_time() - priced) * 1_000)
        if compare:
            full = found.goods_fen + 800
            best = min(found.payable_fen, patient(lines, offers).payable_fen)
            missed.append((found.payable_fen - best) / max(1, full - best) * 100)
    return sorted(quotes), sorted(nudges), sorted(missed)


def main(size=20, count=40):
    quotes, nudges, missed = measure(shop(), size, count)
    for name, values in (("quote ms", quotes), ("nudges ms", nudges), ("missed %", missed)):
        p95 = values[min(len(values) - 1, len(values) * 95 // 100)]
        print(
            f"{size} lines, {name}: p50 {statistics.median(values):.1f} p95 {p95:.1f} "
            f"mean {statistics.mean(values):.2f} worst {values[-1]:.1f}"
        )


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
