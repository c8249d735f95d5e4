"""Tell a person something: one row now, the channels later."""

from dataclasses import dataclass

from accounts import bell
from accounts.models import Delivery, Notification

INBOX, EMAIL, SMS = Delivery.Channel.INBOX, Delivery.Channel.EMAIL, Delivery.Channel.SMS


@dataclass(frozen=True)
class Kind:
    """How a kind of message is worded and sent.

    ``subject`` and ``body`` are lazy translations with ``%(fact)s`` places for the notification's facts.
    """

    subject: str
    body: str
    channels: tuple = (INBOX, EMAIL)


# Filled by register(); each app words its own messages in <app>/messages.py, imported by its AppConfig.ready().
KINDS = {}


def register(**kinds):
    """Add kinds of messages: ``register(order_shipped=Kind(subject=_("…"), body=_("…")))``."""
    KINDS.update(kinds)


def notify(user, kind, *, key, facts=None, url=""):
    """Tell ``user`` once per ``key``; call it inside the transaction of what happened.

    ``facts`` are ids, numbers and plain words for the text: no personal data. Returns the notification, or None when
    this key was told before. The worker sends it through the kind's channels after commit.
    """
    notification, made = Notification.objects.get_or_create(
        dedupe_key=key, defaults={"user": user, "kind": kind, "facts": facts or {}, "url": url}
    )
    if not made:
        return None
    Delivery.objects.bulk_create(
        Delivery(notification=notification, channel=channel) for channel in KINDS[kind].channels if channel != INBOX
    )
    bell.ring("accounts.tasks.send_messages")
    return notification


def wording(notification):
    """(subject, body) in the present language."""
    kind = KINDS.get(notification.kind)
    if kind is None:
        return notification.kind, ""
    return str(kind.subject) % notification.facts, str(kind.body) % notification.facts
