"""The test issuer: takes a document, thinks for a few seconds, and signs a number or refuses the title."""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from orders.issuers.base import Answer
from orders.models import SandboxInvoice

THINKS = timedelta(seconds=3)
# A title that holds this is refused, so that the way of a refusal can be walked in the demo.
REFUSED_WORD = "拒开"


class SandboxIssuer:
    name = "sandbox"

    def submit(self, document):
        """Once per number: asked again, it keeps what it has."""
        facts = {
            "kind": document.kind,
            "title": document.title,
            "tax_number": document.tax_number,
            "amount_fen": document.amount_fen,
            "reverses": document.reverses.official_number if document.reverses else "",
        }
        refused = "title" if REFUSED_WORD in document.title else ""
        SandboxInvoice.objects.get_or_create(
            number=document.number,
            defaults={
                "facts": facts,
                "refused": refused,
                "official_number": "" if refused else signed_number(document.number, facts),
                "ready_at": timezone.now() + THINKS,
            },
        )

    def query(self, number):
        known = SandboxInvoice.objects.filter(number=number).first()
        if known is None:
            return Answer("unknown")
        if known.ready_at > timezone.now():
            return Answer("waiting")
        if known.refused:
            return Answer("refused", reason=known.refused)
        return Answer("issued", official_number=known.official_number, issued_at=known.ready_at)


def signed_number(number, facts):
    """Twenty digits that nobody makes without the key: they stand for exactly these facts."""
    said = "|".join([number, *(str(facts[name]) for name in sorted(facts))])
    digest = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()
    return f"{int(digest, 16) % 10**20:020d}"
