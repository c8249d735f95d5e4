"""Texts made comparable, each character still knowing where it came from.

Full-width letters become plain ones (NFKC), traditional characters simplified ones, capitals small ones; for words
also what people put between characters ("最-佳", "最 佳") goes.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from catalog.words import normalise

TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*>|<!--.*?-->", re.S)
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
# Tags inside a line; between all others a sentence cannot go on.
INLINE = {"a", "abbr", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u"}
# What is put between characters to hide a word. Commas, stops and line ends part sentences and stay.
BETWEEN = re.compile(r"[ \t\u3000\u00a0\u00ad\u200b-\u200f\u2060\ufeff\-_·•・*|/\\~+.=#^]")


@dataclass(frozen=True)
class Plain:
    """``text`` with ``places``: for each character where it begins in the original, and where it ends."""

    text: str
    places: tuple

    def span(self, start, end):
        """The place in the original of ``text[start:end]``."""
        return self.places[start][0], self.places[end - 1][1]


def without_html(source):
    """The words of a piece of HTML as a reader sees them; positions of findings count in this text."""
    parts, at = [], 0
    for tag in TAG.finditer(source):
        parts.append(source[at : tag.start()])
        if (tag.group(2) or "").lower() not in INLINE:
            parts.append("\n")
        at = tag.end()
    parts.append(source[at:])
    text = ENTITY.sub(lambda found: html.unescape(found.group()), "".join(parts))
    return re.sub(r"\n\s*\n*", "\n", text).strip()


def plain(text):
    """``text`` normalised character by character."""
    made, places = [], []
    for place, character in enumerate(text):
        for piece in _normal(character):
            made.append(piece)
            places.append((place, place + 1))
    return Plain("".join(made), tuple(places))


def folded(whole):
    """A ``Plain`` without what stands between characters."""
    kept = [n for n, character in enumerate(whole.text) if not BETWEEN.match(character)]
    return Plain("".join(whole.text[n] for n in kept), tuple(whole.places[n] for n in kept))


@lru_cache(maxsize=20_000)
def _normal(character):
    if character.isspace():
        return "\n" if character in "\r\n" else " "
    return normalise(character)
