"""The invariants of this app, as SQL that returns the rows that break them."""

INVARIANTS = []
