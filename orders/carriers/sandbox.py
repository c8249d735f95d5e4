"""The sandbox tracker: Kuaidi100 as seen from here, with parcels that travel on the road of
orders.carriers.sandbox_road.

It follows waybills of every carrier, so that a demo may ship with 顺丰 and see the parcel arrive.
"""

import json

import requests
from django.conf import settings
from django.urls import reverse

from accounts import regions
from orders.carriers.base import Unreachable
from orders.carriers.kuaidi100 import Kuaidi100Tracker
from orders.gateways import sandbox_wire
from orders.models import Parcel

TIMEOUT_SECONDS = 5
TAKEN, SUBSCRIBED_BEFORE = "200", "501"
# Where a parcel starts when its merchant has not said where the warehouse stands.
SOMEWHERE = ("浙江省", "杭州市", "余杭区")


class SandboxTracker(Kuaidi100Tracker):
    name = "sandbox"

    def salt(self):
        return settings.SANDBOX_CARRIER_SALT

    def subscribe(self, parcel):
        origin, target = _warehouse(parcel.merchant), _receiver(parcel.order)
        if parcel.direction == Parcel.Direction.INBOUND:
            origin, target = target, origin
        param = {
            "company": parcel.carrier,
            "number": parcel.waybill,
            "from": ",".join(origin),
            "to": ",".join(target),
            "key": self.salt(),
            "parameters": {
                "callbackurl": settings.CALLBACK_URL + reverse("notify_carrier", args=[self.name]),
                "salt": self.salt(),
            },
        }
        answer = self._post({"schema": "json", "param": json.dumps(param, ensure_ascii=False)})
        if answer.get("returnCode") not in {TAKEN, SUBSCRIBED_BEFORE}:
            raise Unreachable(answer.get("message", ""))

    def _post(self, form):
        try:
            with sandbox_wire.session() as session:
                address = settings.CALLBACK_URL + reverse("sandbox_carrier")
                response = session.post(address, data=form, timeout=TIMEOUT_SECONDS)
                response.raise_for_status()
                return response.json()
        except (requests.RequestException, ValueError) as error:
            raise Unreachable(type(error).__name__) from error


def _receiver(order):
    return order.province, order.city or order.province, order.district


def _warehouse(merchant):
    place = merchant.warehouses.filter(is_default=True).first()
    try:
        province, city, district = regions.names_of(place.region_code) if place else SOMEWHERE
    except KeyError:
        return SOMEWHERE
    return province, city or province, district
