"""The clocks of a request: how long shop and shopper have, and what happens when they say nothing (docs/domain.md 2.9).

While a request is open the clocks of its order stand still.
"""

from django.utils import timezone

from accounts.work import TryLater
from aftersales.models import ReturnLine, ReturnRequest
from aftersales.moves import SYSTEM, move
from orders import deadlines, order_timers
from orders.models import Parcel

Status, Kind = ReturnRequest.Status, ReturnRequest.Kind
ANSWER, SHIP_BACK, ON_THE_ROAD, INSPECTION, AFTER_REJECTION = (
    "return_answer",
    "return_ship_back",
    "return_on_the_road",
    "return_inspection",
    "return_after_rejection",
)
ORDER_CLOCKS = (order_timers.AUTO_CONFIRM, order_timers.AUTO_CONFIRM_UNSIGNED, order_timers.FINISH)
# Shown as "until" on the pages; being on the road has no end of its own.
SHOWN = (ANSWER, SHIP_BACK, INSPECTION, AFTER_REJECTION)
LOOK_AGAIN_SECONDS = 3_600


def start(asked, kind, how_long):
    deadlines.set_deadline(asked, kind, timezone.now() + how_long)


def stop(asked):
    deadlines.cancel_deadlines(asked)


def due(asked):
    """When the present step of ``asked`` is over, or None."""
    timer = deadlines.running(asked).filter(kind__in=SHOWN).order_by("run_after").first()
    return timer.run_after if timer else None


def pause_order(order):
    for kind in ORDER_CLOCKS:
        deadlines.pause(order, kind)


def ended(asked):
    """The request is over: its clocks stop, and those of the order run on unless another request is open."""
    stop(asked)
    if not asked.order.return_requests.exclude(status__in=ReturnRequest.ENDED).exists():
        for kind in ORDER_CLOCKS:
            deadlines.resume(asked.order, kind)


def _answer_is_late(asked):
    from aftersales import returns

    if asked.status != Status.SUBMITTED:
        return
    signed = asked.lines.filter(line__signed_at__isnull=False).exists()
    if asked.kind == Kind.REFUND_ONLY and signed:
        # "Not received" although the carrier says signed: people decide, not the clock.
        move(asked, Status.ESCALATED, actor=SYSTEM)
        return
    returns.approve(asked)


def _goods_are_late(asked):
    from aftersales import messages

    if asked.status == Status.AWAIT_BUYER_SHIP and move(asked, Status.CLOSED_TIMEOUT, actor=SYSTEM):
        ended(asked)
        messages.tell(asked, "return_closed")


def _look_at_the_road(asked):
    from aftersales import returns

    if asked.status != Status.RETURN_IN_TRANSIT:
        return
    if asked.inbound_parcel.status != Parcel.Status.DELIVERED:
        raise TryLater(LOOK_AGAIN_SECONDS)
    returns.check_in(asked)


def _inspection_is_late(asked):
    from aftersales import returns

    if asked.status == Status.INSPECTING:
        units = {part.line_id: part.quantity for part in asked.lines.all()}
        # Nobody looked at the goods, so they do not go back on the shelf.
        returns.inspect(asked, accepted=units, goes_to=ReturnLine.Bin.SECOND)


def _rejection_stands(asked):
    if asked.status == Status.REJECTED and move(asked, Status.CLOSED, actor=SYSTEM):
        ended(asked)


deadlines.register(ANSWER, _answer_is_late)
deadlines.register(SHIP_BACK, _goods_are_late)
deadlines.register(ON_THE_ROAD, _look_at_the_road)
deadlines.register(INSPECTION, _inspection_is_late)
deadlines.register(AFTER_REJECTION, _rejection_stands)
