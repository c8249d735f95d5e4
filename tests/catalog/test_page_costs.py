"""What pages cost in Python calls, against a bare page of Django counted in the same test: no clock, no load.

A page that takes more than its bound has lost a kept piece or composes a question anew (docs/performance.md says how to
find it). Bounds are shares of the bare page: the usual middleware, five queries, 36 cards.
"""

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client, override_settings

from accounts import memo
from tests.bench import bare, calls
from tests.bench.pages import LINES, fill_cart
from tests.catalog.test_few_queries import fill

LISTINGS = 30
# Measured when they were set: home 0.26, list 0.51, search 0.52, product 0.34; signed in 0.03 more; the cart 0.78.
BOUNDS = {"home": 0.36, "list": 0.6, "search": 0.6, "product": 0.42}
SIGNED_IN, CART = 0.06, 1.0


@pytest.fixture(autouse=True)
def one_connection():
    """A request closes what the transaction of the test needs; Django's own test client does the same."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


@pytest.fixture
def pages(yuji):
    teapot = fill(yuji, LISTINGS, 6, 8)
    listed = teapot.category.get_absolute_url()
    return {
        "home": "/",
        "list": listed,
        "search": "/search/?q=%E8%8C%B6%E5%A3%B6",
        "product": teapot.get_absolute_url(),
    }


@pytest.fixture
def bare_calls(db):
    bare.fill()
    with override_settings(
        ROOT_URLCONF="tests.bench.bare",
        MIDDLEWARE=bare.MIDDLEWARE,
        TEMPLATES=bare.TEMPLATES,
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    ):
        return calls.of(WSGIHandler(), "/list24")


def shares(addresses, bare_calls, **headers):
    memo.forget_all()
    application = WSGIHandler()
    return {name: round(calls.of(application, path, **headers) / bare_calls, 3) for name, path in addresses.items()}


def cookie_of(user):
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_a_guest_costs_less_than_a_bare_page(pages, bare_calls):
    found = shares(pages, bare_calls)
    assert {name: share for name, share in found.items() if share > BOUNDS[name]} == {}, found


def test_somebody_signed_in_with_a_cart_costs_little_more(pages, bare_calls, alice):
    fill_cart(alice, LINES)
    found = shares(pages | {"cart": "/cart/"}, bare_calls, HTTP_COOKIE=cookie_of(alice))
    bounds = {name: share + SIGNED_IN for name, share in BOUNDS.items()} | {"cart": CART}
    assert {name: share for name, share in found.items() if share > bounds[name]} == {}, found
    assert alice.cart.lines.count() == LINES
