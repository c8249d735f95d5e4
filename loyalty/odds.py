"""An odds table as pure values: what a number wins, what a draw costs, and whether a change favours the members.

Weights are integers out of 1,000,000 (docs/domain.md 5.8, E22).
"""

from dataclasses import dataclass
from itertools import accumulate

WHOLE = 1_000_000
TOP_FEN = 5_000_000  # ¥50,000: Anti-Unfair Competition Law, article 10


@dataclass(frozen=True)
class Line:
    """``weight`` parts of a million win ``prize`` worth ``value_fen``; when it has run out, ``substitute_fen`` is the worth
    of what is handed over instead (None: nothing is, the table closes)."""

    prize: object
    weight: int
    value_fen: int
    substitute_fen: int | None = None


def sums(lines):
    """Whether the weights of ``lines`` are a whole: positive and exactly a million."""
    return all(line.weight > 0 for line in lines) and sum(line.weight for line in lines) == WHOLE


def winner(lines, n):
    """The line that the number ``n`` in 0…999,999 wins: weights laid one after the other in the order of ``lines``."""
    for line, end in zip(lines, accumulate(line.weight for line in lines), strict=True):
        if n < end:
            return line
    raise ValueError("the weights do not reach this number")


def span(lines, wanted):
    """(first, last) number that wins ``wanted``, a line of ``lines``."""
    start = 0
    for line in lines:
        if line == wanted:
            return start, start + line.weight - 1
        start += line.weight
    raise ValueError("not a line of this table")


def cost(lines):
    """What a draw costs on average, in thousandths of a fen: 38,900 are 38.9 fen (E22)."""
    return sum(line.weight * line.value_fen for line in lines) * 1_000 // WHOLE


def favours(before, after):
    """Whether ``after`` is at least as good for members as ``before``, whatever they hope for.

    For every worth, the chance to win at least that much must not fall; and a prize that stays must not get a lesser
    substitute.
    """
    worths = {line.value_fen for line in (*before, *after)}
    if any(_chance(after, worth) < _chance(before, worth) for worth in worths):
        return False
    kept = {line.prize: line.substitute_fen or 0 for line in after}
    return all(kept[line.prize] >= (line.substitute_fen or 0) for line in before if line.prize in kept)


def _chance(lines, worth):
    return sum(line.weight for line in lines if line.value_fen >= worth)
