"""Returns that break an offer: what is kept keeps its share, or is priced anew, as the promotion said (domain.md 4.4)."""

import pytest

from aftersales import returns, settlement
from aftersales.reasons import REASONS
from config import books
from loyalty.models import Coupon
from orders import anchors, lifecycle
from orders.models import Refund
from tests.aftersales.test_returns import take_back
from tests.factories import make_product, make_sku
from tests.fakes.shopping import pay_and_hear, run_refunds, ship_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def buy(alice, operator, yuji, place):
    """``buy(price, …)``: one unit of a SKU at each price, delivered."""

    def bought(*prices):
        skus = [make_sku(make_product(yuji, title=f"{fen}"), price_fen=fen) for fen in prices]
        order = pay_and_hear(place(alice, *((sku, 1) for sku in skus)))
        lifecycle.release_to_warehouse(order, by=operator)
        ship_all(order, operator)
        lifecycle.confirm_received(order, by=alice)
        return order

    return bought


@pytest.fixture
def bring_back(alice, operator):
    """``bring_back(order, price)``: the line at that price comes back; returns the fen told before and those refunded."""

    def back(order, price, reason="no_reason"):
        line = order.lines.select_related("order").get(unit_price_fen=price)
        told = settlement.estimate(line, 1, REASONS[reason])["total"]
        asked = returns.request(alice, line, 1, reason)
        take_back(asked, by=operator)
        run_refunds()
        asked.refresh_from_db()
        assert asked.status == "completed"
        source = settlement.source_of(asked)
        return told, sum(Refund.objects.filter(source__startswith=source).values_list("amount_fen", flat=True))

    return back


def the_books_are_right():
    mine = [finding for finding in books.check() if finding.app in {"orders", "loyalty", "aftersales"}]
    broken = [finding for finding in mine if finding.broken]
    assert not broken, broken


def payables(order):
    return list(order.lines.order_by("number").values_list("payable_fen", flat=True))


def test_e5_keep_gives_the_filler_its_share(promote, buy, bring_back):
    promote("spend_save", [(30_000, 4_000)])
    order = buy(29_900, 100)
    assert [bring_back(order, 100), bring_back(order, 29_900)] == [(87, 87), (25_913, 25_913)]
    the_books_are_right()


def test_e5_and_e26_resettle_gives_nothing_for_the_filler_and_the_rest_later(promote, buy, bring_back):
    promote("spend_save", [(30_000, 4_000)], on_break="resettle")
    order = buy(29_900, 100)
    assert payables(order) == [25_913, 87]
    assert bring_back(order, 100) == (0, 0)
    assert payables(order) == [26_000, 0]
    the_books_are_right()
    assert anchors.worth(order.lines.get(unit_price_fen=29_900), 1)[0] == 26_000
    assert bring_back(order, 29_900) == (26_000, 26_000)
    order.refresh_from_db()
    assert (order.status, sum(payables(order))) == ("closed", order.payable_fen)
    the_books_are_right()


def test_e6_keep_of_a_threshold_that_still_holds(promote, buy, bring_back):
    promote("spend_save", [(30_000, 4_000)])
    order = buy(40_000, 10_000)
    assert [bring_back(order, 10_000), bring_back(order, 40_000)] == [(9_200, 9_200), (36_800, 36_800)]


def test_e6_resettle_gives_what_is_paid_beyond_the_price_of_the_rest(promote, buy, bring_back):
    promote("spend_save", [(30_000, 4_000)], on_break="resettle")
    order = buy(40_000, 10_000)
    assert payables(order) == [36_800, 9_200]
    assert bring_back(order, 10_000) == (10_000, 10_000)
    assert payables(order) == [36_000, 10_000]
    the_books_are_right()
    assert bring_back(order, 40_000) == (36_000, 36_000)
    the_books_are_right()


def test_what_is_faulty_keeps_its_share_whatever_breaks(promote, buy, bring_back):
    promote("spend_save", [(30_000, 4_000)], on_break="resettle")
    order = buy(29_900, 100)
    assert bring_back(order, 100, "defect") == (87, 87)
    assert payables(order) == [25_913, 87]


def test_a_coupon_that_no_longer_holds_comes_back(alice, promote, buy, bring_back, coupon_of):
    promote("spend_save", [(30_000, 4_000)], on_break="resettle")
    coupon = coupon_of(alice, 1_500, threshold_fen=25_000)
    order = buy(20_000, 15_000)
    assert order.payable_fen == 29_500
    # kept: ¥200 without both offers; paid 295.00, so 95.00 come back
    assert bring_back(order, 15_000) == (9_500, 9_500)
    coupon.refresh_from_db()
    assert coupon.status == Coupon.Status.AVAILABLE
    assert sum(payables(order)) == 29_500
    the_books_are_right()
    assert bring_back(order, 20_000) == (20_000, 20_000)
    the_books_are_right()
