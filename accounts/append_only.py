"""Ledgers are append-only: a trigger refuses UPDATE, DELETE and TRUNCATE, whoever asks."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


class AppendOnly(migrations.RunSQL):
    """Migration operation: makes ``table`` append-only."""

    def __init__(self, table):
        self.table = table
        super().__init__(
            sql=[
                FUNCTION,
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
                f"CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
            ],
            reverse_sql=[
                f"DROP TRIGGER append_only ON {table}",
                f"DROP TRIGGER append_only_truncate ON {table}",
            ],
        )

    def deconstruct(self):
        return (type(self).__name__, [self.table], {})
