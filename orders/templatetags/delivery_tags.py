"""What product and order pages say about delivery."""

from django import template

from orders import delivery_promise

register = template.Library()


@register.inclusion_tag("orders/delivery/_facts.html", takes_context=True)
def delivery_facts(context, product, choice):
    """Fee and dates for one unit of ``product`` to the usual region of the reader; no query for a guest."""
    user = getattr(context.get("request"), "user", None)
    return {"promise": delivery_promise.of_product(product, choice.sku, user), "shop": context.get("shop")}
