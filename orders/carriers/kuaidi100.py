"""The dialect of Kuaidi100: how a push is signed, what stands in it, what it wants to hear."""

import hashlib
import hmac
import json
from datetime import datetime

from django.http import JsonResponse
from django.utils import timezone

from orders.carriers.base import BadSignature, Push, Scan, Tracker, meaning_of

TIME = "%Y-%m-%d %H:%M:%S"


def sign_of(param, salt):
    """MD5 of the text of ``param`` and the salt, in upper-case hexadecimal; their rule, not our choice."""
    return hashlib.md5((param + salt).encode(), usedforsecurity=False).hexdigest().upper()


class Kuaidi100Tracker(Tracker):
    """The receiving half; a subclass says where subscriptions go and which salt signs the pushes."""

    def salt(self):
        raise NotImplementedError

    def parse_push(self, request):
        param = request.POST.get("param", "")
        sign = request.POST.get("sign", "").upper()
        if not hmac.compare_digest(sign_of(param, self.salt()).encode(), sign.encode()):
            raise BadSignature
        try:
            result = json.loads(param)["lastResult"]
            scans = tuple(self._scan(row) for row in result.get("data", []))
            return Push(carrier=str(result["com"]), waybill=str(result["nu"]), scans=scans)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadSignature from error

    def _scan(self, row):
        code = str(row.get("statusCode") or "")
        city = str(row.get("areaName") or "").split(",")[-1]
        return Scan(
            at=timezone.make_aware(datetime.strptime(row["time"], TIME)),  # noqa: DTZ007 (their times are local)
            code=code[:10],
            status=meaning_of(code),
            context=str(row["context"])[:300],
            city=city[:40],
        )

    def answer(self, ok):
        if ok:
            return JsonResponse({"result": True, "returnCode": "200", "message": "成功"})
        return JsonResponse({"result": False, "returnCode": "500", "message": "失败"}, status=400)
