"""Rows as keys: what was drawn from a row may be kept under all that the row says."""

from functools import cache


@cache
def _names(model):
    return tuple(field.attname for field in model._meta.concrete_fields)


def stamp_of(row, *more):
    """All that was read of ``row``, as a hashable value; ``more`` are names of what a query put beside its fields."""
    if row is None:
        return None
    said = vars(row)
    return tuple([plain(said.get(name)) for name in (*_names(type(row)), *more)])


def plain(value):
    """``value`` as part of a key."""
    if isinstance(value, list):
        return tuple([plain(one) for one in value])
    return repr(value) if isinstance(value, dict) else value
