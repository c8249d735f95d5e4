"""Pearson's chi-square test: how likely results at least this far from their odds are, if the odds are true."""

import math

LEAST_EXPECTED = 5  # the usual rule: below it the approximation is worthless


def compare(observed, weights):
    """(chi-square, degrees of freedom, p) of counts ``observed`` against integer ``weights``.

    Results that are expected fewer than five times are counted together with the next larger ones. With fewer than two
    groups nothing can be said: (0.0, 0, 1.0).
    """
    groups = _groups(observed, weights, sum(observed), sum(weights))
    if len(groups) < 2:
        return 0.0, 0, 1.0
    statistic = sum((seen - due) ** 2 / due for seen, due in groups)
    return statistic, len(groups) - 1, tail(statistic, len(groups) - 1)


def _groups(observed, weights, draws, whole):
    groups, seen, weight = [], 0, 0
    for part, count in sorted(zip(weights, observed, strict=True)):
        seen, weight = seen + count, weight + part
        if draws * weight >= LEAST_EXPECTED * whole:
            groups.append((seen, draws * weight / whole))
            seen, weight = 0, 0
    if weight and groups:
        last_seen, last_due = groups.pop()
        groups.append((last_seen + seen, last_due + draws * weight / whole))
    return groups


def tail(statistic, freedom):
    """The chance that chi-square with ``freedom`` degrees exceeds ``statistic``: Q(freedom / 2, statistic / 2)."""
    a, x = freedom / 2, statistic / 2
    if x <= 0:
        return 1.0
    scale = math.exp(a * math.log(x) - x - math.lgamma(a))
    return max(1.0 - scale * _series(a, x), 0.0) if x < a + 1 else scale * _fraction(a, x)


def _series(a, x):
    """Lower incomplete gamma without its scale, for x < a + 1."""
    term = total = 1 / a
    k = a
    while term > total * 1e-15:
        k += 1
        term *= x / k
        total += term
    return total


def _fraction(a, x):
    """Upper incomplete gamma without its scale, for x ≥ a + 1: Lentz's continued fraction."""
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    value = d
    for i in range(1, 10_000):
        part = -i * (i - a)
        b += 2
        d = 1 / ((part * d + b) or tiny)
        c = (b + part / c) or tiny
        step = d * c
        value *= step
        if abs(step - 1) < 1e-15:
            break
    return value
