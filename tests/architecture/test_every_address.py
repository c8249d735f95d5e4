"""Every address, asked by everybody with everything: it answers or refuses, quickly, and never gives what is not theirs."""

import time

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.architecture.address_book import (
    ANYBODY,
    LIBRARY,
    MACHINES,
    MEMBERS,
    OWNER,
    READ,
    RULES,
    WRITE,
    arguments,
    fill,
    patterns,
)

SLOW = 3.0  # seconds
ODD = [
    "-1",
    "2147483648",
    "9223372036854775808",
    "a%00b",
    "%ff%fe",
    "%0d%0aSet-Cookie:%20a=b",
    "茶" * 600,
    "%D9%A3",
]
FIELDS = (  # noqa: SIM905 - sixty lines otherwise
    "page q min max sort tab sku quantity product o1 o2 o3 go line add remove select code pk number reason note text "
    "kind carrier waybill address key seen items points use_points gateway next language region province city district "
    "receiver phone detail paste email login password display_name birth_date answer misdeed waiting unread version "
    "price min_price max_price brand merchant category rating"
).split()
LISTS = "&".join(f"{name}[]=1&{name}=1&{name}=x" for name in FIELDS)

pytestmark = pytest.mark.django_db


def somebody(user=None, **options):
    client = Client(raise_request_exception=False, **options)
    if user is not None:
        client.force_login(user)
    return client


def ask(client, method, path, body=None, **extra):
    """The answer, with ``seconds``; whatever the request changed is undone."""
    cache.clear()
    begin = time.monotonic()
    try:
        with transaction.atomic():
            if method == "get":
                answer = client.get(path, **extra)
            else:
                kind = "application/x-www-form-urlencoded"
                answer = client.post(path, body or "", content_type=extra.pop("content_type", kind), **extra)
            list(answer.streaming_content) if answer.streaming else None
            transaction.set_rollback(True)
    finally:
        seconds = time.monotonic() - begin
    answer.seconds = seconds
    return answer


def to_sign_in(answer):
    return answer.status_code == 302 and "/account/login/" in answer["Location"]


def ours(who=None):
    return [(route, rule) for route, rule in RULES.items() if who is None or rule.who == who]


def test_every_address_has_a_rule():
    found = {route for route, _pattern in patterns() if not LIBRARY.match(route)}
    assert found - set(RULES) == set(), "say in tests/architecture/address_book.py who may use these"
    assert set(RULES) - found == set(), "these are gone"


def test_the_owner_reaches_what_is_theirs(world):
    client, wrong = somebody(world.owner), []
    for route, rule in ours():
        if rule.how == WRITE or route.startswith("media/"):
            continue
        answer = ask(client, "get", fill(route, world.arguments(route)))
        lawful = {200, 302, 404} if rule.absent else {200, 302}
        if answer.status_code not in lawful or to_sign_in(answer):
            wrong.append((route, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_somebody_elses_is_not_found_and_stays_as_it_was(world, mallory, yuji_staff, operator, method):
    before, wrong = world.state(), []
    for name, user in [("stranger", mallory), ("merchant", yuji_staff), ("operator", operator)]:
        client = somebody(user)
        for route, rule in ours(OWNER):
            answer = ask(client, method, fill(route, world.arguments(route)))
            lawful = {404, 405} | ({200} if rule.staff and user.is_staff else set())
            if answer.status_code not in lawful or world.state() != before:
                wrong.append((name, route, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in(world, method):
    before, client, wrong = world.state(), somebody(), []
    for route, _rule in [*ours(OWNER), *ours(MEMBERS)]:
        answer = ask(client, method, fill(route, world.arguments(route)))
        if not (to_sign_in(answer) or answer.status_code == 405) or world.state() != before:
            wrong.append((route, answer.status_code))
    assert wrong == []


def test_changes_are_not_made_by_reading(world):
    """GET on an address for changes is refused, and GET anywhere leaves orders, payments and addresses alone."""
    client, wrong = somebody(world.owner), []
    for route, rule in ours():
        if rule.how != WRITE:
            continue
        answer = ask(client, "get", fill(route, world.arguments(route)))
        if answer.status_code != 405 and route != "i18n/setlang/":
            wrong.append((route, answer.status_code))
    assert wrong == []


def test_a_form_without_its_token_is_refused(world):
    before, client, wrong = world.state(), somebody(world.owner, enforce_csrf_checks=True), []
    for route, _pattern in patterns():
        rule = RULES.get(route)
        # A channel may post the shopper's browser back; that address believes nothing and only leads on.
        if (rule and rule.who == MACHINES) or route.startswith(("media/", "payments/return/")):
            continue
        answer = ask(client, "post", fill(route, world.arguments(route)))
        if answer.status_code not in {403, 404, 405} or world.state() != before:
            wrong.append((route, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", "\x00", "param=%7B%7D", "param=null", "a" * 5000])
def test_nobody_is_believed_without_a_signature(world, body):
    before, client, wrong = world.state(), somebody(), []
    for route, _rule in ours(MACHINES):
        for name in ("sandbox", "sandbox_card", "kuaidi100", "query", "create", "refund", "nobody"):
            values = world.arguments(route) | {"gateway": name, "carrier": name, "operation": name}
            for kind in ("application/json", "application/x-www-form-urlencoded"):
                answer = ask(client, "post", fill(route, values), body, content_type=kind)
                if answer.status_code >= 500 or world.state() != before:
                    wrong.append((route, name, answer.status_code))
    assert wrong == []


def troubles(client, method, path, body=None):
    answer = ask(client, method, path, body)
    if answer.status_code >= 500:
        yield f"{method} {path[:90]} {(body or '')[:40]!r}: {answer.status_code}"
    if answer.seconds > SLOW:
        yield f"{method} {path[:90]}: {answer.seconds:.1f} s"
    if "\n" in answer.get("Location", "") or answer.cookies.get("a"):
        yield f"{method} {path[:90]}: a header of the visitor's making"


@pytest.mark.parametrize("who", ["anybody", "owner"])
def test_odd_arguments_in_the_path_break_nothing(world, who):
    client, found = somebody(world.owner if who == "owner" else None), []
    for route, _pattern in patterns():
        if (RULES.get(route, RULES[""]).who == OWNER) != (who == "owner"):
            continue
        for name in arguments(route):
            for odd in ODD:
                path = fill(route, world.arguments(route) | {name: odd})
                found += troubles(client, "get", path)
                if RULES.get(route, RULES[""]).how != "read":
                    found += troubles(client, "post", path)
    assert found == []


@pytest.mark.parametrize("who", ["anybody", "owner"])
def test_odd_questions_break_nothing(world, who):
    client, found = somebody(world.owner if who == "owner" else None), []
    for route, _pattern in patterns():
        path = fill(route, world.arguments(route))
        if LIBRARY.match(route) or RULES.get(route, RULES[""]).how == WRITE or not exists(path):
            continue
        # the same question twice tells nothing: what anybody may read is asked by anybody, the rest by its owner
        if (RULES[route].who == ANYBODY) != (who == "anybody"):
            continue
        for odd in [ODD[2], ODD[3], ODD[6], None]:
            query = LISTS if odd is None else "&".join(f"{name}={odd}" for name in FIELDS)
            found += troubles(client, "get", f"{path}?{query}")
    assert found == []


@pytest.mark.parametrize("who", ["anybody", "owner"])
def test_odd_forms_break_nothing(world, who):
    client, found = somebody(world.owner if who == "owner" else None), []
    for route, _pattern in patterns():
        path = fill(route, world.arguments(route))
        if RULES.get(route, RULES["cart/"]).how == READ or not exists(path):
            continue
        if who == "anybody" and route in RULES and RULES[route].who != ANYBODY:
            continue
        for odd in [ODD[0], ODD[2], ODD[3], ODD[6], None]:
            body = LISTS if odd is None else "&".join(f"{name}={odd}" for name in FIELDS)
            found += troubles(client, "post", path, body)
            if odd and route in {"checkout/", "cart/lines/", "cart/"}:
                for go in ("place", "buy", "checkout"):
                    found += troubles(client, "post", path, f"{body}&go={go}")
    assert found == []


def exists(path):
    try:
        return resolve(path)
    except Resolver404:
        return None


def test_an_attack_of_letters_meets_a_rule():
    """The rules of ANYBODY are few on purpose: nothing that belongs to a person is among them."""
    private = ("orders/", "member/", "service/returns/", "account/")
    open_to_all = {r for r, _rule in ours(ANYBODY) if r.startswith(private)}
    coupons = {"member/coupons/centre/", "member/coupons/centre/<int:pk>/claims/", "member/packets/<str:token>/"}
    assert open_to_all == {"account/addresses/regions/", *coupons}
