"""Gifts and add-ons: lines of the order, told before buying, and what becomes of them when goods go back."""

import pytest
from django.urls import reverse

from aftersales import returns, settlement
from aftersales.reasons import REASONS
from catalog import stock, stock_bookings
from config import books
from orders import anchors, checkout, checkout_refusals, lifecycle, order_page, quoting
from orders.admin.promotion_form import PromotionForm
from orders.admin.promotion_text import read_steps, write_steps
from orders.models import Order, OrderLine, Parcel, PromotionUse, Refund
from tests.aftersales.test_returns import take_back
from tests.factories import make_product, make_sku
from tests.fakes.shopping import pay_and_hear, run_refunds, ship_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scarf(yuji):
    """A SKU that is given away; two are there."""
    return make_sku(make_product(yuji, title="茶巾"), price_fen=3_900, on_hand=2)


@pytest.fixture
def with_gift(promote, scarf):
    """From ¥299 on a scarf worth ¥29.90 comes along."""
    return promote("gift", [(29_900, 1)], gift_sku=scarf, gift_value_fen=2_990, name="满赠")


@pytest.fixture
def e19(alice, yuji, place, with_gift):
    """A ¥250.00 and B ¥60.00 with their gift, not paid yet."""
    a, b = (make_sku(make_product(yuji, title=title), price_fen=fen) for title, fen in (("A", 25_000), ("B", 6_000)))
    return place(alice, (a, 1), (b, 1))


def delivered(order, operator):
    pay_and_hear(order)
    lifecycle.release_to_warehouse(order, by=operator)
    ship_all(order, operator)
    lifecycle.confirm_received(order, by=order.user)
    return order


def line_of(order, title):
    return order.lines.select_related("order").get(title=title)


def the_books_are_right():
    mine = [finding for finding in books.check() if finding.app in {"orders", "loyalty", "aftersales"}]
    broken = [finding for finding in mine if finding.broken]
    assert not broken, broken


def test_a_gift_is_a_line_of_its_own_with_stock_and_its_promotion(alice, operator, e19, scarf, with_gift):
    gift = e19.lines.get(gift_of=with_gift.current)
    assert (gift.payable_fen, gift.quantity, gift.gift_value_fen, gift.number) == (0, 1, 2_990, 3)
    assert e19.payable_fen == 31_000
    assert stock.available([scarf.pk]) == {scarf.pk: 1}
    assert PromotionUse.objects.get().version == with_gift.current
    assert order_page.discounts(e19) == []
    delivered(e19, operator)
    assert Parcel.objects.get().lines.filter(line=gift, quantity=1).exists()
    the_books_are_right()


def test_a_gift_comes_off_the_shelf_again_when_nobody_pays(alice, e19, scarf):
    lifecycle.cancel(e19, by=alice)
    assert stock.available([scarf.pk]) == {scarf.pk: 2}
    the_books_are_right()


def test_a_paid_order_cancelled_whole_releases_its_gift_and_pays_all_back(alice, e19, scarf):
    pay_and_hear(e19)
    lifecycle.cancel(e19, by=alice)
    assert Refund.objects.get().amount_fen == 31_000
    assert stock.available([scarf.pk]) == {scarf.pk: 2}
    the_books_are_right()


def test_e19_who_keeps_the_gift_has_its_value_deducted(alice, operator, e19):
    delivered(e19, operator)
    line = line_of(e19, "B")
    told = settlement.estimate(line, 1, REASONS["no_reason"])
    assert (told["gift"], told["total"]) == (2_990, 3_010)
    asked = returns.request(alice, line, 1, "no_reason")
    take_back(asked, by=operator)
    run_refunds()
    asked.refresh_from_db()
    assert Refund.objects.get().amount_fen == 3_010
    assert (asked.status, asked.gift_fen) == ("completed", 2_990)
    assert OrderLine.objects.get(title="茶巾").gift_charged_fen == 2_990
    the_books_are_right()
    asked = returns.request(alice, line_of(e19, "A"), 1, "no_reason")
    take_back(asked, by=operator)
    run_refunds()
    asked.refresh_from_db()
    assert asked.lines.get().cash_fen == 25_000  # what was deducted once is the shopper's
    the_books_are_right()


def test_a_gift_that_comes_back_too_costs_nothing(alice, operator, e19, scarf):
    delivered(e19, operator)
    asked = returns.request(alice, line_of(e19, "B"), 1, "no_reason", with_gifts=True)
    assert sorted(asked.lines.values_list("line__title", "quantity")) == [("B", 1), ("茶巾", 1)]
    take_back(asked, by=operator)
    run_refunds()
    asked.refresh_from_db()
    assert Refund.objects.get().amount_fen == 6_000
    assert stock.available([scarf.pk]) == {scarf.pk: 2}
    the_books_are_right()


def test_a_gift_that_was_promised_back_and_did_not_come_is_deducted(alice, operator, e19):
    delivered(e19, operator)
    asked = returns.request(alice, line_of(e19, "B"), 1, "no_reason", with_gifts=True)
    units = {part.line_id: int(part.line.title == "B") for part in asked.lines.all()}
    take_back(asked, by=operator, accepted=units)
    run_refunds()
    asked.refresh_from_db()
    assert Refund.objects.get().amount_fen == 3_010


def test_goods_at_fault_take_nothing_off_for_the_gift(alice, operator, e19):
    delivered(e19, operator)
    asked = returns.request(alice, line_of(e19, "B"), 1, "defect")
    take_back(asked, by=operator)
    run_refunds()
    asked.refresh_from_db()
    assert Refund.objects.get().amount_fen == 6_000


def test_the_deduction_is_never_more_than_the_refund(alice, operator, yuji, place, promote, scarf):
    promote("gift", [(29_900, 1)], gift_sku=scarf, gift_value_fen=2_990, name="满赠")
    a, b = (make_sku(make_product(yuji, title=title), price_fen=fen) for title, fen in (("A", 29_000), ("B", 1_000)))
    order = delivered(place(alice, (a, 1), (b, 1)), operator)
    asked = returns.request(alice, line_of(order, "B"), 1, "no_reason")
    take_back(asked, by=operator)
    asked.refresh_from_db()
    assert (asked.status, asked.gift_fen) == ("completed", 1_000)
    assert not Refund.objects.exists()
    the_books_are_right()


def test_units_cancelled_before_shipping_take_their_gift_along(alice, e19, scarf):
    pay_and_hear(e19)
    lifecycle.release_to_warehouse(e19)
    asked = returns.request(alice, line_of(e19, "B"), 1, "mistake")
    assert Refund.objects.get().amount_fen == 6_000
    gift = OrderLine.objects.get(title="茶巾")
    assert (gift.cancelled_quantity, gift.gift_charged_fen, asked.gift_fen) == (1, 0, 0)
    assert stock.available([scarf.pk]) == {scarf.pk: 2}
    the_books_are_right()


def test_a_gift_that_is_sold_out_is_told_before_placing(
    client, alice, alices_address, put_in_cart, yuji, scarf, with_gift
):
    stock_bookings.set_on_hand(scarf, 0, source="count:1")
    line = put_in_cart(alice, make_sku(make_product(yuji), price_fen=30_000))
    quote = quoting.quote_for(alice, [line])
    assert (quote.gifts, [note.code for note in quote.notes]) == ((), ["GIFT_GONE"])
    client.force_login(alice)
    page = client.get(reverse("checkout"))
    assert "满赠" in page.content.decode()
    assert 'id="h-gifts"' not in page.content.decode()


def test_a_gift_that_goes_between_page_and_order_is_told_and_nothing_ordered(alice, place, yuji, scarf, with_gift):
    stock_bookings.set_on_hand(scarf, 0, source="count:1")
    dear = make_sku(make_product(yuji), price_fen=30_000)
    with pytest.raises(checkout_refusals.GiftsChanged):
        place(alice, (dear, 1), seen_gifts=f"{scarf.pk}x1")
    assert not Order.objects.exists()
    assert stock.available([dear.pk]) == {dear.pk: 10}


def test_the_pages_name_the_gift_and_its_value(client, alice, alices_address, put_in_cart, yuji, scarf, with_gift):
    put_in_cart(alice, make_sku(make_product(yuji), price_fen=30_000))
    client.force_login(alice)
    for page in ("cart", "checkout"):
        text = client.get(reverse(page)).content.decode()
        assert "茶巾" in text
        assert "29.90" in text
    assert f'name="gifts" value="{scarf.pk}x1"' in text


def test_an_order_again_does_not_put_the_gift_into_the_cart(client, alice, e19, scarf):
    pay_and_hear(e19)
    client.force_login(alice)
    client.post(reverse("order_repeat", args=[e19.number]))
    assert not alice.cart.lines.filter(sku=scarf).exists()
    assert alice.cart.lines.count() == 2


def test_the_form_of_a_gift_asks_for_it_and_its_value(scarf):
    assert read_steps("gift", "299 = 1\n599 = 2") == [[29_900, 1], [59_900, 2]]
    assert write_steps("gift", [[29_900, 1]]) == "299.00 = 1"
    base = {"kind": "gift", "name": "满赠", "steps_text": "299 = 1"}
    assert {"gift_sku", "gift_value_fen"} <= PromotionForm(base).errors.keys()
    assert "gift_value_fen" in PromotionForm(base | {"gift_sku": scarf.pk, "gift_value_fen": "39.01"}).errors


# --- add-ons ----------------------------------------------------------------------------------------------------------


def test_an_add_on_is_offered_in_the_cart_put_in_priced_and_refunded(
    client, alice, operator, alices_address, put_in_cart, yuji, scarf, promote
):
    promote("add_on", [(20_000, 0)], prices={str(scarf.pk): 990}, units_a_member=1, name="加价购")
    put_in_cart(alice, make_sku(make_product(yuji, title="A"), price_fen=25_000))
    client.force_login(alice)
    assert f'name="add" value="{scarf.pk}"' in client.get(reverse("cart")).content.decode()
    client.post(reverse("cart"), {"add": scarf.pk})
    lines = list(alice.cart.lines.select_related("sku__product"))
    quote = quoting.quote_for(alice, lines)
    assert quote.payable_fen == 25_990
    assert f'name="add" value="{scarf.pk}"' not in client.get(reverse("cart")).content.decode()
    order = checkout.place_order(
        alice, cart_lines=lines, address=alices_address, key="key-1", seen_payable_fen=quote.payable_fen
    )
    delivered(order, operator)
    line = line_of(order, "茶巾")
    assert (line.d_line_fen, anchors.worth(line, 1)[0]) == (2_910, 990)
    the_books_are_right()


def test_an_add_on_is_not_offered_far_below_its_threshold_or_when_used_up(
    client, alice, place, put_in_cart, cup, scarf, promote
):
    offer = promote("add_on", [(20_000, 0)], prices={str(scarf.pk): 990}, quota_units=1, name="加价购")
    put_in_cart(alice, cup)
    client.force_login(alice)
    assert "加价购" not in client.get(reverse("cart")).content.decode()
    alice.cart.lines.update(quantity=4)
    page = client.get(reverse("cart")).content.decode()
    assert "加价购" in page
    assert 'name="add"' not in page
    alice.cart.lines.update(quantity=5)
    assert 'name="add"' in client.get(reverse("cart")).content.decode()
    type(offer).objects.update(used_units=1)
    assert 'name="add"' not in client.get(reverse("cart")).content.decode()
