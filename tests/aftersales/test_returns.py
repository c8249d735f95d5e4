"""Requests: what may be asked, who decides, and what comes back to the fen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from accounts.models import Notification, StateLog
from aftersales import eligibility, returns, timers
from aftersales.models import ReturnRequest
from config import books
from loyalty.models import Member
from orders import deadlines, lifecycle, order_timers, refund_sending
from orders.models import Deadline, Refund

WAYBILL = "SF1234567890123"


def the_books_are_right():
    broken = [finding for finding in books.check() if finding.app in {"aftersales", "loyalty"} and finding.broken]
    assert not broken, broken


def take_back(asked, *, by, **found):
    returns.approve(asked, by=by)
    returns.ship_back(asked, by=asked.user, carrier="shunfeng", waybill=f"SF{asked.pk:013d}")
    returns.check_in(asked, by=by)
    units = {part.line_id: part.quantity for part in asked.lines.all()}
    returns.inspect(asked, by=by, **{"accepted": units, **found})


def pay_out(asked):
    for refund in Refund.objects.filter(source__startswith=f"return:{asked.number}"):
        refund.status = "processing"
        refund.save()
        refund_sending.succeed(refund)
    asked.refresh_from_db()


def fire(kind):
    deadline = Deadline.objects.get(kind=kind, cancelled_at=None, done_at=None)
    deadlines.fire(deadline)


def line_of(order, title):
    return order.lines.select_related("order").get(title=title)


def test_the_whole_order_comes_back_line_by_line_to_the_fen(alice, operator, bought, on_the_shelf):
    order = bought(alice)
    got = []
    pending = Member.objects.get(user=alice).points_pending
    assert pending == 327
    for title, units in (("B", 2), ("A", 1), ("C", 1)):
        line = line_of(order, title)
        asked = returns.request(alice, line, units, "no_reason")
        take_back(asked, by=operator)
        assert on_the_shelf(line) == units
        pay_out(asked)
        assert asked.status == "completed"
        member = Member.objects.get(user=alice)
        part = asked.lines.get()
        got.append((part.cash_fen, part.points, pending - member.points_pending))
        pending = member.points_pending
        the_books_are_right()
    assert got == [(16_888, 258, 169), (10_819, 165, 108), (5_063, 77, 50)]
    assert Member.objects.get(user=alice).points == 500
    order.refresh_from_db()
    assert (order.status, order.close_reason) == ("closed", "refunded")


def test_one_unit_of_two_first_then_the_other(alice, operator, bought):
    order = bought(alice)
    line = line_of(order, "B")
    for _ in range(2):
        line.refresh_from_db()
        asked = returns.request(alice, line, 1, "no_reason")
        take_back(asked, by=operator)
        pay_out(asked)
        part = asked.lines.get()
        assert (part.cash_fen, part.points) == (8_444, 129)


def test_fault_decides_whether_the_delivery_fee_comes_back(alice, operator, bought):
    order = bought(alice, rows=(("A", 1, 5_000, 0, 0, 0),), shipping=800)
    asked = returns.request(alice, line_of(order, "A"), 1, "defect")
    assert (asked.lines.get().cash_fen, asked.lines.get().shipping_fen) == (5_000, 800)
    returns.withdraw(asked, by=alice)
    asked = returns.request(alice, line_of(order, "A"), 1, "no_reason")
    take_back(asked, by=operator)
    assert Refund.objects.get().amount_fen == 5_000


@pytest.mark.parametrize("hour", [15, 23])
def test_the_no_reason_window_ends_at_midnight(alice, bought, hour):
    order = bought(alice)
    signed = timezone.make_aware(timezone.datetime(2026, 3, 1, hour, 59))
    order.lines.update(signed_at=signed)
    line = line_of(order, "A")
    end = timezone.make_aware(timezone.datetime(2026, 3, 9))
    assert eligibility.no_reason_until(line) == end
    assert eligibility.options(line, now=end - timedelta(seconds=1)).choice("no_reason")
    late = eligibility.options(line, now=end)
    assert late.choice("no_reason") is None
    assert late.choice("defect").until == timezone.make_aware(timezone.datetime(2026, 3, 17))
    assert not eligibility.options(line, now=late.choice("defect").until).choices


@pytest.mark.parametrize(
    ("policy", "confirmed", "offered"),
    [
        ("required", False, True),
        ("excluded_by_law", False, False),
        ("excluded_if_confirmed", True, False),
        ("excluded_if_confirmed", False, True),
    ],
)
def test_excluded_goods_come_back_only_for_a_fault(alice, bought, policy, confirmed, offered):
    order = bought(alice)
    order.lines.update(return_policy=policy, return_exclusion_confirmed_at=timezone.now() if confirmed else None)
    options = eligibility.options(line_of(order, "A"))
    assert bool(options.choice("no_reason")) is offered
    assert options.choice("defect")


def test_units_can_be_asked_for_once(alice, bought):
    order = bought(alice)
    line = line_of(order, "B")
    returns.request(alice, line, 1, "no_reason")
    with pytest.raises(returns.NotOffered):
        returns.request(alice, line, 2, "no_reason")
    returns.request(alice, line, 1, "defect")
    assert not eligibility.options(line).choices
    assert str(eligibility.options(line).why)
    assert ReturnRequest.objects.count() == 2


def test_a_line_can_be_asked_about_five_times(alice, bought):
    line = line_of(bought(alice), "A")
    for _ in range(5):
        returns.withdraw(returns.request(alice, line, 1, "no_reason"), by=alice)
    with pytest.raises(returns.NotOffered):
        returns.request(alice, line, 1, "no_reason")
    assert ReturnRequest.objects.count() == 5


def test_units_nobody_packed_are_refunded_at_once_with_the_fee_of_the_last(alice, bought, on_the_shelf):
    rows = (("A", 1, 5_000, 0, 0, 0), ("B", 2, 1_000, 0, 0, 0))
    order = bought(alice, rows=rows, shipping=800, status="processing")
    first = returns.request(alice, line_of(order, "B"), 2, "mistake")
    assert (first.status, Refund.objects.get().amount_fen) == ("refunding", 2_000)
    assert on_the_shelf(line_of(order, "B")) == 2
    pay_out(first)
    assert first.status == "completed"
    last = returns.request(alice, line_of(order, "A"), 1, "mistake")
    assert sum(Refund.objects.values_list("amount_fen", flat=True)) == order.payable_fen
    pay_out(last)
    order.refresh_from_db()
    assert order.status == "closed"
    the_books_are_right()


def test_while_a_request_is_open_nothing_is_confirmed_by_itself(alice, bought):
    order = bought(alice)
    deadlines.set_deadline(order, order_timers.AUTO_CONFIRM, timezone.now() + timedelta(days=1))
    asked = returns.request(alice, line_of(order, "A"), 1, "no_reason")
    assert deadlines.is_paused(order, order_timers.AUTO_CONFIRM)
    assert not lifecycle.may_confirm(order)
    returns.withdraw(asked, by=alice)
    assert not deadlines.is_paused(order, order_timers.AUTO_CONFIRM)


def test_silence_of_the_shop_is_a_yes(alice, bought):
    asked = returns.request(alice, line_of(bought(alice), "A"), 1, "no_reason")
    due = timers.due(asked) - timezone.now()
    assert timedelta(hours=47, minutes=59) < due <= timedelta(hours=48)
    fire("return_answer")
    asked.refresh_from_db()
    assert asked.status == "await_buyer_ship"


def test_silence_about_a_parcel_that_was_signed_for_is_for_people_to_decide(alice, bought):
    order = bought(alice, status="shipped")
    asked = returns.request(alice, line_of(order, "A"), 1, "not_received")
    order.lines.update(signed_at=timezone.now())
    fire("return_answer")
    asked.refresh_from_db()
    assert asked.status == "escalated"
    assert not Refund.objects.exists()


def test_a_parcel_that_never_came_is_refunded_and_stock_stays(alice, operator, bought, on_the_shelf):
    order = bought(alice, status="shipped")
    line = line_of(order, "A")
    asked = returns.request(alice, line, 1, "not_received")
    returns.approve(asked, by=operator)
    pay_out(asked)
    assert asked.status == "completed"
    assert on_the_shelf(line) == 0
    the_books_are_right()


def test_goods_not_sent_in_seven_days_close_the_request(alice, operator, bought):
    asked = returns.request(alice, line_of(bought(alice), "A"), 1, "no_reason")
    returns.approve(asked, by=operator)
    fire("return_ship_back")
    asked.refresh_from_db()
    assert asked.status == "closed_timeout"
    assert eligibility.options(line_of(asked.order, "A")).choices


def test_an_inspection_that_nobody_does_accepts_all_but_restocks_nothing(alice, operator, bought, on_the_shelf):
    line = line_of(bought(alice), "A")
    asked = returns.request(alice, line, 1, "no_reason")
    returns.approve(asked, by=operator)
    returns.ship_back(asked, by=alice, carrier="shunfeng", waybill=WAYBILL)
    returns.check_in(asked, by=operator)
    fire("return_inspection")
    asked.refresh_from_db()
    assert (asked.status, asked.lines.get().bin) == ("refunding", "second")
    assert on_the_shelf(line) == 0


def test_what_is_accepted_is_refunded_and_the_rest_is_told(alice, operator, bought, on_the_shelf):
    line = line_of(bought(alice), "B")
    asked = returns.request(alice, line, 2, "no_reason")
    take_back(asked, by=operator, accepted={line.pk: 1}, condition="一只有划痕")
    assert Refund.objects.get().amount_fen == 8_444
    assert on_the_shelf(line) == 1
    assert asked.lines.get().condition == "一只有划痕"
    assert Notification.objects.filter(user=alice, kind="return_partly_accepted").exists()
    pay_out(asked)
    the_books_are_right()


def test_more_than_came_cannot_be_accepted(alice, operator, bought):
    from aftersales.settlement import WrongUnits

    line = line_of(bought(alice), "B")
    asked = returns.request(alice, line, 1, "no_reason")
    with pytest.raises(WrongUnits):
        take_back(asked, by=operator, accepted={line.pk: 2})
    asked.refresh_from_db()
    assert asked.status == "inspecting"
    assert not Refund.objects.exists()


def test_a_decision_on_an_older_page_is_stale(alice, operator, bought):
    asked = returns.request(alice, line_of(bought(alice), "A"), 1, "no_reason")
    seen = ReturnRequest.objects.get(pk=asked.pk).version
    returns.remark(asked, by=alice, text="壶盖也碎了")
    for decide in (
        lambda: returns.approve(asked, by=operator, version=seen),
        lambda: returns.reject(asked, by=operator, reason="-", version=seen),
    ):
        with pytest.raises(returns.Stale):
            decide()
    asked.refresh_from_db()
    assert asked.status == "submitted"


def test_a_rejected_shopper_may_ask_again_and_the_old_request_ends(alice, operator, bought):
    line = line_of(bought(alice), "A")
    asked = returns.request(alice, line, 1, "no_reason")
    returns.reject(asked, by=operator, reason="已使用")
    again = returns.request(alice, line, 1, "defect")
    asked.refresh_from_db()
    assert (asked.status, again.status) == ("cancelled", "submitted")


def test_every_step_twice_is_the_same_as_once(alice, operator, bought, on_the_shelf):
    line = line_of(bought(alice), "A")
    asked = returns.request(alice, line, 1, "no_reason")
    assert [returns.approve(asked, by=operator) for _ in range(2)] == [True, False]
    assert [returns.ship_back(asked, by=alice, carrier="shunfeng", waybill=WAYBILL) for _ in range(2)] == [True, False]
    assert [returns.check_in(asked, by=operator) for _ in range(2)] == [True, False]
    assert [returns.inspect(asked, by=operator, accepted={line.pk: 1}) for _ in range(2)] == [True, False]
    pay_out(asked)
    assert Refund.objects.count() == 1
    assert on_the_shelf(line) == 1
    assert StateLog.objects.filter(about=asked.about).count() == 6


def test_what_is_over_stays_over(alice, operator, bought):
    asked = returns.request(alice, line_of(bought(alice), "A"), 1, "no_reason")
    returns.withdraw(asked, by=alice)
    for step in (
        lambda: returns.approve(asked, by=operator),
        lambda: returns.reject(asked, by=operator, reason="-"),
        lambda: returns.check_in(asked, by=operator),
        lambda: returns.ship_back(asked, by=alice, carrier="shunfeng", waybill=WAYBILL),
    ):
        with pytest.raises(TransitionNotAllowed):
            step()
    asked.refresh_from_db()
    assert asked.status == "cancelled"


def test_goods_paid_with_points_alone_give_the_points_back(alice, operator, bought):
    order = bought(alice, rows=(("A", 1, 500, 0, 0, 500), ("B", 1, 5_000, 0, 0, 0)))
    asked = returns.request(alice, line_of(order, "A"), 1, "no_reason")
    take_back(asked, by=operator)
    asked.refresh_from_db()
    assert asked.status == "completed"
    assert Member.objects.get(user=alice).points == 500
    assert not Refund.objects.exists()
