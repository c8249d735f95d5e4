"""What a request does to money, units and stock. Amounts are frozen at purchase; only the anchors of the lines are read."""

from django.db.models import F, Sum
from django.utils import timezone

from aftersales import eligibility, messages, timers
from aftersales.models import ReturnLine, ReturnRequest
from aftersales.moves import move
from catalog import sales, stock, stock_bookings
from loyalty import points
from orders import anchors, coupon_returns, gifts, refunds, resettling, road, settling
from orders.models import OrderLine

Kind, Status, Fault = ReturnRequest.Kind, ReturnRequest.Status, ReturnRequest.Fault


class WrongUnits(Exception):
    """More units were accepted than came, or fewer than none."""


def source_of(asked):
    """The key of a request's refunds."""
    return f"return:{asked.number}"


def worth(line, quantity, fault):
    """(goods fen, delivery fee fen, points) for ``quantity`` units; the fee only when it is not the shopper's doing."""
    goods, shipping, points_back = anchors.worth(line, quantity)
    return goods, 0 if fault == Fault.BUYER else shipping, points_back


def cancel_units(asked):
    """Units that nobody packed leave the order; the delivery fee comes back when nothing of the order is left."""
    order = asked.order
    take_gifts_along(asked)
    for part in asked.lines.select_related("line"):
        line = part.line
        OrderLine.objects.filter(pk=line.pk).update(cancelled_quantity=F("cancelled_quantity") + part.quantity)
        part.accepted_quantity = part.received_quantity = part.quantity
        part.cash_fen, _shipping, part.points = anchors.worth(line, part.quantity)
        part.shipping_fen = sum(fen for _line, fen in _fees_left(order)) if _none_left(order) else 0
        part.save()
    road.note_shipped(order)


def take_gifts_along(asked):
    """Gifts that the goods kept no longer earn go with the request: those not packed yet when it cancels, those in the
    shopper's hands when the shopper sends them back."""
    order, going = asked.order, {part.line_id: part.quantity for part in asked.lines.all()}
    before_shipping = asked.kind == Kind.CANCEL_PAID
    for gift, units in gifts.unearned(order, going):
        free = eligibility.units_of(gift)
        there = free.to_cancel if before_shipping else free.signed + free.on_the_way
        if min(units, there) > 0:
            ReturnLine.objects.create(request=asked, line=gift, quantity=min(units, there))


def resettle(asked):
    """A change of mind that breaks a promotion which does not keep: what is kept is priced anew. None when all keep."""
    if asked.fault != Fault.BUYER:
        return None
    parts = {part.line_id: part for part in asked.lines.filter(accepted_quantity__gt=0)}
    found = resettling.preview(asked.order, {pk: part.accepted_quantity for pk, part in parts.items()})
    if found is None:
        return None
    resettling.rewrite(asked.order, found)
    for pk, part in parts.items():
        part.cash_fen = found.back[pk]
        part.save(update_fields=["cash_fen"])
    return found


def deduct_gifts(asked):
    """The value of gifts that are kept without being earned comes off the money of a change of mind (E19)."""
    parts = list(asked.lines.select_related("line").order_by("-cash_fen", "pk"))
    fen = gifts.deduct(asked.order, sum(part.cash_fen for part in parts)) if asked.fault == Fault.BUYER else 0
    ReturnRequest.objects.filter(pk=asked.pk).update(gift_fen=fen)
    asked.gift_fen = fen
    for part in parts:
        off = min(part.cash_fen, fen)
        if off:
            part.cash_fen, fen = part.cash_fen - off, fen - off
            part.save(update_fields=["cash_fen"])


def release_units(asked):
    """The cancelled units can be sold again; the last locks of the transaction."""
    for part in asked.lines.select_related("line").order_by("line__sku_id"):
        sales.record({part.line.product_id: -part.quantity})
        stock.release(part.line.source, part.quantity, part=source_of(asked))


def _none_left(order):
    return not order.lines.filter(quantity__gt=F("cancelled_quantity")).exists()


def _fees_left(order):
    """(line, fen of the delivery fee that were not refunded) for every line of ``order``."""
    rows = [(line, line.shipping_share_fen - anchors.refunded(line)["shipping_fen"]) for line in order.lines.all()]
    return [row for row in rows if row[1] > 0]


def accept_without_goods(asked):
    """Refunded, and nothing comes back: all units count as settled, stock stays as it is."""
    for part in asked.lines.select_related("line"):
        part.accepted_quantity = part.received_quantity = part.quantity
        part.save(update_fields=["accepted_quantity", "received_quantity"])
        OrderLine.objects.filter(pk=part.line_id).update(returned_quantity=F("returned_quantity") + part.quantity)


def check_units(asked, accepted):
    """Order line id → accepted units, for every line of the request. Raises ``WrongUnits``."""
    taken = {part.line_id: accepted.get(part.line_id, 0) for part in asked.lines.all()}
    most = {part.line_id: part.quantity for part in asked.lines.all()}
    if set(accepted) - set(taken) or any(not 0 <= units <= most[line] for line, units in taken.items()):
        raise WrongUnits(asked.number)
    return taken


def book_inspection(asked, taken, goes_to, condition):
    for part in asked.lines.all():
        units = taken[part.line_id]
        part.received_quantity = part.quantity
        part.accepted_quantity, part.bin, part.condition = units, goes_to, condition
        part.save(update_fields=["received_quantity", "accepted_quantity", "bin", "condition"])
        OrderLine.objects.filter(pk=part.line_id).update(returned_quantity=F("returned_quantity") + units)


def pay(asked):
    """Ask for the money of the accepted units, with the amounts that the lines are worth now; once per request."""
    for part in asked.lines.select_related("line"):
        if asked.kind != Kind.CANCEL_PAID:
            part.cash_fen, part.shipping_fen, part.points = worth(part.line, part.accepted_quantity, asked.fault)
            part.save(update_fields=["cash_fen", "shipping_fen", "points"])
    resettled = resettle(asked)
    deduct_gifts(asked)
    parts = [row for part in asked.lines.select_related("line") for row in _refund_parts(asked, part)]
    if any(goods + shipping for _line, _units, goods, shipping, _points in parts):
        our_fault = asked.fault == Fault.MERCHANT
        refunds.request(asked.order, lines=parts, source=source_of(asked), reason=asked.reason, our_fault=our_fault)
        if resettled:
            resettling.settle_anchors(asked.order, resettled)
        messages.tell(asked, "return_refunding")
        return
    if resettled:
        resettling.settle_anchors(asked.order, resettled)
    # Paid with points alone: there is no money to wait for.
    coupon_returns.give_back_free(asked.order, our_fault=asked.fault == Fault.MERCHANT)
    points.give_back(asked.order.about, sum(part[4] for part in parts), source_of(asked))
    settling.after_refund(asked.order)
    complete(asked)


def _refund_parts(asked, part):
    """The rows of the refund: the line itself, and the fee of lines cancelled before when nothing of the order is left."""
    fees = {part.line_id: part.shipping_fen}
    if asked.kind == Kind.CANCEL_PAID and part.shipping_fen:
        fees = {line.pk: fen for line, fen in _fees_left(asked.order)}
    yield part.line, part.accepted_quantity, part.cash_fen, fees.pop(part.line_id, 0), part.points
    for line in OrderLine.objects.filter(pk__in=fees).order_by("pk"):
        yield line, 0, 0, fees[line.pk], 0


def restock(asked, *, by=None):
    """Sellable units are back on the shelf, once per line of the request; the last locks of the transaction."""
    for part in asked.lines.filter(bin=ReturnLine.Bin.SELLABLE, accepted_quantity__gt=0).order_by("line__sku_id"):
        source = f"{source_of(asked)}:{part.line_id}"
        stock_bookings.take_back(part.line.sku_id, part.accepted_quantity, source=source, by=by)


def refund_succeeded(refund):
    """Called by orders when the channel has paid (``orders.refunds.WHEN_SUCCEEDED``)."""
    if not refund.source.startswith("return:"):
        return
    number = refund.source.removeprefix("return:").split("/")[0]
    asked = ReturnRequest.objects.filter(number=number, status=Status.REFUNDING).first()
    if asked is None:
        return
    rows = asked.order.refunds.filter(source__startswith=source_of(asked))
    if not rows.exclude(status__in=[refunds.Status.SUCCEEDED, refunds.Status.CANCELLED]).exists():
        complete(asked)


def complete(asked):
    if move(asked, Status.COMPLETED, completed_at=timezone.now()):
        timers.ended(asked)
        messages.tell(asked, "return_completed")


def estimate(line, quantity, reason, *, with_gifts=False):
    """What the shopper would get back: a dict of goods, delivery fee, total in fen, and points; ``gift`` is what is deducted
    for gifts that are kept, ``gifts`` says whether there are any that should come back."""
    units = min(max(quantity, 1), line.quantity)
    goods, shipping, points_back = worth(line, units, reason.fault)
    anew = resettling.preview(line.order, {line.pk: units}) if reason.fault == Fault.BUYER else None
    goods = anew.back[line.pk] if anew else goods
    if reason.kind == Kind.CANCEL_PAID:
        kept = line.order.lines.aggregate(units=Sum(F("quantity") - F("cancelled_quantity")))["units"]
        shipping = sum(fen for _line, fen in _fees_left(line.order)) if kept == units else 0
    gift = min(goods, _gift_value(line, units, reason))
    off = 0 if with_gifts else gift
    amounts = {"goods": goods, "shipping": shipping, "points": points_back, "total": goods + shipping - off}
    return amounts | {"gift": off, "gifts": gift > 0, "anew": anew is not None}


def _gift_value(line, units, reason):
    if reason.fault != Fault.BUYER or reason.kind == Kind.CANCEL_PAID:
        return 0
    return gifts.to_deduct(line.order, {line.pk: units})
