"""When a search finds nothing: slips are mended to words of this shop, then fewer words are asked for.

Slips sound alike more often than they look alike, so words are compared by pinyin first; Latin words are their own.
"""

from itertools import pairwise

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from catalog import search, words

LIKELY = 24
MOST_WORDS = 6
FITS = "catalog_product.search @@ asked.text::tsquery"
# All that mending needs to know, at once: which of the words are there, what sounds or looks like each, and which parts
# of a run of letters are the pinyin of something.
HEARD = f"""
SELECT 'there', asked.n, '', '', 0 FROM unnest(%s::text[]) WITH ORDINALITY AS asked(text, n) WHERE EXISTS ({{found}})
UNION ALL
SELECT 'near', asked.n, near.key, near.pinyin, near.weight
FROM unnest(%s::text[]) WITH ORDINALITY AS asked(sound, n) CROSS JOIN LATERAL (
    SELECT key, pinyin, max(weight) AS weight FROM catalog_searchterm
    WHERE kind IN ('word', 'category', 'brand') AND pinyin %% asked.sound AND asked.sound <> ''
    GROUP BY 1, 2 ORDER BY similarity(pinyin, asked.sound) DESC, 3 DESC LIMIT {LIKELY}
) AS near
UNION ALL
(SELECT 'near', asked.n, key, pinyin, max(weight) FROM unnest(%s::text[], %s::int[]) AS asked(shape, n)
JOIN catalog_searchterm ON kind IN ('word', 'category', 'brand') AND key LIKE asked.shape
GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC LIMIT {LIKELY * MOST_WORDS})
UNION ALL
SELECT DISTINCT 'pinyin', 0, pinyin, '', 0 FROM catalog_searchterm WHERE pinyin = ANY(%s)
"""  # noqa: S608 a number of this program


def second_try(listings, text):
    """The ``Answer`` for what was probably meant, or one with listings that hold some of the words (``close``), or None.

    Two statements: what the shop knows of these words, and which of the attempts finds something.
    """
    tries = [(search.query_of(mended), mended) for mended in dict.fromkeys(_mended(text, listings))]
    tries = [one for one in [*tries, *((query, "") for query in _looser(text))] if one[0]]
    if not tries:
        return None
    found, params = _fitting(listings)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.n FROM unnest(%s::text[]) WITH ORDINALITY AS asked(text, n)"  # noqa: S608 SQL of a query set
            f" WHERE EXISTS ({found}) ORDER BY 1 LIMIT 1",
            [[query for query, _mended in tries], *params],
        )
        first = cursor.fetchone()
    if first is None:
        return None
    query, mended = tries[first[0] - 1]
    return search.answer(listings, text, query=query, mended=mended, close=not mended)


def _fitting(listings, most=1):
    """(SQL, parameters) of up to ``most`` of ``listings`` that match ``asked.text``."""
    fitting = listings.filter(RawSQL(FITS, [], BooleanField())).order_by().values("pk")[:most]  # noqa: S611
    return fitting.query.sql_with_params()


def _mended(text, listings):
    """Texts to try instead, the most likely first."""
    units = search.units_of(text)[:MOST_WORDS]
    whole = ("".join(word for word, _chinese in units), any(han for _word, han in units))
    there, near, syllables = _heard([*units, whole], listings)
    if len(units) > 1 or not whole[1]:
        parts = [word if n in there else near.get(n, "") for n, (word, _han) in enumerate(units)]
        if all(parts):
            yield " ".join(parts)
    if near.get(len(units)):
        yield near[len(units)]
    yield from _plainer(units)
    if len(units) == 1 and not whole[1]:
        yield from (" ".join(cut) for cut in _cuts(whole[0]) if set(cut) <= syllables)


def _heard(asked, listings):
    """Of the words ``asked``, the last being all of them in one: (numbers of those that are there, number → the word of
    this shop that it is a slip of, parts that are the pinyin of something)."""
    found, params = _fitting(listings)
    sounds = [_sound(*unit) for unit in asked]
    shapes = [(shape, n) for n, unit in enumerate(asked, 1) for shape in _shapes(*unit)]
    parts = [part for cut in _cuts(asked[-1][0]) for part in cut] if len(asked) == 2 and not asked[-1][1] else []
    queries = [search.query_of_unit(*unit) for unit in asked[:-1]]
    columns = [[shape for shape, _n in shapes], [n for _shape, n in shapes]]
    with connection.cursor() as cursor:
        cursor.execute(HEARD.format(found=found), [queries, *params, sounds, *columns, parts])
        rows = cursor.fetchall()
    there = {n - 1 for kind, n, *_rest in rows if kind == "there"}
    near = {}
    for number, (word, chinese) in enumerate(asked):
        likely = [rest for kind, n, *rest in rows if kind == "near" and n == number + 1]
        near[number] = _nearest(word, chinese, sounds[number], likely)
    return there, near, {key for kind, _n, key, *_rest in rows if kind == "pinyin"}


def _plainer(units):
    """筷子 is 筷, and 雨伞 a kind of 伞: the word without 子, then what it is a kind of."""
    if units and all(chinese for _word, chinese in units):
        heads = [word.removesuffix("子") if len(word) == 2 else word for word, _han in units]
        yield " ".join(heads)
        yield " ".join(word[-1] if len(word) == 2 else word for word in heads)


def _sound(word, chinese):
    """How ``word`` sounds, or "" when it is too short or too long to tell a slip from another word."""
    sound = words.pinyin_of(word)[0] if chinese else "".join(words.PIECES.findall(word))
    return sound if 3 <= len(sound) <= 40 else ""


def _shapes(word, chinese):
    """Patterns of the words that differ from a Chinese one in one character."""
    return [f"{word[:at]}_{word[at + 1 :]}" for at in range(len(word))] if chinese and 2 <= len(word) <= 6 else []


def _cuts(run):
    """The ways to cut a run of letters in two: "chahubeizi" is "chahu" and "beizi"."""
    return [(run[:at], run[at:]) for at in range(2, len(run) - 1)]


def _looser(text):
    """Queries that ask for less: initials as the first letters of a word, the same characters in any order, any of the
    words, any of their pairs."""
    units = search.units_of(text)
    if any(words.INITIALS.fullmatch(word) for word, _chinese in units):
        yield " & ".join(
            f"'{word}':*" if words.INITIALS.fullmatch(word) else search.query_of_unit(word, chinese)
            for word, chinese in units
        )
    characters = {character for word, chinese in units if chinese for character in word}
    others = [search.query_of_unit(word, chinese) for word, chinese in units if not chinese]
    if characters:
        yield " & ".join([*(f"'{character}'" for character in sorted(characters)), *others])
    if len(units) > 1:
        yield " | ".join(search.query_of_unit(*unit) for unit in units)
    parts = {pair for word, chinese in units if chinese for pair in words.pairs(word)}
    if parts:
        yield " | ".join(f"'{part}'" for part in sorted(parts))


def _nearest(word, chinese, sound, likely):
    """The word of ``likely`` (key, pinyin, weight) that ``word`` is a slip of, or ""."""
    if not sound:
        return ""
    rated = [(distance(sound, pinyin), distance(word, key), -weight, key) for key, pinyin, weight in likely]
    near = [row for row in rated if row[0] <= _slips(sound) or (chinese and row[1] == 1 and len(word) > 1)]
    return min(near)[-1] if near else ""


def _slips(sound):
    return 1 if len(sound) < 6 else 2 if len(sound) < 14 else 3


def distance(one, other):
    """Letters to add, drop, change or swap with their neighbour to make ``one`` into ``other``."""
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def without_each(listings, text):
    """What to loosen: (the query without one of its words, how many listings it finds), for queries of several words."""
    units = search.units_of(text)
    if len(units) < 2:
        return []
    left = [" ".join(word for word, _han in units if (word, _han) != gone) for gone in units[:MOST_WORDS]]
    found, params = _fitting(listings, most=1000)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT asked.n, (SELECT count(*) FROM ({found}) AS few)"  # noqa: S608 the SQL of a query set
            " FROM unnest(%s::text[]) WITH ORDINALITY AS asked(text, n)",
            [*params, [search.query_of(text) for text in left]],
        )
        rows = [(left[n - 1], number) for n, number in cursor.fetchall() if number]
    return sorted(rows, key=lambda row: -row[1])


def neighbours(run):
    """Each two words in a row of a Chinese run, and the words themselves."""
    cut = list(words.rjieba.cut(run))
    both = (pair for pair in pairwise(cut) if words.STOP_WORDS.isdisjoint(pair))
    return [*cut, *(first + second for first, second in both)]
