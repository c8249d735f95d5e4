"""Runs the invariants of every app. Each is SQL that returns the rows that break it: no rows, no break."""

from dataclasses import dataclass, field
from importlib import import_module

from django.db import connection

APPS = ("accounts", "catalog", "loyalty", "orders", "aftersales")


@dataclass(frozen=True)
class Finding:
    """One invariant and the rows that break it, at most 20 of them as dicts."""

    app: str
    name: str
    rule: str
    broken: int
    examples: list = field(default_factory=list)


def check():
    """Yield a ``Finding`` for every invariant of every app, broken or not.

    An app lists its invariants as ``INVARIANTS`` in ``<app>/books.py``: (name, rule in words, SQL).
    """
    for app in APPS:
        for name, rule, sql in import_module(f"{app}.books").INVARIANTS:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                columns = [column.name for column in cursor.description]
                rows = cursor.fetchall()
            examples = [dict(zip(columns, row, strict=True)) for row in rows[:20]]
            yield Finding(app=app, name=name, rule=rule, broken=len(rows), examples=examples)
