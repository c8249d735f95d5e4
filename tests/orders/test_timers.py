"""Every timer of orders, payments, refunds and parcels (docs/domain.md 2.9): that it is there, how long, and what it says."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from accounts.models import StateLog
from orders import (
    deadlines,
    delivery_promise,
    lifecycle,
    order_timers,
    parcel_timers,
    parcels,
    receipt_extension,
    refund_sending,
    refund_timers,
    refunds,
    resends,
    tracking,
)
from orders.carriers.base import Scan
from orders.gateways.base import Gateway
from orders.models import Deadline, OrderLine
from tests.fakes.shopping import pay_and_hear, ship_all, to_warehouse

pytestmark = pytest.mark.django_db

# kind → how long it runs when nothing else was agreed.
TIMERS = {
    order_timers.UNPAID: timedelta(minutes=30),
    order_timers.RELEASE: timedelta(minutes=30),
    order_timers.AUTO_CONFIRM: timedelta(days=10),
    order_timers.AUTO_CONFIRM_UNSIGNED: timedelta(days=20),
    order_timers.FINISH: None,  # the end of the no-reason window
    delivery_promise.SHIP_BY: None,  # what the merchant promises in its working days
    delivery_promise.ARRIVE_BY: None,
    parcel_timers.PICKUP: timedelta(hours=24),
    parcel_timers.STILL: timedelta(hours=72),
    parcel_timers.LOST: timedelta(days=10),
    resends.SHIP: timedelta(hours=48),
    resends.GIVE_UP: timedelta(days=7),
    refund_timers.SENT: timedelta(hours=24),
    refund_timers.SEEN: timedelta(hours=72),
}


@pytest.mark.parametrize("kind", TIMERS)
def test_every_timer_has_a_handler(kind):
    assert callable(deadlines.HANDLERS[kind])


def test_a_channel_is_asked_as_often_as_the_rules_say():
    assert [pause.total_seconds() / 60 for pause in Gateway.query_pauses] == [1, 5, 15, 30]
    assert [pause.total_seconds() / 60 for pause in Gateway.refund_pauses] == [1, 5, 30, 120, 360]


def runs_for(entity, kind):
    """How long from now on the timer of ``entity`` runs, to the second."""
    due = deadlines.due_at(entity, kind)
    return None if due is None else timedelta(seconds=round((due - timezone.now()).total_seconds()))


def test_each_step_of_an_order_starts_its_timers_with_their_lengths(alice, teapot, place, operator):
    with time_machine.travel(timezone.now(), tick=False):
        order = place(alice, (teapot, 2))
        found = {order_timers.UNPAID: runs_for(order, order_timers.UNPAID)}
        order = pay_and_hear(order)
        found[order_timers.RELEASE] = runs_for(order, order_timers.RELEASE)
        part = order.parts.get()
        assert deadlines.due_at(part, delivery_promise.SHIP_BY) == part.ship_by
        assert deadlines.due_at(part, delivery_promise.ARRIVE_BY) > part.ship_by
        assert runs_for(order, order_timers.UNPAID) is None
        lifecycle.release_to_warehouse(order)
        box = parcels.pack(order, order.lines.get().merchant, operator)
        found[parcel_timers.PICKUP] = runs_for(box, parcel_timers.PICKUP)
        parcels.ship(box, "shunfeng", "SF1234567890123", operator)
        for kind in (parcel_timers.STILL, parcel_timers.LOST):
            found[kind] = runs_for(box, kind)
        found[order_timers.AUTO_CONFIRM_UNSIGNED] = runs_for(order, order_timers.AUTO_CONFIRM_UNSIGNED)
        tracking.apply_events(box, [Scan(at=timezone.now(), code="301", status="delivered", context="签收")])
        found[order_timers.AUTO_CONFIRM] = runs_for(order, order_timers.AUTO_CONFIRM)
        order.refresh_from_db()
        lifecycle.confirm_received(order, by=alice)
        assert deadlines.due_at(order, order_timers.FINISH) == lifecycle.no_reason_end(order)
        again = resends.send_again(box, by=operator, wanted={order.lines.get().pk: 1}, reason="broken")
        for kind in (resends.SHIP, resends.GIVE_UP):
            found[kind] = runs_for(again, kind)
        (refund,) = refunds.request(order, lines=[(order.lines.get(), 0, 100, 0, 0)], source="x:1", reason="kind")
        found[refund_timers.SENT] = runs_for(refund, refund_timers.SENT)
        refund_timers.watch_sent(refund)
        found[refund_timers.SEEN] = runs_for(refund, refund_timers.SEEN)
    assert found == {kind: length for kind, length in TIMERS.items() if length is not None}


@pytest.mark.parametrize(
    ("status", "since", "kind"),
    [("approved", {}, refund_timers.SENT), ("processing", {"sent_at": True}, refund_timers.SEEN)],
)
def test_a_late_refund_is_told_once_and_has_a_queue(
    client, alice, teapot, place, operator, manager, status, since, kind
):
    order = pay_and_hear(place(alice, (teapot, 1)))
    (refund,) = refunds.request(order, lines=[(order.lines.get(), 0, 100, 0, 0)], source="x:1", reason="kind")
    if since:
        type(refund).objects.filter(pk=refund.pk).update(status=status, sent_at=timezone.now())
        refund.refresh_from_db()
        refund_timers.watch_sent(refund)
    late = StateLog.objects.filter(entity="orders.refund", reason__contains="day")
    client.force_login(manager)
    assert order.number not in client.get("/admin/orders/order/?queue=refunds_late").content.decode()
    with time_machine.travel(timezone.now() + timedelta(hours=73), tick=True):
        deadlines.fire_due()
        deadlines.fire_due()
        assert order.number in client.get("/admin/orders/order/?queue=refunds_late").content.decode()
    assert late.count() == 1
    refund.refresh_from_db()
    assert refund.status == status


def test_a_refund_that_is_done_or_withdrawn_has_no_timer(alice, teapot, place, operator):
    order = pay_and_hear(place(alice, (teapot, 1)))
    line = order.lines.get()
    (done,) = refunds.request(order, lines=[(line, 0, 100, 0, 0)], source="x:1", reason="kind")
    refunds.move(done, "processing", sent_at=timezone.now())
    refund_sending.succeed(done, reference="SR1")
    (withdrawn,) = refunds.request(order, lines=[(line, 0, 100, 0, 0)], source="x:2", reason="kind")
    refunds.cancel(withdrawn, by=operator)
    live = Deadline.objects.filter(entity="orders.refund", cancelled_at=None, done_at=None)
    assert not live.exists()


def test_a_flash_sale_reaches_the_warehouse_as_soon_as_it_had_to_be_paid(alice, teapot, place):
    order = place(alice, (teapot, 1))
    deadlines.set_deadline(order, order_timers.UNPAID, order.placed_at + timedelta(minutes=10))
    order = pay_and_hear(order)
    left = deadlines.due_at(order, order_timers.RELEASE) - order.paid_at
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)


def test_the_shopper_takes_three_more_days_twice(client, alice, mallory, teapot, place, operator):
    order = to_warehouse(place(alice, (teapot, 1)))
    (box,) = ship_all(order, operator)
    tracking.apply_events(box, [Scan(at=timezone.now(), code="301", status="delivered", context="签收")])
    order.refresh_from_db()
    first = deadlines.due_at(order, order_timers.AUTO_CONFIRM)
    address = f"{order.get_absolute_url()}more-time/"
    client.force_login(mallory)
    assert client.post(address).status_code == 404
    client.force_login(alice)
    assert address in client.get(order.get_absolute_url()).content.decode()
    for _time in range(3):
        client.post(address)
    assert deadlines.due_at(order, order_timers.AUTO_CONFIRM) == first + timedelta(days=6)
    assert address not in client.get(order.get_absolute_url()).content.decode()
    with pytest.raises(TransitionNotAllowed):
        receipt_extension.extend(order, by=alice)


def test_a_clock_that_stands_still_is_not_put_on(alice, teapot, place, operator):
    order = to_warehouse(place(alice, (teapot, 1)))
    ship_all(order, operator)
    deadlines.pause(order)
    with pytest.raises(TransitionNotAllowed):
        receipt_extension.extend(order, by=alice)
    assert OrderLine.objects.filter(order=order, signed_at=None).exists()
    assert receipt_extension.times(order) == 0
