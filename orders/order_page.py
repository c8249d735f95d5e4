"""What the page of an order says and offers: the sentence, the steps, the money, the lawful actions."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from catalog.money import yuan
from orders import address_changes, deadlines, lifecycle, resends, risk_holds, timeline
from orders.models import Order, OrderPresale, Payment, Refund
from orders.order_timers import AUTO_CONFIRM, AUTO_CONFIRM_UNSIGNED, UNPAID
from orders.price_words import step_text
from orders.pricing import POINTS, SHIPPING

Status = Order.Status
HIDEABLE = {Status.CLOSED, Status.FINISHED}
WITH_DEPOSIT = {Status.PENDING_DEPOSIT, Status.DEPOSIT_PAID, Status.PENDING_BALANCE}


def detail(user, number):
    """The order of ``user`` with all that its page needs, or ``Order.DoesNotExist``."""
    return (
        user.orders.select_related("invoice")
        .prefetch_related("lines__picture", "lines__product", "lines__merchant")
        .get(number=number)
    )


def notes(order):
    """[(merchant's name or "", text)]: what the shopper wrote."""
    names = {str(line.merchant_id): line.merchant.name_local for line in order.lines.all()}
    mine = [(names.get(pk, ""), text) for pk, text in order.merchant_notes.items()]
    return [("", order.note), *mine] if order.note else mine


def sentence(order):
    """(headline, one more fact): the state of the order in words."""
    words = {
        Status.PENDING_PAYMENT: _pending,
        Status.PENDING_DEPOSIT: _pending_deposit,
        Status.DEPOSIT_PAID: _deposit_paid,
        Status.PENDING_BALANCE: _pending_balance,
        Status.PAID: _paid,
        Status.PROCESSING: lambda o: (_("Being packed"), _sent_by(o)),
        Status.PARTIALLY_SHIPPED: lambda o: (_("Partly on its way"), _("The rest follows in another parcel.")),
        Status.SHIPPED: _shipped,
        Status.DELIVERED: lambda o: (_("Delivered"), _auto_confirm(o)),
        Status.COMPLETED: lambda o: (
            _("Received"),
            _("Thank you. Returns are possible until %(day)s.")
            % {"day": _day(lifecycle.no_reason_end(o) - timedelta(days=1))},
        ),
        Status.FINISHED: lambda o: (_("Finished"), _("The return window is over. Defects are still our business.")),
        Status.CLOSED: _closed,
    }
    return words[order.status](order)


def _paid(order):
    if risk_holds.is_held(order):
        return _("Paid. We look at it once more"), _("A colleague checks it for your safety. You can still cancel it.")
    return _("Paid. The warehouse will start soon"), _("Until then you can cancel it yourself.")


def _shipped(order):
    lost = resends.waits_for_choice(order)
    return _("Lost on the way. We are sorry") if lost else _("On its way"), _auto_confirm(order)


def _sent_by(order):
    due = [part.ship_by for part in order.parts.all() if part.ship_by > now()]
    return _("It leaves by %(day)s.") % {"day": _day(max(due))} if due else ""


def _pending(order):
    due = deadlines.due_at(order, UNPAID)
    if due is None:
        return _("Waiting for your payment"), ""
    return _("Waiting for your payment"), _("Please pay before %(time)s; then the order closes by itself.") % {
        "time": date_format(localtime(due), "H:i")
    }


def _pending_deposit(order):
    _headline, until = _pending(order)
    return _("Waiting for your deposit"), until


def _deposit_paid(order):
    facts = {"time": _moment(order.presale.balance_from), "amount": yuan(order.payable_fen - order.presale.deposit_fen)}
    return _("The deposit is paid"), _("The balance of ¥%(amount)s can be paid from %(time)s on.") % facts


def _pending_balance(order):
    facts = {"time": _moment(order.presale.balance_until), "amount": yuan(order.due_fen)}
    text = _("Please pay ¥%(amount)s before %(time)s; after that the order closes and the deposit stays with the shop.")
    return _("Waiting for the balance"), text % facts


def _moment(at):
    at = localtime(at)
    return f"{_day(at)} {at:%H:%M}"


def _auto_confirm(order):
    if resends.unsettled(order):
        return _("The clock stands still until what was lost is settled.")
    due = deadlines.due_at(order, AUTO_CONFIRM) or deadlines.due_at(order, AUTO_CONFIRM_UNSIGNED)
    if due:
        return _("Receipt is confirmed by itself on %(day)s.") % {"day": _day(due)}
    return _("The clock stands still while a return is open.") if lifecycle.return_is_open(order) else ""


def _closed(order):
    return _("Closed"), str(timeline.CLOSED.get(order.close_reason, ""))


def _day(moment):
    return date_format(localtime(moment), "MONTH_DAY_FORMAT")


def steps(order):
    """(label, state, when) for the progress bar; nothing for a closed order."""
    if order.status == Status.CLOSED:
        return []
    marks = [
        (_("Placed"), order.placed_at),
        *_deposit_mark(order),
        (_("Paid"), order.paid_at),
        (_("Sent"), order.shipped_at),
        (_("Delivered"), order.delivered_at),
        (_("Received"), order.completed_at),
    ]
    reached = max(index for index, (_label, at) in enumerate(marks) if at)
    return [
        (label, "now" if index == reached else "done" if index < reached else "", _when(at))
        for index, (label, at) in enumerate(marks)
    ]


def _deposit_mark(order):
    """The deposit of a presale, when the order has one."""
    if order.status not in WITH_DEPOSIT and not _gained(order):
        return []
    paid = order.payments.filter(applied=True, purpose=Payment.Purpose.DEPOSIT).first()
    return [(_("Deposit"), paid.paid_at if paid else None)]


def _when(at):
    return date_format(localtime(at), "m-d H:i") if at else ""


def summary(order):
    """(label, amount, tone) rows of the money: every discount on its own row."""
    rows = [(_("Goods"), order.goods_fen, "")]
    if order.points_used:
        rows.append((_("%(n)s points") % {"n": order.points_used}, -order.points_used, "off"))
    named = discounts(order)
    rows += [(label, -fen, "off") for label, fen in named]
    other = order.discount_fen - order.points_used - sum(fen for _label, fen in named)
    if other:
        rows.append((_("Other discounts"), -other, "off"))
    rows.append((_("Delivery"), order.shipping_fen or _("free"), ""))
    presale = (
        OrderPresale.objects.filter(order=order).first() if order.status in WITH_DEPOSIT or _gained(order) else None
    )
    unpaid = _("To pay") if order.waits_for_money and not presale else _("In all")
    rows.append((_("Paid") if order.paid_at else unpaid, order.payable_fen, "total"))
    if presale:
        rows.append((_("of which the deposit"), presale.deposit_fen, ""))
        rows.append((_("of which the balance"), order.payable_fen - presale.deposit_fen, ""))
    return rows


def _gained(order):
    return any(line.d_presale_fen for line in order.lines.all())


def discounts(order):
    """(sentence, fen) of each promotion and coupon of the order, in the order in which they were taken off."""
    found = {}
    for step in order.adjustments.exclude(stage__in=[POINTS, SHIPPING]).exclude(fen=0):
        text, fen = found.get(step.source or step.code, (step_text(step), 0))
        found[step.source or step.code] = (text, fen + step.fen)
    return list(found.values())


def refunds_of(order):
    return order.refunds.exclude(status=Refund.Status.CANCELLED).order_by("pk")


def actions(order, parcels=()):
    """The names of what the shopper may do now; ``parcels`` are those that its page shows (orders.shown_parcels)."""
    may = set()
    if order.status == Status.PENDING_BALANCE:
        may.add("balance")
    elif order.waits_for_money:
        may.add("pay")
    if lifecycle.may_cancel(order):
        may.add("cancel")
    if order.status in address_changes.CHANGEABLE and address_changes.may_change(order):
        may.add("address")
    # Nobody confirms what was lost while there is a choice to make about it.
    settled = not any(shown.offer for shown in parcels)
    if settled and order.status in {Status.SHIPPED, Status.DELIVERED} and lifecycle.may_confirm(order):
        may.add("confirm")
    if not order.waits_for_money and order.status != Status.DEPOSIT_PAID:
        may.add("repeat")
    if order.status in HIDEABLE and order.hidden_at is None:
        may.add("hide")
    return may
