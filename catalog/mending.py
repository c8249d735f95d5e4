"""When a search finds nothing: slips are mended to words of this shop, then fewer words are asked for.

Slips sound alike more often than they look alike, so words are compared by pinyin first; Latin words are their own.
"""

from itertools import pairwise

from django.db import connection

from catalog import search, words
from catalog.models import SearchTerm

LIKELY = 24
ALIKE = f"""
SELECT key, pinyin, max(weight) FROM catalog_searchterm
WHERE kind IN ('word', 'category', 'brand') AND pinyin %% %s
GROUP BY 1, 2 ORDER BY similarity(pinyin, %s) DESC, 3 DESC LIMIT {LIKELY}
"""  # noqa: S608 a number of this program


def second_try(listings, text):
    """The ``Answer`` for what was probably meant, or one with listings that hold some of the words (``close``)."""
    for mended in _mended(text, listings):
        found = search.answer(listings, text, query=search.query_of(mended), mended=mended)
        if found.ranked.query and found.listings.exists():
            return found
    for query in _looser(text):
        found = search.answer(listings, text, query=query, close=True)
        if query and found.listings.exists():
            return found
    return search.answer(listings, text)


def _mended(text, listings):
    """Texts to try instead, the most likely first."""
    units = search.units_of(text)
    whole = "".join(word for word, _chinese in units)
    chinese = any(han for _word, han in units)
    if len(units) > 1 or not chinese:
        found = [_found(listings, unit) for unit in units]
        parts = [word if there else _nearest(word, han) for (word, han), there in zip(units, found, strict=True)]
        if all(parts):
            yield " ".join(parts)
    near = _nearest(whole, chinese)
    if near:
        yield near
    if len(units) == 1 and not chinese:
        yield from _syllables(whole)


def _found(listings, unit):
    return search.answer(listings, unit[0], query=search.query_of_unit(*unit)).listings.exists()


def _syllables(run):
    """Two words of pinyin typed as one: "chahubeizi" → "chahu beizi", when this shop has both."""
    cuts = [(run[:at], run[at:]) for at in range(2, len(run) - 1)]
    known = set(
        SearchTerm.objects.filter(pinyin__in={part for cut in cuts for part in cut}).values_list("pinyin", flat=True)
    )
    return [" ".join(cut) for cut in cuts if set(cut) <= known]


def _looser(text):
    """Queries that ask for less: the same characters in any order, then any of the words, then any of their pairs."""
    units = search.units_of(text)
    characters = {character for word, chinese in units if chinese for character in word}
    others = [search.query_of_unit(word, chinese) for word, chinese in units if not chinese]
    if characters:
        yield " & ".join([*(f"'{character}'" for character in sorted(characters)), *others])
    if len(units) > 1:
        yield " | ".join(search.query_of_unit(*unit) for unit in units)
    parts = {pair for word, chinese in units if chinese for pair in words.pairs(word)}
    if parts:
        yield " | ".join(f"'{part}'" for part in sorted(parts))


def _nearest(word, chinese):
    """The word of this shop that ``word`` is a slip of, or ""."""
    sound = words.pinyin_of(word)[0] if chinese else "".join(words.PIECES.findall(word))
    if len(sound) < 3 or len(sound) > 40:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [sound, sound])
        likely = [(key, pinyin, weight) for key, pinyin, weight in cursor.fetchall()]
    if chinese:
        likely += _one_character_off(word)
    rated = [(distance(sound, pinyin), distance(word, key), -weight, key) for key, pinyin, weight in likely]
    near = [row for row in rated if row[0] <= _slips(sound) or (chinese and row[1] == 1 and len(word) > 1)]
    return min(near)[-1] if near else ""


def _one_character_off(word):
    if not 2 <= len(word) <= 6:
        return []
    shapes = [f"{word[:at]}_{word[at + 1 :]}" for at in range(len(word))]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, pinyin, max(weight) FROM catalog_searchterm WHERE kind IN ('word', 'category', 'brand')"
            " AND key LIKE ANY(%s) GROUP BY 1, 2 ORDER BY 3 DESC LIMIT %s",
            [shapes, LIKELY],
        )
        return cursor.fetchall()


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
    found = []
    for gone in units[:6]:
        left = " ".join(word for word, _chinese in units if (word, _chinese) != gone)
        number = search.answer(listings, left).listings.values("pk")[:1000].count()
        if number:
            found.append((left, number))
    return sorted(found, key=lambda row: -row[1])


def neighbours(run):
    """Each two words in a row of a Chinese run, and the words themselves."""
    cut = list(words.rjieba.cut(run))
    return [*cut, *(first + second for first, second in pairwise(cut))]
