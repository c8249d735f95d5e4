"""Pieces of pages that are kept in the process once they are drawn: product cards, the masthead, the footer.

Every value that a piece shows is part of its key, so a piece is never out of date: another price is another key. What
belongs to one visitor or one answer (form token, nonce, address) is left open and filled in each time.

Who adds a fact to a kept piece adds it to the key, in the same change: a field of a row that is in the key already comes
with the row (``accounts.stamps.stamp_of`` takes all fields that were read); what a query puts beside the fields is named
in that call, or joins ``catalog.product_page.ProductPage.stamp`` or ``catalog.card_rows.stamp``; anything else becomes one
more value of the tag. A fact about the reader stays outside, or is a value with few answers (signed in or not). A test
changes the fact and looks at the very next page (tests/catalog/test_kept_pieces.py).
"""

from secrets import token_hex

from django import template
from django.template.base import token_kwargs
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from accounts.memo import KeyedMemo
from accounts.stamps import plain
from catalog import card_rows

register = template.Library()

# The age is for what is not in the keys because nobody waits for it: the year of the footer, a translated term.
SECONDS = 60
MOST_CARDS, MOST_PIECES = 6000, 2000
CARD_BYTES, PIECE_BYTES = 24 * 2**20, 40 * 2**20
CARD = "components/_product_card.html"
_cards = KeyedMemo(SECONDS, MOST_CARDS, CARD_BYTES)
_pieces = KeyedMemo(SECONDS, MOST_PIECES, PIECE_BYTES)
# Random, so that no text of a merchant or an address can hold one.
OPEN = {name: f"open-{token_hex(12)}" for name in ("csrf_token", "CSP_NONCE", "here", "search_query")}


@register.simple_tag
def product_card(p, eager=False, first=False):
    """The card of a catalog.Product read with ``card_rows.CARD``. ``eager``: of the first row; ``first``: the largest."""
    return card(p, eager, first)


def card(p, eager=False, first=False, *, key=None, more=None):
    """The same with what other apps put on it: ``more()`` gives that, ``key`` is all that it depends on."""

    def draw():
        return get_template(CARD).render({"p": p, "eager": eager, "first": first, "more": more() if more else None})

    return _cards.get((get_language(), eager, first, key, card_rows.stamp(p)), draw)


@register.tag
def kept(parser, token):
    """``{% kept "name" value … %} … {% endkept %}``: drawn once for each language and each set of values.

    Everything inside that changes the text must be among the values (the form token, the nonce, ``here`` and
    ``search_query`` need not: they stay open).
    """
    _tag, *bits = token.split_contents()
    if not bits or token_kwargs(bits[:1], parser):
        raise template.TemplateSyntaxError('{% kept %} needs a name of its own: {% kept "masthead" … %}')
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept([parser.compile_filter(bit) for bit in bits], inside)


class Kept(template.Node):
    def __init__(self, values, nodelist):
        self.values, self.nodelist = values, nodelist

    def render(self, context):
        there = tuple(name for name in OPEN if name in context)
        key = (get_language(), there, *(plain(value.resolve(context)) for value in self.values))
        parts = _pieces.get(key, lambda: self.draw(context, there))
        return mark_safe("".join(part if name is None else _filled(context, name) for name, part in parts))  # noqa: S308

    def draw(self, context, there):
        with context.push(**{name: OPEN[name] for name in there}):
            return cut(self.nodelist.render(context))


def cut(text):
    """``text`` as pairs of (None, text) and (name of what is open, "") in their order."""
    parts = [(None, text)]
    for name, sign in OPEN.items():
        parts = [piece for pair in parts for piece in (_cut(pair[1], name, sign) if pair[0] is None else [pair])]
    return [pair for pair in parts if pair != (None, "")]


def _cut(text, name, sign):
    first, *rest = text.split(sign)
    pairs = [(None, first)]
    for after in rest:
        pairs += [(name, ""), (None, after)]
    return pairs


def _filled(context, name):
    # As text first: a nonce that nobody has read yet is false.
    return conditional_escape(str(context[name]))
