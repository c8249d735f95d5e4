"""What may be asked about an order line, until when, or why not. Reads only; ``returns.request`` asks again under locks."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftersales.models import ReturnLine, ReturnRequest
from aftersales.reasons import NO_REASON, QUALITY, REASONS
from catalog.models import Product
from orders import parcels, resends
from orders.models import Order
from orders.moves import UNPAID
from orders.windows import window_end

Kind, Status = ReturnRequest.Kind, ReturnRequest.Status
QUALITY_DAYS = 15
MOST_SUBMISSIONS = 5
# Requests that came to nothing: their units may be asked for again.
CAME_TO_NOTHING = (Status.CANCELLED, Status.CLOSED, Status.CLOSED_TIMEOUT, Status.REJECTED)
NOT_FOR_THIS = _("This cannot be asked for this item, or not for so many.")
UNSHIPPED = (Order.Status.PAID, Order.Status.PROCESSING, Order.Status.PARTIALLY_SHIPPED)


@dataclass(frozen=True)
class Choice:
    """A reason that may be given now for at most ``most`` units, until ``until`` (None: no end is set)."""

    reason: object
    most: int
    until: datetime | None = None


@dataclass(frozen=True)
class Options:
    """``choices`` may be empty; then ``why`` says why in words for the shopper."""

    choices: tuple = ()
    why: str = ""

    def choice(self, code):
        return next((choice for choice in self.choices if choice.reason.code == code), None)

    @property
    def until(self):
        ends = [choice.until for choice in self.choices if choice.until]
        return max(ends) if ends else None


@dataclass(frozen=True)
class Units:
    """Units of a line by what has happened to them."""

    to_cancel: int
    on_the_way: int
    signed: int
    submissions: int
    live: int


def options(line, now=None):
    """The ``Options`` of an ``OrderLine`` (with its order). Three queries."""
    now = now or timezone.now()
    units = units_of(line)
    if units.submissions >= MOST_SUBMISSIONS:
        return Options(why=_("You have asked five times about this item. Please contact us."))
    choices = [*_before_shipping(units), *_not_received(units), *_returns(line, units, now)]
    return Options(tuple(choices), "" if choices else _why_not(line, units))


def units_of(line):
    rows = ReturnLine.objects.filter(line=line)
    counted = ~Q(request__status__in=CAME_TO_NOTHING)
    sums = rows.aggregate(
        asked=Sum("quantity", filter=counted & ~Q(request__kind=Kind.CANCEL_PAID), default=0),
        live=Sum("quantity", filter=counted & ~Q(request__status=Status.COMPLETED), default=0),
        submissions=Count("pk"),
    )
    free = max(line.shipped_quantity - sums["asked"], 0)
    order = line.order
    missing = max(free - resends.under_way(line), 0)
    if line.signed_at:
        missing = min(free, resends.lost_units(line))
    unpacked = parcels.to_pack(order).get(line.pk, 0) if order.status in UNSHIPPED and line.waiting_quantity else 0
    return Units(
        to_cancel=unpacked,
        on_the_way=missing,
        signed=free - missing if line.signed_at else 0,
        submissions=sums["submissions"],
        live=sums["live"],
    )


def no_reason_until(line):
    """When the no-reason window of a signed line ends; None when it has none: excluded by law or confirmed at checkout."""
    policy = line.return_policy
    confirmed = policy == Product.ReturnPolicy.EXCLUDED_IF_CONFIRMED and line.return_exclusion_confirmed_at
    if policy == Product.ReturnPolicy.EXCLUDED_BY_LAW or confirmed or not line.signed_at:
        return None
    return window_end(line.signed_at, line.order.return_days)


def quality_until(line):
    """When faults can no longer be returned: 15 days, or longer when the tier's no-reason window is longer."""
    return window_end(line.signed_at, max(QUALITY_DAYS, line.order.return_days)) if line.signed_at else None


def _before_shipping(units):
    if units.to_cancel > 0:
        yield from (Choice(reason, units.to_cancel) for reason in REASONS.values() if reason.kind == Kind.CANCEL_PAID)


def _not_received(units):
    if units.on_the_way > 0:
        yield Choice(REASONS["not_received"], units.on_the_way)


def _returns(line, units, now):
    ends = {NO_REASON: no_reason_until(line), QUALITY: quality_until(line)}
    for reason in REASONS.values() if units.signed > 0 else ():
        end = ends.get(reason.window)
        if reason.kind == Kind.RETURN_REFUND and end is not None and now < end:
            yield Choice(reason, units.signed, end)


def _why_not(line, units):
    if units.live:
        return _("A request about this item is open already.")
    if line.order.status in {*UNPAID, Order.Status.CLOSED}:
        return _("Nothing was paid for this item, or everything was refunded.")
    if line.returned_quantity or line.cancelled_quantity:
        return _("All units of this item were refunded.")
    if line.signed_at:
        return _("The time for returns is over. Please contact us if something is wrong.")
    return _("This item is being packed. You can ask as soon as it is on its way.")
