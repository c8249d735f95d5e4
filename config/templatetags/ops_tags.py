from datetime import timedelta

from django import template
from django.utils import timezone

register = template.Library()


@register.simple_tag
def late(card):
    """Whether a card of the today page should alarm: it says so itself, or its oldest item waits too long."""
    if not card.count:
        return False
    if card.urgent:
        return True
    limit = card.urgent_after_hours
    return bool(limit and card.oldest_at and card.oldest_at < timezone.now() - timedelta(hours=limit))
