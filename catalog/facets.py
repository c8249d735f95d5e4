"""Narrowing a list: what was asked for, and how many listings each further choice would leave.

Values inside a group widen (this brand or that one), groups narrow one another. The number beside a value is what
choosing it would show: it counts with every other group's choice but not with its own group's. All numbers come from
one statement (``catalog.facet_sql``).
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper
from django.utils.translation import gettext as _

from accounts.bilingual import local
from accounts.prepared import Question
from catalog import attributes, facet_sql
from catalog.list_filters import choice, narrowed
from catalog.models import ShelfOffer

MOST_AXES = 6
MOST_VALUES = 12
# Of more matches the first ones in the order of the list are looked at; the number shown then ends in a plus.
MOST_MATCHES = 10_000


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
    read = ("row", "cheap") if ranked else ("choices",)
    matched = listings.annotate(**marks).values_list(*facet_sql.COLUMNS, *marks, *read)
    # A search is counted to its end: its matches are read anyway. A list stops where its order has given enough.
    matched = matched.order_by() if ranked else matched[:MOST_MATCHES]
    sql, params = matched.query.sql_with_params()
    mark_of = dict(zip(conditions, marks, strict=True))
    statement, params = facet_sql.statement(sql, params, mark_of, (start, length), ranked)
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
