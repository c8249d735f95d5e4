"""A pre-sale on its way through the shop: told before buying, promised at paying, followed when the goods come."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Notification
from catalog import presale, stock_bookings
from catalog.models import Stock
from orders import delivery_promise, lifecycle, parcels
from orders.models import Deadline, OrderPart
from tests.fakes.shopping import pay_and_hear

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=12)


@pytest.fixture
def ahead(teapot, day):
    """A pot of which none is here and five are to come."""
    stock_bookings.receive(teapot, -Stock.objects.get(sku=teapot).on_hand, source="test:none")
    presale.offer(teapot, 5, day)
    teapot.product.refresh_from_db()
    return teapot


@pytest.fixture
def order(alice, ahead, cup, place):
    return pay_and_hear(place(alice, (ahead, 2), (cup, 1)))


def part_of(order, sku):
    return order.parts.get(merchant=sku.merchant_id)


def test_the_page_the_cart_and_the_checkout_name_the_day(client, alice, ahead, day, put_in_cart):
    with translation.override("en"):
        said = delivery_promise.day_of(day)
    page = client.get(ahead.product.get_absolute_url(), headers=ENGLISH).content.decode()
    assert page.count(f"Pre-sale: sent from {said}") >= 2
    put_in_cart(alice, ahead)
    client.force_login(alice)
    for address in ("/cart/", "/checkout/", f"/checkout/?sku={ahead.pk}&quantity=1"):
        answer = client.get(address, headers=ENGLISH)
        assert f"Pre-sale: sent from {said}" in answer.content.decode(), address


def test_the_order_is_promised_for_the_day_and_other_merchants_for_theirs(order, ahead, cup, day):
    assert timezone.localdate(part_of(order, ahead).ship_by) == day + timedelta(days=2)
    assert part_of(order, ahead).presale_on == day
    assert part_of(order, cup).presale_on is None
    assert part_of(order, cup).ship_by == order.paid_at + timedelta(hours=48)


def test_the_page_of_the_order_names_the_day(client, alice, order, day):
    client.force_login(alice)
    page = client.get(order.get_absolute_url(), headers=ENGLISH).content.decode()
    with translation.override("en"):
        assert f"Pre-sale: sent from {delivery_promise.day_of(day)} on" in page


def test_what_is_to_come_is_not_packed(order, ahead, cup, operator):
    lifecycle.release_to_warehouse(order)
    assert [order.lines.get(pk=pk).sku_id for pk in parcels.to_pack(order)] == [cup.pk]
    with pytest.raises(parcels.NothingToPack):
        parcels.pack(order, ahead.merchant, operator)
    stock_bookings.receive(ahead, 2, source="delivery:1")
    presale.serve()
    assert parcels.pack(order, ahead.merchant, operator).lines.get().quantity == 2


def test_when_the_goods_come_the_promise_follows_and_the_shopper_hears_once(order, alice, ahead):
    before = part_of(order, ahead)
    assert delivery_promise.follow() == 0
    stock_bookings.receive(ahead, 2, source="delivery:1")
    presale.serve()
    assert delivery_promise.follow() == 1
    assert delivery_promise.follow() == 0
    now = part_of(order, ahead)
    assert (now.presale_on, now.ship_by < before.ship_by, now.arrive_by < before.arrive_by) == (None, True, True)
    timer = Deadline.objects.get(entity="orders.orderpart", entity_id=now.pk, kind=delivery_promise.SHIP_BY)
    assert timer.run_after == now.ship_by
    assert Notification.objects.filter(user=alice, kind="presale_arrived").count() == 1


def test_goods_that_come_late_never_move_the_promise_back(order, ahead):
    soon = timezone.now() + timedelta(hours=1)
    OrderPart.objects.filter(pk=part_of(order, ahead).pk).update(ship_by=soon)
    stock_bookings.receive(ahead, 2, source="delivery:1")
    presale.serve()
    delivery_promise.follow()
    assert part_of(order, ahead).ship_by == soon


def test_a_cancelled_order_gives_its_units_back_to_the_presale(order, ahead, alice):
    assert Stock.objects.get(sku=ahead).presale == 3
    lifecycle.cancel(order, by=alice)
    place = Stock.objects.get(sku=ahead)
    assert (place.presale, place.waiting, place.reserved) == (5, 0, 0)


def test_a_merchant_states_the_presale_on_the_page_of_the_variant(client, manager, ahead, day):
    client.force_login(manager)
    address = reverse("admin:catalog_sku_change", args=[ahead.pk])
    form = client.get(address).context["adminform"].form
    data = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    data["is_active"] = "on"
    data |= {f"initial-{name}": data[name] for name in ("on_hand",)}
    wrong = client.post(address, data | {"presale": "8", "presale_on": "2020-01-01"})
    assert "presale_on" in wrong.context["adminform"].form.errors
    assert Stock.objects.get(sku=ahead).presale == 5
    assert client.post(address, data | {"presale": "8"}).status_code == 302
    assert (Stock.objects.get(sku=ahead).presale, Stock.objects.get(sku=ahead).presale_on) == (8, day)
