"""What must hold for any basket and any promotions (docs/domain.md 3, 57 to 64), and a till that tries everything."""

from dataclasses import replace
from itertools import permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.money import allocate
from loyalty.members import Benefits
from orders import pricing
from orders.pricing import Buyer, Choice, CouponOffer, Left, Line, Offer, Offers, Scope, Snapshot
from orders.pricing.basket import SHIPPING
from orders.pricing.finishing import Finisher
from orders.pricing.line_offers import shares_of
from orders.pricing.nudges import with_nudges
from orders.pricing.remembered import remembered_quote
from tests.bench import quote_figures

BENEFITS = Benefits("gold", 10_000, 9_900, 7, priority=False)
FEE = 800
BUYER = Buyer("gold")
MANY = 120  # examples: each runs the engine several times

some_lines = st.lists(
    st.tuples(st.integers(100, 30_000), st.integers(1, 3), st.integers(1, 2)), min_size=1, max_size=4
).map(lambda rows: [Line(i, 1, price, units, category_ids=(group,)) for i, (price, units, group) in enumerate(rows, 1)])
bars = st.sampled_from([frozenset(), frozenset({"COUPON"}), frozenset({"THRESHOLD", "COUPON"})])
scopes = st.sampled_from([Scope(), Scope(categories=frozenset({1})), Scope(skus=frozenset({1, 3}))])


@st.composite
def an_offer(draw, number):
    kind = draw(st.sampled_from(["spend_save", "spend_save", "spend_rate", "every", "member", "sale", "pieces", "nth"]))
    at = draw(st.integers(1_000, 40_000))
    steps = {
        "spend_save": ((at, at // draw(st.integers(2, 20))),),
        "every": ((at, at // 10),),
        "spend_rate": ((at, draw(st.integers(5_000, 9_900))),),
        "member": (("gold", 9_000),),
        "sale": ((0, 9_500),),
        "pieces": ((2, 9_000),),
        "nth": ((2, 5_000),),
    }[kind]
    cap = draw(st.one_of(st.none(), st.integers(500, 5_000))) if kind != "member" else None
    forbids = draw(bars) if kind in {"member", "sale"} else frozenset()
    return Offer(number, kind, steps, scope=draw(scopes), cap_fen=cap, excludes=forbids)


some_offers = st.integers(0, 4).flatmap(lambda n: st.tuples(*[an_offer(number) for number in range(1, n + 1)]))
some_coupons = st.lists(
    st.tuples(st.integers(0, 30_000), st.integers(100, 5_000), scopes, st.sampled_from(["COUPON", "RED_PACKET"])),
    max_size=3,
).map(
    lambda rows: tuple(
        CouponOffer(i, stage=stage, at_fen=at, off_fen=off, scope=scope)
        for i, (at, off, scope, stage) in enumerate(rows, 1)
    )
)


def quote(lines, offers=(), coupons=(), points=0):
    given_ = Offers(Snapshot(offers), BUYER, tuple(coupons))
    return pricing.quote(lines, benefits=BENEFITS, delivery_fee_fen=FEE, points=points, offers=given_)


def try_everything(lines, offers, coupons):
    """The lowest payable of all: every unit price, every order of line offers, every partition, every coupon."""
    ending = Finisher(lines, coupons=coupons, choice=Choice(), shipping_offers=[], fee_fen=FEE, free_from_fen=9_900)
    unit = [o for o in offers if o.stage == "UNIT"]
    line = [o for o in offers if o.stage == "LINE"]
    spend = [o for o in offers if o.stage == "THRESHOLD"]
    best = None
    for choice in product(*[[None, *[o for o in unit if o.scope.covers(wanted)]] for wanted in lines]):
        left = [
            wanted.gross_fen - ((wanted.unit_price_fen - o.unit_price(wanted, BUYER)) * wanted.quantity if o else 0)
            for wanted, o in zip(lines, choice, strict=True)
        ]
        barred = [o.excludes if o else frozenset() for o in choice]
        for size in range(len(line) + 1):
            for order in permutations(line, size):
                now, taken = list(left), set()
                for o in order:
                    free = [
                        i
                        for i, w in enumerate(lines)
                        if i not in taken and o.scope.covers(w) and "LINE" not in barred[i]
                    ]
                    parts = shares_of(o, free, now, lines)
                    if any(parts):
                        now = [a - b for a, b in zip(now, parts, strict=True)]
                        taken |= set(free)
                for joined in product(
                    *[
                        [None, *[o for o in spend if o.scope.covers(w) and "THRESHOLD" not in barred[i]]]
                        for i, w in enumerate(lines)
                    ]
                ):
                    then = list(now)
                    for o in spend:
                        among = [i for i, mine in enumerate(joined) if mine is o]
                        off = o.worth(sum(then[i] for i in among))
                        parts = allocate(off, [then[i] if i in among else 0 for i in range(len(then))])
                        then = [a - b for a, b in zip(then, parts, strict=True)]
                    payable = ending.finish(then, barred, ()).payable_fen
                    best = payable if best is None else min(best, payable)
    return best


@settings(max_examples=MANY, deadline=None)
@given(some_lines, some_offers, some_coupons, st.integers(0, 5_000))
def test_any_quote_adds_up(lines, offers, coupons, points):
    q = quote(lines, offers, coupons, points)
    assert q.payable_fen == q.goods_fen - q.discount_fen + q.shipping_fen
    assert q.payable_fen == sum(line.payable_fen for line in q.lines) + q.shipping_fen
    assert sum(step.fen for step in q.steps) == q.goods_fen - q.payable_fen
    for line in q.lines:
        assert line.line.gross_fen - sum(line.shares.values()) == line.payable_fen >= 0
    for step in q.steps:
        assert not step.shares or sum(step.shares) == step.fen
        assert all(share >= 0 for share in step.shares)
    by_stage = {}
    for step in q.steps:
        for i, share in enumerate(step.shares):
            if share:
                assert (step.stage, i) not in by_stage, "a line is in one offer a stage"
                by_stage[step.stage, i] = step


@settings(max_examples=MANY, deadline=None)
@given(some_lines, some_offers, some_coupons)
def test_nobody_finds_a_cheaper_combination_when_it_is_proved(lines, offers, coupons):
    q, least = quote(lines, offers, coupons), try_everything(lines, offers, coupons)
    assert q.payable_fen >= least
    if q.proved_optimal:
        assert q.payable_fen == least


@settings(max_examples=MANY, deadline=None)
@given(some_lines, some_offers, some_coupons)
def test_it_is_never_dearer_than_one_promotion_alone(lines, offers, coupons):
    together = quote(lines, offers, coupons)
    for offer in offers:
        alone = quote(lines, [offer], coupons)
        assert not together.proved_optimal or together.payable_fen <= alone.payable_fen
    if together.proved_optimal:
        assert together.payable_fen <= quote(lines).payable_fen


@settings(max_examples=MANY, deadline=None)
@given(some_lines, some_offers, some_coupons, st.randoms(use_true_random=False))
def test_the_order_of_anything_changes_nothing(lines, offers, coupons, random):
    shuffled = [list(lines), list(offers), list(coupons)]
    for things in shuffled:
        random.shuffle(things)
    one, two = quote(lines, offers, coupons), quote(*shuffled)
    assert one.payable_fen == two.payable_fen
    assert one.fingerprint == two.fingerprint
    assert {q.line.sku_id: q.payable_fen for q in one.lines} == {q.line.sku_id: q.payable_fen for q in two.lines}


@settings(max_examples=MANY, deadline=None)
@given(some_lines, some_offers, some_coupons)
def test_the_index_finds_what_the_scopes_say(lines, offers, coupons):
    found = {(o.id, i) for o, among in Snapshot(offers).candidates(lines, BUYER) for i in among}
    assert found == {(o.id, i) for o in offers for i, line in enumerate(lines) if o.scope.covers(line)}


@settings(max_examples=60, deadline=None)
@given(some_lines, some_offers, some_coupons)
def test_a_shop_with_few_nodes_is_still_never_worse_than_a_plain_till(lines, offers, coupons):
    """The plain till: lowest unit prices, line offers by worth, then again and again the offer that takes off most."""
    few = Offers(Snapshot(offers), BUYER, tuple(coupons), nodes=30)
    hurried = pricing.quote(lines, benefits=BENEFITS, delivery_fee_fen=FEE, offers=few)
    cheapest = [
        min([w.unit_price_fen, *[o.unit_price(w, BUYER) for o in offers if o.stage == "UNIT" and o.scope.covers(w)]])
        for w in lines
    ]
    assert hurried.payable_fen <= sum(p * w.quantity for p, w in zip(cheapest, lines, strict=True)) + FEE
    assert hurried.payable_fen >= quote(lines, offers, coupons).payable_fen or hurried.proved_optimal is False


def test_delivery_offers_are_not_touched_by_the_lines():
    free = Offer(1, "free_shipping", ((5_000, 0),))
    q = quote([Line(1, 1, 5_000, 1)], [free])
    assert (q.shipping_fen, q.delivery.saved_fen) == (0, FEE)
    assert [step.stage for step in q.steps] == [SHIPPING]


def test_a_crowded_shop_costs_a_quote_little_of_what_a_patient_search_would_save():
    _quotes, _nudges, missed = quote_figures.measure(quote_figures.shop(), 5, 8)
    assert sum(missed) / len(missed) <= 2  # percent


def test_a_nudge_never_promises_more_than_the_basket_then_gives():
    shop, seen = quote_figures.shop(promotions=60), 0
    for seed in range(12):
        lines, coupons = quote_figures.basket(seed, 4)
        offers = Offers(shop, BUYER, coupons)
        now = with_nudges(quote_figures.patient(lines, offers), offers=offers, **quote_figures.TERMS)
        for nudge in now.nudges:
            seen += 1
            goods = next(line for line in lines if nudge.offer.scope.covers(line))
            more = replace(goods, quantity=1, unit_price_fen=nudge.gap_fen, excludes=frozenset({"UNIT", "LINE"}))
            then = quote_figures.patient([*lines, more], offers)
            assert now.payable_fen + nudge.gap_fen - then.payable_fen >= nudge.saves_fen > 0
    assert seen


def test_the_same_question_is_priced_once_and_another_one_anew():
    lines = [Line(1, 1, 20_000, 1)]
    offers = Offers(Snapshot([Offer(1, "spend_save", ((10_000, 1_000),))], "memory"), BUYER)
    terms = {"benefits": BENEFITS, "delivery_fee_fen": FEE, "offers": offers}
    first = remembered_quote(lines, **terms)
    assert remembered_quote(lines, **terms) is first
    used_up = remembered_quote(lines, **(terms | {"offers": replace(offers, limits={1: Left(fen=0)})}))
    assert (first.payable_fen, used_up.payable_fen) == (19_000, 20_000)
