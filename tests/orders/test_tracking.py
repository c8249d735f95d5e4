"""Where parcels are: pushes twice, late, in any order and forged; the shopper is told once."""

import json
from datetime import timedelta
from itertools import permutations

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts import work
from accounts.models import Notification
from orders import tracking
from orders.carriers import sandbox_road
from orders.carriers.base import Scan, meaning_of
from orders.carriers.kuaidi100 import sign_of
from orders.gateways import sandbox_wire
from orders.models import CarrierPush, Deadline, Parcel, SandboxShipment, TrackingEvent, TrackingSubscription
from tests.fakes.shopping import drive, ship_all, to_warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(alice, teapot, place):
    return to_warehouse(place(alice, (teapot, 1)))


@pytest.fixture
def parcel(order, operator):
    return ship_all(order, operator)[0]


@pytest.fixture
def road(monkeypatch):
    """What the carrier posts reaches the shop without a server."""
    monkeypatch.setattr(sandbox_road.requests, "post", sandbox_wire.session().post)


def scan(minutes, code, city="杭州市", text=None):
    at = timezone.now() + timedelta(minutes=minutes)
    return Scan(at=at, code=code, status=meaning_of(code), context=text or f"{code} {city} {minutes}", city=city)


def push(param, sign=None, carrier="sandbox"):
    text = param if isinstance(param, str) else json.dumps(param)
    form = {"param": text, "sign": sign_of(text, "demo-only-sandbox-carrier") if sign is None else sign}
    return tracking.receive_push(carrier, RequestFactory().post("/", form))


def trace(parcel, *rows):
    data = [{"time": time, "context": text, "statusCode": code, "areaName": city} for time, code, city, text in rows]
    return {"status": "polling", "lastResult": {"nu": parcel.waybill, "com": parcel.carrier, "data": data}}


def test_a_push_moves_the_parcel_and_is_kept_once(parcel):
    body = trace(parcel, ("2026-11-22 10:00:00", "0", "浙江,杭州市", "到达【杭州转运中心】"))
    for _time in range(3):
        assert json.loads(push(body).content)["result"] is True
    parcel.refresh_from_db()
    assert (parcel.status, CarrierPush.objects.get().times, parcel.events.get().city) == ("in_transit", 3, "杭州市")
    assert timezone.localtime(parcel.events.get().at).hour == 10


@pytest.mark.parametrize("sign", ["", "0" * 32, "ü"])
def test_a_forged_push_changes_nothing(parcel, sign):
    answer = push(trace(parcel, ("2026-11-22 10:00:00", "3", "", "签收")), sign=sign)
    parcel.refresh_from_db()
    assert (answer.status_code, parcel.status) == (400, "shipped")
    assert not CarrierPush.objects.exists()


@pytest.mark.parametrize("param", ["", "[]", "{}", '{"lastResult": {"nu": 1, "com": 2, "data": [{}]}}', "{{"])
def test_a_signed_push_without_sense_is_refused(parcel, param):
    assert push(param).status_code == 400
    assert not TrackingEvent.objects.exists()


def test_scans_in_any_order_lead_to_the_same_state(parcel):
    scans = [scan(1, "103"), scan(2, "1002"), scan(3, "5"), scan(4, "0", "成都市"), scan(5, "301", "成都市")]
    ends = set()
    for order in list(permutations(scans))[::17]:
        TrackingEvent.objects.all().delete()
        Parcel.objects.update(status="shipped", last_event_at=None)
        for one in order:
            tracking.apply_events(parcel, [one])
        parcel.refresh_from_db()
        ends.add((parcel.status, parcel.last_event_at))
    assert ends == {("delivered", scans[-1].at)}


def test_a_parcel_that_missed_its_courier_travels_on(parcel):
    tracking.apply_events(parcel, [scan(1, "5"), scan(2, "0", text="派送不成功，退回网点")])
    parcel.refresh_from_db()
    assert parcel.status == "in_transit"
    tracking.apply_events(parcel, [scan(0, "2")])
    parcel.refresh_from_db()
    assert parcel.status == "in_transit"


def test_an_unknown_code_is_kept_and_means_on_its_way(parcel):
    tracking.apply_events(parcel, [scan(1, "4711")])
    parcel.refresh_from_db()
    assert (parcel.status, parcel.events.get().code) == ("in_transit", "4711")


def test_a_delivered_parcel_delivers_its_order(order, parcel):
    tracking.apply_events(parcel, [scan(-5, "301")])
    order.refresh_from_db()
    parcel.refresh_from_db()
    assert (order.status, order.delivered_at) == ("delivered", parcel.delivered_at)
    assert order.lines.get().signed_at == parcel.delivered_at
    assert Deadline.objects.filter(entity_id=order.pk, kind="order_auto_confirm", cancelled_at=None).exists()


def test_an_order_waits_for_its_last_parcel(alice, teapot, cup, place, operator):
    order = to_warehouse(place(alice, (teapot, 1), (cup, 1)))
    first, second = ship_all(order, operator)
    tracking.apply_events(first, [scan(1, "301")])
    order.refresh_from_db()
    assert order.status == "shipped"
    tracking.apply_events(second, [scan(2, "301")])
    order.refresh_from_db()
    assert order.status == "delivered"


def test_each_new_city_is_told_once(order, parcel):
    for scans in ([scan(1, "0")], [scan(2, "1002")], [scan(3, "1001", "成都市")], [scan(2, "0", text="late news")]):
        tracking.apply_events(parcel, scans)
    told = Notification.objects.filter(user=order.user, kind="parcel_in_transit")
    assert sorted(note.facts["city"] for note in told) == ["成都市", "杭州市"]


def test_the_test_carrier_brings_a_parcel_home(order, parcel, road, settings):
    work.run_due(TrackingSubscription)
    shipment = SandboxShipment.objects.get()
    assert (shipment.carrier, shipment.waybill) == (parcel.carrier, parcel.waybill)
    drive(len(shipment.steps))
    shipment.refresh_from_db()
    parcel.refresh_from_db()
    order.refresh_from_db()
    assert (shipment.steps, parcel.status, order.status) == ([], "delivered", "delivered")
    assert shipment.done_at is not None
    assert parcel.events.count() == len(shipment.scans)
    assert CarrierPush.objects.filter(times__gt=1).exists()
    kinds = set(Notification.objects.filter(user=order.user).values_list("kind", flat=True))
    assert {"order_shipped", "parcel_in_transit", "parcel_out_for_delivery", "parcel_delivered"} <= kinds


def test_a_push_that_nobody_answers_is_sent_again(parcel, monkeypatch):
    work.run_due(TrackingSubscription)

    def nobody(*_args, **_kwargs):
        raise sandbox_road.requests.ConnectionError

    monkeypatch.setattr(sandbox_road.requests, "post", nobody)
    drive(2)
    shipment = SandboxShipment.objects.get()
    assert (len(shipment.scans), shipment.sends, shipment.done_at) == (1, 2, None)


def test_a_subscription_without_the_key_is_refused(client, db):
    wish = {
        "company": "jd",
        "number": "JD1",
        "from": "a,b,c",
        "to": "a,b,c",
        "key": "x",
        "parameters": {"callbackurl": "http://evil/"},
    }
    answer = client.post("/sandbox/carrier/poll/", {"param": json.dumps(wish)})
    assert answer.json()["returnCode"] == "600"
    assert not SandboxShipment.objects.exists()


def test_a_journey_names_the_places_between():
    steps = sandbox_road.journey(("浙江省", "杭州市", "余杭区"), ("四川省", "成都市", "武侯区"))
    assert [step[1] for step in steps] == ["杭州市"] * 3 + ["武汉市"] + ["成都市"] * 4
    assert steps[-1][0] == "301"
