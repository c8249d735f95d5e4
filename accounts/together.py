"""Several questions asked by one statement. A trip costs Python more than the rows of a page's small questions do.

Each question comes back as one list of its rows in JSON; values become what the database driver would have given, and rows
become the same instances as always.
"""

import re
from datetime import date, datetime

from django.db import DEFAULT_DB_ALIAS, connections

from accounts.prepared import Question

_AS_IT_IS = re.compile(r"(bigint|integer|smallint|boolean|double precision|text|varchar(\(\d+\))?)(\[\d*\])?")
# How a column travels in JSON and what makes it a value again. JSON inside stays a text, which its field reads itself.
_OTHERWISE = {
    "timestamp with time zone": ("{}", datetime.fromisoformat),
    "date": ("{}", date.fromisoformat),
    "jsonb": ("{}::text", None),
    "jsonb[]": ("{}::text[]", None),
}


class Together:
    """``Together(pictures=prepared, skus=prepared)(pk=1)`` gives {"pictures": instances, "skus": instances}.

    The parts are ``accounts.prepared.Prepared``; values of one name are one value. At most 100 columns a part.
    """

    def __init__(self, **parts):
        self.parts, self.made = parts, None

    def __call__(self, **values):
        makers, question = self.made or self.compose()
        [cells] = question(**values)
        return {name: make(rows) for (name, make), rows in zip(makers, cells, strict=True)}

    def compose(self):
        """([(name, what makes instances of its rows), …], the ``Question``)."""
        makers, columns = [], []
        for name, prepared in self.parts.items():
            instances, text = prepared.written()
            travel = [_travel(column) for column, *_sql in instances.compiler.select]
            names = [f"c{n}" for n in range(len(travel))]
            cells = ", ".join([how.format(each) for (how, _load), each in zip(travel, names, strict=True)])
            found = f"({text}) AS q({', '.join(names)})"
            columns.append(f"(SELECT coalesce(json_agg(json_build_array({cells})), '[]') FROM {found})")  # noqa: S608
            makers.append((name, _Rows(instances, [(n, load) for n, (_how, load) in enumerate(travel) if load])))
        # Nothing below changes it again, so threads share it.
        made = self.made = makers, Question(f"SELECT {', '.join(columns)}")
        return made


def _travel(column):
    kind = column.output_field.db_type(connections[DEFAULT_DB_ALIAS])
    if _AS_IT_IS.fullmatch(kind):
        return "{}", None
    if kind not in _OTHERWISE:
        raise TypeError(f"{column} is of type {kind}, which JSON does not carry as it is")
    return _OTHERWISE[kind]


class _Rows:
    def __init__(self, instances, loads):
        self.instances, self.loads = instances, loads

    def __call__(self, rows):
        for row in rows:
            for n, load in self.loads:
                if row[n] is not None:
                    row[n] = load(row[n])
        return self.instances(rows) if rows else []
