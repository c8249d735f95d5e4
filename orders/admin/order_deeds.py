"""What staff may do to an order itself, and to reductions of its price."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.money import yuan
from orders import lifecycle, price_cuts, refunds, risk_holds
from orders.admin.deed import Deed
from orders.models import Order, Parcel, PriceCut, Refund


def _may_cancel(order):
    live = order.parcels.exclude(status=Parcel.Status.VOID).exists()
    return (
        order.waits_for_money
        or order.status == Order.Status.DEPOSIT_PAID
        or (order.status in {Order.Status.PAID, Order.Status.PROCESSING} and not live)
    )


def _ask_cancel(order):
    if _has_deposit(order):
        words = _(
            "Order %(number)s is closed. The deposit of ¥%(deposit)s goes back, and ¥%(deposit)s more are owed by bank."
        )
        return words % {"number": order.number, "deposit": yuan(order.presale.deposit_fen)}
    if order.waits_for_money:
        return _("Order %(number)s was not paid. It is closed; nothing is refunded.") % {"number": order.number}
    paid = _goes_back(order)
    words = _("Order %(number)s is closed and ¥%(amount)s go back to the shopper, delivery fee included.")
    second = _("From ¥%(limit)s on a second person approves the refund.") % {
        "limit": yuan(refunds.NEEDS_SECOND_PERSON_FEN)
    }
    sentence = words % {"number": order.number, "amount": yuan(paid)}
    return f"{sentence} {second}" if paid >= refunds.NEEDS_SECOND_PERSON_FEN else sentence


def _goes_back(order):
    """Fen that a cancelled order gives back; 0 before payment."""
    return sum(p.amount_fen - refunds.given_back(p) for p in order.payments.filter(applied=True))


def _has_deposit(order):
    return order.status in {Order.Status.DEPOSIT_PAID, Order.Status.PENDING_BALANCE}


def _costs(order):
    """Fen that the shop pays when it cancels: what goes back, and of a presale the deposit once more by bank."""
    return _goes_back(order) + (order.presale.deposit_fen if _has_deposit(order) else 0)


def _cancel_label(order):
    if _has_deposit(order):
        return _("Cancel, and give the deposit back twice")
    return _("Cancel and refund") if _goes_back(order) else _("Cancel the order")


def _closed(order):
    """What came of closing it: the money goes back, or waits for a second person first."""
    waiting = sum(order.refunds.filter(status=Refund.Status.REQUESTED).values_list("amount_fen", flat=True))
    if waiting:
        words = _("The order is closed. ¥%(amount)s wait for a second person to approve the refund.")
        return words % {"amount": yuan(waiting)}
    if order.payments.filter(applied=True).exists():
        return _("The order is closed; what was paid goes back.")
    return _("The order is closed; nothing had been paid.")


def _cut_waits(cut):
    return cut.status == PriceCut.Status.PROPOSED and cut.order.status == Order.Status.PENDING_PAYMENT


ORDER_DEEDS = (
    Deed(
        "release",
        gettext_lazy("Release to the warehouse"),
        "orders.change_order",
        run=lambda order, by, reason: lifecycle.release_to_warehouse(order, by=by),
        lawful=lambda order: order.status == Order.Status.PAID and not risk_holds.is_held(order),
        done=gettext_lazy("Released: it can be packed, and the shopper can no longer cancel alone."),
    ),
    Deed(
        "cancel",
        _cancel_label,
        "orders.change_order",
        run=lambda order, by, reason: lifecycle.cancel(order, by=by, reason=reason),
        lawful=lambda order: _may_cancel(order) and not risk_holds.is_held(order),
        question=_ask_cancel,
        amount=_costs,
        done=_closed,
    ),
    Deed(
        "unhold",
        gettext_lazy("Found in order: let it go"),
        "orders.change_holdreview",
        run=lambda order, by, reason: risk_holds.release(order, by=by, reason=reason),
        lawful=risk_holds.is_held,
        question=lambda order: (
            _("Order %(number)s of ¥%(amount)s is no longer held; it goes to the warehouse at its time.")
            % {"number": order.number, "amount": yuan(order.payable_fen)}
        ),
        done=gettext_lazy("The order is no longer held."),
    ),
    Deed(
        "stop",
        gettext_lazy("Stop for safety and refund"),
        "orders.change_holdreview",
        run=lambda order, by, reason: lifecycle.cancel(
            order, by=by, reason=reason, close_reason=Order.CloseReason.RISK
        ),
        lawful=risk_holds.is_held,
        question=_ask_cancel,
        amount=_goes_back,
        done=_closed,
    ),
    Deed(
        "give-cut",
        gettext_lazy("Approve the reduction"),
        "orders.approve_pricecut",
        run=lambda cut, by, reason: price_cuts.approve(cut, by=by),
        lawful=_cut_waits,
        on="cut",
        amount=lambda cut: cut.fen,
        question=lambda cut: (
            _("Order %(number)s costs ¥%(after)s instead of ¥%(before)s. Open payment attempts are closed first.")
            % {
                "number": cut.order.number,
                "before": yuan(cut.order.payable_fen),
                "after": yuan(cut.order.payable_fen - cut.fen),
            }
        ),
        done=gettext_lazy("The reduction is given; the shopper is told."),
    ),
    Deed(
        "refuse-cut",
        gettext_lazy("Refuse the reduction"),
        "orders.change_order",
        run=lambda cut, by, reason: price_cuts.refuse(cut, by=by, reason=reason),
        lawful=lambda cut: cut.status == PriceCut.Status.PROPOSED,
        on="cut",
        amount=lambda cut: cut.fen,
        question=lambda cut: (
            _("¥%(amount)s are not taken off order %(number)s.") % {"amount": yuan(cut.fen), "number": cut.order.number}
        ),
        done=gettext_lazy("The reduction is not given."),
    ),
)
