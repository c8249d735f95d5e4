"""Presales: a deposit now, the balance in its window, and what becomes of the deposit (docs/domain.md 4.10, E12)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.history import TransitionNotAllowed
from accounts.models import Address, Notification
from catalog import stock
from config import books
from loyalty.models import Coupon
from orders import (
    checkout,
    checkout_refusals,
    deadlines,
    lifecycle,
    marking_paid,
    order_page,
    order_timers,
    payments,
    presale_terms,
    presales,
    quoting,
)
from orders.admin import desk
from orders.admin.promotion_form import PromotionForm
from orders.admin.promotion_text import read_deposits
from orders.gateways import sandbox_bank
from orders.models import CartLine, Deadline, DepositDebt, Order, OrderPresale, Payment, Refund
from orders.order_timers import BALANCE_ENDS, BALANCE_OPENS, BALANCE_REMINDER
from orders.payment_page import page_of
from orders.pricing import Choice
from tests.factories import make_product, make_sku
from tests.fakes.shopping import go_to_cashier, pay_and_hear, run_refunds

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = ("receiver", "phone", "region_code", "province", "city", "district")


@pytest.fixture
def lamp(yuji):
    """A SKU at ¥999.00, five of them."""
    return make_sku(make_product(yuji, title="纸灯"), price_fen=99_900, on_hand=5)


@pytest.fixture
def presale(promote, lamp):
    """``presale(…)``: ¥50 count for ¥100; the balance from tomorrow on, for two days."""

    def begin(**fields):
        opens = timezone.now() + timedelta(days=1)
        window = {"balance_from": opens.isoformat(), "balance_until": (opens + timedelta(days=2)).isoformat()}
        terms = {"counts": {str(lamp.pk): 10_000}} | window
        return promote("presale", prices={str(lamp.pk): 5_000}, presale=terms, name="双旦预售", **fields)

    return begin


@pytest.fixture
def order_it(alice, alices_address, lamp):
    """``order_it(units)``: ordered by the terms of now, the deposit not paid."""

    def order(units=1, *, key="presale-1", user=alice):
        terms = presale_terms.of_sku(lamp.pk)
        lines = [CartLine(sku=lamp, quantity=units)]
        seen = quoting.quote_for(user, lines, region_code=alices_address.region_code, presale=terms).payable_fen
        return checkout.place_order(
            user, cart_lines=lines, address=alices_address, key=key, seen_payable_fen=seen, presale=terms
        )

    return order


def shift(order, days):
    """Time passes: the window of the balance comes nearer by ``days``, and timers that are due fire."""
    row = OrderPresale.objects.get(order=order)
    row.balance_from, row.balance_until = (
        row.balance_from - timedelta(days=days),
        row.balance_until - timedelta(days=days),
    )
    row.save()
    timers = Deadline.objects.filter(entity="orders.order", entity_id=order.pk, done_at=None, cancelled_at=None)
    for timer in timers.order_by("run_after"):
        timer.run_after -= timedelta(days=days)
        timer.save()
        if timer.run_after <= timezone.now():
            deadlines.fire(timer)
            Deadline.objects.filter(pk=timer.pk, run_after__lte=timezone.now()).update(done_at=timezone.now())
    order.refresh_from_db()
    return Order.objects.get(pk=order.pk)


def told(user):
    return set(Notification.objects.filter(user=user, kind__startswith="presale").values_list("kind", flat=True))


def the_books_are_right():
    mine = [finding for finding in books.check() if finding.app in {"orders", "loyalty"}]
    broken = [finding for finding in mine if finding.broken]
    assert not broken, broken


def test_e12_deposit_inflation_coupon_and_a_full_return(alice, lamp, presale, order_it, coupon_of):
    presale()
    coupon = coupon_of(alice, 5_000, threshold_fen=80_000)
    order = order_it()
    line = order.lines.get()
    assert (order.status, order.due_fen, order.payable_fen) == ("pending_deposit", 5_000, 94_900)
    assert (line.d_presale_fen, line.payable_fen) == (5_000, 94_900)
    order = pay_and_hear(order)
    assert (order.status, order.paid_at) == ("deposit_paid", None)
    the_books_are_right()
    order = shift(order, 1)
    assert (order.status, order.due_fen) == ("pending_balance", 89_900)
    quote = presales.balance_quote(order)
    assert (quote.goods_fen, quote.payable_fen) == (89_900, 84_900)
    order = presales.settle(order, seen_fen=84_900)
    coupon.refresh_from_db()
    assert (order.due_fen, order.payable_fen, coupon.status) == (84_900, 89_900, "locked")
    the_books_are_right()
    order = pay_and_hear(order)
    coupon.refresh_from_db()
    assert (order.status, coupon.status) == ("paid", "used")
    paid = order.payments.filter(applied=True).order_by("pk").values_list("purpose", "amount_fen")
    assert list(paid) == [("deposit", 5_000), ("balance", 84_900)]
    the_books_are_right()
    lifecycle.cancel(order, by=alice)
    run_refunds()
    assert sorted(Refund.objects.values_list("amount_fen", "status")) == [(5_000, "succeeded"), (84_900, "succeeded")]
    assert stock.available([lamp.pk]) == {lamp.pk: 5}
    the_books_are_right()


def test_the_deposit_stays_with_the_shop_when_the_balance_does_not_come(alice, lamp, presale, order_it):
    presale()
    order = shift(pay_and_hear(order_it()), 1)
    assert stock.available([lamp.pk]) == {lamp.pk: 4}
    order = shift(order, 2)
    assert (order.status, order.close_reason) == ("closed", "balance")
    assert OrderPresale.objects.get().kept_fen == 5_000
    told = alice.notifications.filter(kind__in=["order_closed", "presale_missed"])
    assert list(told.values_list("kind", flat=True)) == ["presale_missed"]  # nobody is told that money comes back
    assert not Refund.objects.exists()
    assert stock.available([lamp.pk]) == {lamp.pk: 5}
    assert "deposit" in order_page.sentence(order)[1] or order_page.sentence(order)[1]
    the_books_are_right()


def test_the_shop_that_fails_pays_the_deposit_back_twice(alice, operator, manager, lamp, presale, order_it):
    presale()
    order = pay_and_hear(order_it(2))
    assert order.presale.deposit_fen == 10_000
    lifecycle.cancel(order, by=operator, reason="the kiln broke")
    run_refunds()
    assert list(Refund.objects.values_list("amount_fen", "status")) == [(10_000, "succeeded")]
    debt = DepositDebt.objects.get()
    assert (debt.amount_fen, debt.status) == (10_000, "owed")
    the_books_are_right()
    assert presales.debt_sent(debt, by=operator)
    assert not presales.debt_sent(debt, by=operator)
    debt.refresh_from_db()
    with pytest.raises(presales.SamePerson):
        presales.debt_confirmed(debt, by=operator)
    assert presales.debt_confirmed(debt, by=manager)
    debt.refresh_from_db()
    assert debt.status == "paid"
    assert stock.available([lamp.pk]) == {lamp.pk: 5}
    assert "presale_failed" in told(alice)
    the_books_are_right()


def test_the_button_of_staff_says_that_the_deposit_is_paid_twice(alice, operator, presale, order_it):
    presale()
    order = order_it(2)
    for paid, said in ((False, ("Cancel the order", 0)), (True, ("Cancel, and give the deposit back twice", 20_000))):
        order = pay_and_hear(order) if paid else order
        with translation.override("en"):
            deeds = {deed.name: (str(label), fen) for deed, label, fen in desk.page_of(order, operator)["deeds"]}
        assert deeds["cancel"] == said


def test_two_addresses_of_one_district_can_be_told_apart(client, alice, alices_address, lamp, presale):
    presale()
    Address.objects.create(
        user=alice, **{name: getattr(alices_address, name) for name in PLACE}, detail="天目山路 9 号"
    )
    client.force_login(alice)
    page = client.get(reverse("presale", args=[lamp.pk])).content.decode()
    assert [street in page for street in (alices_address.detail, "天目山路 9 号")] == [True, True]


def test_a_shopper_cannot_leave_alone_once_the_deposit_is_paid(alice, presale, order_it):
    presale()
    order = pay_and_hear(order_it())
    assert not lifecycle.may_cancel(order)
    with pytest.raises(TransitionNotAllowed):
        lifecycle.cancel(order, by=alice)
    order.refresh_from_db()
    assert order.status == "deposit_paid"


def test_before_the_deposit_the_order_closes_like_any_other(alice, lamp, presale, order_it):
    presale(units_a_member=1)
    order = order_it()
    lifecycle.cancel(order, by=alice)
    order.refresh_from_db()
    assert (order.status, OrderPresale.objects.get().kept_fen) == ("closed", 0)
    assert stock.available([lamp.pk]) == {lamp.pk: 5}
    again = order_it(key="presale-2")
    timer = Deadline.objects.get(kind=order_timers.UNPAID, entity_id=again.pk)
    deadlines.fire(timer)
    again.refresh_from_db()
    assert (again.status, again.close_reason) == ("closed", "timeout")
    the_books_are_right()


def test_timers_open_remind_and_close_once(alice, presale, order_it):
    presale()
    order = pay_and_hear(order_it())
    opens = Deadline.objects.get(kind=BALANCE_OPENS)
    deadlines.fire(opens)  # too early
    order.refresh_from_db()
    assert order.status == "deposit_paid"
    order = shift(order, 1)
    deadlines.fire(opens)
    reminder, ends = (Deadline.objects.get(kind=kind) for kind in (BALANCE_REMINDER, BALANCE_ENDS))
    for timer in (reminder, reminder, ends):  # the end is too early too
        deadlines.fire(timer)
    order.refresh_from_db()
    assert order.status == "pending_balance"
    assert told(alice) == {"presale_deposit_paid", "presale_balance_open", "presale_balance_soon"}
    assert Notification.objects.filter(kind="presale_balance_soon").count() == 1


def test_a_second_deposit_is_no_part_of_the_balance(alice, presale, order_it):
    presale()
    order = order_it()
    first = payments.start(order, "sandbox")
    trade = go_to_cashier(first)
    second = Payment.objects.create(
        order=order, number="P-2", gateway="sandbox", purpose="deposit", amount_fen=5_000, status="succeeded",
        gateway_reference="bank-2", paid_at=timezone.now(), expires_at=timezone.now(),
    )  # fmt: skip
    sandbox_bank.pay(trade)
    payments.query(first)
    order = shift(Order.objects.get(pk=order.pk), 1)
    assert order.status == "pending_balance"
    assert marking_paid.mark_paid(order, second) is False
    second.refresh_from_db()
    assert (second.applied, order.due_fen) == (False, 89_900)


def test_terms_that_changed_meanwhile_are_refused_and_nothing_ordered(alice, alices_address, lamp, presale):
    offer = presale()
    terms = presale_terms.of_sku(lamp.pk)
    from orders import promotions
    from orders.live_offers import snapshot

    promotions.publish(offer)
    snapshot.forget()
    with pytest.raises(checkout_refusals.PresaleOver):
        checkout.place_order(
            alice, cart_lines=[CartLine(sku=lamp, quantity=1)], address=alices_address, key="presale-1",
            seen_payable_fen=94_900, presale=terms,
        )  # fmt: skip
    assert not Order.objects.exists()


def test_the_balance_changes_only_downward_and_only_once(alice, presale, order_it, coupon_of):
    presale()
    order = shift(pay_and_hear(order_it()), 1)
    coupon = coupon_of(alice, 5_000, threshold_fen=80_000)
    with pytest.raises(presales.BalanceChanged):
        presales.settle(order, seen_fen=89_900)
    coupon.refresh_from_db()
    assert (coupon.status, Order.objects.get().payable_fen) == ("available", 94_900)
    presales.settle(order, seen_fen=89_900, choice=Choice(coupon="none"))
    presales.settle(order, seen_fen=89_900)  # settled: nothing more is taken off
    coupon.refresh_from_db()
    assert (coupon.status, Order.objects.get().payable_fen) == ("available", 94_900)


def test_no_basket_finds_the_price_of_a_presale(alice, lamp, presale, put_in_cart):
    presale()
    assert quoting.quote_for(alice, [put_in_cart(alice, lamp)]).payable_fen == 99_900


def test_the_pages_lead_from_the_deposit_to_the_balance(client, alice, alices_address, lamp, presale, coupon_of):
    presale()
    client.force_login(alice)
    page = client.get(reverse("presale", args=[lamp.pk]))
    assert "949.00" in page.content.decode()
    hidden = page.context["hidden"]
    body = hidden | {"quantity": 1, "address": alices_address.pk, "go": "place"}
    refused = client.post(reverse("presale", args=[lamp.pk]), body)
    assert refused.status_code == 422
    assert not Order.objects.exists()
    client.post(reverse("presale", args=[lamp.pk]), body | {"agreed": "on"})
    order = Order.objects.get()
    assert "50.00" in client.get(reverse("order_payment", args=[order.number])).content.decode()
    pay_and_hear(order)
    assert page_of(Order.objects.get()).kind == "deposit"
    assert client.get(reverse("order_payment", args=[order.number])).status_code == 200
    order = shift(order, 1)
    coupon_of(alice, 5_000, threshold_fen=80_000)
    shown = client.get(reverse("order", args=[order.number])).content.decode()
    assert reverse("order_balance", args=[order.number]) in shown
    balance = client.get(reverse("order_balance", args=[order.number]))
    assert "849.00" in balance.content.decode()
    client.post(reverse("order_balance", args=[order.number]), {"seen": balance.context["balance_fen"], "go": "pay"})
    assert "849.00" in client.get(reverse("order_payment", args=[order.number])).content.decode()
    order = pay_and_hear(Order.objects.get())
    assert order.status == "paid"
    assert Coupon.objects.get().status == "used"


def test_a_stranger_finds_neither_page(client, bob, lamp, presale, order_it):
    client.force_login(bob)
    assert client.get(reverse("presale", args=[lamp.pk])).status_code == 404
    presale()
    order = shift(pay_and_hear(order_it()), 1)
    assert client.get(reverse("order_balance", args=[order.number])).status_code == 404


def test_the_form_holds_a_deposit_to_a_fifth_of_the_price(lamp, yuji):
    assert read_deposits(f"{lamp.code} = 50 counts 100", yuji) == ({str(lamp.pk): 5_000}, {str(lamp.pk): 10_000})
    base = {"kind": "presale", "name": "预售", "starts_at": "2026-12-01 00:00"}
    base |= {"ends_at": "2026-12-05 00:00", "balance_from_0": "2026-12-05", "balance_from_1": "00:00"}
    base |= {"balance_until_0": "2026-12-07", "balance_until_1": "00:00"}
    too_much = PromotionForm(base | {"prices_text": f"{lamp.code} = 199.81"})
    assert "prices_text" in too_much.errors
    good = PromotionForm(base | {"prices_text": f"{lamp.code} = 199.80 counts 300"})
    assert good.is_valid(), good.errors
    kept = good.save()
    assert (kept.prices, kept.presale["counts"]) == ({str(lamp.pk): 19_980}, {str(lamp.pk): 30_000})
    assert "balance_until" in PromotionForm(base | {"balance_until_0": "2026-12-04"}).errors
