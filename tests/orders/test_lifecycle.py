"""From payment to the end of the return window, and every way out of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from accounts.models import Notification, StateLog
from accounts.work import TryLater
from catalog import stock
from catalog.models import Reservation, Stock
from loyalty import members, points
from loyalty.models import GrowthEntry, PointsLot
from orders import deadlines, lifecycle, marking_paid, moves, order_timers, road, windows
from orders.models import Deadline, Order, Parcel, ParcelLine, Payment, Refund

pytestmark = pytest.mark.django_db


def pay(order, *, amount=None):
    """A payment that the channel has confirmed."""
    payment = Payment.objects.create(
        order=order,
        number=f"P{order.number}{order.payments.count()}",
        gateway="sandbox",
        amount_fen=order.payable_fen if amount is None else amount,
        status=Payment.Status.SUCCEEDED,
        expires_at=timezone.now(),
    )
    marking_paid.mark_paid(order, payment)
    order.refresh_from_db()
    payment.refresh_from_db()
    return payment


def ship(order):
    for line in order.lines.all():
        stock.ship(line.source, line.quantity, part="parcel:1")
        order.lines.filter(pk=line.pk).update(shipped_quantity=line.quantity)
    parcel = Parcel.objects.create(
        order=order, merchant=order.lines.first().merchant, number=f"B{order.number}", status="shipped"
    )
    ParcelLine.objects.bulk_create(
        ParcelLine(parcel=parcel, line=line, quantity=line.quantity) for line in order.lines.all()
    )
    road.note_shipped(order)
    order.refresh_from_db()
    return parcel


def deliver(order, parcel, at=None):
    Parcel.objects.filter(pk=parcel.pk).update(status="delivered", delivered_at=at or timezone.now())
    road.note_delivered(order)
    order.refresh_from_db()


@pytest.fixture
def order(alice, teapot, cup, place):
    points.grant(alice, "test:1", 5_000, "gift")
    return place(alice, (teapot, 1), (cup, 2), points=1_000)


@pytest.fixture
def delivered(order):
    pay(order)
    lifecycle.release_to_warehouse(order)
    deliver(order, ship(order))
    return order


def due(order, kind):
    return Deadline.objects.get(entity_id=order.pk, kind=kind, cancelled_at=None, done_at=None).run_after


# --- payment ----------------------------------------------------------------------------------------------------------


def test_a_payment_makes_the_order_paid_with_all_its_effects(alice, teapot, order):
    payment = pay(order)
    assert (order.status, payment.applied) == ("paid", True)
    assert due(order, order_timers.RELEASE) - order.paid_at == timedelta(minutes=30)
    assert not deadlines.running(order).filter(kind=order_timers.UNPAID).exists()
    assert PointsLot.objects.get(source=order.about).granted == (order.payable_fen - order.shipping_fen) // 100
    assert points.spendable(alice) == 4_000
    teapot.product.refresh_from_db()
    assert teapot.product.sold_count == 1
    assert Notification.objects.filter(user=alice, kind="order_paid").count() == 1


def test_the_same_payment_pays_once(order):
    payment = pay(order)
    assert marking_paid.mark_paid(order, payment) is False
    assert StateLog.objects.filter(about=order.about, to_state="paid").count() == 1


def test_less_than_the_payable_does_not_pay_the_order(order):
    pay(order, amount=order.payable_fen - 1)
    assert order.status == "pending_payment"


def test_money_for_a_closed_order_is_not_taken(alice, order):
    lifecycle.cancel(order, by=alice)
    payment = Payment.objects.create(
        order=order,
        number="P1",
        gateway="sandbox",
        amount_fen=order.payable_fen,
        status="succeeded",
        expires_at=timezone.now(),
    )
    with pytest.raises(TransitionNotAllowed):
        marking_paid.mark_paid(order, payment)
    payment.refresh_from_db()
    order.refresh_from_db()
    assert (order.status, payment.applied) == ("closed", False)


# --- closing ----------------------------------------------------------------------------------------------------------


def test_cancelling_an_unpaid_order_gives_everything_back(alice, teapot, cup, order):
    lifecycle.cancel(order, by=alice, reason="changed_mind")
    order.refresh_from_db()
    assert (order.status, order.close_reason) == ("closed", "buyer")
    assert stock.available([teapot.pk, cup.pk]) == {teapot.pk: 10, cup.pk: 20}
    assert points.spendable(alice) == 5_000
    assert not deadlines.running(order).exists()
    assert not Reservation.objects.filter(quantity__gt=0).exists()


def test_cancelling_twice_changes_nothing_more(alice, order):
    lifecycle.cancel(order, by=alice)
    rows = StateLog.objects.count()
    assert lifecycle.cancel(order, by=alice) is False
    assert StateLog.objects.count() == rows


def test_an_order_that_nobody_paid_closes_after_thirty_minutes(alice, teapot, order):
    Deadline.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    assert deadlines.fire_due() == 1
    order.refresh_from_db()
    assert (order.status, order.close_reason) == ("closed", "timeout")
    assert stock.available([teapot.pk])[teapot.pk] == 10
    assert points.spendable(alice) == 5_000


def test_the_timer_pays_when_the_channel_says_that_the_money_came(order, monkeypatch):
    from orders import payments

    Payment.objects.create(
        order=order,
        number="P1",
        gateway="sandbox",
        amount_fen=order.payable_fen,
        status="pending",
        expires_at=timezone.now(),
    )

    def close_finds_it_paid(payment):
        Payment.objects.filter(pk=payment.pk).update(status="succeeded")
        payment.refresh_from_db()
        marking_paid.mark_paid(payment.order, payment)

    monkeypatch.setattr(payments, "close", close_finds_it_paid)
    lifecycle.expire(order)
    order.refresh_from_db()
    assert order.status == "paid"
    assert Reservation.objects.filter(quantity__gt=0).count() == 2


def test_an_order_is_not_closed_while_its_payment_is_open_at_the_channel(order, monkeypatch):
    from orders import payments

    Payment.objects.create(
        order=order,
        number="P1",
        gateway="sandbox",
        amount_fen=order.payable_fen,
        status="pending",
        expires_at=timezone.now(),
    )
    monkeypatch.setattr(payments, "close", lambda payment: None)
    with pytest.raises(TryLater):
        lifecycle.expire(order)
    order.refresh_from_db()
    assert order.status == "pending_payment"


def test_cancelling_a_paid_order_refunds_everything_with_delivery(alice, cup, place):
    order = place(alice, (cup, 1))
    assert order.shipping_fen == 800
    pay(order)
    lifecycle.cancel(order, by=alice)
    order.refresh_from_db()
    assert (order.status, order.close_reason) == ("closed", "buyer")
    (refund,) = Refund.objects.all()
    assert refund.amount_fen == order.payable_fen == 5_300
    assert stock.available([cup.pk])[cup.pk] == 20
    assert order.lines.get().cancelled_quantity == 1
    assert members.member_of(alice).points_pending == 0
    cup.product.refresh_from_db()
    assert cup.product.sold_count == 0


def test_points_spent_come_back_with_the_refund_of_a_cancelled_order(alice, order):
    pay(order)
    lifecycle.cancel(order, by=alice)
    (refund,) = Refund.objects.all()
    assert sum(refund.lines.values_list("points", flat=True)) == 1_000


def test_the_warehouse_ends_self_service(alice, operator, order):
    pay(order)
    lifecycle.release_to_warehouse(order)
    with pytest.raises(TransitionNotAllowed):
        lifecycle.cancel(order, by=alice)
    order.refresh_from_db()
    assert order.status == "processing"
    assert not Refund.objects.exists()
    lifecycle.cancel(order, by=operator)
    order.refresh_from_db()
    assert (order.status, order.close_reason) == ("closed", "staff")


def test_nothing_is_cancelled_once_a_parcel_is_packed(operator, order):
    pay(order)
    lifecycle.release_to_warehouse(order)
    Parcel.objects.create(order=order, merchant=order.lines.first().merchant, number="B1", status="packed")
    with pytest.raises(TransitionNotAllowed):
        lifecycle.cancel(order, by=operator)
    order.refresh_from_db()
    assert order.status == "processing"


# --- road and end -----------------------------------------------------------------------------------------------------


def test_the_release_timer_hands_the_order_to_the_warehouse(order):
    pay(order)
    Deadline.objects.filter(kind=order_timers.RELEASE).update(run_after=timezone.now())
    deadlines.fire_due()
    order.refresh_from_db()
    assert order.status == "processing"


def test_one_of_two_lines_shipped_is_a_partly_shipped_order(order):
    pay(order)
    lifecycle.release_to_warehouse(order)
    line = order.lines.first()
    order.lines.filter(pk=line.pk).update(shipped_quantity=line.quantity)
    road.note_shipped(order)
    order.refresh_from_db()
    assert order.status == "partially_shipped"
    ship(order)
    assert order.status == "shipped"


def test_delivery_starts_the_ten_days(delivered):
    assert delivered.status == "delivered"
    assert due(delivered, order_timers.AUTO_CONFIRM) - delivered.delivered_at == timedelta(days=10)
    assert not deadlines.running(delivered).filter(kind=order_timers.AUTO_CONFIRM_UNSIGNED).exists()
    assert delivered.lines.filter(signed_at=None).count() == 0


def test_the_shopper_confirms_and_the_window_stays_as_long(alice, delivered):
    lifecycle.confirm_received(delivered, by=alice)
    delivered.refresh_from_db()
    assert delivered.status == "completed"
    assert due(delivered, order_timers.FINISH) == windows.window_end(delivered.delivered_at, 7)


def test_receipt_cannot_be_confirmed_while_a_return_is_open(alice, delivered):
    deadlines.pause(delivered, order_timers.AUTO_CONFIRM)
    with pytest.raises(TransitionNotAllowed):
        lifecycle.confirm_received(delivered, by=alice)
    Deadline.objects.update(run_after=timezone.now() - timedelta(days=1))
    deadlines.fire_due()
    delivered.refresh_from_db()
    assert delivered.status == "delivered"


def test_after_ten_days_receipt_is_confirmed_by_itself(delivered):
    Deadline.objects.filter(kind=order_timers.AUTO_CONFIRM).update(run_after=timezone.now())
    deadlines.fire_due()
    delivered.refresh_from_db()
    assert delivered.status == "completed"


def test_a_parcel_that_is_held_up_stops_the_unsigned_timer(order):
    pay(order)
    lifecycle.release_to_warehouse(order)
    parcel = ship(order)
    Parcel.objects.filter(pk=parcel.pk).update(status="exception")
    Deadline.objects.filter(kind=order_timers.AUTO_CONFIRM_UNSIGNED).update(run_after=timezone.now())
    deadlines.fire_due()
    order.refresh_from_db()
    assert order.status == "shipped"
    assert due(order, order_timers.AUTO_CONFIRM_UNSIGNED) > timezone.now() + timedelta(hours=23)


def test_when_the_window_is_over_points_and_growth_are_the_members(alice, order):
    before = timezone.now() - timedelta(days=30)
    pay(order)
    lifecycle.release_to_warehouse(order)
    deliver(order, ship(order), at=before)
    lifecycle.confirm_received(order, by=alice)
    order.refresh_from_db()
    assert lifecycle.finish(order)
    net = order.payable_fen - order.shipping_fen
    assert PointsLot.objects.get(source=order.about).status == "available"
    assert GrowthEntry.objects.get(source=order.about).amount == net // 100
    assert not lifecycle.finish(order)


def test_an_order_does_not_finish_before_its_window_ends(alice, delivered):
    lifecycle.confirm_received(delivered, by=alice)
    delivered.refresh_from_db()
    with pytest.raises(TryLater):
        lifecycle.finish(delivered)
    assert not GrowthEntry.objects.exists()


# --- the table --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", Order.Status.values)
@pytest.mark.parametrize("target", Order.Status.values)
def test_no_move_leaves_the_table(order, start, target):
    Order.objects.update(status=start)
    rows = StateLog.objects.count()
    if target in moves.MOVES[start]:
        assert moves.move(order, target)
    elif target == start:
        assert not moves.move(order, target)
        assert StateLog.objects.count() == rows
    else:
        with pytest.raises(TransitionNotAllowed):
            moves.move(order, target)
        assert Order.objects.get().status == start
        assert StateLog.objects.count() == rows


def test_stock_after_the_whole_road_equals_what_was_sold(delivered, teapot):
    row = Stock.objects.get(sku=teapot)
    assert (row.on_hand, row.reserved) == (9, 0)
