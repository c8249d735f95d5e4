"""Money that only a channel's bill shows: a success that never reached our books, and a second payment of one attempt.

It is booked like any other news (orders.booking), so what no order takes goes back by itself. Nothing happens twice: a payment
of the channel is known by the channel's number.
"""

from django.db.models import Q

from orders import booking
from orders.gateways import gateway_of
from orders.gateways.base import Trade, TradeStatus
from orders.models import BillLine, Payment


def book(bill):
    """Book what ``bill`` has and our books have not; returns how many payments that were.

    Outside any transaction, for the channel is asked. Raises ``gateways.base.Unreachable``: then nothing more is booked.
    """
    return sum([_book_unknown(bill, line) for line in _unknown(bill)]) + sum(
        [_book_second(bill, line) for line in _seconds(bill)]
    )


def _payments_of(bill):
    return bill.lines.filter(is_refund=False).exclude(number="").exclude(reference="").order_by("pk")


def _unknown(bill):
    """(line, payment) of successes that our books have in another state; one with another number is for people."""
    lines = {line.number: line for line in _payments_of(bill)}
    waiting = Payment.objects.filter(gateway=bill.gateway, number__in=lines, second_of=None).exclude(status="succeeded")
    for payment in waiting.order_by("pk"):
        line = lines[payment.number]
        if payment.amount_fen == line.amount_fen and payment.gateway_reference in {"", line.reference}:
            yield line, payment


def _book_unknown(bill, found):
    line, payment = found
    channel = gateway_of(bill.gateway)
    trade = channel.query(payment)
    if trade.status != TradeStatus.PAID:
        trade = _as_billed(channel, line)  # what stands on the bill has moved, whatever the channel says of the trade
    return booking.book(payment, trade) in {"paid", "unapplied"}


def _seconds(bill):
    """(line, payment) of payments beside the one that we know, which stands on a bill of the channel too: so its numbers
    are of one kind, and another one is another payment."""
    numbers = _payments_of(bill).values("number")
    known = Payment.objects.filter(gateway=bill.gateway, number__in=numbers, status="succeeded", second_of=None)
    for payment in known.order_by("pk"):
        lines = BillLine.objects.filter(gateway=bill.gateway, number=payment.number, is_refund=False)
        if lines.filter(reference=payment.gateway_reference).exists():
            others = lines.exclude(Q(reference="") | Q(reference=payment.gateway_reference))
            for line in others.filter(amount_fen=payment.amount_fen).order_by("pk"):
                yield line, payment


def _book_second(bill, found):
    line, payment = found
    outcome = booking.book(payment, _as_billed(gateway_of(bill.gateway), line))
    second = Payment.objects.filter(gateway=bill.gateway, gateway_reference=line.reference, second_of=payment).first()
    if second is not None:
        # From here on every bill of the channel has it under our number.
        same = BillLine.objects.filter(gateway=bill.gateway, reference=line.reference, is_refund=False)
        same.update(number=second.number)
    return outcome == "paid-twice"


def _as_billed(channel, line):
    return Trade(TradeStatus.PAID, line.amount_fen, line.reference, channel.merchant)
