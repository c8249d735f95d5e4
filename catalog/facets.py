# ruff: noqa: S608
"""Narrowing a list: what was asked for, and how many listings each further choice would leave.

Values inside a group widen (this brand or that one), groups narrow one another. The number beside a value is what
choosing it would show: it counts with every other group's choice but not with its own group's. All numbers come from
one statement, in which only names of columns are built and every value is a parameter.
"""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext as _

from accounts.bilingual import local
from accounts.models import Merchant
from accounts.prepared import Question
from catalog import attributes
from catalog.models import Brand, ShelfOffer
from catalog.money import parse_yuan, yuan

MOST_AXES = 6
MOST_VALUES = 12
MOST_TICKS = 30
# Counting options reads every choice of the matches; beyond this a shopper narrows by something else first.
MOST_MATCHES_WITH_OPTIONS = 1_500
# Of more matches the first ones in the order of the list are looked at; the number shown then ends in a plus.
MOST_MATCHES = 10_000
# What the rest of the statement reads of a match; the filters in use come after these.
COLUMNS = ("pk", "brand_id", "merchant_id", "price_min_fen", "in_stock", "deals")
NAMES = "id, brand_id, merchant_id, price, in_stock, deals"


@dataclass(frozen=True)
class Wanted:
    """The filters of a request. Prices in fen; ``options``: axis → its values; ``errors``: price field → message.

    ``deals``: sorts and numbers of offers (``catalog.shelf_offers``).
    """

    brands: tuple = ()
    merchants: tuple = ()
    low: int | None = None
    high: int | None = None
    in_stock: bool = False
    deals: tuple = ()
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
            deals=_texts(query, "deal"),
            options=options,
            errors=errors,
        )

    def conditions(self):
        """One condition per group in use, by the group's name."""
        found = {}
        if self.brands:
            found["brand"] = Q(brand__in=Brand.objects.filter(slug__in=self.brands))
        if self.merchants:
            found["merchant"] = Q(merchant__in=Merchant.objects.filter(slug__in=self.merchants))
        if self.low is not None or self.high is not None:
            low = Q() if self.low is None else Q(price_min_fen__gte=self.low)
            found["price"] = low & (Q() if self.high is None else Q(price_min_fen__lte=self.high))
        if self.in_stock:
            found["stock"] = Q(in_stock=True)
        if self.deals:
            found["deal"] = Q(deals__overlap=list(self.deals))
        for axis, values in self.options.items():
            found[f"o:{axis}"] = Q(choices__overlap=[choice(axis, value) for value in values])
        return found


def _texts(query, name):
    # PostgreSQL refuses the null character; nobody types it.
    return tuple(value for value in query.getlist(name)[:MOST_TICKS] if "\0" not in value)


def choice(axis, value):
    """How ``Product.choices`` writes one option of a listing."""
    return f"{axis}:{value}"


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

    ``ids`` are the listings of the page asked for, in order; ``capped``: there are more than were looked at;
    ``matches``: how many there were before the filters.
    """

    total: int = 0
    groups: tuple = ()
    lowest: int = 0
    highest: int = 0
    ids: tuple = ()
    capped: bool = False
    matches: int = 0


def count(listings, wanted, *, start=0, length=24, ranked=None):
    """The ``Facets`` of ordered ``listings`` under ``wanted``, with a page of ids: one statement for any number of them.

    ``ranked``: a ``catalog.ranking.Ranked`` that orders them; then ``listings`` are the ``SearchRow`` of its matches.
    """
    conditions = wanted.conditions()
    marks = {f"ok{n}": ExpressionWrapper(c, BooleanField()) for n, c in enumerate(conditions.values())}
    matched = listings.annotate(**marks).values_list(*COLUMNS, *marks, "cheap" if ranked else "choices")
    # A search is counted to its end: its matches are read anyway. A list stops where its order has given enough.
    matched = matched.order_by() if ranked else matched[:MOST_MATCHES]
    sql, params = matched.query.sql_with_params()
    mark_of = dict(zip(conditions, marks, strict=True))
    statement, params = _statement(sql, params, mark_of, (start, length), ranked)
    if ranked and not (conditions or start):
        rows = _as_everybody_asks(statement, params)
    else:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            rows = cursor.fetchall()
    found = _read(rows, wanted, ranked)
    if found.capped and conditions:
        found = _beyond_the_cap(listings, wanted, found, start, length)
    return found


def _as_everybody_asks(statement, params):
    """The rows of the first page of a search as it was typed: always the same few statements, whose plans are kept."""
    question, names = _question(statement)
    return question(**dict(zip(names, params, strict=True)))


@lru_cache(maxsize=8)
def _question(statement):
    names = [f"p{number}" for number in range(statement.count("%s"))]
    return Question(statement % tuple(f"%({name})s" for name in names)), names


def _beyond_the_cap(listings, wanted, found, start, length):
    """Filters may leave few of very many: the page and its number then come from all of them."""
    rest = narrowed(listings, wanted)
    total = rest.order_by().values("pk")[:MOST_MATCHES].count()
    ids = tuple(rest.values_list("pk", flat=True)[start : start + length])
    return replace(found, total=total, ids=ids, capped=total == MOST_MATCHES)


def _statement(sql, params, mark_of, page, ranked):
    """The statement and its parameters. ``m``: the matches; ``g``: how many of them are alike in what is counted."""

    def others(group=""):
        return " AND ".join([f"coalesce({m}, false)" for name, m in mark_of.items() if name != group] or ["true"])

    columns, alike = (
        ", ".join([NAMES, *mark_of.values()]),
        ", ".join(["brand_id, merchant_id, in_stock, deals", *mark_of.values()]),
    )
    params, start, length = list(params), *page
    if ranked:
        matches = (
            f"WITH m({columns}, cheap) AS MATERIALIZED ({sql}), p AS ({ranked.page('m', others(), start, length)}), "
        )
        params += ranked.params
    else:
        matches = f"WITH m({columns}, choices, place) AS MATERIALIZED (SELECT *, row_number() OVER () FROM ({sql}) AS c), p AS ("
        matches += f"SELECT id, place FROM m WHERE {others()} ORDER BY place LIMIT {length:d} OFFSET {start:d}), "
    matches += (
        f"g AS MATERIALIZED (SELECT {alike}, count(*)::int AS number, min(price) AS low, max(price) AS high FROM m"
        f" GROUP BY {alike}) "
    )
    parts = [
        "SELECT 'page', id::text, '', '', place FROM p",
        "SELECT 'total', coalesce(sum(number), 0)::text, min(low)::text, max(high)::text,"
        f" coalesce(sum(number) FILTER (WHERE {others()}), 0) FROM g",
        _named_numbers("brand", "catalog_brand", others("brand")),
        _named_numbers("merchant", "accounts_merchant", others("merchant")),
        f"SELECT 'stock', '1', '', '', coalesce(sum(number), 0) FROM g WHERE in_stock AND {others('stock')}",
        _deals(others("deal")),
    ]
    counted = f"({others()})"
    for name in (name for name in mark_of if name.startswith("o:")):
        counted += f" OR (starts_with(a.choice, %s) AND {others(name)})"
        params.append(choice(name[2:], ""))
    few = f"(SELECT sum(number) FROM g) <= {MOST_MATCHES_WITH_OPTIONS}"
    # A set in the list of columns is spread in place; a function in FROM would be started anew for every match. Of very
    # many matches of a search choices are not read at all, so they are fetched when it is known how many there are.
    choices = "(SELECT r.choices FROM catalog_searchrow AS r WHERE r.product_id = m.id)" if ranked else "choices"
    spread = f"{', '.join([f'unnest({choices}) AS choice', *mark_of.values()])} FROM m WHERE {few}"
    if ranked and not mark_of:
        ids = f"ARRAY(SELECT id FROM m WHERE {few})"
        spread = f"unnest(choices) AS choice FROM catalog_searchrow WHERE product_id = ANY({ids})"
    parts.append(
        f"SELECT 'o', a.choice, '', '', count(*) FROM (SELECT {spread}) AS a WHERE {counted} GROUP BY a.choice"
    )
    return matches + " UNION ALL ".join(parts), params


def _named_numbers(name, table, counted):
    return (
        f"SELECT '{name}', t.slug, t.name, t.name_en, n.number FROM (SELECT {name}_id, sum(number) AS number"
        f" FROM g WHERE {counted} GROUP BY 1 ORDER BY 2 DESC LIMIT 40) AS n JOIN {table} AS t ON t.id = n.{name}_id"
    )


def _deals(counted):
    return (
        "SELECT 'deal', n.deal, t.name, t.name_en, n.number FROM (SELECT deal, sum(number) AS number FROM"
        f" (SELECT unnest(deals) AS deal, number FROM g WHERE {counted}) AS d GROUP BY 1) AS n"
        " LEFT JOIN catalog_shelfoffer AS t ON t.number::text = n.deal"
    )


def _read(rows, wanted, ranked):
    by_kind = {}
    for kind, *rest in rows:
        by_kind.setdefault(kind, []).append(rest)
    looked_at, lowest, highest, total = by_kind["total"][0]
    in_stock = by_kind["stock"][0][-1]
    groups = [(_("Availability"), [Value("stock", "1", _("In stock only"), in_stock, wanted.in_stock)])]
    groups += [(_("Offers"), values) for values in [_deal_values(by_kind, wanted)] if values]
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
        capped=not ranked and int(looked_at) == MOST_MATCHES,
        matches=int(looked_at),
    )


def _named(name, by_kind, chosen):
    values = [
        Value(name, slug, local(text, text_en), number, slug in chosen)
        for slug, text, text_en, number in by_kind.get(name, ())
    ]
    known = {value.value for value in values}
    values += [Value(name, slug, slug, 0, True) for slug in chosen if slug not in known]
    return _best(values)


def _deal_values(by_kind, wanted):
    """Sorts of offers in their own order; a single offer only when it was asked for."""
    found = {deal: (name, name_en, number) for deal, name, name_en, number in by_kind.get("deal", ())}
    values = [
        Value("deal", sort, str(label), found[sort][2] if sort in found else 0, sort in wanted.deals)
        for sort, label in ShelfOffer.Sort.choices
        if sort in found or sort in wanted.deals
    ]
    for number in wanted.deals:
        if number not in ShelfOffer.Sort.values:
            name, name_en, matches = found.get(number, (None, None, 0))
            text = local(name, name_en) if name else _("an offer that is over")
            values.insert(0, Value("deal", number, text, matches, True))
    return values


def _option_groups(by_kind, wanted):
    groups = {axis: {} for axis in wanted.options}
    for text, _empty, _none, number in by_kind.get("o", ()):
        axis, _colon, value = text.partition(":")
        groups.setdefault(axis, {})[value] = number
    for axis, values in wanted.options.items():
        groups[axis] |= {value: groups[axis].get(value, 0) for value in values}
    ranked = sorted(groups, key=lambda axis: (axis not in wanted.options, -sum(groups[axis].values()), axis))
    for axis in ranked[:MOST_AXES]:
        chosen = wanted.options.get(axis, ())
        ticks = _best(
            Value("o", choice(axis, value), attributes.facet_text(axis, value), number, value in chosen)
            for value, number in groups[axis].items()
        )
        if order := attributes.facet_order(axis):
            ticks.sort(key=lambda tick: order(tick.value[len(axis) + 1 :]))
        yield attributes.facet_title(axis), ticks


def _best(values):
    return sorted(values, key=lambda value: (not value.chosen, -value.count, value.text))[:MOST_VALUES]


def price_text(low, high):
    """A price range in words; bounds in fen, either may be None."""
    if low is None:
        return _("up to ¥%(high)s") % {"high": yuan(high)}
    if high is None:
        return _("from ¥%(low)s") % {"low": yuan(low)}
    return _("¥%(low)s to ¥%(high)s") % {"low": yuan(low), "high": yuan(high)}
