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


def forget_all():
    """Drop every memo of this process (tests, and commands that write what memos hold)."""
    for memo in _memos:
        memo.forget()
