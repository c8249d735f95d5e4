"""Queues at a row: a lock of which nothing is read."""

from django.db import connection


def queue_at(row):
    """Wait for ``row`` (it must exist) and hold it to the end of the transaction; rows that refer to it may still come."""
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT FROM {name(row._meta.db_table)} WHERE id = %s FOR NO KEY UPDATE", [row.pk])  # noqa: S608
        if not cursor.rowcount:
            raise type(row).DoesNotExist(f"{row._meta.label} {row.pk}")
