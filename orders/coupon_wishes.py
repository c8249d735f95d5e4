"""Which coupons a shopper chose in the cart: kept with the session, carried to the checkout, and what becomes of a choice
that stops being lawful.
"""

import re
from dataclasses import replace

from orders.forms.coupons import WISHES, choice_of
from orders.pricing import AUTO, NONE

KEY = "coupon_wishes"
WISH = re.compile(r"none|\d{1,18}")
GONE, UNFIT = "gone", "unfit"  # it cannot be used any more; it does not fit the goods


def of(request):
    """{field: text} of what was chosen; {} for the best ones."""
    return request.session.get(KEY, {})


def remember(request):
    """Keep what a posted cart says; nothing is said where no coupons were shown."""
    said = {name: request.POST[name] for name in WISHES if name in request.POST}
    wishes = {name: text for name, text in said.items() if WISH.fullmatch(text)}
    if said and wishes != of(request):
        request.session[KEY] = wishes


def forget(request):
    """What was chosen is used up, or cannot be used any more."""
    request.session.pop(KEY, None)


def settled(wishes, coupons, quote_by):
    """(quote, ``Choice`` or None, "" or why another one was taken) of ``wishes`` among the shopper's ``coupons``.

    ``quote_by(choice)`` prices the goods; the best takes the place of what is gone or does not fit.
    """
    choice = choice_of(wishes, coupons)
    lost = GONE if any(_is_gone(name, wishes, choice) for name in WISHES) else ""
    quote = quote_by(choice)
    fitting = fitted(choice, quote)
    if fitting != choice:
        return quote_by(fitting), fitting, lost or UNFIT
    return quote, choice, lost


def _is_gone(name, wishes, choice):
    """Whether a coupon was named that cannot be used any more."""
    names_one = (wishes.get(name) or AUTO) not in (AUTO, NONE)
    return names_one and (choice is None or getattr(choice, name) == AUTO)


def fitted(choice, quote):
    """``choice`` without coupons that the quote could not use; None when nothing of it is left."""
    if choice is None:
        return None
    used = {coupon.id for coupon in quote.coupons}
    lost = {
        name: AUTO for name in WISHES if isinstance(getattr(choice, name), int) and getattr(choice, name) not in used
    }
    left = replace(choice, **lost)
    return None if left.is_auto else left
