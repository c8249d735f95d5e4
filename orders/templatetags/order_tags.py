"""Words of orders for templates."""

from django import template

from catalog.terms import translate

register = template.Library()


@register.filter
def options(text):
    """A specification ("霁青 · 单壶") in the present language."""
    return " · ".join(translate(part) for part in (text or "").split(" · "))


@register.filter
def get(mapping, key):
    """``mapping[key]`` or nothing."""
    return mapping.get(key, "")
