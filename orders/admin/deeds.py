"""What staff may do to an order on its page: each deed with its permission, its guard and what it says before
money moves.

The page offers a deed only while it is lawful, and the rules refuse it all the same when the order has moved on
meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.money import yuan
from orders import (
    lifecycle,
    parcel_changes,
    parcel_watch,
    parcels,
    payments,
    price_cuts,
    refund_sending,
    refunds,
    risk_holds,
)
from orders.models import Order, Parcel, Payment, PriceCut, Refund

Status = Refund.Status


@dataclass(frozen=True)
class Deed:
    """``run(target, by, reason)`` does it; ``lawful(target)`` says whether it may be done now; ``question(target)`` is
    asked first when money moves. ``target`` is the order, or one of its parcels, payments or refunds.
    """

    name: str
    label: str
    permission: str
    run: Callable
    lawful: Callable
    on: str = "order"
    question: Callable | None = None
    done: str = field(default=gettext_lazy("Done."))


def _may_cancel(order):
    live = order.parcels.exclude(status=Parcel.Status.VOID).exists()
    return (
        order.waits_for_money
        or order.status == Order.Status.DEPOSIT_PAID
        or (order.status in {Order.Status.PAID, Order.Status.PROCESSING} and not live)
    )


def _ask_cancel(order):
    if order.status in {Order.Status.DEPOSIT_PAID, Order.Status.PENDING_BALANCE}:
        words = _(
            "Order %(number)s is closed. The deposit of ¥%(deposit)s goes back, and ¥%(deposit)s more are owed by bank."
        )
        return words % {"number": order.number, "deposit": yuan(order.presale.deposit_fen)}
    if order.waits_for_money:
        return _("Order %(number)s was not paid. It is closed; nothing is refunded.") % {"number": order.number}
    paid = sum(p.amount_fen - refunds.given_back(p) for p in order.payments.filter(applied=True))
    words = _("Order %(number)s is closed and ¥%(amount)s go back to the shopper, delivery fee included.")
    second = _("From ¥%(limit)s on a second person approves the refund.") % {
        "limit": yuan(refunds.NEEDS_SECOND_PERSON_FEN)
    }
    sentence = words % {"number": order.number, "amount": yuan(paid)}
    return f"{sentence} {second}" if paid >= refunds.NEEDS_SECOND_PERSON_FEN else sentence


def _cut_waits(cut):
    return cut.status == PriceCut.Status.PROPOSED and cut.order.status == Order.Status.PENDING_PAYMENT


def _ask_refund(sentence):
    def question(refund):
        facts = {"amount": yuan(refund.amount_fen), "number": refund.number, "order": refund.order.number}
        return str(sentence) % facts

    return question


DEEDS = {
    deed.name: deed
    for deed in (
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
            gettext_lazy("Cancel and refund"),
            "orders.change_order",
            run=lambda order, by, reason: lifecycle.cancel(order, by=by, reason=reason),
            lawful=lambda order: _may_cancel(order) and not risk_holds.is_held(order),
            question=_ask_cancel,
            done=gettext_lazy("The order is closed; what was paid goes back."),
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
            done=gettext_lazy("The order is closed; what was paid goes back."),
        ),
        Deed(
            "give-cut",
            gettext_lazy("Approve the reduction"),
            "orders.approve_pricecut",
            run=lambda cut, by, reason: price_cuts.approve(cut, by=by),
            lawful=_cut_waits,
            on="cut",
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
            question=lambda cut: (
                _("¥%(amount)s are not taken off order %(number)s.")
                % {"amount": yuan(cut.fen), "number": cut.order.number}
            ),
            done=gettext_lazy("The reduction is not given."),
        ),
        Deed(
            "void",
            gettext_lazy("Unpack"),
            "orders.change_parcel",
            run=lambda parcel, by, reason: parcels.void(parcel, by=by, reason=reason),
            lawful=lambda parcel: parcel.status in {Parcel.Status.CREATED, Parcel.Status.PACKED},
            on="parcel",
            done=gettext_lazy("The parcel is void; its units wait to be packed again."),
        ),
        Deed(
            "merge",
            gettext_lazy("Put the other packed parcels into this one"),
            "orders.change_parcel",
            run=lambda parcel, by, reason: parcel_changes.merge(parcel, by),
            lawful=lambda parcel: (
                parcel.status == Parcel.Status.PACKED
                and parcel.direction == Parcel.Direction.OUTBOUND
                and parcel_changes.same_place(parcel).exists()
            ),
            on="parcel",
            done=gettext_lazy("One parcel now; the others are void."),
        ),
        Deed(
            "lost",
            gettext_lazy("Declare lost"),
            "orders.change_parcel",
            run=lambda parcel, by, reason: parcel_watch.declare_lost(parcel, by=by, reason=reason),
            lawful=lambda parcel: parcel.status in {Parcel.Status.EXCEPTION, Parcel.Status.RETURNING},
            on="parcel",
            question=lambda parcel: (
                _("Parcel %(number)s will not come. The shopper is told to ask for a refund.")
                % {"number": parcel.number}
            ),
            done=gettext_lazy("The parcel is lost; the shopper was told what they may ask for."),
        ),
        Deed(
            "query",
            gettext_lazy("Ask the channel now"),
            "orders.change_payment",
            run=lambda payment, by, reason: payments.query(payment),
            lawful=lambda payment: payment.status in payments.OPEN,
            on="payment",
            done=gettext_lazy("The channel has answered; the page shows what it said."),
        ),
        Deed(
            "approve",
            gettext_lazy("Approve the refund"),
            "orders.approve_refund",
            run=lambda refund, by, reason: refunds.approve(refund, by=by),
            lawful=lambda refund: refund.status == Status.REQUESTED,
            on="refund",
            question=_ask_refund(gettext_lazy("¥%(amount)s of order %(order)s go back to the shopper (%(number)s).")),
            done=gettext_lazy("Approved; the worker sends it to the channel."),
        ),
        Deed(
            "withdraw",
            gettext_lazy("Withdraw the refund"),
            "orders.change_refund",
            run=lambda refund, by, reason: refunds.cancel(refund, by=by, reason=reason),
            lawful=lambda refund: (
                refund.status in {Status.REQUESTED, Status.APPROVED}
                and refund.lines.exists()
                and refund.order.status != Order.Status.CLOSED
            ),
            on="refund",
            question=_ask_refund(gettext_lazy("¥%(amount)s of order %(order)s are not refunded (%(number)s).")),
            done=gettext_lazy("Withdrawn; no money moves."),
        ),
        Deed(
            "retry",
            gettext_lazy("Ask the channel once more"),
            "orders.change_refund",
            run=lambda refund, by, reason: refund_sending.try_again(refund, by=by),
            lawful=lambda refund: refund.status in {Status.FAILED, Status.ABNORMAL},
            on="refund",
            question=_ask_refund(
                gettext_lazy("¥%(amount)s of order %(order)s are asked for again, under the same number %(number)s.")
            ),
        ),
        Deed(
            "bank",
            gettext_lazy("Pay by bank transfer"),
            "orders.approve_refund",
            run=lambda refund, by, reason: refund_sending.paid_by_bank(refund, by=by),
            lawful=lambda refund: refund.status in {Status.FAILED, Status.ABNORMAL},
            on="refund",
            question=_ask_refund(
                gettext_lazy(
                    "You transfer ¥%(amount)s of order %(order)s by bank; a second person confirms (%(number)s)."
                )
            ),
        ),
        Deed(
            "confirm-bank",
            gettext_lazy("Confirm the bank transfer"),
            "orders.approve_refund",
            run=lambda refund, by, reason: refund_sending.confirm_bank(refund, by=by, reference=reason[:64]),
            lawful=lambda refund: refund.status == Status.MANUAL,
            on="refund",
            question=_ask_refund(
                gettext_lazy("You have seen that ¥%(amount)s of order %(order)s left the bank account (%(number)s).")
            ),
        ),
    )
}
MODELS = {"cut": PriceCut, "parcel": Parcel, "payment": Payment, "refund": Refund}


def offered(target, user, on):
    """The deeds that ``user`` may do to ``target`` now."""
    return [
        deed
        for deed in DEEDS.values()
        if deed.on == on
        and user.has_perm(deed.permission)
        and deed.lawful(target)
        and not _by_the_same(deed, target, user)
    ]


def _by_the_same(deed, target, user):
    """Two signatures are two people."""
    if deed.name == "give-cut":
        return target.proposed_by_id == user.pk
    return (deed.name == "approve" and target.requested_by_id == user.pk) or (
        deed.name == "confirm-bank" and target.approved_by_id == user.pk
    )
