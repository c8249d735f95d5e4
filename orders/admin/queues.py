"""The queues of the order desk: what waits for a person, how much of it, and where it is worked off."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlencode

from django.contrib import admin
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import is_global
from orders import late_parts, packing_queue, refund_timers, resends
from orders.admin.desk import merchants_of
from orders.models import Deadline, Difference, HoldReview, Order, Parcel, Refund
from orders.order_timers import UNPAID

EXPIRES_WITHIN = timedelta(minutes=10)
CAME_FROM = "_changelist_filters"  # Django's own name for it
# A queue is worked off from its beginning: preferred ones first, then whoever has waited longest.
IN_TURN = ("-priority", F("paid_at").asc(nulls_last=True), "placed_at")


@dataclass(frozen=True)
class Shown:
    """One queue as a link with its count."""

    name: str
    title: str
    count: int
    url: str
    chosen: bool = False


def _held():
    return Exists(HoldReview.objects.filter(order=OuterRef("pk"), status=HoldReview.Status.OPEN))


def _with_parcels(orders, mine, **facts):
    boxes = Parcel.objects.filter(order=OuterRef("pk"), direction=Parcel.Direction.OUTBOUND, **facts)
    return orders.filter(Exists(boxes if mine is None else boxes.filter(merchant__in=mine)))


def _timers(**facts):
    found = Deadline.objects.filter(entity="orders.order", entity_id=OuterRef("pk"), **facts)
    return Exists(found.filter(done_at=None, cancelled_at=None))


def _unpaid(orders, mine):
    return orders.filter(status=Order.Status.PENDING_PAYMENT)


def _expiring(orders, mine):
    soon = timezone.now() + EXPIRES_WITHIN
    return _unpaid(orders, mine).filter(_timers(kind=UNPAID, run_after__lte=soon))


# name → (title, (orders, ids of the merchants to look at or None for all) → the orders of the queue, only for those who
# see every merchant)
QUEUES = {
    "held": (_("held by risk"), lambda orders, mine: orders.filter(_held()), True),
    "to_release": (
        _("paid, not released"),
        lambda orders, mine: orders.filter(status=Order.Status.PAID).exclude(_held()),
        False,
    ),
    "to_pack": (_("to pack"), packing_queue.to_pack, False),
    "to_ship": (
        _("packed, to ship"),
        lambda orders, mine: _with_parcels(orders, mine, status=Parcel.Status.PACKED),
        False,
    ),
    "to_send_again": (
        _("to send again"),
        lambda orders, mine: _with_parcels(orders, mine, status__in=resends.TO_SEND, resend_of__isnull=False),
        False,
    ),
    "late": (_("late"), late_parts.late, False),
    "unpaid": (_("not paid"), _unpaid, True),
    "expiring": (_("not paid, closes within 10 minutes"), _expiring, True),
    "refunds": (
        _("refund to approve"),
        lambda orders, mine: orders.filter(
            Exists(Refund.objects.filter(order=OuterRef("pk"), status=Refund.Status.REQUESTED))
        ),
        True,
    ),
    "refunds_late": (
        _("refund late"),
        lambda orders, mine: orders.filter(Exists(refund_timers.late().filter(order=OuterRef("pk")))),
        True,
    ),
    # After-sales stops the clocks of an order while a request is open; that is all we see from here.
    "returns": (_("return open"), lambda orders, mine: orders.filter(_timers(paused_at__isnull=False)), False),
}


def queue(orders, user, name):
    """The orders of one queue that wait for ``user``; all of them for a name that is none."""
    return QUEUES[name][1](orders, merchants_of(user)) if name in QUEUES else orders


def _offered(user):
    return {
        name: (title, rule) for name, (title, rule, everything) in QUEUES.items() if is_global(user) or not everything
    }


def shown(orders, user, chosen=""):
    """The queues that ``user`` may work on, each with its count; differences with channels stand beside them."""
    here, mine = reverse("admin:orders_order_changelist"), merchants_of(user)
    links = [
        Shown(name, title, rule(orders, mine).count(), f"{here}?queue={name}", name == chosen)
        for name, (title, rule) in _offered(user).items()
    ]
    if is_global(user) and user.has_perm("orders.view_difference"):
        open_ones = Difference.objects.filter(status__in=[Difference.Status.OPEN, Difference.Status.PROPOSED])
        url = reverse("admin:orders_difference_changelist") + "?queue=open"
        links.append(Shown("differences", _("differences with channels"), open_ones.count(), url))
    return links


def keep(request):
    """What an address of an order's page ends with, so that it goes on knowing the list that the person came from."""
    came_from = request.GET.get(CAME_FROM, "")
    return "?" + urlencode({CAME_FROM: came_from}) if came_from else ""


def context(request, orders, order):
    """``keep``, and ``came_from``: the queue that the person works off, with what is left of it and who is next."""
    came_from = parse_qs(request.GET.get(CAME_FROM, ""))
    name = came_from.get(QueueFilter.parameter_name, [""])[0]
    if name not in _offered(request.user):
        return {"keep": keep(request)}
    left = queue(orders, request.user, name)
    following = left.exclude(pk=order.pk).order_by(*IN_TURN).first()
    here = Shown(name, QUEUES[name][0], left.count(), f"{reverse('admin:orders_order_changelist')}?queue={name}")
    return {"keep": keep(request), "came_from": here, "following": following}


class QueueFilter(admin.SimpleListFilter):
    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [(name, title) for name, (title, _rule) in _offered(request.user).items()]

    def queryset(self, request, queryset):
        return queue(queryset, request.user, self.value())
