"""WeChat Pay alone: whose keys are believed, its probes, its codes and its ways of ending a refund."""

import pytest

from orders import payments
from orders.gateways.base import RefundStatus, Refused, Visit
from tests.channels.fake_wechatpay import FOREIGN, NEW
from tests.channels.test_contract import ask_back, good, run_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def wechat(open_company):
    return open_company("wechatpay")


def test_at_a_desk_there_is_a_code_to_scan(wechat, order):
    payment = payments.start(order, "wechatpay")
    assert payment.opening["code"].startswith("weixin://")
    assert payment.pay_url == f"/orders/{order.number}/payment/?waiting={payment.number}"


def test_on_a_phone_the_app_opens_and_comes_back(wechat, order):
    payment = payments.start(order, "wechatpay", visit=Visit(phone=True, ip="1.2.3.4"))
    assert payment.pay_url.startswith("https://wx.tenpay.com/")
    assert "redirect_url=" in payment.pay_url


def test_inside_wechat_there_is_a_code_because_its_browser_opens_no_app(wechat, order):
    payment = payments.start(order, "wechatpay", visit=Visit(phone=True, in_wechat=True))
    assert payment.opening["code"]


def test_moving_from_the_desk_to_the_phone_closes_the_code(wechat, order):
    code = payments.start(order, "wechatpay")
    phone = payments.start(order, "wechatpay", visit=Visit(phone=True, ip="1.2.3.4"))
    code.refresh_from_db()
    assert (code.status, phone.status) == ("closed", "pending")
    assert wechat.trades[code.number].status == "closed"


def test_while_the_platform_changes_its_key_both_are_believed(wechat, order, tell):
    payment = payments.start(order, "wechatpay")
    wechat.serial = NEW  # answers and notices are signed with the new key from here on
    payments.query(payment)
    wechat.pay(payment)
    assert good(tell(wechat, wechat.notice(payment)))
    order.refresh_from_db()
    assert order.status == "paid"


def test_a_serial_that_nobody_gave_us_is_refused_without_asking_anybody(wechat, order, tell):
    payment = payments.start(order, "wechatpay")
    wechat.pay(payment)
    asked = len(wechat.calls)
    for serial in (FOREIGN, "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"):
        assert not good(tell(wechat, wechat.notice(payment, serial=serial, key="stranger")))
    assert len(wechat.calls) == asked
    order.refresh_from_db()
    assert order.status == "pending_payment"


def test_the_probe_with_a_wrong_signature_is_refused(wechat, order, tell):
    payment = payments.start(order, "wechatpay")
    wechat.pay(payment)
    raw = wechat.notice(payment)
    raw.headers["Wechatpay-Signature"] = "WECHATPAY/SIGNTEST/" + raw.headers["Wechatpay-Signature"]
    assert tell(wechat, raw).status_code == 401


def test_money_that_cannot_reach_its_account_is_abnormal(wechat, order, tell):
    payment = payments.start(order, "wechatpay")
    wechat.pay(payment)
    payments.query(payment)
    refund = ask_back(order, 2_000, "test:1")
    run_worker()
    wechat.refund_status = "ABNORMAL"
    wechat.finish_refunds()
    run_worker()
    refund.refresh_from_db()
    assert refund.status == RefundStatus.ABNORMAL


def test_a_bill_with_another_digest_is_not_believed(wechat, order, monkeypatch):
    from orders.gateways import wechatpay_bill

    with pytest.raises(Refused):
        wechatpay_bill.parse(wechat._bill(), {"hash_value": "0" * 40})
