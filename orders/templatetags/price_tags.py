"""Sums in words for templates."""

from django import template

from accounts.bilingual import local
from catalog.models import Sku
from orders import price_words

register = template.Library()
register.filter("step_text", price_words.step_text)
register.filter("nudge_text", price_words.nudge_text)
register.filter("note_text", price_words.note_text)
register.filter("stage_name", price_words.stage_name)


@register.filter
def discounts(quote):
    """The steps of a quote that take something off the goods, points apart."""
    return [step for step in quote.steps if step.shares and step.fen and step.stage not in ("POINTS", "SHIPPING")]


@register.filter
def offer_name(offer):
    return local(offer.name, offer.name_en)


@register.filter
def gifts(quote):
    """[(Gift, SKU)] of a quote; one statement when there are any."""
    if not quote.gifts:
        return []
    ids = [gift.sku_id for gift in quote.gifts]
    skus = Sku.objects.select_related("product__cover", "picture").in_bulk(ids)
    return [(gift, skus[gift.sku_id]) for gift in quote.gifts]
