"""The books of payments, refunds and parcels: clean after a whole life, and every rule finds what breaks it."""

import pytest
from django.db import connection

from config import books
from orders import booking, lifecycle, payments, refunds, tracking
from orders.books_money import MONEY_INVARIANTS
from orders.carriers.base import Scan
from orders.gateways import sandbox_bank
from orders.gateways.base import Trade, TradeStatus
from orders.gateways.sandbox import SandboxGateway
from orders.models import Order, OrderLine, Parcel, Payment, Refund
from tests.fakes.shopping import go_to_cashier, pay_and_hear, run_refunds, ship_all, to_warehouse

pytestmark = pytest.mark.django_db


def broken():
    return {finding.name for finding in books.check() if finding.broken and finding.app in {"orders", "loyalty"}}


@pytest.fixture
def a_life(alice, bob, teapot, cup, place, operator):
    """An order delivered and partly refunded, one cancelled after payment, one paid too late."""
    kept = to_warehouse(place(alice, (teapot, 1), (cup, 2)))
    for parcel in ship_all(kept, operator):
        tracking.apply_events(parcel, [Scan(at=parcel.shipped_at, code="301", status="delivered", context="签收")])
    line = kept.lines.get(sku=cup)
    refunds.request(kept, lines=[(line, 1, 4_500, 0, 0)], source="return:1", reason="return")
    gone = pay_and_hear(place(alice, (cup, 1), key="key-2"))
    lifecycle.cancel(gone, by=alice)
    late = place(bob, (cup, 1), key="key-3")
    payment = payments.start(late, "sandbox")
    lifecycle.cancel(late, by=bob)
    sandbox_bank.pay(go_to_cashier(payment))
    payments.query(payment)
    run_refunds()
    return kept


def test_after_a_whole_life_the_books_are_clean(a_life):
    assert broken() == set()
    assert Refund.objects.filter(status="succeeded").count() == 3


@pytest.mark.parametrize(
    ("name", "tamper"),
    [
        ("refunds of an order", lambda: Refund.objects.filter(source="return:1").update(amount_fen=99_999_999)),
        ("refunds of a payment", lambda: Refund.objects.filter(source="return:1").update(amount_fen=99_999_999)),
        (
            "refunds of a line",
            lambda: OrderLine.objects.filter(refund_lines__refund__source="return:1").update(
                payable_fen=0, d_coupon_fen=9_000, anchor_fen=0
            ),
        ),
        ("anchors", lambda: OrderLine.objects.update(anchor_returned=0)),
        ("refund lines sum up", lambda: Refund.objects.filter(source="return:1").update(amount_fen=1)),
        ("unapplied successes go back", lambda: Refund.objects.filter(reason="unapplied").update(status="cancelled")),
        ("second payments of an attempt", lambda: _one_attempt_for_two_orders()),
        ("whole payments are taken by paid orders", lambda: Order.objects.update(paid_at=None)),
        ("evidence of success", lambda: Payment.objects.update(gateway_reference="")),
        ("units sent again", lambda: _sent_again_for_another()),
        ("stock of what is sent again", lambda: _sent_again_for_another()),
        ("units in parcels", lambda: OrderLine.objects.update(shipped_quantity=0)),
        ("shipped units left the stock", lambda: OrderLine.objects.update(shipped_quantity=0)),
        ("inboxes are worked off", lambda: _an_unworked_notice()),
        ("one merchant a parcel", lambda: _swap_merchants()),
        ("two people", lambda: Refund.objects.update(approved_by=_somebody(), requested_by=_somebody())),
    ],
)
def test_each_rule_finds_what_breaks_it(a_life, name, tamper):
    tamper()
    assert name in broken()


def test_an_attempt_paid_twice_leaves_the_books_clean(alice, teapot, place):
    payment = pay_and_hear(place(alice, (teapot, 1))).payments.get()
    booking.book(payment, Trade(TradeStatus.PAID, 26_800, "SB-again", SandboxGateway.merchant))
    assert payment.seconds.get().refunds.get().amount_fen == 26_800
    assert broken() == set()


def test_a_forbidden_move_is_found(a_life):
    from accounts import history

    for row, to in (
        (Payment.objects.first(), "pending"),
        (Refund.objects.first(), "approved"),
        (Parcel.objects.first(), "packed"),
    ):
        history.record(row, about=a_life.about, from_state="succeeded", to=to)
    assert {"moves of payments", "moves of refunds", "moves of parcels"} <= broken()


def test_every_rule_is_valid_sql():
    for _name, _rule, sql in MONEY_INVARIANTS:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.fetchall() == []


def _an_unworked_notice():
    from orders.models import PaymentNotice

    PaymentNotice.objects.create(gateway="sandbox", event_id="x", digest="x")


def _swap_merchants():
    first, second = Parcel.objects.order_by("pk")
    Parcel.objects.filter(pk=first.pk).update(merchant=second.merchant)


def _somebody():
    from accounts.models import User

    return User.objects.order_by("pk").first()


def _one_attempt_for_two_orders():
    late = Payment.objects.get(applied=False)
    Payment.objects.filter(pk=late.pk).update(second_of=Payment.objects.exclude(order=late.order).first())


def _sent_again_for_another():
    first, second = Parcel.objects.order_by("pk")
    Parcel.objects.filter(pk=second.pk).update(resend_of=first)
