"""What every page needs and hardly ever changes is kept in the process for a few seconds.

The cache of a shop without Redis is a table, so each look into it costs a query; a memo costs none. What it returns may
be ``seconds`` old in the other processes: use it for names and trees, never for money or stock.
"""

import sys
import time
from threading import RLock

_memos = []


class Memo:
    """Decorates a function without arguments: its answer is kept for ``seconds``. ``forget()`` drops it."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.kept = (0.0, None)
        _memos.append(self)

    def __call__(self, function):
        def remembered():
            now = time.monotonic()
            until, answer = self.kept  # read once: another thread may forget it meanwhile
            if now >= until:
                # Two threads may both ask: the second answer replaces the first, which is harmless.
                answer = function()
                self.kept = (now + self.seconds, answer)
            return answer

        remembered.forget = self.forget
        remembered.__doc__ = function.__doc__
        return remembered

    def forget(self):
        self.kept = (0.0, None)


class KeyedMemo:
    """Answers by key, each kept for ``seconds``. Never for visitors' own things.

    The oldest are dropped when there are more than ``most``, or when keys and answers take more than ``most_bytes``
    (counted as ``weight`` does; None: not counted).
    """

    def __init__(self, seconds, most, most_bytes=None):
        self.seconds, self.most, self.most_bytes = seconds, most, most_bytes
        self.kept, self.bytes = {}, 0
        self.changing = RLock()  # the count of bytes and the dict change together
        _memos.append(self)

    def get(self, key, make):
        """The answer for ``key``; ``make()`` gives it when there is none or it is too old."""
        now = time.monotonic()
        until, answer, _bytes = self.kept.get(key, NOTHING)
        if now >= until:
            answer = make()
            self._keep(key, (now + self.seconds, answer, weight((key, answer)) if self.most_bytes else 0))
        return answer

    def _keep(self, key, row):
        with self.changing:
            self._drop(key)
            self.kept[key] = row
            self.bytes += row[2]
            while len(self.kept) > self.most or (self.most_bytes and self.bytes > self.most_bytes):
                self._drop(next(iter(self.kept)))

    def _drop(self, key):
        self.bytes -= self.kept.pop(key, NOTHING)[2]

    def forget(self):
        with self.changing:
            self.kept, self.bytes = {}, 0


NOTHING = (0.0, None, 0)


def weight(value):
    """Bytes of texts, numbers and tuples of them; an upper bound, for what two share is counted twice."""
    inside = value if isinstance(value, tuple | list | frozenset) else ()
    return sys.getsizeof(value) + sum([weight(one) for one in inside])


def forget_all():
    """Drop every memo of this process (tests, and commands that write what memos hold)."""
    for memo in _memos:
        memo.forget()
