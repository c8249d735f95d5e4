"""Asked once more before a large payment: by a password or a code, and locked after five wrong tries."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import TextMessage
from orders import payment_guard
from orders.models import PaymentGuard

pytestmark = pytest.mark.django_db
PASSWORD = "teapot-88"


@pytest.fixture
def guarded(alice):
    return payment_guard.choose(alice, limit_fen=20_000, password=PASSWORD)


@pytest.fixture
def pay(client, alice, order):
    client.force_login(alice)

    def post(**facts):
        return client.post(f"/orders/{order.number}/payment/", {"gateway": "sandbox", **facts})

    return post


def test_below_the_limit_nobody_is_asked(pay, alice, order):
    payment_guard.choose(alice, limit_fen=order.payable_fen + 1, password=PASSWORD)
    assert pay().status_code == 302
    assert order.payments.count() == 1


def test_without_a_limit_nobody_is_asked(pay, alice, order):
    payment_guard.choose(alice, limit_fen=None, password=PASSWORD)
    assert pay().status_code == 302


def test_from_the_limit_on_no_attempt_is_opened_without_the_second_factor(pay, order, guarded):
    page = pay()
    assert page.status_code == 200
    assert b'name="secret"' in page.content
    assert not order.payments.exists()


def test_a_wrong_password_opens_nothing_and_says_how_many_tries_are_left(pay, order, guarded):
    page = pay(secret="wrong")
    assert page.status_code == 422
    assert b"4" in page.content
    assert not order.payments.exists()
    assert PaymentGuard.objects.get().wrong == 1


def test_the_right_password_pays(pay, order, guarded):
    pay(secret="wrong")
    assert pay(secret=PASSWORD).status_code == 302
    assert order.payments.count() == 1
    assert PaymentGuard.objects.get().wrong == 0


def test_after_five_wrong_tries_even_the_right_password_waits_half_an_hour(pay, order, guarded):
    for _try in range(5):
        pay(secret="wrong")
    assert pay(secret=PASSWORD).status_code == 422
    assert not order.payments.exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        payment_guard.check(order.user, PASSWORD)


def test_a_code_by_text_message_works_once_and_for_five_minutes(pay, alice, order, guarded):
    type(alice).objects.filter(pk=alice.pk).update(phone_verified_at=timezone.now())
    alice.refresh_from_db()
    assert pay(send_code="1").status_code == 200
    code = re.search(r"\d{6}", TextMessage.objects.get().text)[0]
    assert code not in PaymentGuard.objects.get().code
    with time_machine.travel(timezone.now() + timedelta(minutes=6)), pytest.raises(payment_guard.Wrong):
        payment_guard.check(alice, code)
    payment_guard.check(alice, code)
    with pytest.raises(payment_guard.Wrong):
        payment_guard.check(alice, code)


def test_codes_are_not_sent_as_often_as_one_likes(pay, alice, guarded):
    type(alice).objects.filter(pk=alice.pk).update(phone_verified_at=timezone.now())
    assert pay(send_code="1").status_code == 200
    assert pay(send_code="1").status_code == 422
    assert TextMessage.objects.count() == 1


def test_a_number_that_is_not_proved_gets_no_code(pay, alice, guarded):
    type(alice).objects.filter(pk=alice.pk).update(phone_verified_at=None)
    assert pay(send_code="1").status_code == 422
    assert not TextMessage.objects.exists()


def test_the_password_is_kept_as_a_hash(guarded):
    assert PASSWORD not in PaymentGuard.objects.get().password


@pytest.fixture
def settings_page(client, alice):
    client.force_login(alice)
    client.post("/account/reauthenticate/", {"password": "secret-42-x"})

    def post(**facts):
        return client.post("/account/payment-protection/", facts)

    return post


def test_the_shopper_chooses_limit_and_password(settings_page, alice):
    answer = settings_page(limit_fen="500", password=PASSWORD, again=PASSWORD)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    guard = PaymentGuard.objects.get(user=alice)
    assert guard.limit_fen == 50_000
    assert payment_guard.asks(alice, 50_000)
    assert not payment_guard.asks(alice, 49_999)
    assert alice.notifications.filter(kind="account_payment_guard").count() == 1


def test_who_forgot_the_password_comes_back_to_the_payment_with_a_new_one(settings_page, pay, guarded, order):
    waiting = f"/orders/{order.number}/payment/"
    assert f"/account/payment-protection/?next={waiting}" in pay().content.decode()
    answer = settings_page(limit_fen="200", password="teapot-99", again="teapot-99", next=waiting)
    assert answer["Location"] == waiting
    assert pay(secret="teapot-99").status_code == 302
    assert order.payments.count() == 1


def test_proving_who_one_is_on_the_way_loses_neither_the_new_password_nor_the_payment(
    client, alice, pay, guarded, order
):
    waiting = f"/orders/{order.number}/payment/"
    page = client.get(f"/account/payment-protection/?next={waiting}").content.decode()
    action = re.search(r'<form class="panel form" method="post" action="([^"]+)"', page)[1]
    new = {"limit_fen": "200", "password": "teapot-99", "again": "teapot-99", "next": waiting}
    answer = client.post(action, new)
    assert "reauthenticate" in answer["Location"]
    assert client.post(answer["Location"], {"password": "secret-42-x"})["Location"] == waiting
    assert pay(secret="teapot-99").status_code == 302


def test_nobody_is_sent_elsewhere_after_choosing(settings_page):
    answer = settings_page(limit_fen="", next="https://example.com/")
    assert answer["Location"] == "/account/payment-protection/"


@pytest.mark.parametrize(
    "facts",
    [
        {"limit_fen": "500"},
        {"limit_fen": "abc", "password": PASSWORD, "again": PASSWORD},
        {"limit_fen": "500", "password": "111111", "again": "111111"},
        {"limit_fen": "500", "password": "short", "again": "short"},
        {"limit_fen": "500", "password": PASSWORD, "again": "teapot-89"},
        {"limit_fen": "500", "password": "secret-42-x", "again": "secret-42-x"},
    ],
)
def test_a_choice_that_protects_nothing_is_refused(settings_page, alice, facts):
    type(alice).objects.filter(pk=alice.pk).update(phone_verified_at=None)
    assert settings_page(**facts).status_code == 422
    assert not PaymentGuard.objects.exists()


def test_who_did_not_sign_in_just_now_proves_who_they_are_before_changing_it(client, alice, guarded):
    client.force_login(alice)
    answer = client.post("/account/payment-protection/", {"limit_fen": "", "password": "other-99", "again": "other-99"})
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    guarded.refresh_from_db()
    assert guarded.limit_fen == 20_000
