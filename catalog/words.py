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
# Letters without a vowel are the initials of something, not the beginning of an English word.
INITIALS = re.compile(r"[b-df-hj-np-tw-z]{2,4}")
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
            found.update([*pieces, "".join(pieces)] if len(pieces) > 1 else ())
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


def plain(text):
    """``text`` without the gaps and signs that people leave out."""
    return "".join(run for run, _chinese in runs(text))


def sound_of(text):
    """(pinyin, initials) of a whole normalised text, Latin as it is."""
    full, initials = "", ""
    for run, chinese in runs(text):
        for word in rjieba.cut(run) if chinese else [run]:
            heard = pinyin_of(word) if chinese else ("".join(PIECES.findall(word)), word[:1])
            full, initials = full + heard[0], initials + heard[1]
    return full, initials


def units(text, stop_words=STOP_WORDS):
    """What a query asks for, word by word: (word, is_chinese) pairs without stop words, unless there is nothing else."""
    found, left_out = [], []
    for run, chinese in runs(normalise(text)):
        # Single characters in a row are a word that the dictionary does not know, or a slip.
        for word in rjieba.cut(run) if chinese and not _is_unknown(run, stop_words) else [run]:
            (left_out if word in stop_words else found).append((word, chinese))
    if found:
        return list(dict.fromkeys(found))
    return [unit for unit in dict.fromkeys(left_out) if unit[1]]


def _is_unknown(run, stop_words=()):
    cut = rjieba.cut(run) if 2 <= len(run) <= 4 else ()
    return len(cut) == len(run) > 1 and not any(character in stop_words for character in cut)


def asks_for(word, chinese):
    """The ways in which the index may hold ``word``: lists of (token, is_prefix), any one of which will do."""
    if chinese and _is_unknown(word):
        return [[(character, False) for character in word], [(pinyin_of(word)[0], False)]]
    if chinese:
        return [[(pair, False) for pair in pairs(word)]]
    if INITIALS.fullmatch(word):
        return [[(word, False)]]
    pieces = PIECES.findall(word)
    ways = [[(_singular(word), True)]]
    if len(pieces) > 1:
        ways.append([(piece, position == len(pieces) - 1) for position, piece in enumerate(pieces)])
    return ways


def _singular(word):
    # Tea pots are found by "teapots" and "teapot" alike: the prefix without its ending matches both.
    if len(word) > 4 and word.endswith(("xes", "ses", "shes", "ches")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
