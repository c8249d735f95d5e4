"""How often one-time codes may leave by text message: they cost money and annoy the owner of the number."""

from allauth.core import context
from django.conf import settings

from accounts.rate_limit import allow_all, hidden
from accounts.senders import sender_of

MINUTE, HOUR, DAY = 60, 3600, 86400
PER_NUMBER = (1, MINUTE), (5, HOUR), (10, DAY)
PER_ADDRESS = (10, HOUR), (50, DAY)


def available():
    """Whether this shop can send text messages at all."""
    return bool(settings.SMS_BACKEND)


def may_send(phone):
    """Count one code to ``phone`` (E.164) and say whether it may leave.

    Numbers without an account count too, so the answer does not tell who has one. One request counts once, though the
    form asks and the adapter asks again.
    """
    request = context.request
    counted = request.__dict__.setdefault("_text_codes", {}) if request is not None else {}
    if phone not in counted:
        allowed = allow_all(f"sms:{hidden(phone)}", *PER_NUMBER)
        if request is not None and allowed:
            allowed = allow_all(f"sms-ip:{hidden(sender_of(request))}", *PER_ADDRESS)
        counted[phone] = allowed
    return counted[phone]
