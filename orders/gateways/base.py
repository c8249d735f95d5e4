"""What every payment channel can do. A channel is one subclass of ``Gateway``; the rules are in orders.payments
and orders.refunds.

No method touches our tables, and none may be called inside a transaction: each is a call to another company.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from django.http import HttpResponse


class BadSignature(Exception):
    """What arrived was not written by the channel, or is too old to believe."""


class Unreachable(Exception):
    """No answer, or one that says nothing: the outcome is unknown and only a later query decides."""


class Refused(Exception):
    """The channel said no, in words; no money moved."""


class TradeStatus(StrEnum):
    UNKNOWN = "unknown"  # the channel has never seen the shopper: nobody has paid
    WAITING = "waiting"
    PAID = "paid"
    CLOSED = "closed"


class RefundStatus(StrEnum):
    UNKNOWN = "unknown"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    ABNORMAL = "abnormal"


class NoticeKind(StrEnum):
    PAID = "paid"
    CLOSED = "closed"
    REFUNDED = "refunded"
    OTHER = "other"  # about something that we do not follow


@dataclass(frozen=True)
class Visit:
    """Who is about to pay and on what: a ``phone`` opens the channel's app, ``in_wechat`` is that app's own browser."""

    phone: bool = False
    in_wechat: bool = False
    ip: str = ""
    instalments: int = 0  # months; 0 pays at once


@dataclass(frozen=True)
class Opening:
    """How the shopper reaches the channel: an address, an address with ``fields`` to post, or a ``code`` to scan.

    ``session`` is what the channel wants to hear later beside our own number.
    """

    url: str = ""
    fields: dict = field(default_factory=dict)
    code: str = ""
    session: str = ""


@dataclass(frozen=True)
class RefundLimits:
    """What a channel allows: days after payment, refunds of one payment, seconds between two of them, and how many
    requests a second in all.
    """

    days: int = 365
    times: int = 50
    pause_seconds: int = 0
    per_second: int = 20


@dataclass(frozen=True)
class Trade:
    """A trade as the channel tells it. ``reference`` is the channel's own number."""

    status: TradeStatus
    amount_fen: int = 0
    reference: str = ""
    merchant: str = ""
    currency: str = "CNY"


@dataclass(frozen=True)
class RefundState:
    """A refund as the channel tells it."""

    status: RefundStatus
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Notice:
    """A notice whose signature is good. ``event_id`` is the same each time the channel sends it.

    ``meaning`` is what it says without what changes from one sending to the next (times, nonces); empty: the body.
    """

    event_id: str
    kind: NoticeKind
    payment_number: str
    trade: Trade
    refund_number: str = ""
    meaning: bytes = b""


@dataclass(frozen=True)
class BillRow:
    """One line of a channel's bill: ``number`` is ours, of a payment or (``is_refund``) of a refund; fen."""

    number: str
    is_refund: bool
    reference: str
    amount_fen: int
    fee_fen: int = 0


class Gateway:
    """One payment channel. ``name`` is stored with payments; ``title`` and ``text`` are what the shopper chooses by."""

    name = ""
    title = ""
    text = ""
    merchant = ""  # our account at the channel; a success for another account is not ours
    # When to ask about a payment, counted from its creation, and about a refund, from one answer to the next.
    query_pauses = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30))
    refund_pauses = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))

    refund_limits = RefundLimits()
    # Months → fee in basis points that the shopper pays to the channel; nothing when it sells no instalments.
    instalments = {}
    returns_by_post = False  # the browser comes back with a POST, as if from a stranger's form

    def create(self, payment, *, return_url, subject, visit):
        """The ``Opening`` for a shopper's ``Visit``. Raises ``Refused`` or ``Unreachable``."""
        raise NotImplementedError

    def query(self, payment):
        """The ``Trade`` of a payment. Raises ``Unreachable``."""
        raise NotImplementedError

    def close(self, payment):
        """Make a payment impossible to pay; returns the ``Trade``, CLOSED or, when the shopper was faster, PAID."""
        raise NotImplementedError

    def refund(self, refund):
        """Ask for a refund under its number, as often as needed: a number is refunded once. Returns a ``RefundState``.

        The payment is named by the channel's own number: one attempt may have been paid twice.

        Raises ``Refused`` when no money will move and ``Unreachable`` when nobody knows.
        """
        raise NotImplementedError

    def query_refund(self, refund):
        """The ``RefundState`` of a refund, UNKNOWN when the channel never got the request. Raises ``Unreachable``."""
        raise NotImplementedError

    def bill(self, day):
        """The ``BillRow`` of every payment and refund that the channel booked on ``day``, a date in its own time zone.

        Raises ``Unreachable`` while there is none yet, and ``Refused`` for one that cannot be read.
        """
        raise NotImplementedError

    def parse_notice(self, request):
        """The ``Notice`` in a request, after checking its signature over the raw bytes. Raises ``BadSignature``."""
        raise NotImplementedError

    def answer(self, ok):
        """What the channel wants to hear, so that it stops (``ok``) or sends the notice again."""
        return HttpResponse("success" if ok else "failure", status=200 if ok else 400, content_type="text/plain")
