"""What order and member pages show of after-sales. The tags share what they load per order: two queries an order."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from aftersales import eligibility
from aftersales.models import ReturnRequest
from orders.models import Order

register = template.Library()

Status = ReturnRequest.Status


@register.simple_tag
def open_returns(user):
    """How many requests of ``user`` are open."""
    return user.return_requests.exclude(status__in=ReturnRequest.ENDED).count()


@register.simple_tag
def returns_of(order):
    """The requests about ``order``, newest first, with their lines."""
    if not hasattr(order, "_returns_shown"):
        order._returns_shown = list(order.return_requests.prefetch_related("lines"))
    return order._returns_shown


@register.simple_tag
def return_action(line, order=None):
    """For a line of an order page: the state of its request, a way to ask, or until when one could have asked.

    Pass ``order`` when the line's own is not the same object, so that its requests are loaded once.
    """
    order = order or line.order
    asked = next((one for one in returns_of(order) if any(part.line_id == line.pk for part in one.lines.all())), None)
    if asked is not None and asked.is_open:
        return format_html('<a href="{}">{}</a>', asked.get_absolute_url(), asked.get_status_display())
    if _something_may_be_asked(order, line):
        url = reverse("return_new", args=[order.number, line.number])
        label = _("Refund") if not line.shipped_quantity else _("Return or refund")
        return format_html('<a href="{}">{}<span class="vh"> {}</span></a>', url, label, line.title_local)
    if asked is not None:
        return format_html('<a class="muted" href="{}">{}</a>', asked.get_absolute_url(), asked.get_status_display())
    if line.signed_at and order.status not in {Order.Status.CLOSED}:
        return format_html('<span class="small muted">{}</span>', _("time for returns is over"))
    return ""


def _something_may_be_asked(order, line):
    """A cheap look from what is loaded; the page of the request asks in full."""
    parts = [part for one in returns_of(order) for part in one.lines.all() if part.line_id == line.pk]
    if len(parts) >= eligibility.MOST_SUBMISSIONS or order.status in {
        Order.Status.PENDING_PAYMENT,
        Order.Status.CLOSED,
    }:
        return False
    nothing = {one.pk for one in returns_of(order) if one.status in eligibility.CAME_TO_NOTHING}
    cancels = {one.pk for one in returns_of(order) if one.kind == ReturnRequest.Kind.CANCEL_PAID}
    asked = sum(part.quantity for part in parts if part.request_id not in nothing | cancels)
    if line.shipped_quantity <= asked:
        return bool(line.waiting_quantity) and order.status in eligibility.UNSHIPPED
    line.order = order
    end = eligibility.quality_until(line)
    return end is None or timezone.now() < end
