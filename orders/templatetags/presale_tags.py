"""What a product page says of a presale; no statement, the terms are compiled with the promotions."""

from django import template

from orders import presale_terms

register = template.Library()


@register.simple_tag
def presale_of(page):
    """The running ``Terms`` of the chosen SKU of a catalog ProductPage, else of its first SKU that has some, or None."""
    running = presale_terms.running()
    if not running:
        return None
    chosen = [page.choice.sku] if page.choice.sku is not None else page.skus
    return next((running[sku.pk] for sku in chosen if sku.pk in running), None)
