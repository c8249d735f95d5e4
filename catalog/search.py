"""Finding listings: what a listing is found by, and what a query asks for (``catalog.ranking`` orders the matches).

One tsvector per listing holds everything, weighted by place: title A, names and codes B, subtitle, specifications and
the pinyin of the title C, that of names D. ``catalog.mending`` tries again when nothing matches.
"""

import json
import re
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, FloatField, TextField, Value
from django.db.models.expressions import RawSQL

from accounts.memo import Memo
from catalog import attributes, words
from catalog.models import Category, Product, SearchRow, Sku, Specification, StopWord, Synonym
from catalog.ranking import ROW_PARTS, Ranked

LONGEST_QUERY = 60

MATCH = "catalog_product.search @@ %s::tsquery"
# Read as a subquery the words do not change what the planner expects, so one plan serves all of them.
ROW_MATCH = "catalog_searchrow.search @@ (SELECT %s::tsquery)"
SECONDS = 10


def vector(parts):
    """The text of a tsvector. ``parts`` maps weight ("A" … "D") → tokens; a token keeps its best weight."""
    weight_of = {}
    for weight in "DCBA":
        weight_of |= dict.fromkeys(parts.get(weight, ()), weight)
    return " ".join(f"{_quoted(token)}:1{weight}" for token, weight in sorted(weight_of.items()))


def _quoted(token):
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


@Memo(SECONDS)
def rules():
    """(stop words, word → words that mean the same), as staff keep them, at most ``SECONDS`` old."""
    stop_words = StopWord.objects.annotate(kind=Value("stop")).values_list("kind", "word")
    synonyms = Synonym.objects.annotate(kind=Value("same")).values_list("kind", "words")
    stops, same = set(), {}
    for kind, line in stop_words.order_by().union(synonyms.order_by(), all=True):
        if kind == "stop":
            stops.add(words.normalise(line))
            continue
        group = [word for word in re.split(r"[\s,，、;；]+", words.normalise(line)) if word]
        for word in group:
            same.setdefault(word, set()).update(set(group) - {word})
    return words.STOP_WORDS | stops, same


def units_of(text):
    """The words of a query as (word, is_chinese); a synonym of several dictionary words stays whole."""
    stops, same = rules()
    found = words.units(text[:LONGEST_QUERY], stops)
    for phrase in same:
        run = [unit for unit in found if unit[0] in phrase and unit[1]]
        if len(run) > 1 and "".join(word for word, _chinese in run) == phrase:
            place = found.index(run[0])
            found = [unit for unit in found if unit not in run]
            found.insert(place, (phrase, True))
    return found


def query_of(text):
    """The tsquery for what somebody typed, or "" when it holds no words."""
    return " & ".join(query_of_unit(*unit) for unit in units_of(text))


def query_of_unit(word, chinese):
    """The tsquery of one word with all that mean the same."""
    _stops, same = rules()
    ways = list(words.asks_for(word, chinese))
    for other in sorted(same.get(word, ())):
        ways.append([way for run, han in words.runs(other) for way in words.asks_for(run, han)[0]])
    return "(" + " | ".join("(" + " & ".join(_term(*term) for term in way) + ")" for way in ways if way) + ")"


def _term(token, prefix):
    return _quoted(token) + (":*" if prefix else "")


@dataclass(frozen=True)
class Answer:
    """``listings`` that match, the ``rows`` (``SearchRow``) of all that match and are on sale, and how to rank these.

    ``mended``: what was searched for instead. ``close``: not all of the words are in these.
    """

    listings: object
    rows: object
    ranked: Ranked
    mended: str = ""
    close: bool = False


def answer(listings, text, *, query=None, mended="", close=False):
    """The ``Answer`` for ``text`` as it stands, or for a tsquery ``query`` instead; empty when it holds no words."""
    query = query_of(text) if query is None else query
    ranked = Ranked(query, (mended or text).strip())
    if not query:
        return Answer(listings.none(), SearchRow.objects.none(), ranked)
    found = listings.filter(RawSQL(MATCH, [query], BooleanField()))  # noqa: S611 only parameters vary
    rows = SearchRow.objects.published().filter(RawSQL(ROW_MATCH, [query], BooleanField()))  # noqa: S611
    cheap = RawSQL(ranked.cheap("catalog_searchrow", ROW_PARTS), [], FloatField())  # noqa: S611
    rows = rows.annotate(row=RawSQL("catalog_searchrow.ctid", [], TextField()), cheap=cheap)  # noqa: S611
    return Answer(found, rows, ranked, mended, close)


def matching(listings, text):
    """``listings`` that match ``text``, each with its whole ``score``; none when ``text`` holds no words."""
    found = answer(listings, text)
    if not found.ranked.query:
        return found.listings.annotate(score=Value(0.0))
    return scored(found)


def scored(found):
    """The listings of an ``Answer`` with their whole ``score``."""
    return found.listings.annotate(score=RawSQL(*found.ranked.full(), FloatField()))  # noqa: S611


# What lists are narrowed by: the options of SKUs on sale, and what the category's template says of the specifications.
CHOICES = """ARRAY(
    SELECT DISTINCT option.axis || ':' || option.value FROM catalog_sku AS sku CROSS JOIN LATERAL (VALUES
        (listing.axes[1], sku.option1), (listing.axes[2], sku.option2), (listing.axes[3], sku.option3)
    ) AS option(axis, value)
    WHERE sku.product_id = listing.id AND sku.is_active AND option.axis <> '' AND option.value <> ''
    UNION SELECT jsonb_array_elements_text(new.ticks::jsonb)
    ORDER BY 1
)"""
INDEX = """
UPDATE catalog_product AS listing SET search = new.words::tsvector, choices = {choices}
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS new(id, words, ticks) WHERE listing.id = new.id
""".replace("{choices}", CHOICES)
TICK = """
UPDATE catalog_product AS listing SET choices = {choices}
FROM unnest(%s::bigint[], %s::text[]) AS new(id, ticks) WHERE listing.id = new.id
""".replace("{choices}", CHOICES)


def index(product_ids):
    """Write the search words and the choices of these listings anew."""
    categories = _categories()
    vectors = _vectors(product_ids, categories)
    paths = {pk: path for pk, (path, _names) in categories.items()}
    with connection.cursor() as cursor:
        cursor.execute(INDEX, [list(vectors), list(vectors.values()), _ticks(list(vectors), paths)])


def tick(product_ids):
    """Write only the choices of these listings anew."""
    ids = list(product_ids)
    with connection.cursor() as cursor:
        cursor.execute(TICK, [ids, _ticks(ids)])


def _ticks(ids, paths=None):
    found = attributes.ticks(ids, paths)
    return [json.dumps(found.get(pk, []), ensure_ascii=False) for pk in ids]


def _vectors(product_ids, categories):
    texts = {pk: {"A": set(), "B": set(), "C": set(), "D": set()} for pk in product_ids}
    _take_listings(texts, categories)
    _take_skus(texts)
    for pk, name, value in Specification.objects.filter(product__in=texts).values_list("product", "name", "value"):
        texts[pk]["C"] |= words.tokens(f"{name} {value}")
    return {pk: vector(parts) for pk, parts in texts.items()}


def _take_listings(texts, categories):
    rows = Product.objects.filter(pk__in=texts).values_list(
        "pk", "title", "title_en", "subtitle", "subtitle_en", "brand__name", "brand__name_en", "category", "tags"
    )
    for pk, title, title_en, subtitle, subtitle_en, brand, brand_en, category, tags in rows:
        path, _name = categories.get(category, ("", ""))
        above = [categories[int(part)][1] for part in path.split("/") if part]
        names = " ".join([brand or "", brand_en or "", *above, *tags])
        texts[pk]["A"] |= words.tokens(f"{title} {title_en}")
        texts[pk]["B"] |= words.tokens(names)
        texts[pk]["C"] |= words.tokens(f"{subtitle} {subtitle_en}") | words.pinyin_tokens(title)
        texts[pk]["D"] |= words.pinyin_tokens(names)


def _categories():
    """Category → (its path, its names)."""
    rows = Category.objects.values_list("pk", "path", "name", "name_en").order_by()
    return {pk: (path, f"{name} {name_en}") for pk, path, name, name_en in rows}


def _take_skus(texts):
    rows = Sku.objects.filter(product__in=texts, is_active=True)
    for pk, *values in rows.values_list("product", "code", "option1", "option2", "option3"):
        texts[pk]["B"] |= words.tokens(" ".join(values))
