"""Questions composed once in a process and planned once in a connection.

Composing a queryset and writing its SQL costs Python more than the database needs to answer a look-up by key, and planning
it costs the database more. The pages that everybody opens ask the same few questions with other values: those are composed
with stand-ins and then asked with the values of the request. Rows become the same model instances as always.
"""

import re

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.db.transaction import TransactionManagementError
from psycopg.types.numeric import Int8

from accounts.instances import Instances

# Stand-ins for keys: no row has these.
SOME, OTHER = 9_007_199_254_740_001, 9_007_199_254_740_002

LEAST, MOST = -(2**63), 2**63 - 1
_PLACE = re.compile(r"%(?:%|\((\w+)\)s)")


class Question:
    """``Question("… WHERE id = %(pk)s")(pk=1)`` gives rows; the names of the values are the same each time.

    Write types that nothing else tells the server, as in ``%(user)s::bigint``. What never changes belongs into the text:
    a plan made for any value cannot use an index made for one.
    """

    def __init__(self, sql):
        self.names = []
        self.sql = _PLACE.sub(self._place, sql)

    def __call__(self, **values):
        if len(values) != len(self.names) or not values.keys() >= set(self.names):
            raise TypeError(f"wanted {sorted(self.names)}, got {sorted(values)}")
        with connections[DEFAULT_DB_ALIAS].planned_cursor() as cursor:
            cursor.execute(self.sql, [_of_one_type(values[name]) for name in self.names])
            return cursor.fetchall()

    def _place(self, found):
        name = found[1]
        if name is None:
            return "%"
        if name not in self.names:
            self.names.append(name)
        return f"${self.names.index(name) + 1}"


class QuestionUnderLock(Question):
    """A ``Question`` for the inside of transactions, where nothing is planned ahead: it takes none of the plans that a
    connection keeps. Raises ``TransactionManagementError`` outside of one, as Django does for locks."""

    def __call__(self, **values):
        if not connections[DEFAULT_DB_ALIAS].in_atomic_block:
            raise TransactionManagementError("This question is asked inside a transaction only.")
        return super().__call__(**values)


def _of_one_type(value):
    # Small numbers have types of their own, and lists those of what is in them: each would be another statement to plan.
    if type(value) is int:
        # An address may hold any number; no key comes near the outermost ones.
        return Int8(max(LEAST, min(value, MOST)))
    if type(value) is list and all(type(one) is int for one in value):
        return "{" + ",".join(map(str, value)) + "}"
    return value


def is_among(column, values):
    """A condition for a ``Prepared``: ``column`` ("table.column") is one of ``values``, a list that reaches SQL whole."""
    return RawSQL(f"{column} = ANY(%s)", [values], BooleanField())  # noqa: S611 the column is ours


class Prepared:
    """``Prepared(build, pk=1)``: ``build(pk=…)`` gives a queryset, the values are stand-ins that occur nowhere else.

    Call it with values of the same types for a list of instances. Each value must reach SQL as it is: give
    ``product_id`` and not a product, and a list where a lookup wants a list.
    """

    asks = Question

    def __init__(self, build, **stand_ins):
        self.build, self.stand_ins, self.made = build, stand_ins, None

    def __call__(self, **values):
        made, question = self.made or self.compose()
        rows = question(**values)
        return made(rows) if rows else []

    def compose(self):
        """(what makes instances of rows, the ``Question``)."""
        instances, text = self.written()
        # Nothing below changes it again, so threads share it.
        made = self.made = instances, self.asks(text)
        return made

    def written(self):
        """(what makes instances of rows, the text of a ``Question``)."""
        compiler = self.build(**self.stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        slots = [self._name_of(param) for param in params]
        fixed = [param for param, name in zip(params, slots, strict=True) if name is None]
        lost = set(self.stand_ins) - set(slots) | {name for name in self.stand_ins if self._hides(name, fixed)}
        if lost:
            raise TypeError(f"{sorted(lost)} did not reach the statement as given")
        write = connections[DEFAULT_DB_ALIAS].ops.compose_sql
        places = [
            f"%({name})s" if name else write("%s", [param]).replace("%", "%%")
            for param, name in zip(params, slots, strict=True)
        ]
        return Instances(compiler), sql.replace("%%", "%%%%") % tuple(places)

    def _name_of(self, param):
        for name, stand_in in self.stand_ins.items():
            if type(param) is type(stand_in) and param == stand_in:
                return name
        return None

    def _hides(self, name, params):
        # In a list, or as another type: that one would stay what it is in every later call.
        return any(self.stand_ins[name] in (param if isinstance(param, list | tuple) else [param]) for param in params)


class PreparedUnderLock(Prepared):
    """A ``Prepared`` for rows that are locked, or read beside such; see ``QuestionUnderLock``."""

    asks = QuestionUnderLock
