from functools import cache

from django.contrib import messages
from django.utils.translation import ngettext

from orders.cart import SESSION_KEY, cart_of, count_units


def cart(request):
    """``cart_count``: units in the visitor's cart, counted when a template asks.

    The first page after sign-in brings a guest's cart along and says so.
    """
    user = getattr(request, "user", None)
    if user is None:
        return {"cart_count": 0}
    if user.is_authenticated and SESSION_KEY in request.session:
        cart_of(request)
    tell_merged(request)
    return {"cart_count": cache(lambda: count_units(request))}


def tell_merged(request):
    """Say once how many units came along at sign-in."""
    units = request.__dict__.pop("cart_merged", 0)
    if units:
        text = ngettext(
            "%(n)s item you had chosen before signing in is now in your cart.",
            "%(n)s items you had chosen before signing in are now in your cart.",
            units,
        )
        messages.info(request, text % {"n": units})
