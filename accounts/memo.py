"""What every page needs and hardly ever changes is kept in the process for a few seconds.

The cache of a shop without Redis is a table, so each look into it costs a query; a memo costs none. What it returns may
be ``seconds`` old in the other processes: use it for names and trees, never for money or stock.
"""

import time

_memos = []


class Memo:
    """Decorates a function without arguments: its answer is kept for ``seconds``. ``forget()`` drops it."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.until = 0.0
        self.answer = None
        _memos.append(self)

    def __call__(self, function):
        def remembered():
            now = time.monotonic()
            if now >= self.until:
                # Two threads may both ask: the second answer replaces the first, which is harmless.
                self.answer, self.until = function(), now + self.seconds
            return self.answer

        remembered.forget = self.forget
        remembered.__doc__ = function.__doc__
        return remembered

    def forget(self):
        self.until, self.answer = 0.0, None


class KeyedMemo:
    """Answers by key, each kept for ``seconds``, the oldest of more than ``most`` dropped. Never for visitors' own things."""

    def __init__(self, seconds, most):
        self.seconds, self.most, self.kept = seconds, most, {}
        _memos.append(self)

    def get(self, key, make):
        """The answer for ``key``; ``make()`` gives it when there is none or it is too old."""
        now = time.monotonic()
        until, answer = self.kept.get(key, (0.0, None))
        if now >= until:
            answer = make()
            self.kept.pop(key, None)
            self.kept[key] = (now + self.seconds, answer)
            while len(self.kept) > self.most:
                self.kept.pop(next(iter(self.kept)), None)
        return answer

    def forget(self):
        self.kept = {}


def forget_all():
    """Drop every memo of this process (tests, and commands that write what memos hold)."""
    for memo in _memos:
        memo.forget()
