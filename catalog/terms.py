"""English words for what merchants write in Chinese: axes, options, specifications."""

from django.utils.translation import get_language

from accounts.memo import Memo
from catalog.models import Term

SECONDS = 30


@Memo(SECONDS)
def dictionary():
    """Chinese → English, for all terms."""
    return dict(Term.objects.values_list("chinese", "english"))


def translate(text):
    """``text`` in English when that is the present language and the term is known; else as it is."""
    if not text or not (get_language() or "").startswith("en"):
        return text
    return dictionary().get(text, text)
