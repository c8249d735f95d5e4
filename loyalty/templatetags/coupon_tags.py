from django import template

from accounts.masking import mask_name
from loyalty import coupon_pages

register = template.Library()


@register.inclusion_tag("loyalty/_product_coupons.html", takes_context=True)
def product_coupons(context, product):
    """The strip of coupons on a product page; one query."""
    request = context["request"]
    tickets = coupon_pages.for_product(product, request.user)
    return {
        "tickets": tickets,
        "stamp": tuple(tickets),
        "more": len(tickets) - 1,
        "back": product.get_absolute_url(),
        "csrf_token": context.get("csrf_token"),
        "request": request,
    }


@register.simple_tag
def coupon_count(user):
    """How many coupons ``user`` could use now."""
    return coupon_pages.counts(user)["usable"]


@register.filter
def masked_name(name):
    return mask_name(name)
