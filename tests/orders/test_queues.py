"""The queues of the order desk: each merchant's staff find their own work in them, the most urgent first, and in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Merchant, User
from aftersales.reasons import REASONS
from orders import late_parts, lifecycle, packing_queue, parcel_watch, parcels, reason_words, today_desk
from orders.admin import desk, order_deeds, queues
from orders.models import Order, OrderPart
from tests.fakes.shopping import pay_and_hear

pytestmark = pytest.mark.django_db


@pytest.fixture
def songyan_staff(songyan, yuji_staff):
    """Somebody of the other merchant, with the same role."""
    person = User.objects.create(email="songyan@example.com", display_name="松烟", is_staff=True)
    person.groups.set(yuji_staff.groups.all())
    songyan.staff.create(user=person)
    return person


@pytest.fixture
def order(alice, teapot, cup, place):
    """A teapot of 屿集 and two cups of 松烟, in the warehouse."""
    placed = pay_and_hear(place(alice, (teapot, 1), (cup, 2)))
    lifecycle.release_to_warehouse(placed)
    return placed


def found_by(user, queue):
    return list(queues.queue(Order.objects.all(), user, queue).values_list("pk", flat=True))


def cards(user):
    return {card.key: card.count for card in today_desk.desk_cards(user)}


def test_an_order_is_to_be_packed_until_each_merchant_has_packed_its_part(
    order, operator, yuji_staff, songyan_staff, yuji, songyan
):
    assert [found_by(user, "to_pack") for user in (operator, yuji_staff, songyan_staff)] == [[order.pk]] * 3
    parcels.pack(order, yuji, operator)
    assert [found_by(user, "to_pack") for user in (operator, yuji_staff, songyan_staff)] == [[order.pk], [], [order.pk]]
    assert [cards(user)["orders-to-pack"] for user in (operator, yuji_staff, songyan_staff)] == [1, 0, 1]
    assert [found_by(user, "to_ship") for user in (operator, yuji_staff, songyan_staff)] == [[order.pk], [order.pk], []]
    parcel = parcels.pack(order, songyan, operator)
    assert [found_by(user, "to_pack") for user in (operator, yuji_staff, songyan_staff)] == [[], [], []]
    parcels.void(parcel, by=operator)
    assert [found_by(user, "to_pack") for user in (operator, yuji_staff, songyan_staff)] == [[order.pk], [], [order.pk]]


def test_the_queue_says_of_many_orders_what_the_desk_says_of_one(order, operator, yuji, alice, cup, place):
    cups = place(alice, (cup, 1), key="key-2")
    for line in order.lines.filter(merchant=yuji):
        parcels.pack(order, yuji, operator, {line.pk: line.quantity})
    for each in (order, cups):
        listed = packing_queue.to_pack(Order.objects.filter(pk=each.pk)).exists()
        assert listed == (each.status in parcels.PACKABLE and bool(parcels.to_pack(each)))


def test_a_part_that_is_late_is_the_work_of_its_own_merchant(order, operator, yuji_staff, songyan_staff, songyan):
    order.parts.update(ship_by=timezone.now() + timedelta(hours=5))
    assert found_by(operator, "late") == []
    OrderPart.objects.filter(order=order, merchant=songyan).update(ship_by=timezone.now() - timedelta(minutes=1))
    assert [found_by(user, "late") for user in (operator, yuji_staff, songyan_staff)] == [[order.pk], [], [order.pk]]
    assert [cards(user)["orders-late"] for user in (operator, yuji_staff, songyan_staff)] == [1, 0, 1]
    assert not late_parts.late(Order.objects.all(), Merchant.objects.none()).exists()


def test_a_queue_begins_with_the_preferred_and_then_the_oldest(client, operator, alice, order, cup, place):
    orders = [order]
    for number in (2, 3):
        orders.append(pay_and_hear(place(alice, (cup, 1), key=f"key-{number}")))
        lifecycle.release_to_warehouse(orders[-1])
    for age, each in enumerate(orders):
        Order.objects.filter(pk=each.pk).update(paid_at=timezone.now() - timedelta(hours=age), priority=each == order)
    client.force_login(operator)
    shown = client.get(reverse("admin:orders_order_changelist"), {"queue": "to_pack"}).context["cl"].result_list
    assert [each.pk for each in shown] == [order.pk, orders[2].pk, orders[1].pk]


def test_a_button_says_what_it_does_with_money_and_whether_it_asks_first(client, operator, alice, cup, order, place):
    unpaid = place(alice, (cup, 1), key="key-2")
    with translation.override("en"):
        labels = {
            name: {deed.name: (str(label), fen) for deed, label, fen in desk.page_of(each, operator)["deeds"]}
            for name, each in (("unpaid", unpaid), ("paid", order))
        }
    assert labels["unpaid"]["cancel"] == ("Cancel the order", 0)
    assert labels["paid"]["cancel"] == ("Cancel and refund", order.payable_fen)
    client.force_login(operator)
    page = client.get(reverse("admin:orders_order_change", args=[order.pk]), headers={"Accept-Language": "en"})
    assert page.content.decode().count("…</button>") >= 1
    assert all(deed.asks for deed in order_deeds.ORDER_DEEDS if deed.amount)


def test_the_timeline_gives_reasons_in_words(order, operator, yuji, monkeypatch):
    parcel = parcels.pack(order, yuji, operator)
    parcel_watch.not_picked_up(parcel)
    monkeypatch.setitem(reason_words.WORDS, "not handed over in time", "快递未按时揽收")
    entries = desk.page_of(order, operator)["timeline"]
    assert [entry.why for entry in entries if entry.why] == ["快递未按时揽收"]
    assert all(reason_words.words_of(code) == str(reason.label) for code, reason in REASONS.items())
    assert reason_words.words_of("the shopper rang") == "the shopper rang"
    with translation.override("en"):
        assert reason_words.words_of("merged into B12") == "put into parcel B12"
