"""The morning after: the channel's bill against our books, and what people do about a difference."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import work
from accounts.models import User
from orders import booking, payments, reconciliation
from orders.books_money import MONEY_INVARIANTS
from orders.gateways import GATEWAYS
from orders.gateways.base import BillRow, Refused, Trade, TradeStatus, Unreachable
from orders.gateways.sandbox import SandboxGateway
from orders.models import ChannelBill, Difference, Payment
from orders.refunds import SamePerson
from tests.channels.test_contract import ask_back, run_worker

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


class Billed:
    """A channel that says what it is told to say."""

    title = "Billed"
    fee_bp = None
    merchant = SandboxGateway.merchant

    def __init__(self, rows):
        self.rows, self.silent = rows, False

    def bill(self, day):
        if self.silent:
            raise Unreachable("no bill yet")
        if self.rows is None:
            raise Refused("not readable")
        return self.rows


@pytest.fixture
def paid(order):
    """A payment of ¥268.00 that arrived at the test bank today."""
    payment = payments.start(order, "sandbox")
    Payment.objects.filter(pk=payment.pk).update(
        status="succeeded", applied=True, paid_at=timezone.now(), gateway_reference="SB1"
    )
    payment.refresh_from_db()
    return payment


@pytest.fixture
def billed(monkeypatch):
    """``billed(*rows)``: the test bank's bill of today, worked on; returns what is left to resolve."""

    def work_on(*rows, silent=False, day=None, **facts):
        channel = Billed(None if rows == (None,) else list(rows))
        channel.silent = silent
        vars(channel).update(facts)
        monkeypatch.setitem(GATEWAYS, "sandbox", channel)
        bill = ChannelBill.objects.get_or_create(gateway="sandbox", day=day or TODAY())[0]
        reconciliation.again(bill)
        work.run_due(ChannelBill, rows=ChannelBill.objects.filter(pk=bill.pk))
        return sorted(
            Difference.objects.filter(status__in=reconciliation.TO_RESOLVE).values_list("kind", "number", "is_refund")
        )

    return work_on


def row(number, fen, *, refund=False, fee=0):
    return BillRow(number=number, is_refund=refund, reference=f"SB-{number}", amount_fen=fen, fee_fen=fee)


def test_a_bill_that_agrees_leaves_nothing_to_do(paid, billed):
    assert billed(row(paid.number, 26_800)) == []
    bill = ChannelBill.objects.get()
    assert (bill.paid_fen, bill.lines.count()) == (26_800, 1)
    assert bill.done_at
    assert not Difference.objects.exists()


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([], "missing_there"),
        ([("P-strange", 100), None], "missing_here"),
        ([("own", 26_799)], "amount"),
        ([("own", 26_800), ("own", 26_800)], "twice"),
    ],
)
def test_each_kind_of_difference_is_found_once_however_often_it_is_looked_for(paid, billed, rows, kind):
    bill = [row(paid.number if one is None or one[0] == "own" else one[0], one[1] if one else 26_800) for one in rows]
    for _time in range(2):
        found = billed(*bill)
        assert [one[0] for one in found] == [kind]
    assert Difference.objects.count() == 1


def test_a_second_payment_of_an_attempt_agrees_once_we_know_of_it(paid, billed):
    twice = [row(paid.number, 26_800), replace(row(paid.number, 26_800), reference="SB-second")]
    assert billed(*twice) == [("twice", paid.number, False)]
    booking.book(paid, Trade(TradeStatus.PAID, 26_800, "SB-second", SandboxGateway.merchant))
    assert billed(*twice) == []
    assert Difference.objects.get().status == "cleared"


def test_a_payment_that_our_books_call_closed_differs_in_state(paid, billed):
    Payment.objects.filter(pk=paid.pk).update(status="closed", applied=False, paid_at=None)
    assert billed(row(paid.number, 26_800)) == [("status", paid.number, False)]


def test_a_fee_beyond_the_contract_differs(paid, billed):
    assert billed(row(paid.number, 26_800, fee=161), fee_bp=60) == []
    assert billed(row(paid.number, 26_800, fee=200), fee_bp=60) == [("fee", paid.number, False)]


def test_a_refund_is_compared_under_its_own_number(paid, order, billed):
    refund = ask_back(order, 2_000, "test:1")
    type(refund).objects.filter(pk=refund.pk).update(
        status="succeeded", succeeded_at=timezone.now(), gateway_reference="SR1"
    )
    payment_row = row(paid.number, 26_800)
    assert billed(payment_row) == [("missing_there", refund.number, True)]
    assert billed(payment_row, row(refund.number, 2_000, refund=True)) == []
    assert Difference.objects.get().status == "cleared"


def test_a_payment_at_midnight_is_cleared_by_the_next_bill(paid, billed):
    yesterday = TODAY() - timedelta(days=1)
    start = timezone.make_aware(timezone.datetime.combine(TODAY(), timezone.datetime.min.time()))
    Payment.objects.filter(pk=paid.pk).update(paid_at=start - timedelta(seconds=2))
    assert billed(day=yesterday) == [("missing_there", paid.number, False)]
    assert billed(row(paid.number, 26_800)) == []
    assert Difference.objects.get().status == "cleared"


def test_no_bill_yet_is_asked_for_later_and_counts_as_no_difference(paid, billed):
    assert billed(silent=True) == []
    bill = ChannelBill.objects.get()
    assert bill.done_at is None
    assert bill.run_after > timezone.now()


def test_a_bill_that_cannot_be_read_is_kept_as_work_with_its_error(paid, billed):
    assert billed(None) == []
    bill = ChannelBill.objects.get()
    assert "not readable" in bill.last_error
    assert bill.done_at is None


def test_a_small_difference_needs_one_person_and_a_reason(paid, billed, operator):
    billed(row(paid.number, 26_799))
    difference = Difference.objects.get()
    assert reconciliation.resolve(difference, by=operator, reason="rounding at the channel")
    difference.refresh_from_db()
    assert (difference.status, difference.resolved_by, difference.reason) == (
        "resolved",
        operator,
        "rounding at the channel",
    )
    assert billed(row(paid.number, 26_799)) == []


def test_a_large_one_needs_two(paid, billed, operator, manager):
    billed()
    difference = Difference.objects.get()
    assert not reconciliation.resolve(difference, by=operator, reason="asked the channel")
    with pytest.raises(SamePerson):
        reconciliation.resolve(difference, by=operator, reason="again")
    difference.refresh_from_db()
    assert difference.status == "proposed"
    assert reconciliation.resolve(difference, by=manager, reason="confirmed")
    difference.refresh_from_db()
    assert (difference.status, difference.proposed_by, difference.resolved_by) == ("resolved", operator, manager)


def test_the_queue_in_the_back_office_resolves_with_a_reason(client, paid, billed, operator):
    billed(row(paid.number, 26_799))
    difference = Difference.objects.get()
    client.force_login(operator)
    address = reverse("admin:orders_difference_changelist")
    assert paid.number in client.get(address, {"queue": "open"}).content.decode()
    asked = client.post(address, {"action": "resolve", "_selected_action": [difference.pk]})
    assert b'name="reason"' in asked.content
    client.post(address, {"action": "resolve", "_selected_action": [difference.pk], "reason": "known"})
    difference.refresh_from_db()
    assert (difference.status, difference.reason) == ("resolved", "known")


def test_without_the_permission_nobody_resolves(client, paid, billed):
    billed(row(paid.number, 26_799))
    watcher = User.objects.create_user(email="w@example.com", password="x", is_staff=True)
    client.force_login(watcher)
    address = reverse("admin:orders_difference_changelist")
    client.post(address, {"action": "resolve", "_selected_action": [Difference.objects.get().pk], "reason": "x"})
    assert Difference.objects.get().status == "open"


def test_the_first_page_counts_what_is_left(client, paid, billed, manager):
    billed()
    client.force_login(manager)
    assert "orders/difference/?queue=open" in client.get(reverse("admin:index")).content.decode()


def test_a_day_at_the_test_bank_agrees_with_itself(open_company, order):
    bank = open_company("sandbox")
    payment = payments.start(order, "sandbox")
    bank.pay(payment)
    payments.query(payment)
    ask_back(order, 2_000, "test:1")
    run_worker()
    bank.finish_refunds()
    run_worker()
    (bill,) = [one for one in reconciliation.start(TODAY()) if one.gateway == "sandbox"]
    work.run_due(ChannelBill, rows=ChannelBill.objects.filter(pk=bill.pk))
    bill.refresh_from_db()
    assert (bill.paid_fen, bill.refunded_fen, bill.differences.count()) == (26_800, 2_000, 0)
    assert len(reconciliation.start(TODAY())) == len(GATEWAYS)
    assert ChannelBill.objects.count() == len(GATEWAYS)


def test_the_books_know_who_wrote_off_a_large_difference(paid, billed, operator):
    from django.db import connection

    (sql,) = [sql for name, _rule, sql in MONEY_INVARIANTS if name == "differences written off"]
    billed()
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.fetchall() == []
        Difference.objects.update(status="resolved", resolved_by=operator, reason="alone")
        cursor.execute(sql)
        assert len(cursor.fetchall()) == 1
