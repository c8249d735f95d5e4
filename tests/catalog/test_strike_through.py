"""Strike-through prices by the law: the lowest price dealt in the 7 days before the promotion, else the last deal."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from catalog import dealt_prices, listings, prices
from catalog.listing_rules import desk
from catalog.models import DealtPrice, PriceChange, Product, Sku
from tests.factories import make_product, make_sku

NOW = timezone.now().replace(hour=4, minute=0, second=0, microsecond=0)


def ago(days, hours=0):
    return NOW - timedelta(days=days, hours=hours)


@pytest.fixture
def sku(yuji):
    with time_machine.travel(ago(60), tick=False):
        return make_sku(make_product(yuji), price_fen=29_800)


def sold(sku, fen, at, units=1):
    dealt_prices.record([(sku.pk, fen, units)], at=at)


def reduce(sku, fen, at, claimed):
    with time_machine.travel(at, tick=False):
        prices.change(sku, fen)
        Sku.objects.filter(pk=sku.pk).update(reference_price_fen=claimed)


def shown(sku, at=NOW):
    with time_machine.travel(at, tick=False):
        listings.refresh([sku.product_id])
    sku.refresh_from_db()
    assert Product.objects.get().reference_price_fen == sku.shown_reference_fen
    return sku.shown_reference_fen


def test_the_price_it_was_really_sold_for_may_be_struck_through(sku):
    sold(sku, 29_800, ago(5))
    reduce(sku, 26_800, ago(2), claimed=29_800)
    assert shown(sku) == 29_800


def test_one_cheaper_deal_in_the_seven_days_is_the_limit(sku):
    sold(sku, 29_800, ago(5))
    sold(sku, 27_800, ago(4))
    reduce(sku, 26_800, ago(2), claimed=29_800)
    assert shown(sku) is None
    assert dealt_prices.unlawful([sku.product_id]) == {sku.product_id: [(sku.code, 29_800, 27_800)]}
    finding = desk.findings_of(sku.product)[0]
    assert (finding.rule, finding.severity, finding.facts["lawful"]) == ("strike_through", "warn", "278.00")
    Sku.objects.update(reference_price_fen=27_800)
    assert shown(sku) == 27_800


def test_a_cheaper_deal_longer_ago_does_not_count(sku):
    sold(sku, 19_800, ago(20))
    sold(sku, 29_800, ago(5))
    reduce(sku, 26_800, ago(2), claimed=29_800)
    assert shown(sku) == 29_800


def test_without_a_deal_in_seven_days_the_last_deal_before_counts(sku):
    sold(sku, 29_800, ago(40))
    sold(sku, 28_800, ago(30))
    reduce(sku, 26_800, ago(2), claimed=29_800)
    assert shown(sku) is None
    Sku.objects.update(reference_price_fen=28_800)
    assert shown(sku) == 28_800


def test_without_any_deal_nothing_is_struck_through(sku):
    reduce(sku, 26_800, ago(2), claimed=29_800)
    assert shown(sku) is None
    assert desk.findings_of(sku.product)[0].rule == "strike_through_unproved"


def test_what_is_sold_during_the_promotion_does_not_end_it(sku):
    sold(sku, 29_800, ago(5))
    reduce(sku, 26_800, ago(2), claimed=29_800)
    sold(sku, 26_800, ago(1))
    assert shown(sku) == 29_800


def test_raising_the_price_before_cutting_it_gains_nothing(sku):
    sold(sku, 29_800, ago(5))
    reduce(sku, 49_800, ago(3), claimed=None)
    reduce(sku, 29_700, ago(2), claimed=49_800)
    assert shown(sku) is None
    assert dealt_prices.unlawful([sku.product_id])[sku.product_id][0][2] == 29_800


def test_a_promotion_without_end_ends_after_thirty_days(sku):
    sold(sku, 29_800, ago(5))
    reduce(sku, 26_800, ago(2), claimed=29_800)
    sold(sku, 26_800, ago(1))
    later = NOW + timedelta(days=29)
    with time_machine.travel(later, tick=False):
        listings.refresh_prices(dealt_prices.settle())
    sku.refresh_from_db()
    assert sku.shown_reference_fen is None
    assert Product.objects.get().reference_price_fen is None


def test_a_sale_that_makes_it_unlawful_takes_it_away_at_once(sku):
    sold(sku, 29_800, ago(50))
    reduce(sku, 26_800, ago(40), claimed=29_800)
    assert shown(sku) == 29_800
    sold(sku, 26_800, ago(0, hours=1))
    sku.refresh_from_db()
    assert sku.shown_reference_fen is None
    assert Product.objects.get().reference_price_fen is None


def test_deals_add_up_by_day_and_price(sku):
    sold(sku, 29_800, ago(5), units=2)
    sold(sku, 29_800, ago(5) + timedelta(minutes=5))
    sold(sku, 27_800, ago(5), units=3)
    assert sorted(DealtPrice.objects.values_list("unit_fen", "units")) == [(27_800, 3), (29_800, 3)]


def test_settling_takes_one_query_for_any_number(yuji, django_assert_num_queries):
    for _n in range(6):
        make_sku(make_product(yuji), price_fen=100, reference_price_fen=200)
    with django_assert_num_queries(1):
        dealt_prices.settle()


def test_nothing_changes_in_the_history_of_prices(sku):
    before = PriceChange.objects.count()
    sold(sku, 29_800, ago(5))
    shown(sku)
    assert PriceChange.objects.count() == before
