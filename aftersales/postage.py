"""The shopper's return postage when the goods, or the way they came, were at fault (docs/domain.md 4.5, E17).

Staff enter the receipt once the goods are accepted; the amount is owed from then on and paid by bank (``orders.debts``).
"""

from django.db import transaction

from accounts import history
from accounts.history import TransitionNotAllowed
from aftersales import messages
from aftersales.models import ReturnPostage, ReturnRequest
from aftersales.models.return_postage import MOST_FEN
from aftersales.moves import STAFF
from orders.models import Order

Kind, Status, Fault = ReturnRequest.Kind, ReturnRequest.Status, ReturnRequest.Fault
ACCEPTED = (Status.REFUNDING, Status.COMPLETED)


class OverCap(Exception):
    """Nothing, or more than ¥25; nothing was written."""


def is_ours(asked):
    """Whether the postage of ``asked`` is for the shop to pay: goods come back that it, or the carrier, got wrong."""
    return asked.kind == Kind.RETURN_REFUND and asked.fault != Fault.BUYER


def of(asked):
    """The ``ReturnPostage`` of a request, or None."""
    return ReturnPostage.objects.filter(request=asked).first()


def may_enter(asked):
    return is_ours(asked) and asked.status in ACCEPTED and of(asked) is None


def enter(asked, amount_fen, receipt, *, by):
    """A receipt of ``amount_fen`` came; it is owed from now on. Returns the ``ReturnPostage``; the same receipt once more
    changes nothing.

    Raises ``OverCap``, and ``TransitionNotAllowed`` when postage is not ours or goods were not accepted (yet), or another
    amount was entered before.
    """
    if not 1 <= amount_fen <= MOST_FEN:
        raise OverCap(amount_fen)
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=asked.order_id)
        asked = ReturnRequest.objects.select_for_update().get(pk=asked.pk)
        known = of(asked)
        if known and (known.amount_fen, known.receipt) == (amount_fen, receipt):
            return known
        if known or not may_enter(asked):
            raise TransitionNotAllowed(asked, to=Status.REFUNDING)
        made = ReturnPostage.objects.create(request=asked, amount_fen=amount_fen, receipt=receipt, entered_by=by)
        facts = {"amount_fen": amount_fen}
        history.record(made, about=made.about, to=made.status, by=by, actor=STAFF, reason=receipt, data=facts)
        messages.tell_postage(made)
        return made
