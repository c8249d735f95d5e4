"""What every channel must do, asked of each against a company that signs and checks as the real one does."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import work
from orders import lifecycle, marking_paid, payments, refunds
from orders.gateways import gateway_of
from orders.gateways.base import RefundStatus, TradeStatus, Unreachable, Visit
from orders.models import Payment, PaymentNotice, Refund

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(company, order):
    return payments.start(order, company.name)


@pytest.fixture
def paid(company, payment, tell):
    company.pay(payment)
    assert good(tell(company, company.notice(payment)))
    payment.refresh_from_db()
    assert payment.applied
    return payment


def good(answer):
    return answer.status_code in {200, 204} and b"fail" not in answer.content


def run_worker():
    live = Refund.objects.filter(status__in=["approved", "processing"])
    live.update(run_after=timezone.now())
    work.run_due(Refund, rows=live, limit=20)


def ask_back(order, fen, source):
    line = order.lines.get()
    (refund,) = refunds.request(order, lines=[(line, 0, fen, 0, 0)], source=source, reason="damaged")
    return refund


def test_nobody_has_paid_before_the_shopper_came(company, payment):
    trade = gateway_of(company.name).query(payment)
    assert trade.status in {TradeStatus.UNKNOWN, TradeStatus.WAITING}
    assert payments.query(payment).status == Payment.Status.PENDING


def test_a_trade_that_waits_is_no_payment(company, payment):
    company.arrive(payment)
    assert gateway_of(company.name).query(payment).status == TradeStatus.WAITING


def test_a_query_finds_the_payment(company, payment, order):
    company.pay(payment)
    payments.query(payment)
    order.refresh_from_db()
    assert (order.status, order.payments.get().applied) == ("paid", True)
    assert order.payments.get().gateway_reference


def test_a_notice_pays_the_order_once_however_often_it_comes(company, payment, order, tell):
    company.pay(payment)
    for _time in range(3):
        assert good(tell(company, company.notice(payment)))
    order.refresh_from_db()
    assert order.status == "paid"
    assert order.payments.filter(applied=True).count() == 1
    assert PaymentNotice.objects.get().times == 3


def test_a_forged_notice_is_refused_and_nothing_changes(company, payment, order, tell):
    company.pay(payment)
    answer = tell(company, company.notice(payment, key="forger"))
    order.refresh_from_db()
    assert not good(answer)
    assert (order.status, PaymentNotice.objects.count()) == ("pending_payment", 0)


def test_a_notice_with_a_changed_byte_is_refused(company, payment, order, tell):
    company.pay(payment)
    raw = company.notice(payment)
    place = raw.body.index(payment.number.encode()) if payment.number.encode() in raw.body else len(raw.body) // 2
    raw.body = raw.body[:place] + bytes([raw.body[place] ^ 1]) + raw.body[place + 1 :]
    assert not good(tell(company, raw))
    order.refresh_from_db()
    assert order.status == "pending_payment"


def test_a_wrong_amount_is_held_and_pays_nothing(company, payment, order, tell):
    company.pay(payment)
    tell(company, company.notice(payment, amount_fen=payment.amount_fen - 1))
    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.status, payment.status) == ("pending_payment", "pending")
    assert PaymentNotice.objects.get().outcome == "held:amount"


@pytest.mark.parametrize("what", ["merchant", "app"])
def test_money_for_somebody_else_is_not_ours(company, payment, order, tell, what):
    company.pay(payment)
    tell(company, company.notice(payment, **{what: "9999"}))
    order.refresh_from_db()
    assert order.status == "pending_payment"
    assert not order.payments.filter(status="succeeded").exists()


def test_an_old_notice_is_refused(company, payment, order, tell):
    company.pay(payment)
    assert not good(tell(company, company.notice(payment, at=-3 * 24 * 3600)))
    order.refresh_from_db()
    assert order.status == "pending_payment"


def test_one_event_with_two_meanings_is_not_obeyed(company, payment, order, tell):
    company.pay(payment)
    tell(company, company.notice(payment, amount_fen=1))
    second = tell(company, company.notice(payment))
    order.refresh_from_db()
    assert not good(second)
    assert order.status == "pending_payment"
    assert set(PaymentNotice.objects.values_list("outcome", flat=True)) == {"held:amount", "other-body"}


def test_a_late_word_of_closing_does_not_undo_a_payment(company, paid, order, tell):
    tell(company, company.notice(paid, event="n2", closed=True))
    paid.refresh_from_db()
    order.refresh_from_db()
    assert (paid.status, order.status) == ("succeeded", "paid")


def test_a_notice_for_an_unknown_payment_is_kept_and_asked_for_again(company, payment, tell):
    company.pay(payment)
    assert not good(tell(company, company.notice(payment, number="P000000000000000000")))
    assert PaymentNotice.objects.get().outcome == "unknown-payment"


@pytest.mark.parametrize("mode", ["silence", "error"])
def test_without_an_answer_nothing_is_decided(company, payment, order, mode):
    company.pay(payment)
    company.mode = mode
    with pytest.raises(Unreachable):
        payments.query(payment)
    with pytest.raises(lifecycle.ChannelBusy):
        lifecycle.cancel(order, by=order.user)
    order.refresh_from_db()
    assert (order.status, order.payments.get().status) == ("pending_payment", "pending")
    company.mode = ""
    payments.query(payment)
    order.refresh_from_db()
    assert order.status == "paid"


def test_a_closed_trade_is_closed_on_both_sides(company, payment, order):
    trade = company.arrive(payment)
    if company.name == "unionpay":  # it closes nothing on request: the time to pay has to end
        company.trades.clear()
    assert payments.close(payment)
    payment.refresh_from_db()
    assert payment.status == "closed"
    if company.name == "sandbox":
        trade.refresh_from_db()
    if company.name != "unionpay":
        assert trade.status == "closed"


def test_closing_finds_that_the_shopper_was_faster(company, payment, order):
    company.pay(payment)
    assert not payments.close(payment)
    order.refresh_from_db()
    assert order.status == "paid"


def test_money_after_the_order_was_closed_goes_back_by_itself(company, payment, order, tell):
    Payment.objects.filter(pk=payment.pk).update(status="closed")
    company.arrive(payment)
    type(order).objects.filter(pk=order.pk).update(status="closed")
    company.pay(payment)
    assert good(tell(company, company.notice(payment)))
    (refund,) = order.refunds.all()
    assert (refund.reason, refund.amount_fen, refund.status) == ("unapplied", 26_800, "approved")
    run_worker()
    company.finish_refunds()
    run_worker()
    refund.refresh_from_db()
    assert refund.status == "succeeded"
    assert refund.gateway_reference


def test_an_attempt_that_was_paid_twice_gives_the_second_payment_back(company, paid, order, tell):
    second = company.pay_again(paid)
    for event in ("n2", "n3", "n2"):
        assert good(tell(company, company.notice(paid, trade=second, event=event)))
    extra = Payment.objects.get(second_of=paid)
    assert (extra.status, extra.applied, extra.gateway_reference) == ("succeeded", False, second.reference)
    (refund,) = order.refunds.all()
    assert (refund.payment, refund.amount_fen, refund.reason) == (extra, 26_800, "unapplied")
    run_worker()
    company.finish_refunds()
    run_worker()
    refund.refresh_from_db()
    order.refresh_from_db()
    paid.refresh_from_db()
    assert (refund.status, order.status, paid.applied) == ("succeeded", "paid", True)
    # The company gave the second payment back, not the one that the order took: that can still go back in full.
    ask_back(order, 26_800, "all")
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True):
        run_worker()
        company.finish_refunds()
        run_worker()
    assert list(order.refunds.values_list("status", flat=True)) == ["succeeded"] * 2


def test_money_of_a_second_channel_for_a_paid_order_goes_back_by_itself(company, payment, order, tell):
    elsewhere = Payment.objects.create(
        order=order,
        number="P-elsewhere",
        gateway="another",
        amount_fen=26_800,
        status="succeeded",
        gateway_reference="X1",
        paid_at=timezone.now(),
        expires_at=payment.expires_at,
    )
    assert marking_paid.mark_paid(order, elsewhere)
    company.pay(payment)
    assert good(tell(company, company.notice(payment)))
    payment.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (payment.applied, elsewhere.applied) == (False, True)
    (refund,) = order.refunds.all()
    assert (refund.payment, refund.amount_fen, refund.status) == (payment, 26_800, "approved")
    run_worker()
    company.finish_refunds()
    run_worker()
    refund.refresh_from_db()
    assert refund.status == "succeeded"


def test_a_refund_is_paid_once_under_its_number(company, paid, order):
    refund = ask_back(order, 5_000, "test:1")
    run_worker()
    company.finish_refunds()
    channel = gateway_of(company.name)
    refund.refresh_from_db()
    refund.payment = paid
    channel.refund(refund)
    channel.refund(refund)
    assert channel.query_refund(refund).status == RefundStatus.SUCCEEDED
    run_worker()
    refund.refresh_from_db()
    assert refund.status == "succeeded"


def test_partial_refunds_come_one_after_the_other(company, paid, order):
    for number in range(3):
        with time_machine.travel(timezone.now() + timedelta(minutes=2 * number), tick=True):
            ask_back(order, 1_000, f"test:{number}")
            run_worker()
            company.finish_refunds()
            run_worker()
    assert set(order.refunds.values_list("status", "amount_fen")) == {("succeeded", 1_000)}
    assert order.refunds.count() == 3


@pytest.mark.parametrize("mode", ["silence", "error"])
def test_a_refund_without_an_answer_is_asked_for_again_under_the_same_number(company, paid, order, mode):
    refund = ask_back(order, 2_000, "test:1")
    company.mode = mode
    run_worker()
    refund.refresh_from_db()
    assert refund.status == "processing"
    company.mode = ""
    run_worker()
    company.finish_refunds()
    run_worker()
    number = refund.number
    refund.refresh_from_db()
    assert (refund.status, refund.number) == ("succeeded", number)


def test_the_channel_knows_no_refund_that_it_never_got(company, paid, order):
    refund = ask_back(order, 2_000, "test:1")
    refund.sent_at = timezone.now()
    assert gateway_of(company.name).query_refund(refund).status == RefundStatus.UNKNOWN


def test_more_than_was_paid_is_refused(company, paid, order):
    refund = ask_back(order, 2_000, "test:1")
    Refund.objects.filter(pk=refund.pk).update(amount_fen=paid.amount_fen + 1)
    run_worker()
    refund.refresh_from_db()
    assert refund.status == "failed"


def test_a_notice_of_a_refund_makes_the_worker_ask(company, paid, order, tell):
    refund = ask_back(order, 2_000, "test:1")
    run_worker()
    company.finish_refunds()
    refund.refresh_from_db()
    assert good(tell(company, company.refund_notice(refund)))
    refund.refresh_from_db()
    assert PaymentNotice.objects.latest("pk").outcome == "refund-asked"
    # Alipay's answer may have said so already; otherwise the notice alone books nothing.
    assert refund.status == ("succeeded" if company.name == "alipay" else "processing")
    paid.refresh_from_db()
    assert paid.status == "succeeded"
    work.run_due(Refund)
    refund.refresh_from_db()
    assert refund.status == "succeeded"


def test_the_bill_of_the_day_tells_of_payments_and_refunds(company, paid, order):
    refund = ask_back(order, 2_000, "test:1")
    run_worker()
    rows = gateway_of(company.name).bill(timezone.localdate())
    found = {(row.number, row.is_refund, row.amount_fen) for row in rows}
    assert found == {(paid.number, False, 26_800), (refund.number, True, 2_000)}
    assert {row.reference for row in rows if not row.is_refund} == {paid.gateway_reference}


def test_on_a_phone_the_channel_opens_too(company, order):
    payment = payments.start(order, company.name, visit=Visit(phone=True, ip="1.2.3.4"))
    assert payment.status == "pending"
    assert payment.on_phone
    company.pay(payment)
    payments.query(payment)
    order.refresh_from_db()
    assert order.status == "paid"
