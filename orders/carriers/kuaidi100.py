"""Kuaidi100: subscribe a waybill, take its signed pushes, ask for one trace when nothing was pushed.

Signing, fields and answers as its documents have them (docs/decisions). Pushes are signed with MD5: their rule, not our
choice; a push therefore only ever adds scans to a parcel that already travels under its waybill.
"""

import hashlib
import hmac
import json
from datetime import datetime, timedelta

import requests
from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone

from accounts import phones, regions
from orders.carriers.base import BadSignature, Push, Scan, TooSoon, Tracker, Unreachable, meaning_of
from orders.models import Parcel

TIME = "%Y-%m-%d %H:%M:%S"
TIMEOUT_SECONDS = 8
TAKEN, SUBSCRIBED_BEFORE = "200", "501"
# A number that is asked for more often than this is locked by them.
BETWEEN_QUERIES = timedelta(minutes=30)
# Where a parcel starts when its merchant has not said where the warehouse stands.
SOMEWHERE = ("浙江省", "杭州市", "余杭区")
# These carriers tell a trace only to those who know the end of a phone number.
ASK_FOR_PHONE = {"shunfeng", "shunfengkuaiyun", "zhongtong"}


def sign_of(param, salt):
    """MD5 of the text of ``param`` and the salt, in upper-case hexadecimal."""
    return hashlib.md5((param + salt).encode(), usedforsecurity=False).hexdigest().upper()


class Kuaidi100Tracker(Tracker):
    """The service itself, configured by ``KUAIDI100_*``."""

    name = "kuaidi100"

    def key(self):
        return settings.KUAIDI100_KEY

    def salt(self):
        return settings.KUAIDI100_SALT

    def subscription_address(self):
        return f"{settings.KUAIDI100_URL}/poll"

    def session(self):
        return requests.Session()

    def subscribe(self, parcel):
        origin, target = ends_of(parcel)
        parameters = {
            "callbackurl": settings.CALLBACK_URL + reverse("notify_carrier", args=[self.name]),
            "salt": self.salt(),
            "resultv2": "4",
            "phone": _phone(parcel),
        }
        param = {
            "company": parcel.carrier,
            "number": parcel.waybill,
            "from": ",".join(origin),
            "to": ",".join(target),
            "key": self.key(),
            "parameters": parameters,
        }
        answer = self._post(self.subscription_address(), {"schema": "json", "param": _text(param)})
        if str(answer.get("returnCode")) not in {TAKEN, SUBSCRIBED_BEFORE}:
            raise Unreachable(f"{answer.get('returnCode')} {answer.get('message', '')}")

    def query(self, parcel):
        """The scans of ``parcel`` so far. Raises ``TooSoon`` within half an hour of the last query, ``Unreachable``."""
        self._note_query(parcel)
        param = _text({"com": parcel.carrier, "num": parcel.waybill, "phone": _phone(parcel), "resultv2": "4"})
        customer = settings.KUAIDI100_CUSTOMER
        form = {"customer": customer, "param": param, "sign": sign_of(param, self.key() + customer)}
        answer = self._post(f"{settings.KUAIDI100_URL}/poll/query.do", form)
        if str(answer.get("status")) != TAKEN:
            raise Unreachable(f"{answer.get('returnCode')} {answer.get('message', '')}")
        try:
            return tuple(_scan(row) for row in answer.get("data", []))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreachable("an answer without sense") from error

    @staticmethod
    def _note_query(parcel):
        now = timezone.now()
        free = type(parcel.subscription).objects.filter(pk=parcel.subscription.pk)
        free = free.exclude(queried_at__gt=now - BETWEEN_QUERIES)
        if not free.update(queried_at=now):
            raise TooSoon

    def _post(self, address, form):
        try:
            with self.session() as session:
                response = session.post(address, data=form, timeout=TIMEOUT_SECONDS, allow_redirects=False)
                response.raise_for_status()
                answer = response.json()
        except (requests.RequestException, ValueError) as error:
            raise Unreachable(type(error).__name__) from error
        if not isinstance(answer, dict):
            raise Unreachable("an answer without sense")
        return answer

    def parse_push(self, request):
        param = request.POST.get("param", "")
        sign = request.POST.get("sign", "").upper()
        if not hmac.compare_digest(sign_of(param, self.salt()).encode(), sign.encode()):
            raise BadSignature
        try:
            told = json.loads(param)
            result = told["lastResult"]
            scans = tuple(_scan(row) for row in result.get("data", []))
            corrected = str(told.get("comNew") or "") if str(told.get("autoCheck")) == "1" else ""
            return Push(
                carrier=str(told.get("comOld") or result["com"]) if corrected else str(result["com"]),
                waybill=str(result["nu"]),
                scans=scans,
                carrier_really=corrected,
                given_up=told.get("status") == "abort",
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadSignature from error

    def answer(self, ok):
        if ok:
            return JsonResponse({"result": True, "returnCode": "200", "message": "成功"})
        return JsonResponse({"result": False, "returnCode": "500", "message": "失败"}, status=400)


def _text(param):
    return json.dumps(param, ensure_ascii=False)


def _scan(row):
    code = str(row.get("statusCode") or "")
    city = str(row.get("areaName") or "").split(",")[-1]
    return Scan(
        at=timezone.make_aware(datetime.strptime(row["time"], TIME)),  # noqa: DTZ007 (their times are local)
        code=code[:10],
        status=meaning_of(code),
        context=str(row["context"])[:300],
        city=city[:40],
    )


def _phone(parcel):
    """The last four digits of the phone that the carrier knows, where it wants them; nothing more leaves the shop."""
    return phones.last_four(parcel.order.phone) if parcel.carrier in ASK_FOR_PHONE else ""


def ends_of(parcel):
    """Where a parcel starts and where it goes: (province, city, district) each."""
    origin, target = _warehouse(parcel.merchant), _receiver(parcel.order)
    return (target, origin) if parcel.direction == Parcel.Direction.INBOUND else (origin, target)


def _receiver(order):
    return order.province, order.city or order.province, order.district


def _warehouse(merchant):
    place = merchant.warehouses.filter(is_default=True).first()
    try:
        province, city, district = regions.names_of(place.region_code) if place else SOMEWHERE
    except KeyError:
        return SOMEWHERE
    return province, city or province, district
