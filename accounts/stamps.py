"""Rows as keys: what was drawn from a row may be kept under all that the row says."""

from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField


@cache
def _names(model):
    """(names of the fields, whose places hold lists or dicts)."""
    fields = model._meta.concrete_fields
    loose = [n for n, field in enumerate(fields) if isinstance(field, ArrayField | JSONField)]
    return tuple(field.attname for field in fields), loose


def stamp_of(row, *more):
    """All that was read of ``row``, as a hashable value; ``more`` are names of what a query put beside its fields."""
    if row is None:
        return None
    said = vars(row)
    names, loose = _names(type(row))
    values = list(map(said.get, names))
    for n in loose:
        values[n] = plain(values[n])
    values += [plain(said.get(name)) for name in more]
    return tuple(values)


def plain(value):
    """``value`` as part of a key."""
    if isinstance(value, list):
        return tuple([plain(one) for one in value])
    return repr(value) if isinstance(value, dict) else value
