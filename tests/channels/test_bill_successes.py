"""Money that only the channel's bill shows: taken by the order that waits for it, sent back where none does, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import work
from config import books
from orders import lifecycle, payments, reconciliation
from orders.gateways import GATEWAYS
from orders.gateways.base import Trade, TradeStatus, Unreachable
from orders.gateways.sandbox import SandboxGateway
from orders.models import ChannelBill, Difference, Order, Payment, Refund
from tests.channels.test_contract import run_worker
from tests.channels.test_reconciliation import Billed, row

pytestmark = pytest.mark.django_db


class Answering(Billed):
    """It also says what it thinks of a trade: ``trade`` is a ``Trade``, or None when it cannot be reached."""

    trade = Trade(TradeStatus.CLOSED)

    def query(self, payment):
        if self.trade is None:
            raise Unreachable
        return self.trade

    close = query


@pytest.fixture
def billed(monkeypatch):
    """``billed(row, …, trade=…)``: the bill of today is fetched and compared; returns the kinds of what is left."""

    def work_on(*rows, **facts):
        channel = Answering(list(rows))
        vars(channel).update(facts)
        monkeypatch.setitem(GATEWAYS, "sandbox", channel)
        bill = ChannelBill.objects.get_or_create(gateway="sandbox", day=timezone.localdate())[0]
        reconciliation.again(bill)
        work.run_due(ChannelBill, rows=ChannelBill.objects.filter(pk=bill.pk))
        return list(Difference.objects.filter(status__in=reconciliation.TO_RESOLVE).values_list("kind", flat=True))

    return work_on


@pytest.fixture
def attempt(order, monkeypatch):
    """Gone to the channel, where nothing was heard of it since."""
    payment = payments.start(order, "sandbox")
    monkeypatch.setitem(GATEWAYS, "sandbox", Answering([]))
    return payment


def state_of(order):
    order.refresh_from_db()
    back = list(Refund.objects.order_by("pk").values_list("reason", "amount_fen", "status"))
    return order.status, back


def the_books_are_right():
    broken = [finding for finding in books.check() if finding.app == "orders" and finding.broken]
    assert not broken, broken


def test_a_success_of_a_closed_order_goes_back_and_only_once(alice, order, attempt, billed):
    lifecycle.cancel(order, by=alice)
    attempt.refresh_from_db()
    assert (attempt.status, state_of(order)) == ("closed", ("closed", []))
    for _time in range(3):
        assert billed(row(attempt.number, 26_800)) == []
        assert state_of(order) == ("closed", [("unapplied", 26_800, "approved")])
    attempt.refresh_from_db()
    assert (attempt.status, attempt.applied, attempt.gateway_reference) == ("succeeded", False, f"SB-{attempt.number}")
    assert [one.status for one in Difference.objects.all()] == ["cleared"]
    the_books_are_right()


def test_a_second_attempt_that_arrived_too_goes_back(order, attempt, billed):
    first = Payment.objects.create(
        order=order, number="P-first", gateway="sandbox", amount_fen=26_800, expires_at=timezone.now(), status="closed"
    )
    assert billed(row(attempt.number, 26_800), row(first.number, 26_800)) == []
    assert state_of(order) == ("paid", [("unapplied", 26_800, "approved")])
    assert Payment.objects.filter(applied=True).count() == 1
    the_books_are_right()


def test_one_attempt_charged_twice_goes_back_once(order, attempt, billed):
    paid = row(attempt.number, 26_800)
    again = replace(paid, reference="SB-again")
    assert billed(paid) == []
    assert state_of(order) == ("paid", [])
    for _time in range(3):
        assert billed(paid, again) == []
        assert state_of(order) == ("paid", [("unapplied", 26_800, "approved")])
    second = Payment.objects.get(second_of=attempt)
    assert (second.gateway_reference, second.applied) == ("SB-again", False)
    the_books_are_right()


def test_the_second_charge_may_stand_on_another_days_bill(order, attempt, billed):
    paid = row(attempt.number, 26_800)
    billed(paid)
    ChannelBill.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert billed(replace(paid, reference="SB-again")) == []
    assert state_of(order) == ("paid", [("unapplied", 26_800, "approved")])
    the_books_are_right()


def test_an_order_that_still_waits_is_paid_by_what_the_bill_shows(order, attempt, billed):
    assert billed(row(attempt.number, 26_800)) == []
    assert state_of(order) == ("paid", [])


def test_the_channels_own_word_goes_before_the_bill(order, attempt, billed):
    trade = Trade(TradeStatus.PAID, 26_800, "SB-true", SandboxGateway.merchant)
    billed(row(attempt.number, 26_800), trade=trade)
    attempt.refresh_from_db()
    assert (attempt.status, attempt.gateway_reference) == ("succeeded", "SB-true")
    # Its bill has other numbers: that is no second payment.
    assert state_of(order) == ("paid", [])
    billed(row(attempt.number, 26_800), trade=trade)
    assert state_of(order) == ("paid", [])


@pytest.mark.parametrize("fen", [26_799, 1, 53_600])
def test_another_amount_is_for_people(order, attempt, billed, fen):
    assert sorted(billed(row(attempt.number, fen))) == ["amount", "status"]
    assert (state_of(order), Payment.objects.get().status) == (("pending_payment", []), "pending")


def test_a_silent_channel_is_asked_again_later(order, attempt, billed):
    assert billed(row(attempt.number, 26_800), trade=None) == ["status"]
    assert ChannelBill.objects.get().done_at is None
    assert state_of(order) == ("pending_payment", [])
    assert billed(row(attempt.number, 26_800)) == []
    assert state_of(order) == ("paid", [])


def test_a_real_day_at_the_test_bank(open_company, alice, order):
    """The bank takes the money twice and tells nobody; its bill of the day does, and both shops agree in the evening."""
    bank = open_company("sandbox")
    payment = payments.start(order, "sandbox")
    bank.pay(payment)
    payments.query(payment)
    from orders.gateways import sandbox_bank
    from orders.models import SandboxNotice, SandboxTrade

    sandbox_bank.take_again(SandboxTrade.objects.get(number=payment.number))
    SandboxNotice.objects.all().delete()
    for _time in range(2):
        (bill,) = [one for one in reconciliation.start(timezone.localdate()) if one.gateway == "sandbox"]
        reconciliation.again(bill)
        work.run_due(ChannelBill, rows=ChannelBill.objects.filter(pk=bill.pk))
        run_worker()
        bank.finish_refunds()
        run_worker()
    assert state_of(Order.objects.get(pk=order.pk)) == ("paid", [("unapplied", 26_800, "succeeded")])
    bill.refresh_from_db()
    assert bill.differences.exclude(status="cleared").count() == 0
    the_books_are_right()
