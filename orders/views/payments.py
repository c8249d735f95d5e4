"""Choosing a channel, coming back from it, waiting. No page here books anything: only a notice or a query does."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts import rate_limit
from orders import devices, payment_guard, payments, price_cuts, risk, risk_assessment, risk_words
from orders.gateways import GATEWAYS
from orders.gateways.base import Refused, Unreachable
from orders.models import Order
from orders.payment_choice import choices, visit_of
from orders.payment_page import order_of, page_of


class ChannelForm(forms.Form):
    """``gateway`` is the name of a channel, or of one of its plans: "alipay:3"."""

    gateway = forms.ChoiceField()

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        names = [choice.channel.name for choice in choices]
        plans = [f"{choice.channel.name}:{plan.months}" for choice in choices for plan in choice.plans]
        self.fields["gateway"].choices = [(name, name) for name in [*names, *plans]]

    def chosen(self):
        """(name of the channel, months)."""
        name, _colon, months = self.cleaned_data["gateway"].partition(":")
        return name, int(months or 0)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order_payment(request, number):
    """GET says where the payment stands; POST opens an attempt at the chosen channel and goes there."""
    try:
        order = order_of(request.user, number)
    except Order.DoesNotExist:
        raise Http404 from None
    if request.method != "POST":
        return devices.mark(request, _page(request, order))
    form = ChannelForm(request.POST, choices=_choices(request, order))
    if not form.is_valid():
        return _page(request, order, form=form, status=422)
    if price_cuts.given_fen(order) and request.POST.get("seen") != str(order.payable_fen):
        messages.info(request, _("The shop has lowered the price. Please look at the new total, then pay."))
        return redirect("order_payment", order.number)
    said = risk_assessment.assess(order, devices.device_of(request)) if order.waits_for_money else None
    strange = said is not None and said.level == risk.ASK
    if strange or payment_guard.asks(request.user, order.due_fen):
        why = risk_words.for_shopper(said.reasons) if strange else []
        refusal = _second_factor(request, order, form.cleaned_data["gateway"], why)
        if refusal:
            return refusal
    return _start(request, order, *form.chosen())


def _second_factor(request, order, chosen, why):
    """The page that asks for the second factor, or None when the right one came with the request."""
    context = {"sent": "send_code" in request.POST, "problem": ""}
    try:
        if context["sent"]:
            payment_guard.send_code(request.user)
        elif "secret" in request.POST:
            payment_guard.check(request.user, request.POST["secret"][:64])
            return None
    except payment_guard.Wrong as wrong:
        left = ngettext("That is not right. %(n)d try is left.", "That is not right. %(n)d tries are left.", wrong.left)
        context["problem"] = left % {"n": wrong.left}
    except payment_guard.Locked as locked:
        until = timezone.localtime(locked.until)
        context["problem"] = _("Too many wrong tries. Try again after %(time)s.") % {"time": f"{until:%H:%M}"}
    except payment_guard.TooManyCodes:
        context |= {"sent": False, "problem": _("No code can be sent just now; please try again later.")}
    context |= {
        "order": order,
        "why": why,
        "chosen": chosen,
        "until": payments.pay_until(order),
        "has_password": bool(payment_guard.guard_of(request.user).password),
        "may_text": payment_guard.may_text(request.user),
    }
    return render(request, "orders/payments/confirm.html", context, status=422 if context["problem"] else 200)


def _start(request, order, name, months):
    back = "order_payment_return" if GATEWAYS[name].returns_by_post else "order_payment"
    return_url = request.build_absolute_uri(reverse(back, args=[order.number]))
    try:
        payment = payments.start(order, name, return_url=return_url, visit=visit_of(request, months))
    except (payments.NotPayable, payments.AlreadyPaid):
        return redirect("order_payment", order.number)
    except (Refused, Unreachable):
        messages.error(
            request, _("This channel does not answer just now. Nothing was paid; please choose another one.")
        )
        return redirect("order_payment", order.number)
    return redirect(payment.pay_url)


def _choices(request, order):
    return choices(order, visit_of(request), language=get_language() or "")


def _page(request, order, *, form=None, status=200):
    page = page_of(order, request.GET.get("waiting", ""))
    context = {
        "order": order,
        "payment": page.payment,
        "choices": _choices(request, order),
        "channel": GATEWAYS.get(page.payment.gateway) if page.payment else None,
        "until": payments.pay_until(order),
        "form": form,
    }
    return render(request, page.template, context, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def order_payment_return(request, number):
    """Where a channel sends the browser with a POST. Nothing of it is read: it proves nothing."""
    waiting = urlencode({"waiting": request.GET.get("waiting", "")[:32]})
    return redirect(f"{reverse('order_payment', args=[number])}?{waiting}")


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
