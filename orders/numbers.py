"""Numbers that leave the house: dated, unique, made before the first call, and not to be guessed from a neighbour's."""

import secrets

from django.utils import timezone


def order_number():
    """``26112248210973``: the local day and eight random digits. Whoever stores it tries again when it is taken."""
    return _dated("", 8)


def payment_number():
    """Our ``out_trade_no``; made before the channel is asked."""
    return _dated("P", 12)


def refund_number():
    """Our ``out_refund_no``; the same for every retry."""
    return _dated("R", 12)


def parcel_number():
    return _dated("B", 12)


def invoice_number():
    """Our key for the issuer; the same for every retry."""
    return _dated("F", 12)


def _dated(prefix, digits):
    return f"{prefix}{timezone.localdate():%y%m%d}{secrets.randbelow(10**digits):0{digits}d}"
