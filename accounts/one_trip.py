"""New rows written together: their keys are drawn beforehand, then one trip to the database carries every INSERT.

For transactions that hold locks for which others wait: what can be known before the first lock is made ready before it.
"""

from django.db import connection
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

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
    query = InsertQuery(type(row), on_conflict=OnConflict.IGNORE)
    query.insert_values([field for field in row._meta.concrete_fields if not field.primary_key], [row])
    ((statement, params),) = query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} RETURNING id", params)
        found = cursor.fetchone()
    if found is None:
        return False
    row.pk, row._state.adding, row._state.db = found[0], False, connection.alias
    return True


class OneTrip:
    """Rows to be inserted. They are put into words at ``add`` and written at ``send``, in the order of adding."""

    def __init__(self):
        self.rows, self._statements, self._params = [], [], []

    def add(self, rows):
        """Unsaved ``rows`` of one model, all with drawn keys or all without (then nobody can refer to them)."""
        rows = list(rows)
        if not rows:
            return
        model, keyed = type(rows[0]), rows[0].pk is not None
        query = InsertQuery(model)
        query.insert_values([f for f in model._meta.concrete_fields if keyed or not f.primary_key], rows)
        for statement, params in query.get_compiler(connection=connection).as_sql():
            self._statements.append(statement)
            self._params.extend(params)
        self.rows += rows

    def send(self):
        """Insert everything; belongs into the caller's transaction. Raises ``IntegrityError`` as a save does."""
        with connection.cursor() as cursor:
            cursor.execute("; ".join(self._statements), self._params)
        for row in self.rows:
            row._state.adding, row._state.db = False, connection.alias
