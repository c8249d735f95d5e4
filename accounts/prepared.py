"""Querysets composed once in a process.

Composing a queryset and writing its SQL costs Python more than the database needs to answer a look-up by key. The pages
that everybody opens ask the same few questions with other values, so those are composed with stand-ins and then asked
with the values of the request. Rows become the same model instances as always.
"""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.query import get_related_populators

# Stand-ins for keys: no row has these.
SOME, OTHER = 9_007_199_254_740_001, 9_007_199_254_740_002


class Prepared:
    """``Prepared(build, pk=1)``: ``build(pk=…)`` gives a queryset, the values are stand-ins that occur nowhere else.

    Call it with values of the same types for a list of instances. Each value must reach SQL as it is: give
    ``product_id`` and not a product, and a list where a lookup wants a list.
    """

    def __init__(self, build, **stand_ins):
        self.build, self.stand_ins, self.made = build, stand_ins, None

    def __call__(self, **values):
        compiler, sql, params, slots = self.made or self.compose()
        if set(values) != set(self.stand_ins):
            raise TypeError(f"wanted {sorted(self.stand_ins)}, got {sorted(values)}")
        given = [params[n] if name is None else values[name] for n, name in enumerate(slots)]
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, given)
            rows = cursor.fetchall()
        return list(_instances(compiler, rows)) if rows else []

    def compose(self):
        """(compiler, SQL, parameters, name of the value for each parameter or None)."""
        compiler = self.build(**self.stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        slots = [self._name_of(param) for param in params]
        fixed = [param for param, name in zip(params, slots, strict=True) if name is None]
        lost = set(self.stand_ins) - set(slots) | {name for name in self.stand_ins if self._hides(name, fixed)}
        if lost:
            raise TypeError(f"{sorted(lost)} did not reach the statement as given")
        # Nothing below changes it again, so threads share it.
        self.made = compiler, sql, params, slots
        return self.made

    def _name_of(self, param):
        for name, stand_in in self.stand_ins.items():
            if type(param) is type(stand_in) and param == stand_in:
                return name
        return None

    def _hides(self, name, params):
        # In a list, or as another type: that one would stay what it is in every later call.
        return any(self.stand_ins[name] in (param if isinstance(param, list | tuple) else [param]) for param in params)


def _instances(compiler, rows):
    # What django.db.models.query.ModelIterable does once it has rows.
    select, about, beside = compiler.select, compiler.klass_info, compiler.annotation_col_map
    connection = connections[DEFAULT_DB_ALIAS]
    converters = compiler.get_converters([column[0] for column in select])
    if converters:
        rows = compiler.apply_converters(rows, converters)
    first, last = about["select_fields"][0], about["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[first:last]]
    related = get_related_populators(about, select, connection.alias)
    for row in rows:
        instance = about["model"].from_db(connection.alias, names, row[first:last])
        for populator in related:
            populator.populate(row, instance)
        for name, position in (beside or {}).items():
            setattr(instance, name, row[position])
        yield instance
