"""Which page a shopper sees about paying an order: read from the order and its payments, nothing else."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.prepared import SOME, Prepared
from orders import payments
from orders.models import Order, Payment


@dataclass(frozen=True)
class PaymentPage:
    """``kind``: choose, waiting, failed, deposit, paid, elsewhere, late or closed; ``payment`` is the attempt that it is
    about.
    """

    kind: str
    payment: Payment | None = None

    @property
    def template(self):
        return f"orders/payments/{self.kind}.html"


def order_of(user, number):
    """The order ``number`` of ``user``. Raises ``Order.DoesNotExist``, for anybody else's too."""
    found = _of(user_id=user.pk, number=number)
    if not found:
        raise Order.DoesNotExist(number)
    found[0].user = user
    return found[0]


_of = Prepared(
    lambda user_id, number: Order.objects.filter(user_id=user_id, number=number).order_by(), user_id=SOME, number="ZG0"
)


def page_of(order, waiting=""):
    """The page for ``order``; ``waiting`` is the number of the attempt that the shopper comes back from."""
    attempt = order.payments.filter(number=waiting).first() if waiting else None
    if attempt and attempt.status == Payment.Status.SUCCEEDED and not attempt.applied:
        return PaymentPage("elsewhere", attempt)
    if order.paid_at and order.status != Order.Status.CLOSED:
        return PaymentPage("paid", order.payments.filter(applied=True).first())
    if order.status == Order.Status.DEPOSIT_PAID or (
        order.status == Order.Status.PENDING_BALANCE and _is_deposit(attempt)
    ):
        return PaymentPage("deposit", attempt or order.payments.filter(applied=True).first())
    if order.status == Order.Status.CLOSED:
        return PaymentPage("closed")
    if attempt and attempt.status == Payment.Status.PENDING:
        return PaymentPage("waiting", attempt)
    if payments.pay_until(order) <= timezone.now():
        return PaymentPage("late", attempt)
    if attempt and attempt.status in {Payment.Status.FAILED, Payment.Status.CLOSED}:
        return PaymentPage("failed", attempt)
    return PaymentPage("choose")


def _is_deposit(attempt):
    return attempt is not None and attempt.purpose == Payment.Purpose.DEPOSIT
