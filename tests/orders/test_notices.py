"""What channels tell: believed when signed, kept once, acted on once, in whatever order it comes."""

import json
import time
from threading import Thread

import pytest
from django.db import connection

from accounts.models import StateLog
from loyalty.models import PointsLot
from orders import lifecycle, payments
from orders.gateways import sandbox_bank, sandbox_wire
from orders.models import Order, Payment, PaymentNotice, Refund, SandboxNotice
from tests.fakes.shopping import deliver_notices, notice_for, pay, post_notice, states


@pytest.fixture
def order(db, alice, teapot, place):
    return place(alice, (teapot, 1))


@pytest.fixture
def socket(monkeypatch):
    """What the bank posts reaches the shop without a server."""
    monkeypatch.setattr(sandbox_bank.requests, "post", sandbox_wire.session().post)


def untouched(order):
    order.refresh_from_db()
    return order.status == "pending_payment" and states(order) == ([("pending", False)], [])


def test_a_signed_notice_pays_the_order(order):
    payment = payments.start(order, "sandbox")
    answer = post_notice(notice_for(payment))
    order.refresh_from_db()
    assert (answer.status_code, answer.content) == (200, b"success")
    assert (order.status, PaymentNotice.objects.get().outcome) == ("paid", "paid")


def test_the_same_notice_again_changes_nothing(order):
    payment = payments.start(order, "sandbox")
    answers = [post_notice(notice_for(payment)).content for _time in range(5)]
    assert answers == [b"success"] * 5
    assert PaymentNotice.objects.get().times == 5
    assert states(order) == ([("succeeded", True)], [])
    assert StateLog.objects.filter(about=order.about, to_state="paid").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "another key"},
        {"age": 360},
        {"age": -360},
        {"headers": {}},
        {"headers": {"Sandbox-Timestamp": "now", "Sandbox-Signature": "ü"}},
    ],
)
def test_a_notice_that_no_signature_covers_leaves_no_trace(order, wrong):
    payment = payments.start(order, "sandbox")
    if "age" in wrong:
        wrong = {"at": time.time() - wrong["age"]}
    answer = post_notice(notice_for(payment), **wrong)
    assert (answer.status_code, answer.content) == (400, b"failure")
    assert untouched(order)
    assert not PaymentNotice.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"<xml/>", b"{" * 70_000, b'{"event": 1, "kind": "moon"}'])
def test_a_signed_body_without_sense_is_refused(order, body):
    payments.start(order, "sandbox")
    assert post_notice(body).status_code == 400
    assert untouched(order)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"amount_fen": 26_799}, "amount"),
        ({"amount_fen": 26_801}, "amount"),
        ({"currency": "USD"}, "currency"),
        ({"merchant": "somebody-else"}, "merchant"),
        ({"reference": ""}, "reference"),
    ],
)
def test_a_success_that_does_not_fit_is_held_and_pays_nothing(order, change, why):
    payment = payments.start(order, "sandbox")
    answer = post_notice(notice_for(payment, **change))
    assert answer.content == b"success"
    assert PaymentNotice.objects.get().outcome == f"held:{why}"
    assert untouched(order)
    assert StateLog.objects.filter(about=order.about, data__misfit=why).count() == 1


def test_one_bank_number_never_pays_two_orders(order, bob, teapot, put_in_cart, place):
    first = payments.start(order, "sandbox")
    other = place(bob, (teapot, 1), key="key-2")
    second = payments.start(other, "sandbox")
    post_notice(notice_for(first, reference="SB-same"))
    post_notice(notice_for(second, event="event-2", reference="SB-same"))
    assert untouched(other)
    assert PaymentNotice.objects.get(event_id="event-2").outcome == "held:reference"


def test_a_notice_for_nobodys_payment_is_kept_and_sent_again(order):
    payment = payments.start(order, "sandbox")
    answer = post_notice(notice_for(payment, number="P000"))
    assert (answer.status_code, PaymentNotice.objects.get().outcome) == (400, "unknown-payment")
    assert untouched(order)


def test_one_event_with_two_bodies_is_kept_twice_and_obeyed_once(order):
    payment = payments.start(order, "sandbox")
    post_notice(notice_for(payment))
    answer = post_notice(notice_for(payment, amount_fen=1))
    assert answer.status_code == 400
    assert set(PaymentNotice.objects.values_list("outcome", flat=True)) == {"paid", "other-body"}
    assert states(order) == ([("succeeded", True)], [])


@pytest.mark.parametrize("closed_first", [True, False])
def test_paid_and_closed_in_any_order_end_as_paid_or_refunded(order, closed_first):
    payment = payments.start(order, "sandbox")
    news = [notice_for(payment, "event-closed", kind="closed", status="closed"), notice_for(payment, "event-paid")]
    for facts in news if closed_first else reversed(news):
        post_notice(facts)
    assert states(order) == ([("succeeded", True)], [])


def test_a_success_for_a_closed_order_becomes_a_refund_once(order):
    payment = payments.start(order, "sandbox")
    lifecycle.cancel(order, by=order.user)
    for event in ("event-1", "event-2"):
        assert post_notice(notice_for(payment, event)).content == b"success"
    assert states(order) == ([("succeeded", False)], [("approved", 26_800)])


def test_a_strange_channel_is_not_found(client, db):
    assert client.post("/notify/moon/", b"{}", content_type="application/json").status_code == 404
    assert client.get("/notify/sandbox/").status_code == 405


@pytest.mark.parametrize(
    ("misdeed", "outcome"),
    [
        ("", ("paid", [("succeeded", True)])),
        ("duplicate", ("paid", [("succeeded", True)])),
        ("reordered", ("paid", [("succeeded", True)])),
        ("late", ("paid", [("succeeded", True)])),
        ("forged", ("pending_payment", [("pending", False)])),
        ("wrong_amount", ("pending_payment", [("pending", False)])),
        ("silent", ("pending_payment", [("pending", False)])),
        ("twice", ("paid", [("succeeded", True), ("succeeded", False)])),
    ],
)
def test_the_bank_does_everything_that_real_ones_do(order, socket, misdeed, outcome):
    pay(order, misdeed)
    deliver_notices()
    order.refresh_from_db()
    assert (order.status, states(order)[0]) == outcome


def test_the_bank_sends_again_until_it_hears_success(order, socket, monkeypatch):
    payment = pay(order, "forged")
    for _time in range(3):
        deliver_notices()
    notice = SandboxNotice.objects.get()
    assert (notice.sends, notice.answer, notice.done_at) == (3, "HTTP 400", None)
    SandboxNotice.objects.update(forged=False)
    deliver_notices()
    notice.refresh_from_db()
    payment.refresh_from_db()
    assert (notice.answer, payment.status, payment.applied) == ("success", "succeeded", True)
    assert notice.done_at is not None


def test_a_late_notice_waits_a_minute(order):
    pay(order, "late")
    notice = SandboxNotice.objects.get()
    assert 55 < (notice.run_after - notice.created_at).total_seconds() <= 60


# --- many at once ---


def storm(all_notices):
    """Forty threads of notices at once; returns the answers."""
    answers = []

    def send(facts):
        try:
            answers.append(post_notice(facts).status_code)
        finally:
            connection.close()

    threads = [Thread(target=send, args=[facts]) for facts in all_notices]
    for start in range(0, len(threads), 20):
        for thread in threads[start : start + 20]:
            thread.start()
        for thread in threads[start : start + 20]:
            thread.join()
    return answers


@pytest.fixture
def five_orders(transactional_db, django_user_model, alices_address, cup, place):
    people = [django_user_model.objects.create_user(email=f"p{n}@example.com", password="x") for n in range(5)]
    orders = [place(person, (cup, 1), key=f"storm-{n}") for n, person in enumerate(people)]
    return [payments.start(order, "sandbox") for order in orders]


def test_two_hundred_notices_at_once_pay_five_orders_once(five_orders):
    trades = {payment.pk: f"SB{payment.number}" for payment in five_orders}
    news = []
    for payment in five_orders:
        for turn in range(40):
            # Five events a payment, eight times each; some stale, some with the wrong amount.
            kind = {3: {"kind": "closed", "status": "closed"}, 4: {"amount_fen": 1}}.get(turn % 5, {})
            news.append(notice_for(payment, f"{payment.number}-{turn % 5}", reference=trades[payment.pk]) | kind)
    answers = storm(news)
    assert (len(answers), set(answers)) == (200, {200})
    assert Order.objects.filter(status="paid").count() == 5
    assert Payment.objects.filter(status="succeeded", applied=True).count() == 5
    assert not Refund.objects.exists()
    assert PointsLot.objects.count() == 5
    assert sum(PaymentNotice.objects.values_list("times", flat=True)) == 200


def test_the_storm_would_find_a_shop_that_forgets_its_inbox(five_orders, monkeypatch):
    """The harness itself: a handler that looks first and acts then, without locks, pays twice."""
    from orders import notices

    acted = []

    def careless(_gateway, notice, _digest):
        payment = Payment.objects.get(number=notice.payment_number)
        if payment.status != "succeeded":
            time.sleep(0.02)
            Payment.objects.filter(pk=payment.pk).update(status="succeeded")
            acted.append(payment.pk)
        return "paid"

    monkeypatch.setattr(notices, "_take_in", careless)
    storm([notice_for(payment, f"{payment.number}-{n}") for payment in five_orders for n in range(8)])
    assert len(acted) > len(set(acted))


def test_one_address_may_send_few_bad_notices_and_good_ones_without_end(client, order, monkeypatch):
    from orders.gateways import sandbox_signing
    from orders.views import callbacks

    monkeypatch.setattr(callbacks, "MOST_BAD", 3)
    payment = payments.start(order, "sandbox")

    def post(body, **headers):
        return client.post("/notify/sandbox/", body, content_type="application/json", headers=headers).status_code

    assert [post(b"{}") for _time in range(5)] == [400, 400, 400, 429, 429]
    body = json.dumps(notice_for(payment)).encode()
    assert [post(body, **sandbox_signing.headers_for(body)) for _time in range(5)] == [200] * 5
    order.refresh_from_db()
    assert order.status == "paid"
