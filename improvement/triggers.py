"""What the database itself refuses: altering or removing what was written once.

`AlterField` on SQLite rebuilds a table and silently drops its triggers, and PostgreSQL's row triggers let TRUNCATE
through. So the triggers are set again after every `migrate`, on both engines, for statements as well as rows.
"""

from django.db import connection, models

from improvement.models import Change, LedgerHead


def protect(*append_only: type[models.Model]) -> None:
    """Set the triggers of append-only tables; run after every migrate, any number of times."""
    with connection.cursor() as cursor:
        for model in append_only:
            for statement in statements(model):
                cursor.execute(statement)


def ensure_ledger() -> None:
    protect(Change)
    LedgerHead.objects.get_or_create(pk=1)


def statements(model: type[models.Model]) -> list[str]:
    """SQL that makes a table append-only. Writing a row back unchanged is let through: fixtures load twice."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    if connection.vendor == "sqlite":
        return [*_sqlite(table, columns), *(_sqlite_in_order(table) if model is Change else [])]
    return _postgresql(table)


def names(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    return [f"{table}_no_update", f"{table}_no_delete", f"{table}_no_truncate", f"{table}_in_order"]


def _sqlite(table: str, columns: list[str]) -> list[str]:
    altered = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_update",
        f'CREATE TRIGGER {table}_no_update BEFORE UPDATE ON "{table}" WHEN {altered} {refuse}',
        f"DROP TRIGGER IF EXISTS {table}_no_delete",
        f'CREATE TRIGGER {table}_no_delete BEFORE DELETE ON "{table}" {refuse}',
    ]


def _sqlite_in_order(table: str) -> list[str]:
    # INSERT OR REPLACE removes a row without asking the delete trigger, so an insert may only add the next position.
    return [
        f"DROP TRIGGER IF EXISTS {table}_in_order",
        f'CREATE TRIGGER {table}_in_order BEFORE INSERT ON "{table}" '
        f'WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM "{table}") '
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        f"DROP TRIGGER IF EXISTS {table}_no_update ON {table}",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION {table}_refuse()",
        f"DROP TRIGGER IF EXISTS {table}_no_delete ON {table}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
