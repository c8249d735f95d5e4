"""Tell a person something: one row now, the channels later."""

from dataclasses import dataclass

from accounts import bell
from accounts.models import Delivery, Notification, NotificationPreference
from accounts.one_trip import insert, insert_new

INBOX, EMAIL, SMS = Delivery.Channel.INBOX, Delivery.Channel.EMAIL, Delivery.Channel.SMS
Group = NotificationPreference.Group
# What a person may switch off; messages about the account itself always come.
OPTIONAL_GROUPS = (Group.ORDERS, Group.AFTER_SALES, Group.MEMBER)
# A kind that names no group belongs to the one its name begins with.
GROUP_OF_PREFIX = {
    "order": Group.ORDERS,
    "payment": Group.ORDERS,
    "parcel": Group.ORDERS,
    "refund": Group.AFTER_SALES,
    "return": Group.AFTER_SALES,
    "exchange": Group.AFTER_SALES,
    "points": Group.MEMBER,
    "tier": Group.MEMBER,
    "member": Group.MEMBER,
    "coupon": Group.MEMBER,
}


@dataclass(frozen=True)
class Kind:
    """How a kind of message is worded and sent.

    ``subject`` and ``body`` are lazy translations with ``%(fact)s`` places for the notification's facts.
    ``group`` is what the reader may switch off; by default it follows from the kind's name.
    """

    subject: str
    body: str
    channels: tuple = (INBOX, EMAIL)
    group: str = ""


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
    notification = Notification(dedupe_key=key, user=user, kind=kind, facts=facts or {}, url=url)
    if not insert_new(notification):
        return None
    insert(*_deliveries(notification))
    bell.ring("accounts.tasks.send_messages")
    return notification


def tell_in(trip, user, kind, *, pk, key, facts=None, url=""):
    """``notify`` for rows that are written together (``accounts.one_trip``); ``key`` must be a new one, ``pk`` drawn.

    Whoever sends them rings for "accounts.tasks.send_messages".
    """
    told = Notification(pk=pk, dedupe_key=key, user=user, kind=kind, facts=facts or {}, url=url)
    trip.add([told])
    trip.add(_deliveries(told))


def notify_many(told):
    """``notify`` for many in two statements: dicts of what it takes, ``user`` among it; all keys must be new ones."""
    rows = [
        Notification(dedupe_key=one["key"], user=one["user"], kind=one["kind"], facts=one["facts"], url=one["url"])
        for one in told
    ]
    if rows:
        Notification.objects.bulk_create(rows)
        Delivery.objects.bulk_create([delivery for row in rows for delivery in _deliveries(row)])
        bell.ring("accounts.tasks.send_messages")


def _deliveries(notification):
    channels = KINDS[notification.kind].channels
    return [Delivery(notification=notification, channel=channel) for channel in channels if channel != INBOX]


def wording(notification):
    """(subject, body) in the present language."""
    kind = KINDS.get(notification.kind)
    if kind is None:
        return notification.kind, ""
    facts = _Facts(notification.facts)
    return str(kind.subject) % facts, str(kind.body) % facts


def worded(notification):
    """``notification`` with its ``subject`` and ``body`` in the present language, for a page."""
    notification.subject, notification.body = wording(notification)
    return notification


def group_of(name):
    """The group of preferences that the kind ``name`` belongs to."""
    kind = KINDS.get(name)
    return (kind and kind.group) or GROUP_OF_PREFIX.get(name.split("_")[0], Group.ACCOUNT)


def wants_email(user, name):
    """Whether ``user`` gets e-mails of the kind ``name``; everybody does who has not switched its group off."""
    return not user.notification_preferences.filter(group=group_of(name), email=False).exists()


class _Facts(dict):
    """An old message must stay readable when its kind's wording has learned new facts."""

    def __missing__(self, fact):
        return "…"
