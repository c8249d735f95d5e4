"""``{% recommended %}``: a block of recommendations where a page wants one. One query; nothing when there is nothing."""

from django import template
from django.contrib.auth.models import AnonymousUser

from catalog import recommending

register = template.Library()
TEMPLATE = "catalog/recommended/_block.html"
# Fewer look like a mistake.
LEAST = 2


def _block(context, name, shown, **extra):
    request = context.get("request")
    shown = shown if len(shown) >= LEAST else []
    personal = bool(shown) and shown[0].personal
    here = request.get_full_path() if request else "/"
    return {
        "name": name,
        "shown": shown,
        "personal": personal,
        "theirs": any(one.is_from_the_shopper for one in shown),
        "stamp": (tuple([one.stamp for one in shown]), here if personal else ""),
        "next": here,
        "request": request,
        "user": _user(context),
        "csrf_token": context.get("csrf_token"),
        **extra,
    }


def _user(context):
    request = context.get("request")
    return getattr(request, "user", None) or AnonymousUser()


@register.inclusion_tag(TEMPLATE, takes_context=True)
def recommended(context, name="home", how_many=recommending.A_BLOCK, without=(), more_without=()):
    """What may interest the reader. ``without`` and ``more_without`` are listings that the page shows already."""
    shown_already = [product.pk for product in [*(without or ()), *(more_without or ())]]
    return _block(context, name, recommending.for_shopper(_user(context), how_many, without=shown_already))


@register.inclusion_tag(TEMPLATE, takes_context=True)
def recommended_in(context, category, shelf):
    """At the end of a list: what else may interest the reader, in ``category`` or (None) anywhere."""
    if shelf.page.has_next() or not shelf.total:
        return {"shown": []}
    without = [product.pk for product in shelf.page.object_list]
    user = _user(context)
    found = (
        recommending.in_category(user, category, without=without)
        if category
        else recommending.for_shopper(user, without=without)
    )
    return _block(context, "list", found)


@register.inclusion_tag("catalog/recommended/_beside.html", takes_context=True)
def recommended_beside(context, product):
    """On the page of ``product``: what is bought with it, and what others looked at."""
    found = recommending.beside(product, _user(context))
    together = [one for one in found if one.kind == recommending.WITH][: recommending.A_BLOCK]
    first = {id(one) for one in together}
    others = [one for one in found if id(one) not in first][: recommending.A_BLOCK]
    return _block(context, "beside", found, together=together, others=others)


@register.inclusion_tag(TEMPLATE, takes_context=True)
def recommended_along(context, cart):
    """Under a cart (an orders.cart_view.CartView)."""
    listings = [line.product.pk for line in cart.lines]
    return _block(context, "cart", recommending.along(listings, _user(context)))
