"""Finding listings: what a listing is found by, and how matches are ranked.

One tsvector per listing holds everything, weighted by place: title A, names and codes B, subtitle and specifications C,
pinyin D. Synonyms would widen ``query_of``; suggestions read the same tokens.
"""

from django.db import connection
from django.db.models import BooleanField, FloatField, Value
from django.db.models.expressions import RawSQL

from catalog import words
from catalog.models import Category, Product, Sku, Specification

LONGEST_QUERY = 60

MATCH = "catalog_product.search @@ %s::tsquery"
# Where the words stand, whether the title holds the query as it was typed, how well it sells, how well it is liked.
SCORE = """
    3.0 * ts_rank('{0.1, 0.3, 0.6, 1.0}', catalog_product.search, %s::tsquery)
    + CASE WHEN catalog_product.title ILIKE %s OR catalog_product.title_en ILIKE %s THEN 2.0 ELSE 0.0 END
    + 0.3 * ln(1 + catalog_product.sold_count)
    + 0.2 * catalog_product.rating_sum / greatest(catalog_product.rating_count, 1)
"""


def vector(parts):
    """The text of a tsvector. ``parts`` maps weight ("A" … "D") → tokens; a token keeps its best weight."""
    weight_of = {}
    for weight in "DCBA":
        weight_of |= dict.fromkeys(parts.get(weight, ()), weight)
    return " ".join(f"{_quoted(token)}:1{weight}" for token, weight in sorted(weight_of.items()))


def _quoted(token):
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def query_of(text):
    """The tsquery for what somebody typed, or "" when it holds no words."""
    terms = words.query_terms(text[:LONGEST_QUERY])
    return " & ".join(_quoted(token) + (":*" if prefix else "") for token, prefix in terms)


def matching(listings, text):
    """``listings`` that match ``text``, each with a ``score``; none when ``text`` holds no words."""
    query = query_of(text)
    if not query:
        return listings.annotate(score=Value(0.0)).none()
    whole = "%" + _plain_like(text.strip()) + "%"
    return listings.filter(RawSQL(MATCH, [query], BooleanField())).annotate(  # noqa: S611 only parameters vary
        score=RawSQL(SCORE, [query, whole, whole], FloatField())  # noqa: S611
    )


def _plain_like(text):
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def index(product_ids):
    """Write the search words of these listings anew."""
    texts = {pk: {"A": set(), "B": set(), "C": set(), "D": set()} for pk in product_ids}
    _take_listings(texts)
    _take_skus(texts)
    for pk, name, value in Specification.objects.filter(product__in=texts).values_list("product", "name", "value"):
        texts[pk]["C"] |= words.tokens(f"{name} {value}")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalog_product SET search = new.words::tsvector"
            " FROM unnest(%s::bigint[], %s::text[]) AS new(id, words) WHERE catalog_product.id = new.id",
            [list(texts), [vector(parts) for parts in texts.values()]],
        )


def _take_listings(texts):
    categories = {pk: (path, f"{name} {name_en}") for pk, path, name, name_en in _categories()}
    rows = Product.objects.filter(pk__in=texts).values_list(
        "pk", "title", "title_en", "subtitle", "subtitle_en", "brand__name", "brand__name_en", "category", "tags"
    )
    for pk, title, title_en, subtitle, subtitle_en, brand, brand_en, category, tags in rows:
        path, _name = categories.get(category, ("", ""))
        above = [categories[int(part)][1] for part in path.split("/") if part]
        names = " ".join([brand or "", brand_en or "", *above, *tags])
        texts[pk]["A"] |= words.tokens(f"{title} {title_en}")
        texts[pk]["B"] |= words.tokens(names)
        texts[pk]["C"] |= words.tokens(f"{subtitle} {subtitle_en}")
        texts[pk]["D"] |= words.pinyin_tokens(f"{title} {names}")


def _categories():
    return Category.objects.values_list("pk", "path", "name", "name_en")


def _take_skus(texts):
    rows = Sku.objects.filter(product__in=texts, is_active=True)
    for pk, *values in rows.values_list("product", "code", "option1", "option2", "option3"):
        texts[pk]["B"] |= words.tokens(" ".join(values))
