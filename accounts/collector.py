"""The cyclic garbage collector of a process that runs for long.

What a process has loaded at its start (modules, models, address tables: about half a million objects) stays for ever, yet
every full collection walks through all of it. Set aside, it costs nothing; and a page or a chunk of an import makes more
than the 700 objects after which Python looks for the first time.
"""

import gc
from contextlib import contextmanager

# New containers until a look, and looks of each generation until one of the next older.
THRESHOLDS = 10_000, 10, 10


def set_aside():
    """Leave out of every later collection what the process holds now: to be called once, when all is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def aside():
    """The same for a piece of work, in a process that goes on with something else."""
    before = gc.get_threshold()
    set_aside()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
