"""The worked examples of docs/domain.md section 7 that are about pricing, each under its number.

The others live where their subject does: E3, E4, E11 also in tests/catalog/test_money.py, see ``WHERE`` at the end.
"""

from datetime import UTC, datetime

import pytest

from catalog.money import allocate, part_returned, rate_of
from loyalty.members import Benefits
from loyalty.points import earned
from orders import pricing
from orders.pricing import Buyer, Choice, CouponOffer, Line, Offer, Offers, Scope, Snapshot
from orders.pricing.nudges import with_nudges

TERMS = {"benefits": Benefits("normal", 10_000, 9_900, 7, priority=False), "delivery_fee_fen": 800}
A, B, C = 1, 2, 3
E1 = [Line(A, 1, 12_800, 1), Line(B, 1, 9_990, 2), Line(C, 1, 5_990, 1)]
SAVE_40 = Offer(40, "spend_save", ((30_000, 4_000),), name="冬季")
COUPON_15 = CouponOffer(15, at_fen=19_900, off_fen=1_500, name="满199减15")


def only(*skus):
    return Scope(skus=frozenset(skus))


def quote(lines, *offers, coupons=(), points=0, nudges=False, **more):
    given = Offers(Snapshot(offers), more.pop("buyer", Buyer("normal")), tuple(coupons), **more)
    quoted = pricing.quote(lines, points=points, offers=given, **TERMS)
    return with_nudges(quoted, offers=given, **TERMS) if nudges else quoted


def shares(quoted, stage):
    return [line.share(stage) for line in quoted.lines]


def payables(quoted):
    return [line.payable_fen for line in quoted.lines]


def test_e1_the_whole_path():
    q = quote(E1, SAVE_40, coupons=[COUPON_15], points=500)
    assert shares(q, "THRESHOLD") == [1_321, 2_061, 618]
    assert shares(q, "COUPON") == [495, 773, 232]
    assert shares(q, "POINTS") == [165, 258, 77]
    assert payables(q) == [10_819, 16_888, 5_063]
    assert (q.goods_fen, q.payable_fen, q.shipping_fen) == (38_770, 32_770, 0)
    assert q.proved_optimal


def test_e1_what_comes_back_and_what_was_earned():
    paid, points = [10_819, 16_888, 5_063], [165, 258, 77]
    left, clawed = 32_770, []
    for fen in (paid[1], paid[0], paid[2]):
        clawed.append(earned(left, 10_000) - earned(left - fen, 10_000))
        left -= fen
    assert earned(32_770, 10_000) == 327
    assert clawed == [169, 108, 50]
    assert [part_returned(paid[1], 2, 0, 1), part_returned(points[1], 2, 0, 1)] == [8_444, 129]  # E1b
    assert [part_returned(paid[1], 2, 1, 1), part_returned(points[1], 2, 1, 1)] == [8_444, 129]


def test_e2_equal_lines():
    q = quote([Line(i, 1, 5_000, 1) for i in (1, 2, 3)], Offer(1, "spend_save", ((10_000, 1_000),)))
    assert shares(q, "THRESHOLD") == [334, 333, 333]
    assert payables(q) == [4_666, 4_667, 4_667]


def test_e3_one_fen_over_three_lines_does_not_vanish():
    q = quote([Line(i, 1, 5_000, 1) for i in (1, 2, 3)], Offer(1, "spend_save", ((10_000, 1),)))
    assert shares(q, "THRESHOLD") == [1, 0, 0]


def test_e4_three_units_of_one_line():
    assert [part_returned(10_000, 3, done, 1) for done in range(3)] == [3_333, 3_333, 3_334]
    assert [part_returned(10_000, 3, 0, 2), part_returned(10_000, 3, 2, 1)] == [6_666, 3_334]


def test_e5_a_filler_returned_gets_its_share():
    q = quote([Line(1, 1, 29_900, 1), Line(2, 1, 100, 1)], SAVE_40)
    assert shares(q, "THRESHOLD") == [3_987, 13]
    assert payables(q) == [25_913, 87]
    assert q.payable_fen == 26_000


def test_e6_a_threshold_that_still_holds():
    q = quote([Line(1, 1, 40_000, 1), Line(2, 1, 10_000, 1)], SAVE_40)
    assert payables(q) == [36_800, 9_200]


def test_e7_tiers_and_the_nudge_to_the_next():
    tiers = Offer(7, "spend_save", ((20_000, 2_000), (40_000, 5_000), (60_000, 9_000)))
    q = quote([Line(1, 1, 56_000, 1)], tiers, nudges=True)
    assert q.discount_fen == 5_000
    assert [(n.gap_fen, n.saves_fen) for n in q.nudges] == [(4_000, 4_000)]


@pytest.mark.parametrize(("goods", "off"), [(9_900, 0), (10_000, 1_000), (56_000, 5_000), (120_000, 5_000)])
def test_e7_every_hundred_up_to_a_cap(goods, off):
    every = Offer(7, "every", ((10_000, 1_000),), cap_fen=5_000)
    assert quote([Line(1, 1, goods, 1)], every).discount_fen == off


def test_e8_the_list_price_with_a_coupon_beats_a_member_price_that_forbids_it():
    member = Offer(8, "member", (("gold", 9_500),), excludes=frozenset({"COUPON"}), name="会员价")
    coupon = CouponOffer(30, at_fen=19_900, off_fen=3_000)
    q = quote([Line(1, 1, 20_000, 1)], member, coupons=[coupon], buyer=Buyer("gold"))
    assert q.payable_fen == 17_000
    assert q.coupons == (coupon,)
    assert [note.code for note in q.notes] == ["LOST"]
    alone = quote([Line(1, 1, 20_000, 1)], member, buyer=Buyer("gold"))
    assert alone.payable_fen == 19_000


def test_e9_one_promotion_a_line_and_the_best_partition():
    lines = [Line(A, 1, 20_000, 1), Line(B, 1, 15_000, 1), Line(C, 1, 18_000, 1)]
    p1 = Offer(1, "spend_save", ((30_000, 5_000),), scope=only(A, B))
    p2 = Offer(2, "spend_save", ((50_000, 7_000),))
    p3 = Offer(3, "spend_save", ((10_000, 2_500),), scope=only(C))
    q = quote(lines, p1, p2, p3)
    assert q.discount_fen == 7_500
    assert [offer.id for offer, _fen, _units in q.used] == [1, 3]
    assert quote(lines, p1, p2).discount_fen == 7_000


def test_e10_a_flash_line_stays_out_of_the_later_stages():
    barred = frozenset({"THRESHOLD", "COUPON", "POINTS"})
    flash = Offer(10, "flash", prices={A: 990}, excludes=barred)
    lines = [Line(A, 1, 9_900, 1), Line(B, 1, 31_000, 1)]
    q = quote(lines, flash, SAVE_40, coupons=[COUPON_15], points=2_000)
    assert payables(q) == [990, 23_500]
    assert q.payable_fen == 24_490
    assert q.points_max == 12_700  # half of ¥255.00, in hundreds


def test_e11_a_percentage_is_rounded_once():
    member = Offer(1, "member", (("silver", 9_500),))
    three = Offer(2, "pieces", ((3, 8_000),))
    q = quote([Line(1, 1, 1_999, 3)], member, three, buyer=Buyer("silver"))
    assert rate_of(1_999, 9_500) == 1_899
    assert shares(q, "UNIT") == [300]
    assert shares(q, "LINE") == [1_139]
    assert payables(q) == [4_558]


def test_e13_points_are_cut_to_half_in_hundreds():
    q = quote([Line(1, 1, 3_860, 1)], points=9_999)
    assert (q.points, q.payable_fen) == (1_900, 2_760)


def test_e16_refunds_split_over_tenders_end_at_zero():
    left, parts = [10_000, 22_770], []
    for fen in (16_888, 10_819, 5_063):
        part = allocate(fen, left)
        parts.append(part)
        left = [before - gone for before, gone in zip(left, part, strict=True)]
    assert parts == [[5_153, 11_735], [3_302, 7_517], [1_545, 3_518]]
    assert left == [0, 0]


def test_e17_the_delivery_fee_is_shared_and_frozen():
    q = quote([Line(A, 1, 4_500, 1), Line(B, 1, 4_000, 1)])
    assert [line.shipping_share_fen for line in q.lines] == [424, 376]
    assert q.lines[1].payable_fen + q.lines[1].shipping_share_fen + 1_200 == 5_576


def test_e18_two_units_and_what_a_lower_price_leaves():
    q = quote([Line(1, 1, 19_900, 2)], SAVE_40)
    assert payables(q) == [35_800]
    protected = (35_800 // 2 - 16_900) * 2
    rest = 35_800 - protected
    assert (protected, part_returned(rest, 2, 0, 1), part_returned(rest, 2, 1, 1)) == (2_000, 16_900, 16_900)


def test_e19_a_gift_comes_with_goods_that_reach_its_threshold():
    gift = Offer(19, "gift", ((29_900, 1),), gift_sku_id=9, gift_value_fen=2_990)
    lines = [Line(A, 1, 25_000, 1), Line(B, 1, 6_000, 1)]
    q = quote(lines, gift)
    assert [(g.sku_id, g.quantity, g.value_fen) for g in q.gifts] == [(9, 1, 2_990)]
    assert q.payable_fen == 31_000
    assert quote(lines[:1], gift).gifts == ()
    assert max(0, payables(q)[1] - q.gifts[0].value_fen) == 3_010


@pytest.mark.parametrize(("rate", "points"), [(10_000, 327), (12_500, 409), (22_500, 737), (20_000, 655)])
def test_e20_points_by_tier(rate, points):
    assert earned(32_770, rate) == points


def test_e21_a_nudge_says_gap_and_net_saving():
    save_20 = Offer(21, "spend_save", ((19_900, 2_000),))
    q = quote([Line(1, 1, 18_700, 1)], save_20, nudges=True)
    assert [(n.gap_fen, n.saves_fen) for n in q.nudges] == [(1_200, 2_000)]


def test_e24_a_coupon_above_the_goods_gives_what_they_cost():
    free = {"benefits": Benefits("normal", 10_000, 0, 7, priority=False), "delivery_fee_fen": 800}
    coupon = CouponOffer(24, off_fen=1_500)
    q = pricing.quote([Line(1, 1, 990, 1)], offers=Offers(coupons=(coupon,)), **free)
    assert (q.discount_fen, q.payable_fen) == (990, 0)


def test_e25_compensation_leaves_less_to_return():
    assert part_returned(10_819 - 2_000, 1, 0, 1) == 8_819


def test_e26_a_resettled_allocation_sums_to_what_was_paid():
    assert allocate(26_000, [29_900]) == [26_000]


# --- the shopper's own choice -----------------------------------------------------------------------------------------


def test_a_shopper_may_keep_their_coupon_and_sees_what_the_best_would_save():
    q = quote(E1, SAVE_40, coupons=[COUPON_15], choice=Choice(coupon="none"))
    assert q.coupons == ()
    assert q.better_fen == 1_500


def test_a_shopper_may_use_another_coupon_than_the_best():
    small = CouponOffer(5, off_fen=500)
    q = quote(E1, SAVE_40, coupons=[COUPON_15, small], choice=Choice(coupon=5))
    assert [coupon.id for coupon in q.coupons] == [5]
    assert q.better_fen == 1_000


def test_a_coupon_that_was_not_used_says_what_it_would_have_cost():
    small = CouponOffer(5, off_fen=1_000, name="10 元券")
    q = quote(E1, SAVE_40, coupons=[COUPON_15, small])
    assert [(n.code, n.params["dearer_fen"]) for n in q.notes] == [("NOT_USED", 500)]


def test_a_red_packet_goes_with_a_coupon():
    packet = CouponOffer(88, stage="RED_PACKET", off_fen=888)
    q = quote(E1, SAVE_40, coupons=[COUPON_15, packet])
    assert q.payable_fen == 38_770 - 4_000 - 1_500 - 888
    assert {coupon.id for coupon in q.coupons} == {15, 88}


def test_of_two_equal_coupons_the_one_that_ends_sooner_goes_first():
    soon = CouponOffer(9, off_fen=500, expires_at=datetime(2026, 12, 1, tzinfo=UTC))
    late = CouponOffer(4, off_fen=500, expires_at=datetime(2027, 12, 1, tzinfo=UTC))
    assert [c.id for c in quote(E1, coupons=[late, soon]).coupons] == [9]


def test_a_coupon_is_kept_when_it_saves_nothing():
    shut = Line(1, 1, 5_000, 1, excludes=frozenset({"COUPON"}))
    assert quote([shut], coupons=[CouponOffer(1, off_fen=500)]).coupons == ()


# --- kinds ------------------------------------------------------------------------------------------------------------


def test_every_second_one_at_half_price_takes_the_cheaper_ones():
    second = Offer(1, "nth", ((2, 5_000),))
    q = quote([Line(1, 1, 10_000, 1), Line(2, 1, 6_000, 2)], second)
    assert q.discount_fen == 3_000  # 100, 60 | 60: the second one is half price, the third is alone


def test_buy_two_and_the_third_is_free():
    assert quote([Line(1, 1, 4_000, 3)], Offer(1, "nth", ((3, 0),))).discount_fen == 4_000


def test_an_add_on_is_cheap_only_beside_other_goods():
    add_on = Offer(1, "add_on", ((10_000, 0),), prices={B: 990}, most_units=1)
    assert quote([Line(A, 1, 12_000, 1), Line(B, 1, 3_900, 2)], add_on).discount_fen == 2_910
    assert quote([Line(B, 1, 3_900, 5)], add_on).discount_fen == 0


def test_a_discount_that_would_cost_free_delivery_is_not_taken():
    small = Offer(1, "spend_save", ((9_900, 200),))
    q = quote([Line(1, 1, 9_900, 1)], small)
    assert (q.discount_fen, q.shipping_fen, q.payable_fen) == (0, 0, 9_900)


def test_free_delivery_for_some_goods():
    free = Offer(1, "free_shipping", ((0, 0),), scope=only(A))
    assert quote([Line(A, 1, 1_000, 1)], free).shipping_fen == 0
    assert quote([Line(B, 1, 1_000, 1)], free).shipping_fen == 800


def test_a_delivery_coupon_is_used_only_when_delivery_costs_something():
    coupon = CouponOffer(6, stage="SHIPPING", off_fen=800)
    assert quote([Line(1, 1, 1_000, 1)], coupons=[coupon]).payable_fen == 1_000
    assert quote([Line(1, 1, 9_900, 1)], coupons=[coupon]).coupons == ()


@pytest.mark.parametrize(
    ("conditions", "buyer", "gets"),
    [
        ({"tiers": frozenset({"gold"})}, Buyer("normal"), False),
        ({"tiers": frozenset({"gold"})}, Buyer("gold"), True),
        ({"newcomers_only": True}, Buyer(is_newcomer=False), False),
        ({"newcomers_only": True}, Buyer(is_newcomer=True), True),
        ({"regions": ("33",)}, Buyer(region_code="330106"), True),
        ({"regions": ("33",)}, Buyer(region_code="440103"), False),
        ({"weekdays": frozenset({4})}, Buyer(now=datetime(2026, 11, 27, 9, tzinfo=UTC)), True),
        ({"weekdays": frozenset({4})}, Buyer(now=datetime(2026, 11, 28, 9, tzinfo=UTC)), False),
        ({"ends_at": datetime(2026, 11, 1, tzinfo=UTC)}, Buyer(now=datetime(2026, 11, 1, tzinfo=UTC)), False),
        ({"starts_at": datetime(2026, 11, 1, tzinfo=UTC)}, Buyer(now=datetime(2026, 11, 1, tzinfo=UTC)), True),
    ],
)
def test_who_gets_an_offer_when_and_where(conditions, buyer, gets):
    sale = Offer(1, "sale", ((0, 9_000),), **conditions)
    assert quote([Line(1, 1, 10_000, 1)], sale, buyer=buyer).discount_fen == (1_000 if gets else 0)


def test_what_is_left_of_a_limit_is_all_there_is():
    flash = Offer(1, "flash", prices={A: 1_000}, is_limited=True)
    lines = [Line(A, 1, 5_000, 3)]
    assert quote(lines, flash, limits={1: pricing.Left(units=2)}).discount_fen == 8_000
    assert quote(lines, flash, limits={1: pricing.Left(units=0)}).discount_fen == 0
    assert quote(E1, SAVE_40, limits={40: pricing.Left(fen=2_500)}).discount_fen == 2_500
