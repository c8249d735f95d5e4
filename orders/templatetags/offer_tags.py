"""Offers on cards and product pages. ``product_card`` takes the place of the one of the catalog, which knows no offers."""

from django import template

from catalog.templatetags import kept_tags
from orders import running_offers, shown_offers

register = template.Library()
register.simple_tag(running_offers.state, name="offers_running")


@register.simple_tag
def product_card(p, eager=False, first=False):
    """The card of a catalog.Product with its offers. ``eager``: of the first row; ``first``: the largest."""
    key, draw = shown_offers.of_card(p)
    return kept_tags.card(p, eager, first, key=key, more=draw)


@register.simple_tag(takes_context=True)
def offers_of(context, product, page):
    """The ``PageOffers`` of a product page for its reader; no statement for a guest."""
    return shown_offers.of_page(product, page, context["request"].user)
