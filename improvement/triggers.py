"""What the database itself refuses: altering or removing what was written once.

`AlterField` on SQLite rebuilds a table and silently drops its triggers, and PostgreSQL's row triggers let TRUNCATE
through. So the triggers are set again after every `migrate`, on both engines, for statements as well as rows.
"""

from django.db import connection, models


def protect(model: type[models.Model], *, in_order_of: str = "") -> None:
    """Make a model's table append-only; `in_order_of` names a column in which each row must be the next number.

    Writing a row back unchanged is let through, so that fixtures load twice.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        # Going back to an earlier migration, a table may be gone or have other columns than the model of today.
        if table not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "sqlite":
            described = connection.introspection.get_table_description(cursor, table)
            statements = _sqlite(table, [column.name for column in described])
            if in_order_of:
                statements += _sqlite_in_order(table, in_order_of)
        else:
            statements = _postgresql(table)
        for statement in statements:
            cursor.execute(statement)


def names(model: type[models.Model]) -> list[str]:
    """The triggers that a table may have."""
    table = model._meta.db_table
    return [f"{table}_no_update", f"{table}_no_delete", f"{table}_no_truncate", f"{table}_in_order"]


def _sqlite(table: str, columns: list[str]) -> list[str]:
    altered = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    return [
        *_sqlite_trigger(table, "no_update", "BEFORE UPDATE", altered),
        *_sqlite_trigger(table, "no_delete", "BEFORE DELETE", "1"),
    ]


def _sqlite_in_order(table: str, column: str) -> list[str]:
    # INSERT OR REPLACE removes a row without asking the delete trigger, so an insert may only add the next number.
    out_of_order = f'NEW."{column}" IS NOT (SELECT coalesce(max("{column}"), 0) + 1 FROM "{table}")'  # noqa: S608 - names of ours
    return _sqlite_trigger(table, "in_order", "BEFORE INSERT", out_of_order)


def _sqlite_trigger(table: str, name: str, event: str, condition: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return [
        f"DROP TRIGGER IF EXISTS {table}_{name}",
        f'CREATE TRIGGER {table}_{name} {event} ON "{table}" WHEN {condition} {refuse}',
    ]


def _postgresql(table: str) -> list[str]:
    refuse = f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'"
    function = f"{table}_refuse()"
    return [
        f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; END $$",
        *_postgresql_trigger(
            table, "no_update", "BEFORE UPDATE", "FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)"
        ),
        *_postgresql_trigger(table, "no_delete", "BEFORE DELETE", "FOR EACH ROW"),
        *_postgresql_trigger(table, "no_truncate", "BEFORE TRUNCATE", "FOR EACH STATEMENT"),
    ]


def _postgresql_trigger(table: str, name: str, event: str, each: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}",
        f"CREATE TRIGGER {table}_{name} {event} ON {table} {each} EXECUTE FUNCTION {table}_refuse()",
    ]
