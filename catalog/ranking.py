# ruff: noqa: S608 (only names of columns and numbers of this program are built; values are parameters)
"""What makes a result come first: where the words stand, sales, rating, freshness and stock, as staff weigh them."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from accounts.memo import Memo
from catalog.models import SearchWeights
from catalog.words import HAN

SECONDS = 10
# Reading where words stand is dear: it is done for the first of the matches in the order of everything else. As many as
# fill whole pages (a test holds it), so that no page is ranked finely in part.
FINELY_RANKED = 192
RANK = "ts_rank('{0.1, 0.3, 0.6, 1.0}', {vector}, %s::tsquery)"
PLACE = RANK.replace("{vector}", "{row}.search")
# Of one Chinese word the place is known where the title holds it, and the vector, which is long and lies outside of its
# row, is not fetched. Parameters: the word or nothing, a vector with it in the title, the query twice.
WORD_PLACE = f"""CASE WHEN strpos({{titles}}, %s::text) > 0
    THEN (SELECT {RANK.replace("{vector}", "%s::tsvector")}) ELSE {PLACE} END"""
# Letters of either case are alike. ILIKE, which puts every title in lower case anew, took 1.1 ms for 158 of them.
EXACT = "(strpos({titles}, (SELECT lower(%s::text))) > 0)::int"
TITLES = "lower({row}.title || E'\\n' || {row}.title_en)"
# Floats throughout: PostgreSQL's exact numbers cost ten times as much, and every match is weighed.
PARTS = {
    "sales": "ln((1 + {row}.sold_count)::float8)",
    "rating": "{row}.rating_sum::float8 / greatest({row}.rating_count, 1)",
    "freshness": "greatest(0, 1 - date_part('epoch', now() - {row}.published_at) / 15552000)",
    "stock": "{row}.in_stock::int",
}
# The same of a ``SearchRow``, where what hangs on the listing alone is reckoned beforehand.
ROW_TITLES = "{row}.titles"
ROW_PARTS = {
    "sales": "{row}.sales",
    "rating": "{row}.stars",
    "freshness": "greatest(0, 1 - ((SELECT date_part('epoch', now())) - {row}.published) / 15552000)",
    "stock": "{row}.in_stock::int",
}
TOKEN = re.compile(r"'(?:[^']|'')*'")
CHINESE_WORD = re.compile(rf"[() &]*'([{HAN}]+)'[() &]*")


@Memo(SECONDS)
def weights():
    """The weights as set, at most ``SECONDS`` old."""
    return SearchWeights.objects.filter(pk=1).first() or SearchWeights(pk=1)


@dataclass(frozen=True)
class Ranked:
    """The order of the matches of ``query`` (a tsquery) for ``text`` as it was typed."""

    query: str
    text: str

    def cheap(self, row="catalog_product", parts=PARTS):
        """SQL of all that can be told without reading where the words stand."""
        scale = weights()
        sql = " + ".join(f"{getattr(scale, name) / 100}::float8 * ({part})" for name, part in parts.items())
        return sql.replace("{row}", row)

    @cached_property
    def places_tell(self):
        """Whether PLACE can tell two matches apart.

        ``ts_rank`` of several words that must all be there looks at how far they stand from one another, and in our
        vectors every word stands at the same place: it is as good as nothing for every match, and need not be read.
        """
        depth, joints = 0, set()
        for sign in TOKEN.sub("", self.query):
            depth += (sign == "(") - (sign == ")")
            if sign in "&|":
                joints.add((depth, sign))
        outermost = min(joints, default=(0, "|"))
        return outermost[1] == "|" or len(set(TOKEN.findall(self.query))) < 2

    @cached_property
    def word(self):
        """The one Chinese word that the query asks for, or None when it asks for anything else."""
        found = CHINESE_WORD.fullmatch(self.query)
        return found and found[1]

    def fine(self, row="catalog_product", titles=TITLES):
        """SQL of the rest of the score; its parameters are ``params``."""
        scale = weights()
        exact = f"{scale.exact / 100}::float8 * {EXACT}"
        if self.places_tell:
            exact = f"{scale.place / 100}::float8 * {WORD_PLACE} + {exact}"
        return f"coalesce({exact}, 0)".replace("{titles}", titles).replace("{row}", row)

    def page(self, matches, counted, start, length):
        """(SQL, its parameters) of a page of ``matches`` (id, row, cheap) that are ``counted``, each with its place.

        The first ``FINELY_RANKED`` by the cheap score are put in order by the whole score, the rest follow as they are.
        """
        best = f"FROM {matches} WHERE {counted} ORDER BY cheap DESC, id DESC"
        cut, params = f"LIMIT {length:d} OFFSET {start:d}", []
        if start < FINELY_RANKED:
            # By where their rows lie, all at once; what was reckoned before is reckoned again rather than joined.
            rows = f"ARRAY(SELECT row {best} LIMIT {FINELY_RANKED})"
            score = f"{self.cheap('v', ROW_PARTS)} + {self.fine('v', ROW_TITLES)}"
            best = (
                f", {score} AS score FROM catalog_searchrow AS v WHERE ctid = ANY({rows}) ORDER BY score DESC, id DESC"
            )
            best, params = f"SELECT product_id AS id{best}", self.params
        else:
            best = f"SELECT id {best}"
        return f"SELECT id, row_number() OVER () AS place FROM ({best} {cut}) AS found", params

    @property
    def params(self):
        """For ``fine``."""
        place = [self.word, f"'{self.word or '-'}':1A", self.query, self.query] if self.places_tell else []
        return [*place, self.text]

    def full(self):
        """(SQL, parameters) of the whole score of a row of catalog_product."""
        return f"{self.fine()} + {self.cheap()}", self.params

    def explained(self):
        """Name → (weight in hundredths, SQL, parameters) of each part of the score."""
        scale, row = weights(), "catalog_product"
        parts = {
            "place": (scale.place, PLACE, [self.query]),
            "exact": (scale.exact, EXACT.replace("{titles}", TITLES), [self.text]),
        } | {name: (getattr(scale, name), part, []) for name, part in PARTS.items()}
        return {name: (weight, sql.replace("{row}", row), params) for name, (weight, sql, params) in parts.items()}


def explain(ranked, ids):
    """For staff: {"names": parts of the score, "rows": [{"title", "total", "parts"}]} of these listings, in order."""
    parts = ranked.explained()
    columns = ", ".join(f"coalesce({weight / 100} * ({sql}), 0)" for weight, sql, _params in parts.values())
    params = [param for _weight, _sql, given in parts.values() for param in given]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, title, {columns} FROM catalog_product WHERE id = ANY(%s)", [*params, list(ids)])
        found = {pk: (title, [float(value) for value in values]) for pk, title, *values in cursor.fetchall()}
    names = {field.name: field.verbose_name for field in SearchWeights._meta.fields}
    rows = [
        {"title": title, "total": f"{sum(values):.2f}", "parts": [f"{value:.2f}" for value in values]}
        for title, values in (found[pk] for pk in ids if pk in found)
    ]
    return {"names": [names[name] for name in parts], "rows": rows}
