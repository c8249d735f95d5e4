"""What staff may do to payments and refunds on the page of an order."""

from django.utils.translation import gettext_lazy

from catalog.money import yuan
from orders import payments, refund_sending, refunds
from orders.admin.deed import Deed
from orders.models import Order, Refund

Status = Refund.Status


def _ask_refund(sentence):
    def question(refund):
        facts = {"amount": yuan(refund.amount_fen), "number": refund.number, "order": refund.order.number}
        return str(sentence) % facts

    return question


MONEY_DEEDS = (
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
        run=lambda refund, by, reason: refunds.approve(refund, by=by, reason=reason),
        lawful=lambda refund: refund.status == Status.REQUESTED,
        on="refund",
        amount=lambda refund: refund.amount_fen,
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
        amount=lambda refund: refund.amount_fen,
        question=_ask_refund(gettext_lazy("¥%(amount)s of order %(order)s are not refunded (%(number)s).")),
        done=gettext_lazy("Withdrawn; no money moves."),
    ),
    Deed(
        "retry",
        gettext_lazy("Ask the channel once more"),
        "orders.change_refund",
        run=lambda refund, by, reason: refund_sending.try_again(refund, by=by, reason=reason),
        lawful=lambda refund: refund.status in {Status.FAILED, Status.ABNORMAL},
        on="refund",
        amount=lambda refund: refund.amount_fen,
        question=_ask_refund(
            gettext_lazy("¥%(amount)s of order %(order)s are asked for again, under the same number %(number)s.")
        ),
    ),
    Deed(
        "bank",
        gettext_lazy("Pay by bank transfer"),
        "orders.approve_refund",
        run=lambda refund, by, reason: refund_sending.paid_by_bank(refund, by=by, reason=reason),
        lawful=lambda refund: refund.status in {Status.FAILED, Status.ABNORMAL},
        on="refund",
        amount=lambda refund: refund.amount_fen,
        question=_ask_refund(
            gettext_lazy("You transfer ¥%(amount)s of order %(order)s by bank; a second person confirms (%(number)s).")
        ),
    ),
    Deed(
        "confirm-bank",
        gettext_lazy("Confirm the bank transfer"),
        "orders.approve_refund",
        reason_label=gettext_lazy("Number of the bank transfer"),
        run=lambda refund, by, reason: refund_sending.confirm_bank(refund, by=by, reference=reason[:64]),
        lawful=lambda refund: refund.status == Status.MANUAL,
        on="refund",
        amount=lambda refund: refund.amount_fen,
        question=_ask_refund(
            gettext_lazy("You have seen that ¥%(amount)s of order %(order)s left the bank account (%(number)s).")
        ),
    ),
)
