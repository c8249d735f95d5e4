"""The pure rules of the lottery: odds, what favours members, the number of a draw, the chi-square test."""

import hashlib
import itertools
import re

import pytest
from django.conf import settings

from loyalty import chi_square, fair_draw, odds
from loyalty.lottery_pages import chance, tenths
from tests.loyalty.lotteries import E22

LINES = [odds.Line(name, parts, worth) for name, _kind, worth, parts in E22]
SEED = "00112233445566778899aabbccddeeff" * 2


def test_e22_weights_are_a_whole_and_a_draw_costs_38_9_fen():
    assert odds.sums(LINES)
    assert tenths(odds.cost(LINES)) == "38.9"
    assert [chance(line.weight) for line in LINES] == ["0.1%", "2%", "7.9%", "30%", "60%"]


@pytest.mark.parametrize("change", [1, -1, 600_000, -600_000])
def test_weights_that_miss_a_million_by_one_are_not_a_whole(change):
    last = odds.Line("—", LINES[-1].weight + change, 0)
    assert not odds.sums([*LINES[:-1], last])


def test_numbers_are_laid_out_in_the_order_of_the_lines():
    ends = list(itertools.accumulate(line.weight for line in LINES))
    for line, end in zip(LINES, ends, strict=True):
        first, last = odds.span(LINES, line)
        assert last == end - 1
        assert odds.winner(LINES, first) == odds.winner(LINES, last) == line
    with pytest.raises(ValueError, match="reach"):
        odds.winner(LINES, odds.WHOLE)


def shift(lines, giver, taker, parts):
    """``parts`` of a million moved from one line to another."""
    moved = list(lines)
    for place, change in ((giver, -parts), (taker, parts)):
        line = moved[place]
        moved[place] = odds.Line(line.prize, line.weight + change, line.value_fen, line.substitute_fen)
    return moved


def test_moving_weight_up_favours_members_and_moving_it_down_does_not():
    for upper, lower in itertools.combinations(range(len(LINES)), 2):
        assert odds.favours(LINES, shift(LINES, lower, upper, 100))
        assert not odds.favours(LINES, shift(LINES, upper, lower, 100))
    assert odds.favours(LINES, LINES)


def test_a_higher_cost_alone_does_not_favour_members():
    """More of the top prize paid for by many small ones: the mean rises, most members lose."""
    changed = shift(shift(LINES, 3, 0, 1_000), 3, 4, 10_000)
    assert odds.cost(changed) > odds.cost(LINES)
    assert not odds.favours(LINES, changed)


def test_a_substitute_must_not_become_lesser():
    before = [odds.Line("a", 500_000, 100, 200), odds.Line("b", 500_000, 0)]
    for substitute, fair in ((200, True), (300, True), (199, False), (None, False)):
        assert odds.favours(before, [odds.Line("a", 500_000, 100, substitute), before[1]]) is fair


def test_the_number_is_what_the_documented_algorithm_says():
    """The program in docs/lottery.md, which members are told to trust, is run as it stands there."""
    text = (settings.BASE_DIR / "docs" / "lottery.md").read_text()
    documented = {}
    exec(re.search(r"```python\n(.*?)```", text, re.DOTALL)[1], documented)  # noqa: S102 (our own document)
    for draw in range(1, 200):
        assert fair_draw.number(SEED, draw, 7, 9) == documented["number"](SEED, draw, 7, 9)


def test_numbers_that_would_be_likelier_are_left_out():
    fair, unfair = (4_294_000_000 - 1).to_bytes(4, "big"), (4_294_000_000).to_bytes(4, "big")
    assert fair_draw.read(fair * 8) == 999_999
    assert fair_draw.read(unfair + fair * 7) == 999_999
    nothing = b"\xff" * 32
    assert fair_draw.read(nothing) == fair_draw.read(hashlib.sha256(nothing).digest())


def test_the_commitment_is_the_sha256_of_the_digits():
    assert fair_draw.commitment(SEED) == hashlib.sha256(SEED.encode()).hexdigest()
    assert len({fair_draw.new_seed() for _ in range(20)}) == 20


# Percentage points of the chi-square distribution, as printed in every table.
@pytest.mark.parametrize(
    ("freedom", "statistic", "p"),
    [(1, 3.841459, 0.05), (1, 10.827566, 0.001), (4, 9.487729, 0.05), (4, 18.466827, 0.001), (4, 1.063623, 0.9),
     (10, 29.588298, 0.001), (30, 20.599235, 0.9)],
)  # fmt: skip
def test_the_tail_of_chi_square_is_the_one_in_the_tables(freedom, statistic, p):
    assert chi_square.tail(statistic, freedom) == pytest.approx(p, rel=1e-5)


WEIGHTS = [line.weight for line in LINES]


def test_true_results_pass_and_a_tenth_moved_from_the_prizes_alarms():
    true = [weight // 100 for weight in WEIGHTS]
    assert chi_square.compare(true, WEIGHTS)[2] == pytest.approx(1)
    forged = [10, 200, 790, 2_700, 6_300]
    statistic, freedom, p = chi_square.compare(forged, WEIGHTS)
    assert freedom == 4
    assert p < 0.001
    assert statistic == pytest.approx(300**2 / 3_000 + 300**2 / 6_000)


def test_rare_results_are_counted_together_and_a_few_draws_say_nothing():
    assert chi_square.compare([0, 2, 8, 30, 60], WEIGHTS)[1] == 2
    assert chi_square.compare([1, 0, 0, 0, 0], WEIGHTS) == (0.0, 0, 1.0)
    assert chi_square.compare([0] * 5, WEIGHTS) == (0.0, 0, 1.0)
