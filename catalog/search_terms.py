"""The table behind suggestions and mending: rebuilt whole from the catalogue, at night and after bulk changes."""

from collections import Counter
from datetime import timedelta
from math import log

import rjieba
from django.db import connection, transaction
from django.utils import timezone

from catalog import listings, mending, words
from catalog.models import Brand, Category, SearchLog, SearchTerm

PRODUCTS = 5_000
WORDS = 20_000
QUERIES = 2_000
DAYS = 60
STARTS = 4


def rebuild():
    """Write the table anew in one transaction; returns the number of terms."""
    rows = [*_products(), *_categories(), *_brands(), *_queries(), *_words()]
    made = {(row.kind, row.key, row.target): row for row in rows if row.key}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM catalog_searchterm")
        SearchTerm.objects.bulk_create(made.values(), batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_searchterm")
    return len(made)


def _row(kind, text, key, weight, target=None):
    pinyin, initials = words.sound_of(key)
    return SearchTerm(
        kind=kind, text=text[:160], key=key[:80], pinyin=pinyin[:120], initials=initials[:40], weight=weight,
        target=target,
    )  # fmt: skip


def _products():
    best = (
        listings.on_sale()
        .order_by("-in_stock", "-sold_count", "-pk")
        .values_list("pk", "title", "title_en", "sold_count")
    )
    for pk, title, title_en, sold in best[:PRODUCTS]:
        for text in filter(None, (title, title_en)):
            for key in _starts(text):
                yield _row("product", text, key, log(1 + sold), pk)


def _starts(text):
    """The text from each of its first words on, so that typing any of them finds it."""
    whole = words.normalise(text)
    at, starts = 0, []
    for word in rjieba.cut(whole):
        if word.strip() and words.RUNS.match(word) and (len(word) > 1 or not starts):
            starts.append(words.plain(whole[at:]))
        at += len(word)
    return starts[:STARTS]


def _categories():
    for pk, name, name_en in Category.objects.shown().values_list("pk", "name", "name_en"):
        for text in filter(None, (name, name_en)):
            yield _row("category", text, words.plain(words.normalise(text)), 8.0, pk)


def _brands():
    for pk, name, name_en in Brand.objects.values_list("pk", "name", "name_en"):
        for text in filter(None, (name, name_en)):
            yield _row("brand", text, words.plain(words.normalise(text)), 6.0, pk)


def _queries():
    since = timezone.localdate() - timedelta(days=DAYS)
    counts = Counter()
    for query, count in SearchLog.objects.filter(day__gt=since, hits__gt=0).values_list("query", "count"):
        counts[query] += count
    for query, count in counts.most_common(QUERIES):
        yield _row("query", query, words.plain(query), log(1 + count))


def _words():
    """Words of titles, brands and categories, with how many listings have them: what slips may be mended to."""
    counts = Counter()
    for texts in listings.on_sale().values_list(
        "title", "title_en", "brand__name", "category__name", "category__name_en"
    ):
        seen = set()
        for run, chinese in words.runs(words.normalise(" ".join(filter(None, texts)))):
            seen.update(mending.neighbours(run) if chinese else [run])
        counts.update(word for word in seen if len(word) > 1 and not word.isdigit())
    for word, count in counts.most_common(WORDS):
        yield _row("word", word, word, log(1 + count))
