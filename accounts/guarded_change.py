"""A change of state with its row of history in one statement: it locks the row, looks at its state, writes both.

Nothing is written when the state is not one of those allowed, so there is nothing to take back. What another transaction
did meanwhile is waited for and seen.
"""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import CharField
from django.db.models.sql import UpdateQuery

CHANGE = """
WITH before AS (SELECT {key} AS pk, status FROM {table} WHERE {key} = %s FOR UPDATE),
moved AS (
    UPDATE {table} SET {changes} FROM before
    WHERE {table}.{key} = before.pk AND before.status <> %s AND before.status = ANY(%s)
    RETURNING {columns}
),
told AS (INSERT INTO {log} ({log_columns}) SELECT {log_values} FROM moved, before)
SELECT before.status, moved.* FROM before LEFT JOIN moved ON true
"""


def guarded_change(entity, changes, *, allowed, line):
    """Set ``changes`` (field → value or expression, "status" among them) when the present state is one of ``allowed``.

    ``line`` is the unsaved ``StateLog``; the state before is filled in here. Returns (that state, whether it was changed
    now). A changed ``entity`` is as fresh as after ``refresh_from_db``.
    """
    model, deferred = type(entity), entity.get_deferred_fields()
    names = tuple(field.attname for field in model._meta.concrete_fields if field.attname not in deferred)
    here = connections[DEFAULT_DB_ALIAS]  # asked once, not for each value
    places, params = {}, [entity.pk]
    for name, value in changes.items():
        places[name], values = _place(model, name, value, here)
        params += values
    statement, logging, read = _composed(model, tuple(places.items()), names, type(line))
    params += [str(changes["status"]), [str(state) for state in allowed]]
    params += [field.get_db_prep_save(field.pre_save(line, True), here) for field in logging]
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        row = cursor.fetchone()
    if row is None:
        raise model.DoesNotExist(f"{model._meta.label} {entity.pk}")
    before, values = row[0], row[1:]
    moved = before != changes["status"] and before in allowed
    if moved:
        _renew(entity, names, read(values))
    return before, moved


def _place(model, name, value, here):
    """(what stands for the new value in SQL, its parameters)."""
    if hasattr(value, "resolve_expression"):
        query = UpdateQuery(model)
        query.get_initial_alias()
        return query.get_compiler(connection=here).compile(
            value.resolve_expression(query, allow_joins=False, for_save=True)
        )
    field = model._meta.get_field(name)
    if hasattr(value, "prepare_database_save"):
        value = value.prepare_database_save(field)
    return "%s", [field.get_db_prep_save(value, here)]


@cache
def _composed(model, changes, names, log):
    """(statement, fields of the line, what makes values of a row) for ``changes`` as (field, its place) and ``names`` read."""
    name, about = connection.ops.quote_name, model._meta
    fields = [field for field in about.concrete_fields if field.attname in names]
    log_fields = [field for field in log._meta.concrete_fields if not field.primary_key]
    said = [field for field in log_fields if field.name != "from_state"]
    statement = CHANGE.format(
        table=name(about.db_table),
        key=name(about.pk.column),
        changes=", ".join([f"{name(about.get_field(change).column)} = {place}" for change, place in changes]),
        columns=", ".join([f"{name(about.db_table)}.{name(field.column)}" for field in fields]),
        log=name(log._meta.db_table),
        log_columns=", ".join([name(field.column) for field in log_fields]),
        log_values=", ".join([f"%s::{_type(field)}" if field in said else "before.status" for field in log_fields]),
    )
    compiler = model._base_manager.all().query.get_compiler(connection=connection)
    converters = compiler.get_converters([field.get_col(about.db_table) for field in fields])

    def read(values):
        return next(iter(compiler.apply_converters([values], converters))) if converters else values

    return statement, said, read


def _type(field):
    # Not the column's own varchar(n): a cast to that would cut what is too long, and not refuse it.
    return "text" if isinstance(field, CharField) else field.db_type(connection)


def _renew(entity, names, values):
    """What ``refresh_from_db`` does with the values it has read."""
    entity.__dict__.update(zip(names, values, strict=True))
    entity._prefetched_objects_cache = {}
    about = entity._meta
    for field in (*about.concrete_fields, *about.private_fields, *about.related_objects):
        if field.is_relation and field.is_cached(entity):
            field.delete_cached_value(entity)
