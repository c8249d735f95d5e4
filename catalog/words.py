"""How texts become the tokens of search: Chinese as characters and pairs, Latin as whole words, pinyin beside them.

Titles and queries are cut differently by any dictionary, so the index does not trust one: it holds every character and
every adjacent pair. Only the query is cut into words, and each word asks for its pairs. See docs/decisions/.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

import rjieba
from pypinyin import lazy_pinyin

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002ebef"
RUNS = re.compile(rf"([{HAN}]+)|([a-z0-9\u00c0-\u024f]+(?:[-_.][a-z0-9\u00c0-\u024f]+)*)")
GAPS = re.compile(rf"(?<=[{HAN}])[\s·]+(?=[{HAN}])")
PIECES = re.compile(r"[a-z\u00c0-\u024f]+|[0-9]+")
STOP_WORDS = frozenset("的 了 和 与 或 是 在 有 a an and for in of on or the to with".split())  # noqa: SIM905


@lru_cache(maxsize=1)
def _simplifier():
    # Loading the tables takes a moment; most processes never need them.
    from opencc import OpenCC

    return OpenCC("t2s")


def normalise(text):
    """``text`` in one form: full width to half, traditional to simplified, lower case."""
    return _simplifier().convert(unicodedata.normalize("NFKC", text)).lower().strip()


def runs(text):
    """Yield (run, is_chinese) for each stretch of one script in the normalised ``text``."""
    for found in RUNS.finditer(text):
        yield (found[1], True) if found[1] else (found[2], False)


def pairs(run):
    """Adjacent pairs of a Chinese run; a single character stands for itself."""
    return [first + second for first, second in pairwise(run)] or [run]


def tokens(text):
    """The set of tokens under which ``text`` is found."""
    found = set()
    # People leave out the spaces of a title, so pairs reach over them.
    for run, chinese in runs(GAPS.sub("", normalise(text))):
        if chinese:
            found.update(run)
            found.update(pairs(run))
        else:
            found.add(run)
            pieces = PIECES.findall(run)
            found.update(pieces if len(pieces) > 1 else ())
    return found


@lru_cache(maxsize=65_536)
def pinyin_of(word):
    """(full pinyin, initials) of a Chinese word: 茶壶 → ("chahu", "ch")."""
    syllables = lazy_pinyin(word)
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


def pinyin_tokens(text):
    """Full pinyin and initials of the words of ``text``, and of each two words in a row (茶壶 → chahu, ch)."""
    found = set()
    for run, chinese in runs(GAPS.sub("", normalise(text))):
        read = [pinyin_of(word) for word in rjieba.cut(run)] if chinese else []
        for full, initials in [*read, *((f1 + f2, i1 + i2) for (f1, i1), (f2, i2) in pairwise(read))]:
            found.add(full)
            if len(initials) > 1:
                found.add(initials)
    return found


def query_terms(text):
    """The terms of a query: (token, is_prefix) pairs, all of which must be found. Empty for a query without words."""
    terms = []
    for run, chinese in runs(normalise(text)):
        if chinese:
            words = [word for word in rjieba.cut(run) if word not in STOP_WORDS] or [run]
            terms += [(pair, False) for word in words for pair in pairs(word)]
        elif run not in STOP_WORDS:
            # Tea pots are found by "teapots" and "teapot" alike: the prefix without its s matches both.
            terms.append((run[:-1] if len(run) > 3 and run.endswith("s") else run, True))
    return list(dict.fromkeys(terms))
