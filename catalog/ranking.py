# ruff: noqa: S608 (only names of columns and numbers of this program are built; values are parameters)
"""What makes a result come first: where the words stand, sales, rating, freshness and stock, as staff weigh them."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from accounts.memo import Memo
from catalog.models import SearchWeights

SECONDS = 10
# Reading where words stand is dear: it is done for the first of the matches in the order of everything else.
FINELY_RANKED = 200
PLACE = "ts_rank('{0.1, 0.3, 0.6, 1.0}', {row}.search, %s::tsquery)"
EXACT = "CASE WHEN {row}.title ILIKE %s OR {row}.title_en ILIKE %s THEN 1.0 ELSE 0.0 END"
# Floats throughout: PostgreSQL's exact numbers cost ten times as much, and every match is weighed.
PARTS = {
    "sales": "ln((1 + {row}.sold_count)::float8)",
    "rating": "{row}.rating_sum::float8 / greatest({row}.rating_count, 1)",
    "freshness": "greatest(0, 1 - date_part('epoch', now() - {row}.published_at) / 15552000)",
    "stock": "{row}.in_stock::int",
}
# The same of a ``SearchRow``, where what hangs on the listing alone is reckoned beforehand.
ROW_PARTS = {
    "sales": "{row}.sales",
    "rating": "{row}.stars",
    "freshness": "greatest(0, 1 - ((SELECT date_part('epoch', now())) - {row}.published) / 15552000)",
    "stock": "{row}.in_stock::int",
}
TOKEN = re.compile(r"'(?:[^']|'')*'")


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

    def fine(self, row):
        """SQL of the rest of the score; its parameters are ``params``."""
        scale = weights()
        place, exact = PLACE.replace("{row}", row) if self.places_tell else "0", EXACT.replace("{row}", row)
        return f"coalesce({scale.place / 100} * {place} + {scale.exact / 100} * {exact}, 0)"

    def page(self, matches, counted, start, length):
        """SQL of a page of ``matches`` (id, cheap) that are ``counted``, each with its place; parameters: ``params``.

        The first ``FINELY_RANKED`` by the cheap score are put in order by the whole score, the rest follow as they are.
        """
        most = max(FINELY_RANKED, start + length)
        # Numbered after the cut: a window over all matches would put all of them in order.
        best = f"SELECT id, cheap FROM {matches} WHERE {counted} ORDER BY cheap DESC, id DESC LIMIT {most:d}"
        rough = f"SELECT id, cheap, row_number() OVER (ORDER BY cheap DESC, id DESC) AS rough FROM ({best}) AS best"
        return (
            f"SELECT f.id, row_number() OVER (ORDER BY f.rough > {FINELY_RANKED}, f.score DESC, f.id DESC) AS place"
            f" FROM (SELECT c.id, c.rough, c.cheap + {self.fine('v')} AS score FROM ({rough}) AS c"
            f" LEFT JOIN catalog_product AS v ON v.id = CASE WHEN c.rough <= {FINELY_RANKED} THEN c.id END) AS f"
            f" ORDER BY place LIMIT {length:d} OFFSET {start:d}"
        )

    @property
    def params(self):
        return [*([self.query] if self.places_tell else []), self._like, self._like]

    def full(self):
        """(SQL, parameters) of the whole score of a row of catalog_product."""
        return f"{self.fine('catalog_product')} + {self.cheap()}", self.params

    def explained(self):
        """Name → (weight in hundredths, SQL, parameters) of each part of the score."""
        scale, row = weights(), "catalog_product"
        parts = {
            "place": (scale.place, PLACE.replace("{row}", row), [self.query]),
            "exact": (scale.exact, EXACT.replace("{row}", row), [self._like, self._like]),
        }
        return parts | {name: (getattr(scale, name), part.replace("{row}", row), []) for name, part in PARTS.items()}

    @property
    def _like(self):
        plain = self.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"%{plain}%"


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
