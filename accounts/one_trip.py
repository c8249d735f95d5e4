"""New rows written together: their keys are drawn beforehand, then one trip to the database carries every INSERT.

For transactions that hold locks for which others wait: what can be known before the first lock is made ready before it.
"""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connection, connections

DRAW = "SELECT %s, nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"


def draw(counts):
    """Keys that no row has and none will get: ``counts`` maps model → how many; returns model → list of keys."""
    models = list(counts)
    found, params = {model: [] for model in models}, []
    for place, model in enumerate(models):
        params += [place, f'"{model._meta.db_table}"', counts[model]]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([DRAW] * len(models)), params)
        for place, key in cursor.fetchall():
            found[models[place]].append(key)
    return found


def insert_new(row):
    """Save an unsaved ``row`` unless one of its unique keys is taken; returns whether it was saved. One statement.

    Unlike ``get_or_create`` it reads nothing and needs no savepoint.
    """
    return _inserted([row], " ON CONFLICT DO NOTHING RETURNING id")


def insert(*rows):
    """Save unsaved ``rows`` of one model as ``bulk_create`` does, with less ado: for models without signals. One statement."""
    if rows:
        _inserted(rows, " RETURNING id")


def _inserted(rows, ending):
    statement, params = written(rows, keyed=False)
    with connection.cursor() as cursor:
        cursor.execute(statement + ending, params)
        found = cursor.fetchall()
    for row, (pk,) in zip(rows, found, strict=False):
        row.pk, row._state.adding, row._state.db = pk, False, connection.alias
    return bool(found)


def written(rows, *, keyed):
    """(INSERT statement, its values) of unsaved ``rows`` of one model; ``keyed``: with their keys."""
    beginning, places, fields = _shape(type(rows[0]), keyed)
    here = connections[DEFAULT_DB_ALIAS]  # asked once, not for each value
    values = [field.get_db_prep_save(field.pre_save(row, True), here) for row in rows for field in fields]
    return beginning + ", ".join([places] * len(rows)), values


@cache
def _shape(model, keyed):
    # What Django's own writer of INSERT composes anew for every row.
    fields = [field for field in model._meta.concrete_fields if keyed or not field.primary_key]
    odd = [field.name for field in fields if hasattr(field, "get_placeholder") or field.generated]
    if odd:
        raise TypeError(f"{model._meta.label} has fields that are not written as they are: {odd}")
    name = connection.ops.quote_name
    columns = ", ".join([name(field.column) for field in fields])
    places = ", ".join(["%s"] * len(fields))
    beginning = f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 the names are ours
    return beginning, f"({places})", fields


class OneTrip:
    """Rows to be inserted. They are put into words at ``add`` and written at ``send``, in the order of adding."""

    def __init__(self):
        self.rows, self._statements, self._params = [], [], []

    def add(self, rows):
        """Unsaved ``rows`` of one model, all with drawn keys or all without (then nobody can refer to them)."""
        rows = list(rows)
        if not rows:
            return
        statement, params = written(rows, keyed=rows[0].pk is not None)
        self._statements.append(statement)
        self._params.extend(params)
        self.rows += rows

    def send(self):
        """Insert everything; belongs into the caller's transaction. Raises ``IntegrityError`` as a save does."""
        with connection.cursor() as cursor:
            cursor.execute("; ".join(self._statements), self._params)
        for row in self.rows:
            row._state.adding, row._state.db = False, connection.alias
