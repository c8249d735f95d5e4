"""Signatures of the sandbox bank: HMAC-SHA256 over the time and the raw bytes, as most channels do it."""

import hashlib
import hmac
import time
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

TOLERANCE_SECONDS = 300


def signature_of(body, *, timestamp, key=None):
    """Hexadecimal HMAC-SHA256 of ``timestamp`` and the bytes ``body``."""
    key = settings.SANDBOX_PAYMENT_KEY if key is None else key
    return hmac.new(key.encode(), f"{timestamp}\n".encode() + body, hashlib.sha256).hexdigest()


def headers_for(body, *, key=None, at=None):
    """The two headers that go with ``body``, signed now (or ``at`` a Unix time)."""
    timestamp = str(int(time.time() if at is None else at))
    return {"Sandbox-Timestamp": timestamp, "Sandbox-Signature": signature_of(body, timestamp=timestamp, key=key)}


def is_genuine(body, headers):
    """Whether ``headers`` hold a good and fresh signature of the raw bytes."""
    timestamp = headers.get("Sandbox-Timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp[:12])) > TOLERANCE_SECONDS:
        return False
    given = headers.get("Sandbox-Signature", "")
    return hmac.compare_digest(signature_of(body, timestamp=timestamp).encode(), given.encode())


def sign_query(number, facts):
    """``facts`` as a query string with a signature that binds them to ``number``."""
    plain = urlencode(sorted(facts.items()))
    return f"{plain}&sign={signature_of(plain.encode(), timestamp=number)}"


def read_query(number, query):
    """The facts of a query string made by ``sign_query`` for ``number``, or None when it was not."""
    plain, found, sign = query.rpartition("&sign=")
    good = signature_of(plain.encode(), timestamp=number)
    if not found or not hmac.compare_digest(good.encode(), sign.encode()):
        return None
    return dict(parse_qsl(plain))
