"""Where an order meets money and points again: cancelling a paid one, what refunds change, and what its end grants."""

from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from accounts.history import TransitionNotAllowed
from accounts.notifications import notify
from catalog import sales, stock
from loyalty import coupons, growth, points
from loyalty.models import GrowthEntry
from orders import deadlines, promotions, risk_holds
from orders.models import Order, Parcel, Refund, RefundLine
from orders.moves import CLOSED, FINISHED, PAID, PROCESSING, SYSTEM, UNPAID, move


def cancel_paid(order, *, why, by, actor, reason=""):
    """Close a paid order of which nothing is packed: everything is refunded, delivery fee included.

    Raises ``TransitionNotAllowed`` when a parcel exists already.
    """
    from orders import refunds

    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        order.status = locked.status
        if locked.status not in {PAID, PROCESSING} or _is_packed(locked):
            raise TransitionNotAllowed(order, to=CLOSED)
        move(order, CLOSED, by=by, actor=actor, reason=reason, closed_at=timezone.now(), close_reason=why)
        risk_holds.end(order, by=by, actor=actor)
        lines = [line for line in order.lines.select_for_update().order_by("pk") if line.waiting_quantity]
        parts = [_rest_of(line) for line in lines]
        money = any(goods + shipping for _line, _units, goods, shipping, _points in parts)
        our_fault = why == Order.CloseReason.STAFF
        if money:
            # Points that were spent come back together with the money.
            refunds.request(order, lines=parts, source=f"cancel:{order.number}", reason=why, by=by, our_fault=our_fault)
        coupons.give_back(order.about, our_fault=our_fault)
        if not money:
            points.give_back(order.about, sum(part[4] for part in parts), "cancel")
        _give_up_units(order, parts)
    return True


def _is_packed(order):
    return Parcel.objects.filter(order=order).exclude(status=Parcel.Status.VOID).exists()


def _rest_of(line):
    """What is left of a line to cancel: (line, units, goods fen, delivery fen, points)."""
    from orders import anchors

    units = line.waiting_quantity
    goods, _shipping, points_back = anchors.worth(line, units)
    return line, units, goods, line.shipping_share_fen - anchors.refunded(line)["shipping_fen"], points_back


def _give_up_units(order, parts):
    deadlines.cancel_deadlines(order)
    points.adjust_earned(order.about, 0)
    promotions.give_back(order)
    facts = {"number": order.number}
    notify(order.user, "order_closed", key=f"{order.about}:closed", facts=facts, url=order.get_absolute_url())
    back = {}
    for line, units, *_amounts in parts:
        order.lines.filter(pk=line.pk).update(cancelled_quantity=F("cancelled_quantity") + units)
        back[line.product_id] = back.get(line.product_id, 0) - units
    sales.record(back)
    for line, units, *_amounts in sorted(parts, key=lambda part: (part[0].sku_id, part[0].pk)):
        stock.release(line.source, units, part="cancel")


def goods_refunded(order):
    """Fen of goods that went, or are going, back."""
    live = RefundLine.objects.filter(line__order=order).exclude(refund__status__in=Refund.DEAD)
    return live.aggregate(fen=Sum("goods_fen"))["fen"] or 0


def net_goods(order):
    """What the shopper has really paid for goods, in fen."""
    return max(order.payable_fen - order.shipping_fen - goods_refunded(order), 0)


def refund_in_flight(order):
    """Whether money is still on its way back."""
    return order.refunds.exclude(status__in=[Refund.Status.SUCCEEDED, *Refund.DEAD]).exists()


def settle_loyalty(order):
    """The order is FINISHED: its points are the member's, and its growth is posted."""
    points.mature(order.about)
    worth = net_goods(order) // 100
    if worth:
        growth.post(order.user, order.about, worth, "spend", timezone.localdate())


def after_refund(order):
    """After a refund: earned points fall to what the goods still cost; all units back closes the order.

    Returns whether the order was closed now. A FINISHED order stays so and loses growth instead.
    """
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        net = net_goods(locked)
        points.adjust_earned(locked.about, points.earned(net, locked.earn_bp))
        if locked.status == FINISHED:
            _lower_growth(locked, net)
        if locked.status in {FINISHED, CLOSED, *UNPAID} or not _everything_came_back(locked):
            order.refresh_from_db()
            return False
        why = Order.CloseReason.REFUNDED
        move(order, CLOSED, actor=SYSTEM, closed_at=timezone.now(), close_reason=why)
        deadlines.cancel_deadlines(order)
        return True


def _everything_came_back(order):
    units = order.lines.annotate(kept=F("quantity") - F("cancelled_quantity") - F("returned_quantity"))
    return not units.filter(kept__gt=0).exists() and not refund_in_flight(order)


def _lower_growth(order, net):
    mine = Q(source=order.about) | Q(source__startswith=f"{order.about}/")
    posted = GrowthEntry.objects.filter(mine, member__user=order.user).aggregate(sum=Sum("amount"))["sum"] or 0
    if posted > net // 100:
        growth.post(order.user, f"{order.about}/{net}", net // 100 - posted, "refund", timezone.localdate())
