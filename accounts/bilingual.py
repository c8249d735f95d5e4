"""Content that its owner writes twice: the Chinese text leads, the English one may be empty."""

from django.utils.translation import get_language


def local(chinese, english):
    """The text for the present language; Chinese when there is no English."""
    return english if english and (get_language() or "").startswith("en") else chinese
