"""The shopper's list of orders: tabs by state, with counts, and a search by number or title."""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from orders.models import Order

Status = Order.Status
TABS = {
    "": (_("All"), set(Status)),
    "to-pay": (_("Waiting for payment"), {Status.PENDING_PAYMENT, Status.PENDING_DEPOSIT, Status.PENDING_BALANCE}),
    "to-ship": (_("To be sent"), {Status.PAID, Status.PROCESSING, Status.PARTIALLY_SHIPPED}),
    "to-receive": (_("On the way"), {Status.SHIPPED, Status.DELIVERED}),
    "received": (_("Received"), {Status.COMPLETED, Status.FINISHED}),
}


def orders_of(user, *, tab="", words=""):
    """The visible orders of ``user`` in a tab, newest first, with lines and pictures."""
    found = user.orders.filter(hidden_at=None, status__in=TABS.get(tab, TABS[""])[1])
    words = " ".join(words.split())[:60].replace("\x00", "")
    if words:
        titles = Q(lines__title__icontains=words) | Q(lines__title_en__icontains=words)
        found = found.filter(pk__in=user.orders.filter(Q(number__startswith=words) | titles).values("pk"))
    return found.prefetch_related("lines__picture", "lines__merchant")


def tabs(user, *, present):
    """(key, label, count, present) for every tab; one query. Only open work is counted."""
    counted = {key: Count("pk", filter=Q(status__in=states)) for key, (_label, states) in _counted().items()}
    counts = user.orders.filter(hidden_at=None).aggregate(**{key.replace("-", "_"): n for key, n in counted.items()})
    return [
        (key, label, counts.get(key.replace("-", "_"), 0), key == present) for key, (label, _states) in TABS.items()
    ]


def _counted():
    return {key: TABS[key] for key in ("to-pay", "to-ship", "to-receive")}
