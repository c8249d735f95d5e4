"""Ordering with a deposit, and paying the balance when its window opens."""

from types import SimpleNamespace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.history import TransitionNotAllowed
from accounts.rate_limit import allow_all
from catalog import stock
from loyalty import coupons
from loyalty.points import NotEnoughPoints
from orders import cart, checkout_page, checkout_refusals, lifecycle, presale_terms, presales, quoting
from orders import checkout as rules
from orders.forms.presale import BalanceForm, PresaleForm
from orders.models import CartLine
from orders.moves import PENDING_BALANCE
from orders.presale_balance import points_offered


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def presale(request, sku_id):
    """One page: what is paid when, where it goes, and the button that orders; ``go=place`` orders."""
    sku, terms = _running(sku_id)
    placing = request.POST.get("go") == "place"
    typed = None if placing else {name: request.POST[name] for name in ("quantity", "address") if name in request.POST}
    typed = typed or {name: request.GET[name] for name in ("quantity",) if name in request.GET}
    data = request.POST if placing else None
    form = PresaleForm(data, book=request.user.addresses.all(), sku=sku, initial=typed)
    if placing and form.is_valid():
        return _place(request, form, sku, terms)
    return _presale_page(request, form, sku, terms, status=422 if form.errors else 200)


def _running(sku_id):
    terms = presale_terms.of_sku(sku_id)
    try:
        sku = cart.buyable(sku_id)
    except cart.CartRefused:
        raise Http404 from None
    if terms is None:
        raise Http404
    return sku, terms


def _place(request, form, sku, terms):
    if not allow_all(f"checkout:{request.user.pk}", (10, 60), (60, 3600)):
        form.add_error(None, _("That was a little fast. Please wait a minute and send it again."))
        return _presale_page(request, form, sku, terms, status=422)
    lines = [CartLine(sku=sku, quantity=form.units)]
    try:
        order = _order(request.user, form, lines, terms)
    except checkout_refusals.KeyReused as used:
        return redirect("order", used.order.number) if used.order.user_id == request.user.pk else redirect("home")
    except checkout_refusals.PriceChanged:
        form.add_error(None, _("The total has changed. Please look at it and send it again."))
    except (checkout_refusals.CheckoutRefused, stock.OutOfStock) as refusal:
        form.add_error(None, checkout_page.why_not(refusal, lines))
    else:
        return redirect("order_payment", order.number)
    return _presale_page(request, form, sku, terms, status=409)


def _order(user, form, lines, terms):
    if form.cleaned_data["version"] != terms.version_id:
        raise checkout_refusals.PresaleOver
    return rules.place_order(
        user,
        cart_lines=lines,
        address=form.delivery_address,
        key=form.cleaned_data["key"],
        seen_payable_fen=form.cleaned_data["seen"],
        confirmations=[lines[0].sku_id] if "confirmed" in form.fields else [],
        presale=terms,
    )


def _presale_page(request, form, sku, terms, *, status=200):
    line = CartLine(sku=sku, quantity=form.units)
    address = form.delivery_address
    region = address.region_code if address else ""
    quote = quoting.quote_for(request.user, [line], region_code=region, presale=terms)
    context = {
        "form": form,
        "line": line,
        "terms": terms,
        "quote": quote,
        "deposit_fen": terms.deposit_fen * line.quantity,
        "counts_fen": terms.counts_fen * line.quantity,
        "balance_fen": quote.payable_fen - terms.deposit_fen * line.quantity,
        "hidden": {"key": form["key"].value(), "seen": quote.payable_fen, "version": terms.version_id},
        "refused": quoting.delivery_of(request.user, [line], region).refused.get(sku.pk) if region else None,
    }
    return render(request, "orders/presale/presale.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order_balance(request, number):
    """The balance of a presale order with the coupons that fit; ``go=pay`` settles them and goes on to the channels."""
    mine = get_object_or_404(request.user.orders.select_related("presale__version"), number=number)
    if mine.status != PENDING_BALANCE:
        return redirect("order", mine.number)
    usable = coupons.usable(request.user) if not mine.presale.settled_at else []
    form = BalanceForm(request.POST or None, coupons=usable)
    if request.POST.get("go") == "pay" and form.is_valid():
        return _settle(request, form, mine)
    return _balance_page(request, form, mine)


def _settle(request, form, order):
    try:
        typed = form.cleaned_data
        presales.settle(order, seen_fen=typed["seen"], choice=form.choice(), use_points=typed["use_points"])
    except (presales.BalanceChanged, coupons.CouponUnusable, NotEnoughPoints):
        messages.warning(request, _("The balance has changed. Please look at it and send it again."))
        return redirect("order_balance", order.number)
    except lifecycle.ChannelBusy:
        messages.error(request, _("A payment is still open at its channel. Please try again in a minute."))
        return redirect("order_balance", order.number)
    except TransitionNotAllowed:
        return redirect("order", order.number)
    return redirect("order_payment" if order.waits_for_money else "order", order.number)


def _balance_page(request, form, order):
    quote = presales.balance_quote(order, form.choice())
    offered = points_offered(order, quote)
    if form["use_points"].value():
        quote = presales.balance_quote(order, form.choice(), offered)
    context = {
        "form": form,
        "order": order,
        "line": order.lines.select_related("picture", "product").get(gift_of=None),
        "quote": quote,
        "page": SimpleNamespace(quote=quote, points_offered=offered),
        "balance_fen": quote.payable_fen + order.shipping_fen,
    }
    return render(request, "orders/presale/balance.html", context)
