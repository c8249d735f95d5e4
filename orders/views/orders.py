from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.history import TransitionNotAllowed
from catalog.stock import OutOfStock
from orders import cart as carts
from orders import late_parts, lifecycle, order_list, order_page, receipt_extension, resends, shown_parcels, timeline
from orders.models import Order, Parcel
from orders.reason_words import OF_CANCELLING

PER_PAGE = 10


@login_required
@require_safe
def orders(request):
    tab, words = request.GET.get("tab", ""), request.GET.get("q", "")
    found = order_list.orders_of(request.user, tab=tab, words=words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    for order in page:
        order.actions = order_page.actions(order) if order.status != Order.Status.CLOSED else {"repeat"}
        order.units = sum(line.quantity for line in order.lines.all())
    tabs = order_list.tabs(request.user, present=tab if tab in order_list.TABS else "")
    return render(request, "orders/orders/list.html", {"page": page, "tabs": tabs, "tab": tab, "words": words})


@login_required
@require_safe
def order(request, number):
    try:
        mine = order_page.detail(request.user, number)
    except Order.DoesNotExist:
        raise Http404 from None
    title, text = order_page.sentence(mine)
    parcels = shown_parcels.parcels_of(mine)
    context = {
        "order": mine,
        "title": title,
        "text": text,
        "steps": order_page.steps(mine),
        "parcels": parcels,
        "rows": order_page.summary(mine),
        "refunds": order_page.refunds_of(mine),
        "entries": timeline.of(mine),
        "actions": order_page.actions(mine, parcels),
        "may_extend": receipt_extension.may_extend(mine),
        "late": late_parts.late_parts(mine),
        "promises": shown_parcels.promises(mine),
        "notes": order_page.notes(mine),
        "invoice": getattr(mine, "invoice", None),
    }
    return render(request, "orders/orders/order.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order_cancellation(request, number):
    """GET asks once more, POST cancels."""
    mine = get_object_or_404(request.user.orders, number=number)
    if request.method != "POST":
        if not lifecycle.may_cancel(mine):
            return redirect("order", mine.number)
        return render(request, "orders/orders/cancellation.html", {"order": mine, "reasons": OF_CANCELLING})
    reason = request.POST.get("reason", "")
    reason = reason if reason in dict(OF_CANCELLING) else ""
    try:
        lifecycle.cancel(mine, by=request.user, reason=reason)
    except TransitionNotAllowed:
        messages.error(request, _("The warehouse has the order already. You can return it when it arrives."))
    except lifecycle.ChannelBusy:
        messages.warning(request, _("The payment channel does not answer just now. Please try again in a minute."))
    else:
        _tell_cancelled(request, mine)
    return redirect("order", mine.number)


def _tell_cancelled(request, order):
    order.refresh_from_db()
    if order.status != Order.Status.CLOSED:
        messages.warning(request, _("Your payment arrived meanwhile, so the order is paid. You can still cancel it."))
    elif order.paid_at:
        messages.success(request, _("The order is cancelled. The money goes back the way it came."))
    else:
        messages.success(request, _("The order is cancelled."))


@login_required
@require_POST
def order_receipt(request, number):
    """The shopper has the goods."""
    mine = get_object_or_404(request.user.orders, number=number)
    try:
        lifecycle.confirm_received(mine, by=request.user)
    except TransitionNotAllowed:
        messages.error(request, _("Receipt cannot be confirmed now. Is a return of this order still open?"))
    else:
        messages.success(request, _("Thank you. Returns stay possible until the window is over."))
    return redirect("order", mine.number)


@login_required
@require_POST
def order_more_time(request, number):
    """Receipt is to be confirmed by itself three days later."""
    mine = get_object_or_404(request.user.orders, number=number)
    try:
        receipt_extension.extend(mine, by=request.user)
    except TransitionNotAllowed:
        messages.error(request, _("The time cannot be extended (any more)."))
    else:
        messages.success(request, _("You have three more days; then receipt is confirmed by itself."))
    return redirect("order", mine.number)


@login_required
@require_POST
def order_waiting(request, number, pk):
    """The shopper was told of a delay and prefers to wait."""
    mine = get_object_or_404(request.user.orders, number=number)
    part = get_object_or_404(mine.parts, pk=pk)
    if late_parts.wait_on(part, by=request.user):
        messages.success(request, _("Thank you for waiting. We tell you as soon as it is on its way."))
    return redirect("order", mine.number)


@login_required
@require_POST
def order_resend(request, number, pk):
    """A parcel was lost and the shopper wants its goods, not the money."""
    mine = get_object_or_404(request.user.orders, number=number)
    parcel = get_object_or_404(mine.parcels, pk=pk, status=Parcel.Status.LOST)
    try:
        resends.send_again(parcel, by=request.user)
    except resends.NothingToResend:
        messages.info(request, _("This parcel is settled already; nothing was changed."))
    except OutOfStock:
        messages.error(request, _("We have none left to send. You can have your money back."))
    else:
        messages.success(request, _("Thank you. We send it once more; it costs you nothing."))
    return redirect("order", mine.number)


@login_required
@require_POST
def order_hiding(request, number):
    """Take a closed or finished order off the list; it is not deleted."""
    mine = get_object_or_404(request.user.orders, number=number)
    hidden = request.user.orders.filter(pk=mine.pk, status__in=order_page.HIDEABLE, hidden_at=None)
    if hidden.update(hidden_at=timezone.now()):
        messages.success(request, _("The order is no longer on your list."))
    elif mine.hidden_at is None:
        messages.error(request, _("Only closed and finished orders can be taken off the list."))
    return redirect("orders")


@login_required
@require_POST
def order_repeat(request, number):
    """Straight to checkout with the same goods at today's prices; by way of the cart when some cannot be had."""
    mine = get_object_or_404(request.user.orders, number=number)
    cart, missing = carts.cart_of(request, create=True), 0
    wanted = list(mine.lines.filter(gift_of=None))
    for line in wanted:
        try:
            carts.add(cart, carts.buyable(line.sku_id), line.quantity)
        except carts.CartRefused:
            missing += 1
    if wanted and not missing:
        carts.select(cart, [line.sku_id for line in wanted])
        return redirect("checkout")
    if missing:
        text = ngettext("%(n)s item can no longer be bought.", "%(n)s items can no longer be bought.", missing)
        messages.warning(request, text % {"n": missing})
    return redirect("cart")
