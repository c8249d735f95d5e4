"""What is offered while somebody types: by how it is written, how it sounds, or its initials. One statement."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from catalog import words
from catalog.models import Product
from catalog.tree import tree

EACH, MOST = 4, 10
FIND = """
SELECT kind, text, target FROM (
    SELECT kind, text, target, row_number() OVER (PARTITION BY kind ORDER BY max(weight) DESC, text) AS place
    FROM catalog_searchterm
    WHERE kind <> 'word' AND (key LIKE %s OR pinyin LIKE %s OR initials LIKE %s)
    GROUP BY kind, text, target
) AS found WHERE place <= %s
ORDER BY array_position(ARRAY['query', 'category', 'brand', 'product'], kind::text), place LIMIT %s
"""


@dataclass(frozen=True)
class Suggestion:
    kind: str
    text: str
    href: str


def of(text):
    """The ``Suggestion``s for what was typed so far."""
    key = words.plain(words.normalise(text))[:40]
    if not key:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FIND, [f"{key}%"] * 3 + [EACH, MOST])
        rows = cursor.fetchall()
    pages = {p.pk: p for p in Product.objects.filter(pk__in=[t for k, _x, t in rows if k == "product"]).only("slug")}
    return [Suggestion(kind, label, _address(kind, label, target, pages)) for kind, label, target in rows]


def _address(kind, text, target, pages):
    if kind == "category" and target in tree().by_id:
        return tree().by_id[target].get_absolute_url()
    if kind == "product" and target in pages:
        return pages[target].get_absolute_url()
    return f"{reverse('search')}?{urlencode({'q': text})}"
