# ruff: noqa: S608
"""Narrowing a list: what was asked for, and how many listings each further choice would leave.

Values inside a group widen (this brand or that one), groups narrow one another. The number beside a value is what
choosing it would show: it counts with every other group's choice but not with its own group's. All numbers come from
one statement, in which only names of columns are built and every value is a parameter.
"""

from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.bilingual import local
from catalog import terms
from catalog.models import Sku
from catalog.money import parse_yuan, yuan

MOST_AXES = 4
MOST_VALUES = 12
MOST_TICKS = 30
# Counting options reads every SKU of the matches; beyond this a shopper narrows by something else first.
MOST_MATCHES_WITH_OPTIONS = 400
# Of more matches the first ones in the order of the list are looked at; the number shown then ends in a plus.
MOST_MATCHES = 3_000


@dataclass(frozen=True)
class Wanted:
    """The filters of a request. Prices in fen; ``options``: axis → its values; ``errors``: price field → message."""

    brands: tuple = ()
    merchants: tuple = ()
    low: int | None = None
    high: int | None = None
    in_stock: bool = False
    options: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)

    @classmethod
    def asked(cls, query):
        """Read from a QueryDict; what cannot be read narrows nothing and is explained in ``errors``."""
        errors, bounds = {}, {}
        for name in ("lo", "hi"):
            try:
                bounds[name] = parse_yuan(query[name]) if query.get(name) else None
            except ValidationError as error:
                errors[name], bounds[name] = error.messages[0], None
        if None not in bounds.values() and bounds["lo"] > bounds["hi"]:
            bounds = {"lo": bounds["hi"], "hi": bounds["lo"]}
        options = {}
        for pair in _texts(query, "o"):
            axis, colon, value = pair.partition(":")
            if colon and axis and value and value not in options.get(axis, ()):
                options[axis] = (*options.get(axis, ()), value)
        return cls(
            brands=_texts(query, "brand"),
            merchants=_texts(query, "merchant"),
            low=bounds["lo"],
            high=bounds["hi"],
            in_stock=query.get("stock") == "1",
            options=options,
            errors=errors,
        )

    def conditions(self):
        """One condition per group in use, by the group's name."""
        found = {}
        if self.brands:
            found["brand"] = Q(brand__slug__in=self.brands)
        if self.merchants:
            found["merchant"] = Q(merchant__slug__in=self.merchants)
        if self.low is not None or self.high is not None:
            low = Q() if self.low is None else Q(price_min_fen__gte=self.low)
            found["price"] = low & (Q() if self.high is None else Q(price_min_fen__lte=self.high))
        if self.in_stock:
            found["stock"] = Q(in_stock=True)
        for axis, values in self.options.items():
            found[f"o:{axis}"] = _has_option(axis, values)
        return found


def _texts(query, name):
    # PostgreSQL refuses the null character; nobody types it.
    return tuple(value for value in query.getlist(name)[:MOST_TICKS] if "\0" not in value)


def _has_option(axis, values):
    skus = Sku.objects.filter(product=OuterRef("pk"), is_active=True)
    by_place = (Q(**{f"axes__{n}": axis}) & Exists(skus.filter(**{f"option{n + 1}__in": values})) for n in range(3))
    first, second, third = by_place
    return first | second | third


def narrowed(listings, wanted):
    """``listings`` that meet every group of ``wanted``."""
    for condition in wanted.conditions().values():
        listings = listings.filter(condition)
    return listings


@dataclass(frozen=True)
class Value:
    """One tick of a facet: what it sends (``name``, ``value``), its text and its number."""

    name: str
    value: str
    text: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facets:
    """``total`` matches; ``groups`` is a list of (title, [Value]); prices in fen of the cheapest and dearest match.

    ``ids`` are the listings of the page asked for, in order; ``capped``: there are more than were looked at.
    """

    total: int = 0
    groups: tuple = ()
    lowest: int = 0
    highest: int = 0
    ids: tuple = ()
    capped: bool = False


def count(listings, wanted, *, start=0, length=24, ranked=None):
    """The ``Facets`` of ordered ``listings`` under ``wanted``, with a page of ids: one statement for any number of them.

    ``ranked``: a ``catalog.ranking.Ranked``, whose order is finer than that of ``listings``.
    """
    conditions = wanted.conditions()
    marks = {f"ok{n}": ExpressionWrapper(c, BooleanField()) for n, c in enumerate(conditions.values())}
    columns = ["pk", "brand_id", "merchant_id", "price_min_fen", "in_stock", "axes", *marks]
    matched = listings.annotate(**marks).values_list(*columns, *(["cheap"] if ranked else []))[:MOST_MATCHES]
    sql, params = matched.query.sql_with_params()
    mark_of = dict(zip(conditions, marks, strict=True))
    statement, params = _statement(sql, params, mark_of, (start, length), ranked)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found = _read(cursor.fetchall(), wanted)
    if found.capped and conditions:
        found = _beyond_the_cap(listings, wanted, found, start, length)
    return found


def _beyond_the_cap(listings, wanted, found, start, length):
    """Filters may leave few of very many: the page and its number then come from all of them."""
    rest = narrowed(listings, wanted)
    total = rest.order_by().values("pk")[:MOST_MATCHES].count()
    ids = tuple(rest.values_list("pk", flat=True)[start : start + length])
    return replace(found, total=total, ids=ids, capped=total == MOST_MATCHES)


def _statement(sql, params, mark_of, page, ranked):
    def others(group=""):
        return " AND ".join([f"coalesce({m}, false)" for name, m in mark_of.items() if name != group] or ["true"])

    columns = ", ".join(["id", "brand_id", "merchant_id", "price", "in_stock", "axes", *mark_of.values()])
    params = list(params)
    if ranked:
        matches = f"WITH c({columns}, cheap) AS MATERIALIZED ({sql}), m AS MATERIALIZED ({ranked.order_of('c')}) "
        params += ranked.params
    else:
        matches = f"WITH m({columns}, place) AS MATERIALIZED (SELECT *, row_number() OVER () FROM ({sql}) AS c) "
    parts = [
        f"(SELECT 'page', id::text, '', '', place FROM m WHERE {others()} ORDER BY place LIMIT {page[1]:d}"
        f" OFFSET {page[0]:d})",
        f"SELECT 'total', count(*)::text, min(price)::text, max(price)::text, count(*) FILTER (WHERE {others()}) FROM m",
        "SELECT 'brand', slug, name, name_en, number FROM (SELECT brand_id, count(*) AS number FROM m"
        f" WHERE {others('brand')} GROUP BY 1 ORDER BY 2 DESC LIMIT 40) AS n JOIN catalog_brand b ON b.id = brand_id",
        "SELECT 'merchant', slug, name, name_en, number FROM (SELECT merchant_id, count(*) AS number FROM m"
        f" WHERE {others('merchant')} GROUP BY 1 ORDER BY 2 DESC LIMIT 40) AS n"
        " JOIN accounts_merchant s ON s.id = merchant_id",
        f"SELECT 'stock', '1', '', '', count(*) FROM m WHERE m.in_stock AND {others('stock')}",
    ]
    counted = f"({others()})"
    for name in (name for name in mark_of if name.startswith("o:")):
        counted += f" OR (a.axis = %s AND {others(name)})"
        params.append(name[2:])
    parts.append(
        "SELECT 'o', a.axis, a.value, '', count(DISTINCT m.id) FROM m"
        f" JOIN catalog_sku s ON s.product_id = m.id AND s.is_active"
        f" AND (SELECT count(*) FROM m) <= {MOST_MATCHES_WITH_OPTIONS}"
        " CROSS JOIN LATERAL (VALUES (m.axes[1], s.option1), (m.axes[2], s.option2), (m.axes[3], s.option3))"
        f" AS a(axis, value) WHERE a.axis IS NOT NULL AND a.value <> '' AND ({counted}) GROUP BY a.axis, a.value"
    )
    return matches + " UNION ALL ".join(parts), params


def _read(rows, wanted):
    by_kind = {}
    for kind, *rest in rows:
        by_kind.setdefault(kind, []).append(rest)
    looked_at, lowest, highest, total = by_kind["total"][0]
    in_stock = by_kind["stock"][0][-1]
    groups = [(_("Availability"), [Value("stock", "1", _("In stock only"), in_stock, wanted.in_stock)])]
    groups += [
        (title, values)
        for title, values in (
            (_("Brand"), _named("brand", by_kind, wanted.brands)),
            (_("Sold by"), _named("merchant", by_kind, wanted.merchants)),
            *_option_groups(by_kind, wanted),
        )
        if len(values) > 1 or any(value.chosen for value in values)
    ]
    in_order = sorted(by_kind.get("page", ()), key=lambda row: row[-1])
    return Facets(
        total=total,
        groups=tuple(groups),
        lowest=int(lowest or 0),
        highest=int(highest or 0),
        ids=tuple(int(pk) for pk, *_rest in in_order),
        capped=int(looked_at) == MOST_MATCHES,
    )


def _named(name, by_kind, chosen):
    values = [
        Value(name, slug, local(text, text_en), number, slug in chosen)
        for slug, text, text_en, number in by_kind.get(name, ())
    ]
    known = {value.value for value in values}
    values += [Value(name, slug, slug, 0, True) for slug in chosen if slug not in known]
    return _best(values)


def _option_groups(by_kind, wanted):
    groups = {axis: {} for axis in wanted.options}
    for axis, value, _empty, number in by_kind.get("o", ()):
        groups.setdefault(axis, {})[value] = number
    for axis, values in wanted.options.items():
        groups[axis] |= {value: groups[axis].get(value, 0) for value in values}
    ranked = sorted(groups, key=lambda axis: (axis not in wanted.options, -sum(groups[axis].values()), axis))
    for axis in ranked[:MOST_AXES]:
        yield (
            terms.translate(axis),
            _best(
                Value("o", f"{axis}:{value}", terms.translate(value), number, value in wanted.options.get(axis, ()))
                for value, number in groups[axis].items()
            ),
        )


def _best(values):
    return sorted(values, key=lambda value: (not value.chosen, -value.count, value.text))[:MOST_VALUES]


def price_text(low, high):
    """A price range in words; bounds in fen, either may be None."""
    if low is None:
        return _("up to ¥%(high)s") % {"high": yuan(high)}
    if high is None:
        return _("from ¥%(low)s") % {"low": yuan(low)}
    return _("¥%(low)s to ¥%(high)s") % {"low": yuan(low), "high": yuan(high)}
