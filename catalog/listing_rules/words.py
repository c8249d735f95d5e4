"""Words and patterns in texts: where they stand, and which phrases make them harmless."""

import re
from dataclasses import dataclass

from catalog.listing_rules.finding import GRAVITY, PROOF, Finding
from catalog.listing_rules.patterns import compiled
from catalog.listing_rules.plain_text import folded, plain, without_html

CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Word:
    """A rule ready to be looked for. ``categories`` are ids, None for everywhere; ``exceptions`` are normalised."""

    pk: int | None
    needle: str
    pattern: object
    kind: str
    severity: str
    law: str = ""
    suggestion: str = ""
    suggestion_en: str = ""
    exceptions: tuple = ()
    categories: frozenset | None = None

    @property
    def is_chinese(self):
        return bool(CHINESE.search(self.needle))


def word_of(rule, categories=None):
    """A ``Word`` of a WordRule; None when its pattern cannot be used."""
    try:
        pattern = compiled(rule.text.lower()) if rule.is_pattern else None
    except ValueError:
        return None
    needle = rule.text if rule.is_pattern else bare(rule.text)
    if not needle:
        return None
    return Word(
        pk=rule.pk,
        needle=needle,
        pattern=pattern,
        kind=rule.kind,
        severity=rule.severity,
        law=rule.law,
        suggestion=rule.suggestion,
        suggestion_en=rule.suggestion_en,
        exceptions=tuple(filter(None, map(bare, rule.exceptions))),
        categories=categories,
    )


def bare(text):
    """A word as it is looked for: folded when it is Chinese, else only normalised."""
    whole = plain(text)
    return folded(whole).text if CHINESE.search(whole.text) else whole.text.strip()


class Lexicon:
    """Words by their first character, so that one walk over a text meets them all."""

    def __init__(self, words):
        self.by_first, self.latin, self.patterns, phrases = {}, [], [], {}
        for word in words:
            for phrase in word.exceptions:
                phrases.setdefault(word.kind, set()).add(phrase)
            if word.pattern is not None:
                self.patterns.append(word)
            elif word.is_chinese:
                self.by_first.setdefault(word.needle[0], []).append(word)
            else:
                self.latin.append((word, re.compile(rf"(?<![a-z0-9]){re.escape(word.needle)}(?![a-z0-9])")))
        self.phrases = {kind: tuple(found) for kind, found in phrases.items()}
        self.first = re.compile("[" + "".join(map(re.escape, self.by_first)) + "]") if self.by_first else None

    def hits(self, text):
        """(Word, start, end) in ``text`` wherever a word stands that no phrase makes harmless; longest first wins."""
        whole = plain(text)
        tight = folded(whole)
        raw = [*self._chinese(tight), *self._latin(whole), *self._matches(whole, tight)]
        safe = {}
        found = []
        for word, source, start, end in raw:
            if (word.kind, id(source)) not in safe:
                safe[word.kind, id(source)] = _spans(source.text, self.phrases.get(word.kind, ()))
            if not any(a <= start and end <= b for a, b in safe[word.kind, id(source)]):
                found.append((word, *source.span(start, end)))
        return _widest(found)

    def _chinese(self, tight):
        if self.first is None:
            return
        for place in self.first.finditer(tight.text):
            for word in self.by_first[place.group()]:
                if tight.text.startswith(word.needle, place.start()):
                    yield word, tight, place.start(), place.start() + len(word.needle)

    def _latin(self, whole):
        for word, pattern in self.latin:
            for match in pattern.finditer(whole.text):
                yield word, whole, match.start(), match.end()

    def _matches(self, whole, tight):
        for word in self.patterns:
            source = tight if word.is_chinese else whole
            for match in word.pattern.finditer(source.text):
                if match.end() > match.start():
                    yield word, source, match.start(), match.end()


def _spans(text, phrases):
    return [match.span() for phrase in phrases for match in re.finditer(re.escape(phrase), text)]


def _widest(found):
    """Without what lies inside a longer hit that weighs as much or more."""
    kept = []
    for word, start, end in sorted(found, key=lambda hit: (hit[1] - hit[2], GRAVITY[hit[0].severity], hit[1])):
        if not any(a <= start and end <= b and GRAVITY[w.severity] <= GRAVITY[word.severity] for w, a, b in kept):
            kept.append((word, start, end))
    return sorted(kept, key=lambda hit: (hit[1], hit[2]))


def check(sheet, book):
    """Findings in every text of ``sheet``; ``book`` is a ``rulebook.Book``."""
    line = book.line(sheet.category_id)
    for field, (text, is_html) in sheet.texts.items():
        shown = without_html(text) if is_html else text
        if not shown:
            continue
        own = [span for name in sheet.brand_names for span in _spans(shown, [name] if name else [])]
        for word, start, end in book.lexicon.hits(shown):
            if word.categories is not None and not word.categories & line:
                continue
            if any(a <= start and end <= b for a, b in own):
                continue  # a registered name is a name, not a claim
            yield Finding(
                rule=f"word:{word.kind}",
                severity=word.severity,
                field=field,
                start=start,
                end=end,
                found=shown[start:end],
                law=word.law,
                suggestion=word.suggestion,
                suggestion_en=word.suggestion_en,
                rule_id=word.pk,
                proved_until=_proved(word, shown[start:end], sheet, book) if word.severity == PROOF else "",
            )


def _proved(word, found, sheet, book):
    days = [
        proof.valid_until
        for proof in book.proofs.get(sheet.merchant_id, ())
        if (proof.rule_id == word.pk or bare(found) in map(bare, proof.words))
        and proof.brand_id in (None, sheet.brand_id)
        and proof.product_id in (None, sheet.product_id)
    ]
    return max(days).isoformat() if days else ""
