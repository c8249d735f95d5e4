"""Kuaidi100 against a local service that checks as the real one does; parcels that nobody scans."""

import json
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts import work
from accounts.models import Notification
from orders import carriers, deadlines, parcel_timers, parcels, tracking
from orders.carriers.base import TooSoon, Unreachable
from orders.carriers.kuaidi100 import Kuaidi100Tracker, sign_of
from orders.models import Deadline, TrackingSubscription
from tests.fakes.kuaidi100 import CUSTOMER, KEY, SALT, FakeKuaidi100
from tests.fakes.shopping import ship_all, to_warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings, monkeypatch):
    fake = FakeKuaidi100()
    settings.KUAIDI100_KEY, settings.KUAIDI100_CUSTOMER, settings.KUAIDI100_SALT = KEY, CUSTOMER, SALT
    settings.KUAIDI100_URL = fake.url
    monkeypatch.setattr(carriers, "TRACKERS", {"kuaidi100": Kuaidi100Tracker()})
    yield fake
    fake.close()


@pytest.fixture
def parcel(alice, teapot, place, operator):
    return ship_all(to_warehouse(place(alice, (teapot, 1))), operator)[0]


def row(at, code="0", text="已到达"):
    return {"time": f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}", "context": text, "statusCode": code, "areaName": ""}


def push(told, salt=SALT):
    param = json.dumps(told)
    form = {"param": param, "sign": sign_of(param, salt)}
    return tracking.receive_push("kuaidi100", RequestFactory().post("/", form))


def due(parcel, kind, *, later=timedelta(days=11)):
    """Days later nothing was scanned, the timer has run out and its handler runs."""
    timer = Deadline.objects.filter(entity="orders.parcel", entity_id=parcel.pk, kind=kind)
    timer.update(run_after=timezone.now() - timedelta(minutes=1))
    type(parcel).objects.filter(pk=parcel.pk).update(shipped_at=timezone.now() - later)
    deadlines.fire_due()
    parcel.refresh_from_db()


def test_a_shipped_parcel_is_subscribed_once_with_the_end_of_the_phone(parcel, service):
    work.run_due(TrackingSubscription)
    (path, form), *more = service.heard
    param = json.loads(form["param"])
    assert (path, more, param["company"], param["number"]) == ("/poll", [], parcel.carrier, parcel.waybill)
    assert param["parameters"]["phone"] == parcel.order.phone[-4:]
    assert parcel.order.phone not in form["param"]
    assert param["parameters"]["callbackurl"].endswith("/notify/carriers/kuaidi100/")
    assert TrackingSubscription.objects.get().times == 1


def test_a_carrier_that_asks_for_no_phone_gets_none(parcel, service):
    parcel.carrier = "yunda"
    Kuaidi100Tracker().subscribe(parcel)
    assert json.loads(service.heard[0][1]["param"])["parameters"]["phone"] == ""


@pytest.mark.parametrize("mode", ["500", "nonsense", "refuses"])
def test_a_subscription_that_failed_is_asked_for_again(parcel, service, mode):
    service.mode = mode
    work.run_due(TrackingSubscription)
    subscription = TrackingSubscription.objects.get()
    assert (subscription.done_at, subscription.times) == (None, 0)
    service.mode = "good"
    TrackingSubscription.objects.update(run_after=timezone.now())
    work.run_due(TrackingSubscription)
    subscription.refresh_from_db()
    assert subscription.done_at
    assert subscription.times == 1


def test_a_query_is_signed_and_not_repeated_within_half_an_hour(parcel, service):
    service.scans = [row(timezone.now())]
    assert len(Kuaidi100Tracker().query(parcel)) == 1
    with pytest.raises(TooSoon):
        Kuaidi100Tracker().query(parcel)
    assert len(service.heard) == 1


def test_a_wrong_key_is_refused_by_the_service(parcel, service, settings):
    settings.KUAIDI100_KEY = "another"
    with pytest.raises(Unreachable):
        Kuaidi100Tracker().subscribe(parcel)
    with pytest.raises(Unreachable):
        Kuaidi100Tracker().query(parcel)


def test_a_push_may_correct_the_carrier(parcel, service):
    result = {"nu": parcel.waybill, "com": parcel.carrier, "data": [row(timezone.now())]}
    told = {"status": "polling", "autoCheck": "1", "comOld": parcel.carrier, "comNew": "yunda", "lastResult": result}
    assert push(told).status_code == 200
    parcel.refresh_from_db()
    assert (parcel.carrier, parcel.status) == ("yunda", "in_transit")


def test_a_push_with_a_strange_salt_is_refused(parcel, service):
    result = {"nu": parcel.waybill, "com": parcel.carrier, "data": [row(timezone.now(), "3")]}
    assert push({"status": "polling", "lastResult": result}, salt="").status_code == 400
    parcel.refresh_from_db()
    assert parcel.status == "shipped"


def test_a_service_that_gave_up_is_asked_again_at_most_four_times(parcel, service):
    work.run_due(TrackingSubscription)
    for time in range(6):
        result = {"nu": parcel.waybill, "com": parcel.carrier, "data": []}
        push({"status": "abort", "message": str(time), "lastResult": result})
        TrackingSubscription.objects.filter(done_at=None).update(run_after=timezone.now())
        work.run_due(TrackingSubscription)
    assert TrackingSubscription.objects.get().times == 4
    assert len(service.heard) == 4


# --- parcels that nobody scans --------------------------------------------------------------------------------------


def test_a_packed_parcel_is_watched_until_it_is_handed_over(alice, teapot, place, operator):
    order = to_warehouse(place(alice, (teapot, 1)))
    box = parcels.pack(order, teapot.product.merchant, operator)
    assert deadlines.due_at(box, "parcel_pickup") == box.packed_at + timedelta(hours=24)
    due(box, "parcel_pickup")
    assert (box.status, deadlines.due_at(box, "parcel_pickup")) == ("packed", None)


def test_a_parcel_without_a_scan_for_days_is_held_up_and_the_shopper_told(parcel, service):
    due(parcel, "parcel_still")
    assert parcel.status == "exception"
    assert service.heard[0][0] == "/poll/query.do"
    assert Notification.objects.filter(kind="parcel_delayed", user=parcel.order.user).count() == 1


def test_a_query_that_finds_a_scan_lets_the_clock_run_on(parcel, service):
    service.scans = [row(timezone.now() - timedelta(hours=1), "1002")]
    due(parcel, "parcel_still")
    assert parcel.status == "in_transit"
    assert deadlines.due_at(parcel, "parcel_still") > timezone.now() + timedelta(hours=70)
    assert not Notification.objects.filter(kind="parcel_delayed").exists()


def test_far_regions_have_more_time(parcel):
    parcel.order.province = "西藏自治区"
    parcel_timers.watch_road(parcel)
    assert deadlines.due_at(parcel, "parcel_still") == parcel.shipped_at + timedelta(hours=120)


def test_ten_days_without_a_scan_are_a_loss(parcel, service):
    due(parcel, "parcel_still")
    due(parcel, "parcel_lost")
    assert parcel.status == "lost"
    assert Notification.objects.filter(kind="parcel_lost", user=parcel.order.user).count() == 1
    assert not deadlines.running(parcel).exists()


def test_a_timer_that_fires_too_early_waits_on(parcel, service):
    due(parcel, "parcel_still", later=timedelta(hours=71))
    assert parcel.status == "shipped"
    assert deadlines.due_at(parcel, "parcel_still") > timezone.now() + timedelta(minutes=50)


def test_a_delivered_parcel_is_watched_no_more(parcel, service):
    service.scans = [row(timezone.now(), "301", "已签收")]
    due(parcel, "parcel_still")
    assert parcel.status == "delivered"
    assert not deadlines.running(parcel).exists()
