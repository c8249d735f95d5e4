"""Returns of the demo shop, in the states that the desk sees every day."""

from dataclasses import dataclass
from datetime import timedelta

from aftersales import returns
from aftersales.models import ReturnRequest
from config.demo.clock import at
from orders import tracking
from orders.carriers.base import Scan, meaning_of
from orders.carriers.sandbox_road import journey
from orders.models import OrderLine, TrackingSubscription

STEPS = ("submitted", "approved", "sent_back", "arrived", "inspecting", "refunded")


@dataclass(frozen=True)
class Case:
    """A return of one unit of ``sku`` by a shopper, asked ``hours`` after the parcel was signed for."""

    tier: str
    sku: str
    until: str
    reason: str = "no_reason"
    hours: int = 20
    note: str = ""


CASES = (
    Case("GOLD", "SY-CUP2-MM", "submitted", note="颜色和家里的茶盘不搭，没用过，包装都在。", hours=60),
    Case("SILVER", "MD-CLOUD-1", "submitted", reason="unsuitable", hours=40),
    Case("PLATINUM", "ML-SLIP-GREEN-38", "approved", reason="unsuitable", note="客房那双偏大，想退一双。"),
    Case("DIAMOND", "ML-RUG-SAGE-60", "inspecting", note="比想象的薄一些。", hours=10),
    Case("DIAMOND", "YQ-CANDLE-PINE", "refunded", hours=6),
)


def tell(teller):
    """Make the returns; answers how many."""
    for case in CASES:
        _tell(teller, case)
    return len(CASES)


def _tell(teller, case):
    user = teller.shoppers[case.tier]
    line = OrderLine.objects.filter(order__user=user, sku__code=case.sku, signed_at__isnull=False).latest("pk")
    moment = line.signed_at + timedelta(hours=case.hours)
    with at(moment):
        asked = returns.request(user, line, 1, case.reason, note=case.note)
    acts = (
        (3, lambda: returns.approve(asked, by=teller.operator)),
        (8, lambda: returns.ship_back(asked, by=user, carrier="shunfeng", waybill=f"SF{2_000_000_000_000 + asked.pk}")),
        (30, lambda: _arrive(asked)),
        (31, lambda: returns.check_in(asked, by=teller.operator)),
        (33, lambda: _accept(teller, asked)),
    )
    for hours, act in acts[: STEPS.index(case.until)]:
        with at(moment + timedelta(hours=hours)):
            asked.refresh_from_db()
            act()


def _arrive(asked):
    parcel = asked.inbound_parcel
    order = asked.order
    origin = [order.province, order.city or order.province, order.district]
    way = journey(origin, ["江西省", "景德镇市", "昌江区"])
    hours = [1 + 19 * number / len(way) for number in range(len(way))]
    scans = [
        Scan(asked.approved_at + timedelta(hours=5 + hour), code, meaning_of(code), text, city)
        for hour, (code, city, text) in zip(hours, way, strict=True)
    ]
    tracking.apply_events(parcel, scans)
    TrackingSubscription.objects.filter(parcel=parcel).update(done_at=asked.approved_at)


def _accept(teller, asked):
    accepted = {line.line_id: line.quantity for line in asked.lines.all()}
    returns.inspect(asked, accepted=accepted, by=teller.operator, condition="完好")
    teller.refund(asked.order)
    assert ReturnRequest.objects.get(pk=asked.pk).status == ReturnRequest.Status.COMPLETED
