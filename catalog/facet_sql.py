# ruff: noqa: S608
"""The one statement behind a list: its page, its matches, and the numbers beside every filter.

Only names of columns are built; every value is a parameter.
"""

from catalog.list_filters import choice

# Counting options reads every choice of the matches; beyond this a shopper narrows by something else first.
MOST_MATCHES_WITH_OPTIONS = 1_500
# What the statement reads of a match; the filters in use come after these.
COLUMNS = ("pk", "brand_id", "merchant_id", "price_min_fen", "in_stock", "deals")
NAMES = "id, brand_id, merchant_id, price, in_stock, deals"


def statement(sql, params, mark_of, page, ranked):
    """The statement and its parameters. ``m``: the matches; ``g``: how many of them are alike in what is counted."""

    def others(group=""):
        return " AND ".join([f"coalesce({m}, false)" for name, m in mark_of.items() if name != group] or ["true"])

    columns, alike = (
        ", ".join([NAMES, *mark_of.values()]),
        ", ".join(["brand_id, merchant_id, in_stock, deals", *mark_of.values()]),
    )
    params, start, length = list(params), *page
    if ranked:
        ordered, more = ranked.page("m", others(), start, length)
        matches = f"WITH m({columns}, row, cheap) AS MATERIALIZED ({sql}), p AS ({ordered}), "
        params += more
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
        # By where the rows lie, which holds within a statement: looking 154 of them up by key took 0.9 ms, this 0.1.
        rows = f"ARRAY(SELECT row FROM m WHERE {few})"
        spread = f"unnest(choices) AS choice FROM catalog_searchrow WHERE ctid = ANY({rows})"
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
