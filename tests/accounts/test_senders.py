"""Who sent a request, behind a proxy and without one, and what hangs on it."""

import pytest
from django.urls import reverse

from accounts.senders import sender_of
from orders.payment_choice import visit_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "sender"),
    [
        (0, "9.9.9.9", "10.0.0.1"),
        (1, "9.9.9.9, 8.8.8.8", "8.8.8.8"),
        (2, "9.9.9.9, 8.8.8.8, 10.0.0.2", "8.8.8.8"),
        (1, "", "10.0.0.1"),
        (3, "8.8.8.8", "8.8.8.8"),
    ],
)
def test_only_trusted_proxies_say_who_sent_a_request(rf, settings, proxies, forwarded, sender):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert sender_of(rf.get("/", headers=headers, REMOTE_ADDR="10.0.0.1")) == sender


@pytest.fixture
def one_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def test_guests_behind_one_proxy_have_limits_of_their_own(client, db, one_proxy, monkeypatch):
    from orders.views import cart

    asked = []
    monkeypatch.setattr(cart, "allow", lambda key, *_rest: asked.append(key) or True)
    for sender in ("8.8.8.8", "9.9.9.9"):
        client.post(reverse("cart_lines"), {"sku": 0, "quantity": 1}, headers={"x-forwarded-for": sender})
    assert asked == ["cart:8.8.8.8", "cart:9.9.9.9"]


def test_a_channel_is_told_the_shopper_and_not_the_proxy(rf, one_proxy):
    assert visit_of(rf.get("/", headers={"x-forwarded-for": "8.8.8.8"})).ip == "8.8.8.8"


def test_a_sign_in_does_not_fail_where_the_proxy_left_its_header_out(client, one_proxy, db):
    answer = client.post(reverse("account_login"), {"login": "nobody@example.com", "password": "wrong-pass-1"})
    assert answer.status_code == 422
