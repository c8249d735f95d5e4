"""Tell the shopper once more what they were told about an order; rarely, so that nobody is flooded."""

from accounts import history
from accounts.models import Notification, StateLog
from accounts.notifications import KINDS, notify, worded
from accounts.rate_limit import allow

MOST, WITHIN = 3, 24 * 3600


class TooOften(Exception):
    """This kind of message went out often enough today."""


def told(order):
    """The newest message of each kind about ``order``, worded, newest first."""
    rows = Notification.objects.filter(user=order.user_id, url=order.get_absolute_url(), kind__in=KINDS)
    newest = {}
    for row in rows.order_by("pk"):
        newest[row.kind] = row
    return [worded(row) for row in sorted(newest.values(), key=lambda row: -row.pk)]


def again(order, message, *, by):
    """Send ``message`` (one of ``told``) again through all of its channels. Raises ``TooOften``."""
    if not allow(f"resend:{order.pk}:{message.kind}", MOST, WITHIN):
        raise TooOften
    log = history.record(
        order,
        about=order.about,
        from_state=order.status,
        to=order.status,
        by=by,
        actor=StateLog.Actor.STAFF,
        data={"event": "resent", "kind": message.kind},
    )
    return notify(order.user, message.kind, key=f"{order.about}:again:{log.pk}", facts=message.facts, url=message.url)
