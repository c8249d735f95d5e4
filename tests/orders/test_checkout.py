"""Placing an order: what is frozen, what is refused, and that a key makes one order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import StateLog
from catalog import stock
from catalog.models import Product, Reservation, Stock
from loyalty import points
from orders import checkout, checkout_refusals, quoting
from orders.models import Adjustment, CartLine, Deadline, InvoiceRequest, Order
from tests.factories import make_product, make_sku

pytestmark = pytest.mark.django_db


def assert_nothing_happened():
    assert not Order.objects.exists()
    assert not Reservation.objects.exists()
    assert not Deadline.objects.exists()
    assert set(Stock.objects.values_list("reserved", flat=True)) <= {0}


def test_an_order_freezes_names_amounts_and_address(alice, teapot, cup, place):
    order = place(alice, (teapot, 2), (cup, 1))
    assert (order.goods_fen, order.shipping_fen, order.payable_fen) == (58_100, 0, 58_100)
    first, second = order.lines.order_by("number")
    assert (first.title, first.unit_price_fen, first.quantity, first.anchor_fen) == ("山影 侧提茶壶", 26_800, 2, 53_600)
    assert second.merchant.slug == "songyan"
    assert (order.receiver, order.city, order.status) == ("林小满", "杭州市", "pending_payment")
    assert StateLog.objects.filter(about=order.about, to_state="pending_payment", user=alice).count() == 1
    assert stock.available([teapot.pk, cup.pk]) == {teapot.pk: 8, cup.pk: 19}
    assert not CartLine.objects.exists()


def test_the_unpaid_timer_runs_for_thirty_minutes(alice, teapot, place):
    order = place(alice, (teapot, 1))
    timer = Deadline.objects.get(kind="order_unpaid", entity_id=order.pk)
    assert (timer.run_after - order.placed_at).total_seconds() == 30 * 60


def test_explained_steps_sum_to_list_price_minus_payable(alice, cup, place):
    points.grant(alice, "test:1", 5_000, "gift")
    order = place(alice, (cup, 2), points=5_000)
    assert (order.goods_fen, order.points_used, order.shipping_fen, order.payable_fen) == (9_000, 4_500, 800, 5_300)
    taken = sum(Adjustment.objects.filter(order=order).values_list("fen", flat=True))
    assert taken == order.goods_fen - order.payable_fen
    assert points.spendable(alice) == 500


def test_points_are_free_again_when_the_goods_are_gone(alice, cup, place):
    points.grant(alice, "test:1", 5_000, "gift")
    with pytest.raises(stock.OutOfStock):
        place(alice, (cup, 20), (make_sku(make_product(cup.merchant), on_hand=0), 1), points=1_000)
    assert points.spendable(alice) == 5_000
    assert_nothing_happened()


def test_a_changed_price_is_shown_before_it_is_paid(alice, teapot, place):
    with pytest.raises(checkout_refusals.PriceChanged) as refusal:
        place(alice, (teapot, 1), seen=20_000)
    assert refusal.value.quote.payable_fen == 26_800
    assert CartLine.objects.count() == 1
    assert_nothing_happened()


def test_the_same_form_sent_twice_makes_one_order(alice, teapot, put_in_cart, alices_address):
    line = put_in_cart(alice, teapot)
    once = {"cart_lines": [line], "address": alices_address, "key": "k", "seen_payable_fen": 26_800}
    assert checkout.place_order(alice, **once) == checkout.place_order(alice, **once)
    assert Order.objects.count() == 1
    assert stock.available([teapot.pk]) == {teapot.pk: 9}


def test_a_key_cannot_be_used_for_something_else(alice, teapot, cup, place):
    order = place(alice, (teapot, 1))
    with pytest.raises(checkout_refusals.KeyReused) as refusal:
        place(alice, (cup, 1))
    assert refusal.value.order == order
    assert Order.objects.count() == 1


def test_somebody_elses_key_is_refused_and_shows_nothing(alice, bob, teapot, place):
    place(alice, (teapot, 1))
    with pytest.raises(checkout_refusals.KeyReused):
        place(bob, (teapot, 1))
    assert not bob.orders.exists()


def test_lines_bought_in_another_window_are_not_bought_again(alice, teapot, put_in_cart, alices_address):
    line = put_in_cart(alice, teapot)
    form = {"cart_lines": [line], "address": alices_address, "seen_payable_fen": 26_800}
    checkout.place_order(alice, key="one", **form)
    with pytest.raises(checkout_refusals.NothingToOrder):
        checkout.place_order(alice, key="two", **form)
    assert Order.objects.count() == 1


def test_a_sixth_unpaid_order_is_refused(alice, cup, place):
    for number in range(5):
        place(alice, (cup, 1), key=f"key-{number}")
    with pytest.raises(checkout_refusals.TooManyUnpaid) as refusal:
        place(alice, (cup, 1), key="key-6")
    assert refusal.value.orders == 5
    assert Order.objects.count() == 5


def test_more_than_twenty_units_are_not_held_unpaid(alice, yuji, place):
    sku = make_sku(make_product(yuji), on_hand=50)
    place(alice, (sku, 15), key="a")
    with pytest.raises(checkout_refusals.TooManyUnpaid):
        place(alice, (sku, 6), key="b")
    assert stock.available([sku.pk]) == {sku.pk: 35}


def test_a_listing_may_limit_what_one_order_takes(alice, yuji, place):
    sku = make_sku(make_product(yuji, max_per_order=2))
    with pytest.raises(checkout_refusals.TooManyPerOrder):
        place(alice, (sku, 3))
    assert_nothing_happened()


def test_goods_off_the_shelf_are_not_sold(alice, teapot, place):
    Product.objects.update(status=Product.Status.TAKEN_DOWN)
    with pytest.raises(checkout_refusals.NotForSale):
        place(alice, (teapot, 1))
    assert_nothing_happened()


def test_goods_without_no_reason_return_need_an_own_confirmation(alice, yuji, place):
    policy = Product.ReturnPolicy.EXCLUDED_IF_CONFIRMED
    sku = make_sku(make_product(yuji, return_policy=policy))
    with pytest.raises(checkout_refusals.NotConfirmed):
        place(alice, (sku, 1))
    assert_nothing_happened()
    CartLine.objects.all().delete()
    order = place(alice, (sku, 1), confirmations=[sku.pk])
    assert order.lines.get().return_exclusion_confirmed_at == order.placed_at


def test_the_wish_for_an_invoice_is_kept_with_the_order(alice, teapot, place):
    wish = InvoiceRequest(kind="company", title="屿集有限公司", tax_number="91350100M000100Y43")
    order = place(alice, (teapot, 1), invoice=wish)
    assert order.invoice.tax_number == "91350100M000100Y43"


def test_an_order_number_that_is_taken_is_drawn_again(alice, teapot, cup, place, monkeypatch):
    first = place(alice, (teapot, 1))
    drawn = iter([first.number, first.number, "26010100000001"])
    monkeypatch.setattr(checkout, "order_number", lambda: next(drawn))
    assert place(alice, (cup, 1), key="key-2").number == "26010100000001"


def test_placing_three_lines_is_short_and_takes_stock_last(alice, yuji, place, put_in_cart, alices_address):
    lines = [put_in_cart(alice, make_sku(make_product(yuji)), 1) for _ in range(3)]
    quoting.quote_for(alice, lines)  # as the page did a moment ago
    with CaptureQueriesContext(connection) as seen:
        checkout.place_order(alice, cart_lines=lines, address=alices_address, key="k", seen_payable_fen=3 * 26_800)
    statements = [
        statement
        for query in seen.captured_queries
        for statement in query["sql"].strip().split("; ")  # one trip may carry several
        if not statement.startswith(("SAVEPOINT", "RELEASE"))
    ]
    writes = [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE", "WITH"))]
    assert sum(sql.startswith("INSERT INTO") for sql in writes) >= 5  # order, lines, history, timer, message
    first = next(index for index, sql in enumerate(writes) if "catalog_stock" in sql)
    assert all("catalog_stock" in sql or "catalog_reservation" in sql for sql in writes[first:])
    assert writes[first:] == writes[-1:]  # all of the stock in one statement, and nothing after it
    assert len(statements) <= 30


def other_window(monkeypatch, order_there):
    """``order_there()`` happens after this window has looked at everything and before it holds a lock."""
    drawn = checkout.draw

    def draw_late(counts):
        monkeypatch.setattr(checkout, "draw", drawn)
        keys = drawn(counts)
        order_there()
        return keys

    monkeypatch.setattr(checkout, "draw", draw_late)


@pytest.mark.django_db(transaction=True)
def test_a_share_that_another_window_has_just_taken_is_priced_anew(alice, teapot, place, promote, monkeypatch):
    promote("flash", prices={str(teapot.pk): 9_900}, units_a_member=1)
    other_window(monkeypatch, lambda: place(alice, (teapot, 1), key="faster", seen=9_900))
    with pytest.raises(checkout_refusals.PriceChanged) as refusal:
        alone = CartLine(sku=teapot, quantity=1)
        checkout.place_order(
            alice, cart_lines=[alone], address=alice.addresses.get(), key="slower", seen_payable_fen=9_900
        )
    assert refusal.value.quote.payable_fen == 26_800
    assert [order.checkout_key for order in Order.objects.all()] == ["faster"]
    assert stock.available([teapot.pk]) == {teapot.pk: 9}


def test_the_sixth_unpaid_order_is_refused_though_it_looked_like_the_fifth(alice, teapot, cup, place, monkeypatch):
    for number in range(4):
        place(alice, (cup, 1), key=f"key-{number}")
        alice.cart.lines.all().delete()
    other_window(monkeypatch, lambda: place(alice, (cup, 1), key="faster"))
    with pytest.raises(checkout_refusals.TooManyUnpaid):
        place(alice, (teapot, 1), key="slower")
    assert not Order.objects.filter(checkout_key="slower").exists()
    assert stock.available([teapot.pk]) == {teapot.pk: 10}


def test_a_wish_for_an_invoice_is_shown_to_who_wrote_it_only(client, alice, bob, teapot, put_in_cart):
    for user in (alice, bob):
        put_in_cart(user, teapot)
    page, wish = reverse("checkout"), {"address": "new", "invoice_kind": "company", "invoice_title": "屿集有限公司"}
    client.force_login(alice)
    plain = client.get(page).content.decode()
    typed = client.post(page, {**wish, "go": "update"}).content.decode()
    client.force_login(bob)
    other = client.get(page).content.decode()
    assert [text.count("屿集有限公司") for text in (plain, typed, other)] == [0, 1, 0]
    assert [text.count('name="invoice_title"') for text in (plain, typed, other)] == [1, 1, 1]
