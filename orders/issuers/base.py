"""What the shop asks of a service that issues invoices. Calls are outside transactions and may be repeated."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Answer:
    """What the issuer says about a document: ``state`` is unknown, waiting, issued or refused."""

    state: str
    official_number: str = ""
    issued_at: datetime | None = None
    reason: str = ""


class Issuer(Protocol):
    """``document`` is an ``orders.models.Invoice``; its ``number`` is the key that makes every call safe to repeat."""

    name: str

    def submit(self, document) -> None:
        """Ask for the document; the answer comes later by ``query``. Raises when the service does not take it now."""

    def query(self, number) -> Answer:
        """What became of the document with our ``number``. Raises when the service does not answer."""
