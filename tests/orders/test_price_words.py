"""The sentence beside an amount names the step that gave it."""

import pytest
from django.utils import translation

from loyalty.members import Benefits
from orders import pricing
from orders.price_words import step_text
from orders.pricing import Buyer, Line, Offer, Offers, Snapshot

TERMS = {"benefits": Benefits("normal", 10_000, 9_900, 7, priority=False), "delivery_fee_fen": 800}


def step_of(offer, *lines):
    quoted = pricing.quote(list(lines), offers=Offers(Snapshot([offer]), Buyer("normal"), ()), **TERMS)
    (step,) = [step for step in quoted.steps if step.code == offer.kind]
    return step


@pytest.mark.parametrize(("units", "reached"), [(2, (2, 9_000)), (3, (3, 8_000)), (7, (3, 8_000))])
def test_of_several_pieces_the_step_that_was_reached_is_named(units, reached):
    boards = Offer(2, "pieces", ((2, 9_000), (3, 8_000)), name="砧板")
    step = step_of(boards, Line(1, 1, 8_900, units))
    assert (step.params["at"], step.params["gives"]) == reached
    assert step.fen == 8_900 * units * (10_000 - reached[1]) // 10_000


def test_pieces_are_counted_over_all_lines_of_the_offer():
    boards = Offer(2, "pieces", ((2, 9_000), (3, 8_000)), name="砧板")
    assert step_of(boards, Line(1, 1, 8_900, 1), Line(2, 1, 13_900, 2)).params["at"] == 3


def test_of_amounts_the_step_is_found_by_what_the_goods_cost():
    rate = Offer(2, "spend_rate", ((30_000, 9_000), (60_000, 8_500)), name="锅具")
    assert step_of(rate, Line(1, 1, 56_900, 1)).params["gives"] == 9_000
    with translation.override("en"):
        assert step_text(step_of(rate, Line(1, 1, 69_900, 1))) == "15% off from ¥600.00: 锅具"
