"""Attempts to pay: opened, asked about, closed; what comes late or twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import StateLog
from loyalty.models import PointsLot
from orders import lifecycle, payments, price_cuts
from orders.gateways import GATEWAYS, sandbox_bank
from orders.gateways.base import Unreachable
from orders.models import Deadline, Order, Payment, PaymentNotice, Refund, SandboxTrade
from tests.fakes.shopping import go_to_cashier, pay, pay_and_hear, run_refunds, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(alice, teapot, place):
    return place(alice, (teapot, 1))


@pytest.fixture
def dead_bank(monkeypatch):
    """A bank that never answers."""

    def silence(*_args, **_kwargs):
        raise Unreachable("nobody there")

    monkeypatch.setattr(type(GATEWAYS["sandbox"]), "_call", silence)


def test_an_attempt_leads_to_a_signed_address_and_waits(order):
    payment = payments.start(order, "sandbox")
    assert payment.status == Payment.Status.PENDING
    assert payment.amount_fen == 26_800
    assert payment.expires_at == payments.pay_until(order)
    assert payment.pay_url.startswith(f"/sandbox/cashier/{payment.number}/?")
    assert not SandboxTrade.objects.exists()


def test_the_same_channel_again_goes_on_with_the_same_attempt(order):
    assert payments.start(order, "sandbox").pk == payments.start(order, "sandbox").pk


def test_another_channel_closes_the_first_attempt_at_the_bank(order):
    first = payments.start(order, "sandbox")
    trade = go_to_cashier(first)
    second = payments.start(order, "sandbox-card")
    first.refresh_from_db()
    trade.refresh_from_db()
    assert (first.status, trade.status, second.status) == ("closed", "closed", "pending")
    with pytest.raises(sandbox_bank.TradeClosed):
        sandbox_bank.pay(trade)


def test_opening_a_second_attempt_finds_that_the_first_was_paid(order):
    pay(order, "silent")
    with pytest.raises(payments.AlreadyPaid):
        payments.start(order, "sandbox-card")
    order.refresh_from_db()
    assert order.status == Order.Status.PAID
    assert states(order) == ([("succeeded", True)], [])


def test_a_query_books_the_payment_once(order):
    pay_and_hear(order)
    payment = order.payments.get()
    assert (order.status, payment.applied) == ("paid", True)
    payments.query(payment)
    assert StateLog.objects.filter(about=order.about, to_state="succeeded").count() == 1
    assert PointsLot.objects.filter(source=order.about).count() == 1


def test_coming_back_from_the_channel_books_nothing(client, alice, order):
    payment = pay(order, "silent")
    client.force_login(alice)
    page = client.get(f"/orders/{order.number}/payment/?waiting={payment.number}")
    order.refresh_from_db()
    assert page.status_code == 200
    assert (order.status, order.payments.get().status) == ("pending_payment", "pending")


def test_an_unpaid_order_closes_only_after_its_attempt_is_closed_at_the_bank(order):
    trade = go_to_cashier(payments.start(order, "sandbox"))
    lifecycle.expire(order)
    trade.refresh_from_db()
    assert (order.status, trade.status) == ("closed", "closed")


def test_an_order_that_was_paid_at_the_last_moment_does_not_expire(order):
    pay(order, "silent")
    lifecycle.expire(order)
    order.refresh_from_db()
    assert (order.status, states(order)) == ("paid", ([("succeeded", True)], []))


def test_a_silent_bank_keeps_the_order_open(order, dead_bank):
    payment = payments.start(order, "sandbox")
    with pytest.raises(lifecycle.ChannelBusy):
        lifecycle.cancel(order, by=order.user)
    payment.refresh_from_db()
    order.refresh_from_db()
    assert (payment.status, order.status) == ("pending", "pending_payment")
    assert payment.query_after is not None


def test_money_for_a_closed_order_goes_back_by_itself(order):
    payment = payments.start(order, "sandbox")
    lifecycle.cancel(order, by=order.user)
    # The shopper never was at the cashier, so the bank had nothing to close, and takes the money now.
    sandbox_bank.pay(go_to_cashier(payment))
    payments.query(payment)
    order.refresh_from_db()
    assert order.status == Order.Status.CLOSED
    assert states(order) == ([("succeeded", False)], [("approved", 26_800)])
    run_refunds()
    assert states(order) == ([("succeeded", False)], [("succeeded", 26_800)])
    assert Refund.objects.get().reason == "unapplied"
    told = order.user.notifications.filter(kind__in=["refund_sent", "refund_done", "surplus_sent", "surplus_back"])
    assert sorted(told.values_list("kind", flat=True)) == ["surplus_back", "surplus_sent"]


def test_the_second_of_two_paid_attempts_goes_back(order):
    first = pay(order, "silent")
    second = Payment.objects.create(
        order=order,
        number="P2",
        gateway="sandbox-card",
        amount_fen=26_800,
        status="pending",
        expires_at=first.expires_at,
    )
    facts = {"merchant": "sandbox-merchant-1", "subject": "x", "amount": "26800", "return": "/", "notify": "/"}
    sandbox_bank.pay(
        sandbox_bank.open_trade("P2", facts | {"expires": str(int(first.expires_at.timestamp()))}), "silent"
    )
    payments.query(first)
    payments.query(second)
    assert states(order) == ([("succeeded", True), ("succeeded", False)], [("approved", 26_800)])
    payments.query(second)
    assert Refund.objects.count() == 1


def test_an_attempt_of_before_the_price_was_lowered_goes_back_and_the_order_still_waits(order, manager):
    payment = payments.start(order, "sandbox")
    address = payment.pay_url
    price_cuts.give(order, 1_000, by=manager, reason="a scratch")
    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.payable_fen, payment.status) == (25_800, "closed")
    payment.pay_url = address
    sandbox_bank.pay(go_to_cashier(payment))
    payments.query(payment)
    order.refresh_from_db()
    assert order.status == Order.Status.PENDING_PAYMENT
    assert states(order) == ([("succeeded", False)], [("approved", 26_800)])
    pay_and_hear(order)
    assert order.status == Order.Status.PAID
    assert states(order)[0] == [("succeeded", False), ("succeeded", True)]


def test_questions_come_soon_at_first_then_rarely_and_at_the_end(order):
    payment = payments.start(order, "sandbox")
    pauses = []
    for _question in range(5):
        Payment.objects.update(query_after=timezone.now() - timedelta(seconds=1))
        payments.query_due()
        payment.refresh_from_db()
        pauses.append(round((payment.query_after - payment.created_at).total_seconds()))
    assert pauses[:4] == [60, 300, 900, 1800]
    assert payment.query_after >= payment.expires_at


def test_a_worker_finds_a_payment_whose_notice_never_came(order):
    pay(order, "silent")
    Payment.objects.update(query_after=timezone.now())
    assert payments.query_due() == 1
    order.refresh_from_db()
    assert (order.status, order.payments.get().query_after) == ("paid", None)
    assert not PaymentNotice.objects.exists()


def test_after_its_time_an_attempt_is_closed_at_the_bank(order):
    payment = payments.start(order, "sandbox")
    trade = go_to_cashier(payment)
    Payment.objects.update(query_after=timezone.now(), expires_at=timezone.now() - timedelta(seconds=1))
    payments.query_due()
    payment.refresh_from_db()
    trade.refresh_from_db()
    assert (payment.status, payment.query_after, trade.status) == ("closed", None, "closed")


def test_a_question_to_a_dead_bank_is_asked_again(order, dead_bank):
    payment = payments.start(order, "sandbox")
    Payment.objects.update(query_after=timezone.now())
    assert payments.query_due() == 1
    payment.refresh_from_db()
    assert (payment.status, payment.queries) == ("pending", 1)
    assert payment.query_after > timezone.now()


def test_an_order_past_its_time_opens_no_attempt(order):
    Deadline.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    with pytest.raises(payments.NotPayable):
        payments.start(order, "sandbox")
    assert not Payment.objects.exists()


def test_a_stranger_sees_no_payment_page(client, mallory, order):
    client.force_login(mallory)
    assert client.get(f"/orders/{order.number}/payment/").status_code == 404
    assert client.post(f"/orders/{order.number}/payment/", {"gateway": "sandbox"}).status_code == 404
    assert not Payment.objects.exists()


def test_the_shopper_chooses_a_channel_and_is_taken_there(client, alice, order):
    client.force_login(alice)
    page = client.get(f"/orders/{order.number}/payment/")
    assert page.templates[0].name == "orders/payments/choose.html"
    answer = client.post(f"/orders/{order.number}/payment/", {"gateway": "sandbox"})
    assert answer.status_code == 302
    assert answer["Location"] == Payment.objects.get().pay_url
    assert client.post(f"/orders/{order.number}/payment/", {"gateway": "moon"}).status_code == 422


def test_i_have_paid_asks_the_bank_at_once(client, alice, order):
    payment = pay(order, "silent")
    client.force_login(alice)
    client.post(f"/orders/{order.number}/payment/check/", {"payment": payment.number})
    order.refresh_from_db()
    assert order.status == "paid"


@pytest.mark.parametrize(
    ("change", "template"),
    [
        ({}, "waiting"),
        ({"status": "failed"}, "failed"),
        ({"status": "closed"}, "failed"),
        ({"status": "succeeded"}, "elsewhere"),
    ],
)
def test_each_state_of_the_attempt_has_its_page(client, alice, order, change, template):
    payment = payments.start(order, "sandbox")
    Payment.objects.update(**change)
    client.force_login(alice)
    page = client.get(f"/orders/{order.number}/payment/?waiting={payment.number}")
    assert page.templates[0].name == f"orders/payments/{template}.html"


def test_paid_closed_and_late_have_their_pages(client, alice, order):
    client.force_login(alice)
    Deadline.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    address = f"/orders/{order.number}/payment/"
    assert client.get(address).templates[0].name == "orders/payments/late.html"
    Order.objects.update(status="closed")
    assert client.get(address).templates[0].name == "orders/payments/closed.html"
    Order.objects.update(status="paid", paid_at=timezone.now())
    assert client.get(address).templates[0].name == "orders/payments/paid.html"
    Order.objects.update(status="closed")
    assert client.get(address).templates[0].name == "orders/payments/closed.html"
