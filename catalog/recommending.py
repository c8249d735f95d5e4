"""Recommendations as pages show them: a few listings, each with the reason; one query a block.

The nightly run (``catalog.companions``) says what goes with what. What the shopper did since, and answered, is read with
the page, so an answer acts on the very next one.
"""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.bilingual import local
from accounts.memo import KeyedMemo, Memo
from accounts.prepared import Question
from catalog import card_rows, companions
from catalog.models import Product
from catalog.recommending_sql import STATEMENT

logger = logging.getLogger(__name__)
A_BLOCK = 4
LONGEST_TITLE = 24
WITH, ALSO, IN_CATEGORY, POPULAR = 7, 8, 9, 10


@dataclass(frozen=True)
class Recommended:
    """A listing with why it is shown. ``kind``: 1–4 an event, 5 and 6 an answer, then ``WITH`` … ``POPULAR``.

    ``personal``: the reader may answer, because recommendations may be personal to them. ``score`` only orders.
    """

    product: Product
    kind: int
    seed: Product | None
    category: str
    personal: bool
    score: float

    @property
    def is_from_the_shopper(self):
        """Whether something that the reader did or answered led here."""
        return self.kind < WITH

    @property
    def stamp(self):
        """All that is shown of it, as a key."""
        seed = self.seed and (self.seed.pk, self.seed.slug, self.seed.title, self.seed.title_en)
        return (card_rows.stamp(self.product), self.kind, self.category, seed)

    @property
    def why(self):
        return _reason(self.kind) % {"title": _short(self.seed), "category": self.category}


def _reason(kind):
    return {
        1: _("Because you looked at “%(title)s”"),
        2: _("Because “%(title)s” is among your favourites"),
        3: _("Because you put “%(title)s” into your cart"),
        4: _("Because you bought “%(title)s”"),
        5: _("Because “%(title)s” interests you"),
        6: _("Because you have “%(title)s”"),
        WITH: _("Often bought with “%(title)s”"),
        ALSO: _("Looked at by people who looked at “%(title)s”"),
        IN_CATEGORY: _("Popular in %(category)s now"),
        POPULAR: _("Popular in the shop now"),
    }[kind]


def _short(product):
    title = product.title_local if product else ""
    if len(title) <= LONGEST_TITLE:
        return title
    cut, following = title[: LONGEST_TITLE - 1], title[LONGEST_TITLE - 1]
    inside_a_word = following.isascii() and following.isalnum() and " " in cut
    return (cut.rsplit(" ", 1)[0] if inside_a_word else cut.rstrip(" ,，")) + "…"


def for_shopper(user, how_many=A_BLOCK, *, without=()):
    """What may interest ``user``; for a guest what is popular."""
    return _ask(user, how_many, without=without)


def in_category(user, category, how_many=A_BLOCK, *, without=()):
    """What may interest ``user`` in a category and below it, then what is popular there."""
    return _ask(user, how_many, without=without, category=category.pk, path=category.path)


def beside(product, user, how_many=2 * A_BLOCK):
    """What goes with a listing: bought with it, looked at with it, popular near it. Nothing the shopper did leads here."""
    return _ask(user, how_many, near=[product.pk], personal=False)


def along(product_ids, user, how_many=A_BLOCK):
    """What goes with the listings of the reader's cart; what is popular, when they want nothing personal."""
    wanted = sorted(set(product_ids))
    return _ask(user, how_many, near=wanted, without=wanted, theirs=True, personal=False)


_rows = Question(STATEMENT.format(cards=card_rows.COLUMNS))
_BEFORE = 9
# For guests the choice changes once a night; whether a listing can be had, and at what price, is read with every page.
_for_guests = KeyedMemo(seconds=60, most=2000)


@Memo(10)
def weights():
    """The weights as staff set them, at most ten seconds old."""
    return companions.weights()


def _ask(user, how_many, *, without=(), near=(), category=None, path="", theirs=False, personal=True):
    """The block as a list of ``Recommended``; a block that fails is simply absent."""
    scale, today = weights(), timezone.localdate()
    values = {
        "user": user.pk if user is not None and user.is_authenticated else None,
        "first": today - companions.WINDOW,
        "day": today,
        "rested": today - timedelta(days=scale.rest_days),
        "half_life": float(scale.half_life),
        "weights": [float(w) for w in (scale.view, scale.favourite, scale.cart, scale.purchase)],
        "interested": float(scale.interested),
        "bought": float(scale.purchase),
        "near": list(near),
        "theirs": theirs,
        "personal": personal,
        "category": category,
        "path": path,
        "without": list(without),
        "limit": how_many,
    }
    try:
        return _for_guest(values) if values["user"] is None else _found(values)
    except DatabaseError:
        logger.exception("A block of recommendations failed")
        return []


def _found(values):
    return [_made(row) for row in _rows(**values)]


def _for_guest(values):
    """As ``_found``, as chosen up to a minute ago, without what cannot be had any more."""
    asked = [tuple(value) if isinstance(value, list) else value for value in values.values()]
    fresh = []
    chosen = _for_guests.get((get_language(), *asked), lambda: fresh.extend(_found(values)) or tuple(fresh))
    if fresh or not chosen:
        return list(chosen)
    now = card_rows.by_id([one.product.pk for one in chosen], to_be_had=True)
    return [replace(one, product=now[one.product.pk]) for one in chosen if one.product.pk in now]


def _made(row):
    kind, score, seed_id, slug, title, title_en, name, name_en, personal = row[:_BEFORE]
    product = card_rows.made(row[_BEFORE:])
    seed = Product(pk=seed_id, slug=slug, title=title, title_en=title_en) if seed_id else None
    return Recommended(product, kind, seed, local(name or "", name_en or ""), personal, score)
