import secrets
from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import addresses
from accounts.forms import AddressForm
from accounts.rate_limit import allow_all
from catalog import stock
from loyalty import coupons
from loyalty.points import NotEnoughPoints
from orders import checkout as rules
from orders import checkout_keys, checkout_page, checkout_refusals, coupon_wishes, quoting
from orders.cart import CartRefused
from orders.checkout_page import LinesChanged
from orders.forms.checkout import NEW, CheckoutForm, read_items, write_items


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request):
    """One page, one form. GET shows it, ``go=place`` orders, any other button only shows it again."""
    if request.method == "POST" and request.POST.get("go") == "place":
        return _place(request)
    asked = request.POST if request.method == "POST" else request.GET
    try:
        lines = checkout_page.chosen_lines(request, asked)
    except CartRefused:
        lines = []
    if not lines:
        messages.warning(request, _("Nothing to order: please choose something in the cart first."))
        return redirect("cart")
    typed = request.POST if request.method == "POST" else None
    step = AddressForm.at_step(request.POST, prefix=NEW) if typed is not None else None
    mine = coupons.usable(request.user)
    form = CheckoutForm(book=addresses.book_of(request.user), lines=lines, coupons=mine, typed=typed, address_form=step)
    wishes = typed if typed is not None else {} if "sku" in asked else coupon_wishes.of(request)
    return _page(request, form, lines, wishes=wishes)


def _place(request):
    """Order what the page showed. A repeated post of the same form finds the order that it made."""
    posted, user = request.POST, request.user
    items = read_items(posted.get("items"))
    key = posted.get("key", "")[:64]
    # a key with NUL was never given out, and the database does not take the question
    repeated = "\x00" not in key and checkout_keys.is_used(user, key)
    try:
        lines = _lines(request, items, repeated)
    except (CartRefused, LinesChanged):
        messages.warning(request, _("The cart has changed meanwhile. Please look at it once more."))
        return redirect("cart")
    mine = coupons.usable(user) if not repeated else []
    form = CheckoutForm(posted, book=addresses.book_of(user), lines=[] if repeated else lines, coupons=mine)
    if not allow_all(f"checkout:{user.pk}", (10, 60), (60, 3600)):
        form.add_error(None, _("That was a little fast. Please wait a minute and send it again."))
    if not form.is_valid():
        if repeated:
            return redirect("orders")
        return _page(request, form, lines, status=422)
    return _ordered(request, form, lines)


def _ordered(request, form, lines):
    """Go to pay what was ordered now, or say why nothing was."""
    try:
        order = _order(request.user, form, lines)
    except checkout_refusals.KeyReused as used:
        return _key_used(request, used.order)
    except checkout_refusals.PriceChanged as changed:
        return _page(request, form, lines, status=409, before_fen=form.cleaned_data["seen"], now=changed.quote)
    except (checkout_refusals.CheckoutRefused, stock.OutOfStock, NotEnoughPoints, coupons.CouponUnusable) as refusal:
        form.add_error(None, checkout_page.why_not(refusal, lines))
        return _page(request, form, lines, status=422)
    coupon_wishes.forget(request)
    return redirect("order_payment" if order.waits_for_money else "order", order.number)


def _lines(request, items, repeated):
    if repeated:
        return checkout_page.shown_lines(items)
    return checkout_page.same_lines(checkout_page.chosen_lines(request, request.POST), items)


def _order(user, form, lines):
    order = rules.place_order(
        user,
        cart_lines=lines,
        address=form.delivery_address(),
        key=form.cleaned_data["key"],
        seen_payable_fen=form.cleaned_data["seen"],
        invoice=form.invoice(),
        merchant_notes=form.merchant_notes(),
        confirmations=_confirmed(form, lines),
        points=form.points(),
        choice=form.choice(),
        seen_gifts=form.data.get("gifts"),
    )
    if form.asks_new and form.keeps_address:
        _keep_address(user, form)
    return order


def _confirmed(form, lines):
    """The SKU ids whose tick was posted; whether they suffice is for place_order to say."""
    return [line.sku_id for line in lines if f"confirm_{line.sku_id}" in form.data]


def _keep_address(user, form):
    fields = form.address_form.address_fields
    known = {(address.phone, address.region_code, address.detail) for address in user.addresses.all()}
    if (fields["phone"], fields["region_code"], fields["detail"]) not in known:
        # The order has the address; a full book is no reason to trouble the shopper now.
        with suppress(addresses.TooManyAddresses):
            form.address_form.save(user)


def _key_used(request, order):
    if order.user_id == request.user.pk:
        messages.info(request, _("This form has already been sent. Here is the order that it made."))
        return redirect("order", order.number)
    messages.warning(request, _("This form is no longer valid. Please look at your order once more."))
    return redirect("cart")


def _page(request, form, lines, *, status=200, before_fen=None, now=None, wishes=None):
    page = _shown(request, form, lines, wishes)
    hidden = {
        "key": secrets.token_urlsafe(24) if "key" in form.errors else form["key"].value(),
        "items": write_items(lines),
        "seen": page.quote.payable_fen,
        "points_offered": page.points_offered,
        "gifts": quoting.write_gifts(page.quote),
    }
    at_once = [(name, request.POST.get(name) or request.GET.get(name)) for name in ("sku", "quantity")]
    context = {
        "form": form,
        "page": page,
        "hidden": [*hidden.items(), *((name, value) for name, value in at_once if value)],
        "before_fen": before_fen,
        "changed": now,
    }
    return render(request, "orders/checkout/checkout.html", context, status=status)


def _shown(request, form, lines, wishes):
    """The ``Checkout``; of a form that is not sent yet the ``wishes`` for coupons fall back to the best ones."""
    about = {"use_points": bool(form["use_points"].value()), "region_code": form.region_code}
    if wishes is None:
        return checkout_page.of(request.user, lines, choice=form.choice(), **about)
    page = checkout_page.of(request.user, lines, wishes=wishes, coupons=form.coupons, **about)
    form.show(page.choice)
    if page.lost == coupon_wishes.GONE:
        coupon_wishes.forget(request)
    return page
