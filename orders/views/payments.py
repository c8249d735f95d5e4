"""Choosing a channel, coming back from it, waiting. No page here books anything: only a notice or a query does."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import rate_limit
from orders import payments
from orders.gateways import GATEWAYS
from orders.gateways.base import Refused, Unreachable
from orders.payment_page import page_of


class ChannelForm(forms.Form):
    gateway = forms.ChoiceField(choices=lambda: [(name, gateway.title) for name, gateway in GATEWAYS.items()])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order_payment(request, number):
    """GET says where the payment stands; POST opens an attempt at the chosen channel and goes there."""
    order = get_object_or_404(request.user.orders, number=number)
    if request.method != "POST":
        return _page(request, order)
    form = ChannelForm(request.POST)
    if not form.is_valid():
        return _page(request, order, form=form, status=422)
    back = request.build_absolute_uri(reverse("order_payment", args=[order.number]))
    try:
        payment = payments.start(order, form.cleaned_data["gateway"], return_url=back)
    except (payments.NotPayable, payments.AlreadyPaid):
        return redirect("order_payment", order.number)
    except (Refused, Unreachable):
        messages.error(
            request, _("This channel does not answer just now. Nothing was paid; please choose another one.")
        )
        return redirect("order_payment", order.number)
    return redirect(payment.pay_url)


def _page(request, order, *, form=None, status=200):
    page = page_of(order, request.GET.get("waiting", ""))
    context = {
        "order": order,
        "payment": page.payment,
        "channels": GATEWAYS.values(),
        "channel": GATEWAYS.get(page.payment.gateway) if page.payment else None,
        "until": payments.pay_until(order),
        "form": form,
    }
    return render(request, page.template, context, status=status)


@login_required
@require_POST
def order_payment_check(request, number):
    """The shopper says that it is paid: ask the channel now instead of a little later."""
    order = get_object_or_404(request.user.orders, number=number)
    payment = get_object_or_404(order.payments, number=request.POST.get("payment", ""))
    if payment.status in payments.OPEN and rate_limit.allow(f"payment-check:{order.pk}", 6, 60):
        try:
            payments.query(payment)
        except (Refused, Unreachable):
            messages.warning(request, _("The channel has not answered yet. We keep asking; you need not pay again."))
    return redirect(f"{reverse('order_payment', args=[order.number])}?waiting={payment.number}")
