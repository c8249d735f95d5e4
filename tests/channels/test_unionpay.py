"""UnionPay alone: whose certificate counts, and the form that the browser posts."""

import pytest

from orders import payments
from tests.channels.test_contract import good

pytestmark = pytest.mark.django_db


@pytest.fixture
def union(open_company):
    return open_company("unionpay")


@pytest.mark.parametrize("who", ["stranger", "expired", "self"])
def test_only_a_valid_certificate_of_unionpay_counts(union, order, tell, who):
    payment = payments.start(order, "unionpay")
    union.pay(payment)
    assert not good(tell(union, union.notice(payment, key=who)))
    order.refresh_from_db()
    assert order.status == "pending_payment"


def test_the_page_shows_the_form_and_the_browser_comes_back_with_a_post(union, order, client, alice):
    client.force_login(alice)
    answer = client.post(f"/orders/{order.number}/payment/", {"gateway": "unionpay"}, follow=True)
    payment = order.payments.get()
    page = answer.content.decode()
    assert f'action="{union.base}/gateway/api/frontTransReq.do"' in page
    assert f'name="orderId" value="{payment.number}"' in page
    assert payment.opening["fields"]["frontUrl"].endswith(f"/payments/return/{order.number}/?waiting={payment.number}")
    client.logout()
    back = client.post(f"/payments/return/{order.number}/?waiting={payment.number}", {"respCode": "00"})
    assert back["Location"] == f"/orders/{order.number}/payment/?waiting={payment.number}"
    order.refresh_from_db()
    assert order.status == "pending_payment"


def test_instalments_travel_with_the_form(union, order, client, alice):
    client.force_login(alice)
    client.post(f"/orders/{order.number}/payment/", {"gateway": "unionpay:6"})
    payment = order.payments.get()
    assert payment.opening["fields"]["instalTransInfo"] == "{numberOfInstallments=06}"
    assert (payment.instalments, payment.instalment_fee_fen, payment.amount_fen) == (6, 1_340, 26_800)
