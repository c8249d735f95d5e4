"""What a basket costs: worked examples of docs/domain.md section 7, and what must hold for any basket."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from loyalty.members import Benefits
from orders import pricing
from orders.delivery_fees import delivery_fee
from orders.pricing import POINTS, SHIPPING, Line
from orders.tax_numbers import normalise_tax_number

FROM_99 = 9_900
FEE = 800


def tier(free_from=FROM_99):
    return Benefits("normal", 10_000, free_from, 7, priority=False)


def quote(*lines, points=0, free_from=FROM_99, fee=FEE, **more):
    numbered = [line if isinstance(line, Line) else Line(i, 1, *line) for i, line in enumerate(lines, 1)]
    return pricing.quote(numbered, benefits=tier(free_from), delivery_fee_fen=fee, points=points, **more)


def test_goods_and_delivery_make_the_payable():
    q = quote((4_500, 1), (4_000, 1))
    assert (q.goods_fen, q.shipping_fen, q.payable_fen) == (8_500, 800, 9_300)


def test_delivery_is_shared_by_largest_remainder():
    q = quote((4_500, 1), (4_000, 1))
    assert [line.shipping_share_fen for line in q.lines] == [424, 376]  # E17


def test_a_delivery_fee_above_the_goods_is_shared_exactly():
    q = quote((100, 1), (200, 1))
    assert sum(line.shipping_share_fen for line in q.lines) == 800


def test_points_are_cut_to_half_of_the_goods_in_hundreds():
    q = quote((3_860, 1), points=9_999)
    assert (q.points, q.shipping_fen, q.payable_fen) == (1_900, 800, 2_760)  # E13


def test_a_line_outside_points_does_not_raise_the_cap():
    flash = Line(1, 1, 990, 1, excludes=frozenset({POINTS}))
    q = quote(flash, Line(2, 1, 25_500, 1), points=20_000)
    assert q.points_max == 12_700  # E10: half of ¥255.00, in hundreds
    assert [line.payable_fen for line in q.lines] == [990, 12_800]


def test_two_thousand_points_as_in_the_flash_example():
    flash = Line(1, 1, 990, 1, excludes=frozenset({POINTS}))
    assert quote(flash, Line(2, 1, 25_500, 1), points=2_000).payable_fen == 24_490  # E10


@pytest.mark.parametrize(("goods", "cap"), [(999, 0), (1_000, 500), (1_199, 500), (38_60, 1_900), (0, 0)])
def test_the_points_cap(goods, cap):
    assert pricing.points_cap(goods) == cap


def test_points_never_pay_for_delivery_and_do_not_cost_free_delivery():
    q = quote((10_000, 1), points=5_000)
    assert (q.shipping_fen, q.payable_fen) == (0, 5_000)


@pytest.mark.parametrize(
    ("goods", "free_from", "fee", "missing"),
    [(9_899, 9_900, 800, 1), (9_900, 9_900, 0, 0), (1, 0, 0, 0), (0, 9_900, 0, 9_900)],
)
def test_delivery_is_free_from_the_tiers_threshold(goods, free_from, fee, missing):
    result = delivery_fee(goods, fee_fen=800, free_from_fen=free_from)
    assert (result.fen, result.missing_fen) == (fee, missing)


lines = st.lists(
    st.builds(
        Line,
        st.integers(1, 50),
        st.integers(1, 3),
        st.integers(1, 100_000),
        st.integers(1, 20),
        st.sampled_from([frozenset(), frozenset({POINTS})]),
    ),
    min_size=1,
    max_size=8,
)


@given(lines, st.integers(0, 200_000), st.integers(0, 50_000), st.integers(0, 3_000))
def test_any_quote_adds_up(wanted, points, free_from, fee):
    q = quote(*wanted, points=points, free_from=free_from, fee=fee)
    assert q.payable_fen == q.goods_fen - q.discount_fen + q.shipping_fen
    assert q.payable_fen == sum(line.payable_fen for line in q.lines) + q.shipping_fen
    assert sum(step.fen for step in q.steps) == q.goods_fen - q.payable_fen
    assert sum(line.shipping_share_fen for line in q.lines) == q.shipping_fen
    assert all(line.payable_fen >= 0 and line.shipping_share_fen >= 0 for line in q.lines)
    assert all(line.line.gross_fen - line.points_fen == line.payable_fen for line in q.lines)
    assert q.points <= q.points_max
    assert q.points % 100 == 0
    assert all(not line.points_fen for line in q.lines if POINTS in line.line.excludes)


@given(lines, st.integers(0, 200_000), st.randoms())
def test_the_order_of_lines_does_not_change_the_payable(wanted, points, random):
    shuffled = list(wanted)
    random.shuffle(shuffled)
    assert quote(*wanted, points=points).payable_fen == quote(*shuffled, points=points).payable_fen


@given(lines, st.integers(0, 200_000))
def test_the_same_basket_gives_the_same_quote(wanted, points):
    one, two = quote(*wanted, points=points), quote(*wanted, points=points)
    assert one == two
    assert one.fingerprint == two.fingerprint


@given(lines, st.integers(0, 100_000))
def test_more_points_never_raise_the_payable(wanted, points):
    assert quote(*wanted, points=points + 100).payable_fen <= quote(*wanted, points=points).payable_fen


def test_shipping_takes_off_less_than_nothing():
    (step,) = [step for step in quote((100, 1)).steps if step.stage == SHIPPING]
    assert step.fen == -800


# --- tax numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["91350100M000100Y43", " 9135 0100 m000 100y 43 ", "９１３５０１００Ｍ０００１００Ｙ４３"]
)
def test_a_tax_number_is_read_as_people_type_it(typed):
    assert normalise_tax_number(typed) == "91350100M000100Y43"


@pytest.mark.parametrize(
    "typed", ["91350100M000100Y44", "91350100O000100Y43", "1234567890", "税号", "91350100M000100Y4", ""]
)
def test_a_wrong_tax_number_is_refused_with_words(typed):
    if len(typed) == 17:
        assert normalise_tax_number(typed) == typed  # the old kinds have no check sign
        return
    with pytest.raises(ValidationError) as refusal:
        normalise_tax_number(typed)
    assert refusal.value.messages[0]
