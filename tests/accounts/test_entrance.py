import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.adapter import WRONG
from accounts.models import TextMessage, User

PASSWORD = "tea-and-mountains-7"


def sign_up(client, **fields):
    return client.post("/account/signup/", {"password1": PASSWORD, "email": "", "phone": "", **fields})


def signed_in_as(client):
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def last_text_code():
    return re.search(r"\d{6}", TextMessage.objects.first().text).group()


def last_mailed_code():
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()


def test_who_signs_in_is_greeted_by_name_in_the_words_of_the_shop(client, alice):
    client.cookies["django_language"] = "en"
    who = {"login": "alice@example.com", "password": "secret-42-x"}
    answer = client.post("/account/login/", who | {"next": "/cart/"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["You are signed in as Alice."]


def test_somebody_registers_with_an_e_mail_address_and_is_in(client, db):
    answer = sign_up(client, email="New@Example.com")
    assert answer.status_code == 302
    assert signed_in_as(client).email == "new@example.com"
    assert [m.to for m in mail.outbox] == [["new@example.com"]]


@pytest.mark.parametrize("typed", ["139 0000 1234", "+86 139-0000-1234", "１３９００００１２３４"])
def test_somebody_registers_with_a_phone_and_proves_it(client, db, typed):
    answer = sign_up(client, phone=typed)
    assert answer["Location"].startswith("/account/phone/verify/")
    assert signed_in_as(client) is None
    answer = client.post("/account/phone/verify/", {"code": last_text_code()})
    user = signed_in_as(client)
    assert user.phone == "+8613900001234"
    assert user.phone_verified_at
    assert user.email is None
    assert user.check_password(PASSWORD)


def test_two_people_without_an_e_mail_address_may_register(client, db):
    for phone in ("13900001234", "13900001235"):
        sign_up(client, phone=phone)
        client.post("/account/phone/verify/", {"code": last_text_code()})
        client.post("/account/logout/")
    assert User.objects.filter(email=None).count() == 2


def test_one_of_the_two_is_needed(client, db):
    answer = sign_up(client)
    assert answer.status_code == 422
    assert "phone" in answer.context["form"].errors
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["short1", "12345678901", "password"])
def test_a_weak_password_is_refused_with_a_reason(client, db, password):
    answer = sign_up(client, email="new@example.com", password1=password)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["password1"]
    assert not User.objects.exists()


def test_a_taken_e_mail_address_is_refused_and_nothing_changed(client, alice):
    answer = sign_up(client, email="ALICE@example.com")
    assert answer.status_code == 422
    assert User.objects.count() == 1


def test_a_taken_phone_does_not_tell_a_stranger_and_makes_no_account(client, alice):
    answer = sign_up(client, phone="138 0000 0001")
    assert answer["Location"].startswith("/account/phone/verify/")
    assert User.objects.count() == 1
    assert TextMessage.objects.get().purpose == TextMessage.Purpose.NOTICE


def test_a_robot_that_fills_in_the_trap_gets_no_account(client, db):
    sign_up(client, email="robot@example.com", website="http://x")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "name", ["alice@example.com", "Alice@Example.com", "138 0000 0001", "+8613800000001", "１３８００００００１"]
)
def test_both_names_open_the_door_with_the_password(client, alice, name):
    answer = client.post("/account/login/", {"login": name, "password": "secret-42-x"})
    assert answer.status_code == (302 if name != "１３８００００００１" else 422)
    assert (signed_in_as(client) == alice) is (name != "１３８００００００１")


@pytest.mark.parametrize("name", ["alice@example.com", "13800000001", "nobody", "nobody@example.com", "13900000000"])
def test_a_wrong_password_says_the_same_for_everybody(client, alice, name):
    answer = client.post("/account/login/", {"login": name, "password": "wrong"})
    assert answer.status_code == 422
    assert [str(e) for e in answer.context["form"].non_field_errors()] == [str(WRONG)]
    assert signed_in_as(client) is None


def test_a_page_only_for_members_comes_back_after_signing_in(client, alice):
    answer = client.get("/account/addresses/")
    assert answer["Location"] == "/account/login/?next=/account/addresses/"
    answer = client.post(
        "/account/login/?next=/account/addresses/",
        {"login": "alice@example.com", "password": "secret-42-x", "next": "/account/addresses/"},
    )
    assert answer["Location"] == "/account/addresses/"
    answer = client.post(
        "/account/login/", {"login": "alice@example.com", "password": "secret-42-x", "next": "https://evil.example/"}
    )
    assert "evil" not in answer["Location"]


def test_a_code_by_e_mail_opens_the_door(client, alice):
    answer = client.post("/account/login/code/", {"login": "alice@example.com"})
    assert answer["Location"].startswith("/account/login/code/confirm/")
    client.post("/account/login/code/confirm/", {"code": last_mailed_code()})
    assert signed_in_as(client) == alice
    alice.refresh_from_db()
    assert alice.check_password("secret-42-x")


def test_the_code_mail_is_in_the_shops_name_and_look(client, alice):
    client.post("/account/login/code/", {"login": "alice@example.com"})
    (sent,) = mail.outbox
    assert "屿集" in sent.subject
    page, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert last_mailed_code() in page
    assert "testserver" not in sent.body


def test_a_forgotten_password_is_set_anew_by_mail(client, alice):
    client.post("/account/password/reset/", {"email": "alice@example.com"})
    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[0].body).group(1)
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_a_code_by_text_message_opens_the_door(client, alice):
    client.post("/account/login/code/", {"login": "138 0000 0001"})
    client.post("/account/login/code/confirm/", {"code": last_text_code()})
    assert signed_in_as(client) == alice


def test_a_wrong_code_is_refused_and_the_third_voids_it(client, alice):
    client.post("/account/login/code/", {"login": "alice@example.com"})
    code = last_mailed_code()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert [client.post("/account/login/code/confirm/", {"code": wrong}).status_code for _ in range(3)] == [
        422,
        422,
        302,
    ]
    client.post("/account/login/code/confirm/", {"code": code})
    assert signed_in_as(client) is None


def test_an_unknown_number_looks_the_same_and_gets_nothing(client, db):
    answer = client.post("/account/login/code/", {"login": "13900009999"})
    assert answer["Location"].startswith("/account/login/code/confirm/")
    assert not TextMessage.objects.exists()


def test_the_second_code_waits_a_minute_whoever_owns_the_number(client, alice):
    for number in ("13800000001", "13900009999"):
        Client().post("/account/login/code/", {"login": number})
        answer = Client().post("/account/login/code/", {"login": number})
        assert answer.status_code == 422
        assert "login" in answer.context["form"].errors
    assert TextMessage.objects.count() == 1


def test_ten_codes_a_day_are_enough_for_a_number(client, alice):
    with time_machine.travel("2026-11-22 08:00+08:00", tick=False) as clock:
        for _ in range(15):
            Client().post("/account/login/code/", {"login": "13800000001"})
            clock.shift(3601)
    assert TextMessage.objects.count() == 10


def test_a_shop_without_a_provider_offers_e_mail_instead(client, alice, settings):
    settings.SMS_BACKEND = ""
    answer = client.post("/account/login/code/", {"login": "13800000001"})
    assert answer.status_code == 422
    assert not TextMessage.objects.exists()


def test_the_console_refuses_production(alice, settings):
    from django.core.exceptions import ImproperlyConfigured

    from accounts.channels import sms

    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured):
        sms.send("+8613800000001", "code", code="123456")
    assert not TextMessage.objects.exists()


# --- somebody registered with what is not theirs ---


def test_the_owner_of_a_phone_takes_over_and_the_squatter_is_out(client, db, django_user_model):
    squatter = django_user_model.objects.create_user(
        email="evil@example.com", phone="13900001234", password=PASSWORD, phone_verified_at=None
    )
    EmailAddress.objects.filter(user=squatter).update(verified=False)
    client.post("/account/login/code/", {"login": "13900001234"})
    client.post("/account/login/code/confirm/", {"code": last_text_code()})
    user = signed_in_as(client)
    assert user == squatter
    assert user.email is None
    assert not user.has_usable_password()
    assert not EmailAddress.objects.filter(user=user).exists()


def test_the_owner_of_an_e_mail_address_takes_over_what_is_unproven(client, db):
    sign_up(client, email="victim@example.com")
    client.post("/account/logout/")
    client.post("/account/login/code/", {"login": "victim@example.com"})
    client.post("/account/login/code/confirm/", {"code": last_mailed_code()})
    user = signed_in_as(client)
    assert user.email == "victim@example.com"
    assert not user.has_usable_password()


def test_whoever_registers_and_proves_the_phone_at_once_keeps_the_password(client, db):
    sign_up(client, phone="13900001234", email="me@example.com")
    client.post("/account/phone/verify/", {"code": last_text_code()})
    user = signed_in_as(client)
    assert user.check_password(PASSWORD)
    assert user.email == "me@example.com"


# --- the rest of the door ---


def test_too_many_tries_are_a_page_and_no_fault(db):
    answers = [sign_up(Client(), phone=f"139000012{n:02}") for n in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert "<h1>" in answers[-1].content.decode()
    assert TextMessage.objects.count() == 10


def test_asking_for_another_code_at_once_says_wait(client, db):
    sign_up(client, phone="13900001234")
    answer = client.post("/account/phone/verify/", {"action": "resend"}, follow=True)
    assert answer.status_code == 200
    assert TextMessage.objects.count() == 1


def test_what_a_guest_has_in_the_session_is_still_there_after_signing_in(client, alice):
    session = client.session
    session["chosen"] = "tea"
    session.save()
    before = session.session_key
    client.post("/account/login/", {"login": "alice@example.com", "password": "secret-42-x"})
    assert client.session["chosen"] == "tea"
    assert client.session.session_key != before


def test_signing_out_ends_the_session(client, alice):
    client.force_login(alice)
    client.post("/account/logout/")
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    "path",
    [
        "login/",
        "signup/",
        "login/code/",
        "password/reset/",
        "logout/",
        "email/",
        "password/change/",
        "phone/change/",
        "2fa/",
        "2fa/webauthn/",
        "2fa/totp/activate/",
    ],
)
def test_every_page_of_the_door_opens(client, alice, path):
    if path not in {"login/", "signup/", "login/code/", "password/reset/"}:
        client.post("/account/login/", {"login": "alice@example.com", "password": "secret-42-x"})
    # Some ask for the password once more: that page counts.
    assert client.get(f"/account/{path}", follow=True).status_code == 200
