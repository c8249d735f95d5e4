"""Querysets composed once in a process.

Composing a queryset and writing its SQL costs Python more than the database needs to answer a look-up by key. The pages
that everybody opens ask the same few questions with other values, so those are composed with stand-ins and then asked
with the values of the request. Rows become the same model instances as always.
"""

from django.db import DEFAULT_DB_ALIAS, connections

from accounts.instances import Instances

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
        made, sql, params, slots = self.made or self.compose()
        if set(values) != set(self.stand_ins):
            raise TypeError(f"wanted {sorted(self.stand_ins)}, got {sorted(values)}")
        given = [params[n] if name is None else values[name] for n, name in enumerate(slots)]
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, given)
            rows = cursor.fetchall()
        return made(rows) if rows else []

    def compose(self):
        """(what makes instances of rows, SQL, parameters, name of the value for each parameter or None)."""
        compiler = self.build(**self.stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        slots = [self._name_of(param) for param in params]
        fixed = [param for param, name in zip(params, slots, strict=True) if name is None]
        lost = set(self.stand_ins) - set(slots) | {name for name in self.stand_ins if self._hides(name, fixed)}
        if lost:
            raise TypeError(f"{sorted(lost)} did not reach the statement as given")
        # Nothing below changes it again, so threads share it.
        made = self.made = Instances(compiler), sql, params, slots
        return made

    def _name_of(self, param):
        for name, stand_in in self.stand_ins.items():
            if type(param) is type(stand_in) and param == stand_in:
                return name
        return None

    def _hides(self, name, params):
        # In a list, or as another type: that one would stay what it is in every later call.
        return any(self.stand_ins[name] in (param if isinstance(param, list | tuple) else [param]) for param in params)
