"""The road of the sandbox carrier: a shipment is scanned from place to place, and every scan is pushed like
Kuaidi100's.

Each run of the row adds one scan and pushes the whole trace, newest first; an unanswered push is sent again. Every
third push is sent twice, because real ones are.
"""

import json

import requests
from django.conf import settings
from django.utils import timezone

from accounts.work import TryLater
from orders.carriers.kuaidi100 import TIME, sign_of
from orders.models import SandboxShipment

TIMEOUT_SECONDS = 5
RESENDS = (5, 30, 120, 600, 1800)
# The hub through which a region is reached; others go by way of Wuhan.
HUBS = {
    "北京市": "北京",
    "天津市": "北京",
    "河北省": "石家庄",
    "上海市": "上海",
    "江苏省": "南京",
    "浙江省": "杭州",
    "广东省": "广州",
    "福建省": "福州",
    "四川省": "成都",
    "重庆市": "重庆",
    "陕西省": "西安",
    "湖北省": "武汉",
    "湖南省": "长沙",
    "山东省": "济南",
    "河南省": "郑州",
    "辽宁省": "沈阳",
    "云南省": "昆明",
}
MIDDLE = "武汉"


def subscribe(param):
    """Put a waybill on the road; returns Kuaidi100's return code. ``param`` is the JSON text of the subscription."""
    wish = json.loads(param)
    if wish["key"] != settings.SANDBOX_CARRIER_SALT:
        return "600"
    if not wish["parameters"]["callbackurl"].startswith(settings.CALLBACK_URL + "/"):
        return "700"
    _shipment, made = SandboxShipment.objects.get_or_create(
        carrier=wish["company"],
        waybill=wish["number"],
        defaults={
            "callback_url": wish["parameters"]["callbackurl"],
            "steps": journey(wish["from"].split(","), wish["to"].split(","), trouble=wish["number"].endswith("00")),
        },
    )
    return "200" if made else "501"


def journey(origin, target, *, trouble=False):
    """The scans of a parcel from ``origin`` to ``target`` (province, city, district each): a list of (code, city,
    text).
    """
    start, end = origin[1], target[1]
    first, last = HUBS.get(origin[0], start.removesuffix("市")), HUBS.get(target[0], end.removesuffix("市"))
    near, door = f"{start.removesuffix('市')}{origin[2]}营业部", f"{end.removesuffix('市')}{target[2]}营业部"
    steps = [
        ("103", start, f"【{start}】您的快件已被【{near}】揽收，揽收员：周师傅"),
        ("0", start, f"【{start}】快件已到达【{first}转运中心】"),
        ("1002", start, f"【{start}】快件已从【{first}转运中心】发出，下一站【{last if first != last else door}】"),
    ]
    if first != last:
        if MIDDLE not in (first, last):
            steps.append(("1002", "武汉市", f"【武汉市】快件已到达【{MIDDLE}转运中心】，正发往【{last}转运中心】"))
        steps.append(("1001", end, f"【{end}】快件已到达【{last}转运中心】"))
    if trouble:
        steps.append(("2", end, f"【{end}】快件外包装破损，正在重新包装，派送可能延误"))
    steps += [
        ("1001", end, f"【{end}】快件已到达【{door}】"),
        ("5", end, f"【{end}】【{door}】的派件员陈师傅正在为您派送，请保持电话畅通"),
        ("301", end, f"【{end}】您的快件已签收，签收人：本人。感谢使用"),
    ]
    return steps


def drive(shipment):
    """One run of the row: the next scan (or the last one again, when nobody answered) and its push."""
    shipment.refresh_from_db()
    if not shipment.sends:
        _scan_next(shipment)
    if _push(shipment):
        shipment.sends = 0
    else:
        shipment.sends += 1
    SandboxShipment.objects.filter(pk=shipment.pk).update(
        sends=shipment.sends, steps=shipment.steps, scans=shipment.scans
    )
    if shipment.sends > len(RESENDS):
        SandboxShipment.objects.filter(pk=shipment.pk).update(sends=0)  # the next scan carries the whole trace anyway
        shipment.sends = 0
    if shipment.sends:
        raise TryLater(RESENDS[shipment.sends - 1])
    if shipment.steps:
        raise TryLater(settings.SANDBOX_CARRIER_STEP_SECONDS)


def _scan_next(shipment):
    if shipment.steps:
        code, city, text = shipment.steps[0]
        at = timezone.localtime().strftime(TIME)
        scan = {"time": at, "ftime": at, "context": text, "statusCode": code, "areaName": city}
        shipment.scans, shipment.steps = [scan, *shipment.scans], shipment.steps[1:]


def push_of(shipment):
    """The form that tells the trace so far: ``param`` and its ``sign``."""
    over = bool(shipment.scans) and shipment.scans[0]["statusCode"].startswith("3")
    param = json.dumps(
        {
            "status": "shutdown" if over else "polling",
            "message": "",
            "lastResult": {
                "message": "ok",
                "nu": shipment.waybill,
                "com": shipment.carrier,
                "ischeck": "1" if over else "0",
                "state": shipment.scans[0]["statusCode"][:1] if shipment.scans else "0",
                "data": shipment.scans,
            },
        },
        ensure_ascii=False,
    )
    return {"param": param, "sign": sign_of(param, settings.SANDBOX_CARRIER_SALT)}


def _push(shipment):
    form = push_of(shipment)
    twice = len(shipment.scans) % 3 == 0
    try:
        for _time in range(2 if twice else 1):
            response = requests.post(shipment.callback_url, data=form, timeout=TIMEOUT_SECONDS, allow_redirects=False)
            if response.json().get("result") is not True:
                return False
    except (requests.RequestException, ValueError):
        return False
    return True
