"""Money: read, written, divided. The tables are the worked examples of docs/domain.md section 7."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalog.money import allocate, parse_yuan, part_returned, rate_of, yuan

weights = st.lists(st.integers(0, 10_000_000), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("amount", "over", "shares"),
    [
        pytest.param(1_000, [5_000, 5_000, 5_000], [334, 333, 333], id="E2 three equal lines"),
        pytest.param(1, [100, 100, 100], [1, 0, 0], id="E3 one fen does not vanish"),
        pytest.param(4_000, [12_800, 19_980, 5_990], [1_321, 2_061, 618], id="E1 threshold"),
        pytest.param(1_500, [11_479, 17_919, 5_372], [495, 773, 232], id="E1 coupon"),
        pytest.param(500, [10_984, 17_146, 5_140], [165, 258, 77], id="E1 points"),
        pytest.param(4_000, [29_900, 100], [3_987, 13], id="E5 big and filler"),
        pytest.param(10, [0, 100, 100, 100], [0, 4, 3, 3], id="a free line gets nothing"),
        pytest.param(500, [100, 200], [100, 200], id="never more than there is"),
        pytest.param(0, [100, 200], [0, 0], id="nothing"),
        pytest.param(5, [0, 0], [0, 0], id="over nothing"),
        pytest.param(4, [1, 3, 3], [0, 2, 2], id="ties go to the larger weight"),
        pytest.param(3, [1, 3, 3], [1, 1, 1], id="largest remainder is not monotone"),
    ],
)
def test_amounts_are_divided_by_largest_remainder(amount, over, shares):
    assert allocate(amount, over) == shares


@given(st.integers(0, 10_000_000), weights)
def test_shares_are_exact_and_no_share_exceeds_its_weight(amount, over):
    shares = allocate(amount, over)
    assert sum(shares) == min(amount, sum(over))
    assert all(0 <= share <= weight for share, weight in zip(shares, over, strict=True))


@given(st.integers(1, 10_000_000), st.lists(st.integers(1, 1_000_000), min_size=1, max_size=8))
def test_every_share_is_within_a_fen_of_its_true_part(amount, over):
    amount = min(amount, sum(over))
    shares = allocate(amount, over)
    assert all(abs(share * sum(over) - amount * w) < sum(over) for share, w in zip(shares, over, strict=True))


@pytest.mark.parametrize(
    ("batches", "worth"),
    [([1, 1, 1], [3_333, 3_333, 3_334]), ([2, 1], [6_666, 3_334]), ([3], [10_000])],
)
def test_three_units_for_100_yuan_return_in_any_batches(batches, worth):
    back, got = 0, []
    for units in batches:
        got.append(part_returned(10_000, 3, back, units))
        back += units
    assert got == worth  # E4


@given(st.integers(0, 10_000_000), st.integers(1, 60), st.data())
def test_the_same_units_are_worth_the_same_in_any_batches(amount, quantity, data):
    start = data.draw(st.integers(0, quantity - 1))
    more = data.draw(st.integers(1, quantity - start))
    one_by_one = [part_returned(amount, quantity, start + unit, 1) for unit in range(more)]
    assert sum(one_by_one) == part_returned(amount, quantity, start, more)
    assert min(one_by_one) >= 0
    assert part_returned(amount, quantity, 0, quantity) == amount


def test_percentages_are_rounded_half_up_once():
    assert rate_of(1_999, 9_500) == 1_899  # E11: 95折 of ¥19.99
    assert rate_of(5_697, 8_000) == 4_558
    assert rate_of(1, 5_000) == 1


@pytest.mark.parametrize(("text", "fen"), [("1,299", 129_900), ("¥12.5", 1_250), ("１２．５０元", 1_250), (" 0 ", 0)])
def test_amounts_are_read_as_people_write_them(text, fen):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "abc", "1.234", "NaN", "1e309", "Infinity", "9" * 30, "1\x002"])
def test_what_is_no_amount_is_refused_with_words(text):
    with pytest.raises(ValidationError) as refusal:
        parse_yuan(text)
    assert refusal.value.messages[0]


@given(st.integers(-(10**9), 10**9))
def test_an_amount_reads_back_as_it_was_written(fen):
    assert parse_yuan(yuan(fen).replace("−", "-")) == fen
