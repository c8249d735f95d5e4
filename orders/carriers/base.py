"""Carriers, and the services that follow their parcels for us.

A tracker is a company such as Kuaidi100: we subscribe a waybill, it pushes the trace whenever it grows. Trackers speak
Kuaidi100's dialect here; another one brings a subclass with its own ``subscribe`` and ``parse_push``.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from orders.models import Parcel


class BadSignature(Exception):
    """What arrived was not written by the tracker."""


class Unreachable(Exception):
    """The tracker did not take the subscription; try again later."""


class TooSoon(Exception):
    """The tracker was asked about this parcel a moment ago and locks numbers that are asked for too often."""


@dataclass(frozen=True)
class Carrier:
    """A carrier by its Kuaidi100 code; ``pattern`` roughly says what its waybills look like."""

    code: str
    name: str
    pattern: str

    def takes(self, waybill):
        return bool(re.fullmatch(self.pattern, waybill))


@dataclass(frozen=True)
class Scan:
    """One line of a trace: carrier's time, its code, what it means to us, text and city."""

    at: datetime
    code: str
    status: str
    context: str
    city: str = ""


@dataclass(frozen=True)
class Push:
    """A push whose signature is good: which parcel, and its whole trace so far.

    ``carrier_really`` is the code of another carrier when the tracker has found that staff chose the wrong one;
    ``given_up`` means that it stops following, because nothing was scanned for days.
    """

    carrier: str
    waybill: str
    scans: tuple
    carrier_really: str = ""
    given_up: bool = False


class Tracker:
    """One tracking service; ``name`` stands in the address that it pushes to."""

    name = ""

    def subscribe(self, parcel):
        """Ask to be told about ``parcel``; asking twice is fine. Raises ``Unreachable``. Never inside a transaction."""
        raise NotImplementedError

    def query(self, parcel):
        """The scans of ``parcel`` now, asked for. Raises ``TooSoon``, ``Unreachable``. Never inside a transaction."""
        raise NotImplementedError

    def parse_push(self, request):
        """The ``Push`` in a request, after checking its signature. Raises ``BadSignature``."""
        raise NotImplementedError

    def answer(self, ok):
        """What the tracker wants to hear: a response that stops it, or makes it push again."""
        raise NotImplementedError


# Kuaidi100 states (integrations of the field): the first digits say what happened; anything else is on its way.
MEANING = {
    "0": Parcel.Status.IN_TRANSIT,
    "1": Parcel.Status.SHIPPED,
    "2": Parcel.Status.EXCEPTION,
    "3": Parcel.Status.DELIVERED,
    "4": Parcel.Status.RETURNING,
    "5": Parcel.Status.OUT_FOR_DELIVERY,
    "6": Parcel.Status.RETURNING,
    "7": Parcel.Status.IN_TRANSIT,
    "8": Parcel.Status.IN_TRANSIT,
    "13": Parcel.Status.EXCEPTION,
    "14": Parcel.Status.RETURNING,
}
# Four-digit codes are kinds of "in transit", three-digit ones kinds of their first digit.


def meaning_of(code):
    """Our status for a state code; an unknown code is kept with its scan and means "on its way"."""
    if len(code) == 3:
        code = code[0]
    return MEANING.get(code, Parcel.Status.IN_TRANSIT)
