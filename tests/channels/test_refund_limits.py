"""What channels allow of refunds: a pause between two, how many, for how long, and how fast."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import rate_limit
from orders import payments, refund_sending
from orders.gateways import gateway_of
from orders.gateways.base import RefundLimits
from orders.models import Payment, Refund
from tests.channels.test_contract import ask_back, run_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def wechat(open_company):
    return open_company("wechatpay")


@pytest.fixture
def paid(wechat, order):
    payment = payments.start(order, "wechatpay")
    wechat.pay(payment)
    return payments.query(payment)


def test_two_refunds_of_one_payment_keep_a_minute_apart(paid, order, wechat):
    first, second = ask_back(order, 1_000, "a"), ask_back(order, 2_000, "b")
    run_worker()
    assert sorted(Refund.objects.values_list("status", flat=True)) == ["approved", "processing"]
    Refund.objects.filter(status="processing").update(sent_at=timezone.now() - timedelta(seconds=61))
    run_worker()
    assert set(Refund.objects.values_list("status", flat=True)) == {"processing"}
    assert len(wechat.trades[paid.number].refunds) == 2
    assert first.number != second.number


def test_a_payment_that_is_too_old_is_left_to_finance_and_the_channel_is_not_asked(paid, order, wechat):
    Payment.objects.filter(pk=paid.pk).update(paid_at=timezone.now() - timedelta(days=366))
    refund = ask_back(order, 1_000, "a")
    asked = len(wechat.calls)
    run_worker()
    refund.refresh_from_db()
    assert (refund.status, len(wechat.calls)) == ("failed", asked)


def test_more_refunds_than_the_channel_takes_are_left_to_finance(paid, order, wechat, monkeypatch):
    monkeypatch.setattr(gateway_of("wechatpay"), "refund_limits", RefundLimits(times=1))
    ask_back(order, 1_000, "a")
    run_worker()
    second = ask_back(order, 1_000, "b")
    run_worker()
    second.refresh_from_db()
    assert second.status == "failed"
    assert len(wechat.trades[paid.number].refunds) == 1
    assert refund_sending.paid_by_bank(second, by=order.user)


def test_the_channel_is_asked_only_as_often_as_it_wants(paid, order, wechat, monkeypatch):
    refund = ask_back(order, 1_000, "a")
    monkeypatch.setattr(rate_limit, "allow", lambda *_args: False)
    run_worker()
    refund.refresh_from_db()
    assert (refund.status, refund.attempts) == ("processing", 0)
    assert not wechat.trades[paid.number].refunds
    monkeypatch.undo()
