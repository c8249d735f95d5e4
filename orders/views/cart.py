from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from accounts.rate_limit import allow
from accounts.senders import sender_of
from orders import cart as carts
from orders import coupon_wishes
from orders.cart_changes import apply
from orders.cart_view import view
from orders.context_processors import tell_merged
from orders.forms.cart import Undecided, choice_of
from orders.forms.coupons import CouponForm

WHY = {
    carts.BadQuantity: gettext_lazy("Please give a quantity from 1 to 999."),
    carts.NotForSale: gettext_lazy("This item is not on sale. Please choose another one."),
    carts.SoldOut: gettext_lazy("This item is sold out at the moment."),
    carts.CartFull: gettext_lazy("The cart is full. Please order or remove something first."),
}


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def cart(request):
    """The cart, and every change of it: one form whose buttons say what to do."""
    mine = carts.cart_of(request)
    tell_merged(request)
    if request.method != "POST":
        return _page(request, mine)
    coupon_wishes.remember(request)
    problems = apply(mine, request.POST) if mine else {}
    if request.POST.get("go") == "checkout" and not problems:
        return HttpResponseClientRedirect(reverse("checkout")) if request.htmx else redirect("checkout")
    if request.htmx or problems:
        return _page(request, mine, problems=problems, status=422 if problems else 200)
    return redirect("cart")


@require_POST
def cart_lines(request):
    """Put something into the cart (``go=cart``), or straight to checkout with it alone (``go=buy``)."""
    if not allow(f"cart:{_who(request)}", 120, 60):
        return render(request, "429.html", status=429)
    try:
        sku, quantity = choice_of(request.POST)
        if request.POST.get("go") == "buy":
            return redirect(f"{reverse('checkout')}?{urlencode({'sku': sku.pk, 'quantity': quantity})}")
        added = carts.add(carts.cart_of(request, create=True), sku, quantity)
    except carts.CartRefused as refusal:
        return _refused(request, refusal)
    tell_merged(request)
    text = _added_text(added)
    if request.htmx:
        return render(request, "orders/cart/_added.html", {"text": text, "cut": added.cut})
    messages.add_message(request, messages.WARNING if added.cut else messages.SUCCESS, text)
    return redirect("cart")


def _added_text(added):
    if not added.cut:
        return _("It is in your cart.")
    return ngettext(
        "Only %(n)s can be bought now; your cart holds that one.",
        "Only %(n)s can be bought now; your cart holds them all.",
        added.quantity,
    ) % {"n": added.quantity}


def _refused(request, refusal):
    text = refusal.text if isinstance(refusal, Undecided) else WHY[type(refusal)]
    if request.htmx:
        return render(request, "orders/cart/_added.html", {"text": text, "refused": True}, status=422)
    return _page(request, carts.cart_of(request), refused=text, status=422, choose=getattr(refusal, "listing", None))


def _page(request, mine, *, problems=None, refused="", status=200, choose=None):
    user = request.user if request.user.is_authenticated else None
    shown = view(mine, user, coupon_wishes.of(request))
    if shown.lost == coupon_wishes.GONE:
        coupon_wishes.forget(request)
    form = CouponForm(coupons=shown.coupons)
    form.show(shown.choice)
    context = {"cart": shown, "cart_count": shown.units, "problems": problems or {}, "form": form}
    context |= {"refused": refused, "choose": choose}
    template = "orders/cart/_cart.html" if request.htmx else "orders/cart/cart.html"
    return render(request, template, context, status=status)


def _who(request):
    return f"u{request.user.pk}" if request.user.is_authenticated else sender_of(request)
