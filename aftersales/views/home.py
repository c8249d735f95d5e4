from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aftersales.models import ReturnRequest
from orders.models import Order

PER_PAGE = 10
ORDERS_SHOWN = 5
SHOWN_STATES = (
    Order.Status.PAID,
    Order.Status.PROCESSING,
    Order.Status.PARTIALLY_SHIPPED,
    Order.Status.SHIPPED,
    Order.Status.DELIVERED,
    Order.Status.COMPLETED,
    Order.Status.FINISHED,
)


@require_safe
def service(request):
    """Everybody may read what rights there are; a shopper also sees what is open and where to start."""
    context = {}
    if request.user.is_authenticated:
        open_ones = request.user.return_requests.exclude(status__in=ReturnRequest.ENDED)
        orders = request.user.orders.filter(status__in=SHOWN_STATES, hidden_at=None)
        context = {
            "open_returns_list": _with_lines(open_ones)[:5],
            "orders": orders.prefetch_related("lines__picture")[:ORDERS_SHOWN],
        }
    return render(request, "aftersales/service.html", context)


@require_safe
@login_required
def returns(request):
    mine = _with_lines(request.user.return_requests.all())
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "aftersales/returns.html", {"page": page})


def _with_lines(requests):
    return requests.select_related("merchant", "order").prefetch_related("lines__line__picture")
