"""Worked examples of docs/domain.md section 7 that are about money on its way back, through real orders and refunds."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from config import books
from loyalty import points
from loyalty.models import Coupon, Member
from orders import anchors, lifecycle, marking_paid, refunds
from orders.models import Payment, Refund
from orders.windows import window_end
from tests.factories import make_product, make_sku
from tests.fakes.shopping import pay_and_hear, run_refunds, ship_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def goods(yuji):
    """``goods(price, …)``: a SKU of the shop at each price in fen."""
    return lambda *prices: [make_sku(make_product(yuji), price_fen=price) for price in prices]


@pytest.fixture
def e1(alice, goods, place, promote, coupon_of):
    """The order of E1: ¥387.70 of goods, 满300减40, a coupon of ¥15 from ¥199 on, 500 points; not paid yet."""
    promote("spend_save", [(30_000, 4_000)])
    coupon_of(alice, 1_500, threshold_fen=19_900)
    points.grant(alice, "test", 500, "test")
    a, b, c = goods(12_800, 9_990, 5_990)
    return place(alice, (a, 1), (b, 2), (c, 1), points=500)


def arrived(order, by):
    """Sent, and so in the shopper's hands as far as refunds care."""
    lifecycle.release_to_warehouse(order, by=by)
    ship_all(order, by)
    return order


def bring_back(order, line, units, source):
    """``units`` of ``line`` were accepted and the bank has paid; returns (fen, points) of the request."""
    line.refresh_from_db()
    goods, _shipping, points_back = anchors.worth(line, units)
    order.lines.filter(pk=line.pk).update(returned_quantity=line.returned_quantity + units)
    asked = refunds.request(order, lines=[(line, units, goods, 0, points_back)], source=source, reason="return")
    run_refunds()
    order.refresh_from_db()
    assert {refund.status for refund in Refund.objects.filter(pk__in=[r.pk for r in asked])} == {"succeeded"}
    return sum(refund.amount_fen for refund in asked), points_back


def the_books_are_right():
    broken = [finding for finding in books.check() if finding.broken and finding.app in {"orders", "loyalty"}]
    assert not broken, broken


def test_e1_the_order_of_the_example_comes_back_line_by_line_with_its_points_and_coupon(alice, operator, e1):
    order = arrived(pay_and_hear(e1), operator)
    assert [line.payable_fen for line in order.lines.all()] == [10_819, 16_888, 5_063]
    assert [line.d_points_fen for line in order.lines.all()] == [165, 258, 77]
    assert (order.payable_fen, order.shipping_fen) == (32_770, 0)
    member = Member.objects.get(user=alice)
    assert (member.points, member.points_pending) == (0, 327)
    a, b, c = order.lines.all()
    coupon, got, pending = Coupon.objects.get(), [], 327
    for line, units in ((b, 2), (a, 1), (c, 1)):
        fen, back = bring_back(order, line, units, f"return:{line.pk}")
        member.refresh_from_db()
        coupon.refresh_from_db()
        got.append((fen, back, pending - member.points_pending, coupon.status))
        pending = member.points_pending
    assert got == [(16_888, 258, 169, "used"), (10_819, 165, 108, "used"), (5_063, 77, 50, "available")]
    assert (member.points, member.points_pending) == (500, 0)
    assert (order.status, order.close_reason) == ("closed", "refunded")
    the_books_are_right()


def test_e1b_the_second_line_comes_back_one_unit_at_a_time(operator, e1):
    order = arrived(pay_and_hear(e1), operator)
    line = order.lines.get(quantity=2)
    assert [bring_back(order, line, 1, f"return:{n}") for n in (1, 2)] == [(8_444, 129), (8_444, 129)]


def test_e4_three_units_come_back_in_any_batches(alice, goods, place, operator, promote):
    (sku,) = goods(3_500)
    promote("spend_save", [(10_000, 500)])
    orders = [arrived(pay_and_hear(place(alice, (sku, 3), key=f"key-{n}")), operator) for n in (1, 2)]
    assert orders[0].lines.get().payable_fen == 10_000
    one_by_one = [bring_back(orders[0], orders[0].lines.get(), 1, f"one:{n}")[0] for n in range(3)]
    in_two = [bring_back(orders[1], orders[1].lines.get(), n, f"two:{n}")[0] for n in (2, 1)]
    assert (one_by_one, in_two) == ([3_333, 3_333, 3_334], [6_666, 3_334])


def test_e16_refunds_over_two_payments_end_both_at_nothing(operator, e1):
    """A gift card of ¥100.00 and ¥227.70 by WeChat; here both are payments at the test bank."""
    for number, fen in enumerate((10_000, 22_770), 1):
        payment = Payment.objects.create(
            order=e1,
            number=f"P-{number}",
            gateway="sandbox",
            amount_fen=fen,
            status="succeeded",
            gateway_reference=f"bank-{number}",
            paid_at=timezone.now(),
            expires_at=timezone.now(),
        )
        marking_paid.mark_paid(e1, payment)
    e1.refresh_from_db()
    assert e1.status == "paid"
    first, second = e1.payments.order_by("pk")
    a, b, c = e1.lines.all()
    split = []
    for line, units in ((b, 2), (a, 1), (c, 1)):
        goods_fen, _shipping, back = anchors.worth(line, units)
        parts = [(line, units, goods_fen, 0, back)]
        made = refunds.request(e1, lines=parts, source=f"return:{line.pk}", reason="return")
        split.append([refund.amount_fen for refund in made])
        assert [refund.payment_id for refund in made] == [first.pk, second.pk]
    assert split == [[5_153, 11_735], [3_302, 7_517], [1_545, 3_518]]
    assert [payment.amount_fen - refunds.given_back(payment) for payment in (first, second)] == [0, 0]


def test_e17_a_faulty_line_takes_its_share_of_the_delivery_fee_along(alice, goods, place, operator):
    a, b = goods(4_500, 4_000)
    order = arrived(pay_and_hear(place(alice, (a, 1), (b, 1))), operator)
    first, second = order.lines.all()
    assert [line.shipping_share_fen for line in (first, second)] == [424, 376]
    assert anchors.worth(second, 1) == (4_000, 376, 0)
    (made,) = refunds.request(order, lines=[(second, 1, 4_000, 376, 0)], source="return:B", reason="defect")
    assert made.amount_fen + 1_200 == 5_576  # the postage of ¥12.00 is a matter of its own
    assert bring_back(order, first, 1, "return:A") == (4_500, 0)


@pytest.mark.parametrize(
    ("before", "drop", "after"), [([], 2_000, [16_900, 16_900]), ([17_900], 1_000, [16_900])], ids=["both", "one left"]
)
def test_e18_a_lower_price_leaves_less_to_return(alice, goods, place, promote, operator, before, drop, after):
    (sku,) = goods(19_900)
    promote("spend_save", [(30_000, 4_000)])
    order = arrived(pay_and_hear(place(alice, (sku, 2))), operator)
    line = order.lines.get()
    assert line.payable_fen == 35_800
    assert [bring_back(order, line, 1, f"before:{n}")[0] for n in range(len(before))] == before
    (made,) = refunds.request(order, lines=[(line, 0, drop, 0, 0)], source="protect", reason="price")
    assert made.amount_fen == drop
    assert [bring_back(order, line, 1, f"after:{n}")[0] for n in range(len(after))] == after
    assert sum(Refund.objects.values_list("amount_fen", flat=True)) == 35_800


def test_e20_what_an_order_earns_is_fixed_when_it_is_paid(alice, e1):
    e1.earn_bp = 12_500
    e1.save(update_fields=["earn_bp"])
    pay_and_hear(e1)
    assert Member.objects.get(user=alice).points_pending == 409


def test_e24_an_order_that_costs_nothing_is_paid_at_once(alice, goods, place, coupon_of, manager):
    from loyalty.models import Tier

    Tier.objects.update(free_delivery_from_fen=0)
    (sku,) = goods(990)
    coupon = coupon_of(alice, 1_500)
    order = place(alice, (sku, 1))
    coupon.refresh_from_db()
    order.refresh_from_db()
    assert (order.payable_fen, order.lines.get().d_coupon_fen) == (0, 990)
    assert (order.status, coupon.status) == ("paid", "used")
    assert not order.payments.exists()


def test_e25_money_for_kept_goods_then_the_rest_and_not_a_fen_more(operator, e1):
    order = arrived(pay_and_hear(e1), operator)
    line = order.lines.get(number=1)
    (made,) = refunds.request(order, lines=[(line, 0, 2_000, 0, 0)], source="compensation", reason="scratched")
    assert made.amount_fen == 2_000
    assert bring_back(order, line, 1, "return:A") == (8_819, 165)
    with pytest.raises(refunds.TooMuch) as refusal:
        refunds.request(order, lines=[(line, 0, 1, 0, 0)], source="one more", reason="scratched")
    assert refusal.value.left_fen == 0
    assert sum(Refund.objects.values_list("amount_fen", flat=True)) == 10_819


@pytest.mark.parametrize("hour", [(15, 0), (23, 59)])
def test_e27_a_window_of_seven_days_ends_at_midnight(alice, goods, place, operator, hour):
    order = arrived(pay_and_hear(place(alice, (goods(4_500)[0], 1))), operator)
    signed = timezone.make_aware(datetime(2026, 3, 1, *hour))  # noqa: DTZ001
    order.lines.update(signed_at=signed)
    end = timezone.make_aware(datetime(2026, 3, 9))  # noqa: DTZ001
    assert window_end(signed, 7) == lifecycle.no_reason_end(order) == end


@pytest.mark.parametrize(("who", "status"), [("manager", "available"), ("alice", "expired")])
def test_a_coupon_that_died_meanwhile_lives_on_only_when_the_shop_cancels(request, e1, who, status):
    order = pay_and_hear(e1)
    Coupon.objects.update(valid_until=timezone.now() - timedelta(hours=1))
    lifecycle.cancel(order, by=request.getfixturevalue(who))
    coupon = Coupon.objects.get()
    assert coupon.status == status
    assert (coupon.valid_until > timezone.now()) == (status == "available")
