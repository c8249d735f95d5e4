"""Which rows a transaction locks, in which order: seen in the rows themselves, whoever wrote the statement.

PostgreSQL marks a row that is locked or updated (xmin, xmax, ctid), so comparing the marks before and after a statement
tells what it has locked, in one connection without other writers.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

# Table → (rank, the column that orders its rows). The stock rows are the last of all (docs/domain.md D12).
ORDER = {
    "orders_order": (1, "id"),
    "orders_payment": (2, "id"),
    "orders_refund": (3, "id"),
    "loyalty_coupon": (4, "id"),
    "loyalty_pointslot": (5, "id"),
    "orders_flashpool": (6, "sku_id"),
    "catalog_stock": (7, "sku_id"),
}
TAKES = re.compile(r"\bFOR (NO KEY )?UPDATE\b|\bUPDATE\b", re.IGNORECASE)


@dataclass
class Lock:
    """One row locked for the first time by its transaction. ``alone``: no other row of the table in the statement."""

    transaction: str
    table: str
    key: int
    row: int
    sql: str
    alone: bool

    @property
    def place(self):
        return ORDER[self.table][0], self.key, self.row


class Locks(list):
    """All locks of a stretch of work, in their order."""

    def faults(self):
        """What is against the one order, in words."""
        found, last = [], {}
        for lock in self:
            before = last.get(lock.transaction)
            if before is not None and lock.place < before.place:
                found.append(f"{lock.table} {lock.key} after {before.table} {before.key}: {lock.sql[:200]}")
            if not lock.alone and not _is_sorted(lock):
                found.append(f"several rows of {lock.table} in no order: {lock.sql[:200]}")
            if before is None or lock.place > before.place:
                last[lock.transaction] = lock
        return found

    @property
    def tables(self):
        return {lock.table for lock in self}


def _is_sorted(lock):
    """Whether the statement takes its rows by their own column."""
    by = rf"ORDER BY [^;]*?\b{ORDER[lock.table][1]}\b[^;]*?FOR (NO KEY )?UPDATE"
    return re.search(by, lock.sql, re.IGNORECASE | re.DOTALL) is not None


@contextmanager
def watched():
    """Yields the ``Locks`` of what happens inside, on this connection."""
    locks, held = Locks(), set()

    def look(execute, sql, params, many, context):
        tables = [name for name in ORDER if name in sql] if TAKES.search(sql) and connection.in_atomic_block else []
        before = {name: _marks(name) for name in tables}
        answer = execute(sql, params, many, context)
        for name in tables:
            _note(name, before[name], sql)
        return answer

    def _note(name, before, sql):
        now, transaction = _marks(name), _transaction()
        mine = {row for row, mark in now.items() if row in before and before[row] != mark}
        mine = sorted(row for row in mine if (transaction, name, row) not in held)
        for key, row in mine:
            held.add((transaction, name, (key, row)))
            locks.append(Lock(transaction, name, key, row, str(sql), alone=len(mine) == 1))

    with connection.execute_wrapper(look):
        yield locks


def _marks(table):
    """{(ordering key, id): (xmin, xmax, ctid)} of all rows; in the transaction that is being watched."""
    key = ORDER[table][1]
    return {row[:2]: row[2:] for row in _ask(f"SELECT {key}, id, xmin::text, xmax::text, ctid::text FROM {table}")}  # noqa: S608


def _transaction():
    return _ask("SELECT pg_current_xact_id_if_assigned()::text")[0][0]


def _ask(sql):
    # Beside Django's wrappers, on the same connection.
    with connection.connection.cursor() as cursor:
        return cursor.execute(sql).fetchall()
