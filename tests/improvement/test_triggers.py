"""What the database itself refuses, whoever asks."""

import re
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from improvement import ledger, triggers
from improvement.models import Change, LedgerHead
from recommendations.models import Action, ProgressUpdate
from tests.cast import Cast

CHANGE, UPDATE = "improvement_change", "recommendations_progressupdate"
ONLY_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement that only SQLite has")
ONLY_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="a statement that only PostgreSQL has"
)


@pytest.fixture
def change(action: Action, cast: Cast) -> Change:
    for _ in range(2):
        ledger.record(
            by=cast.reader,
            on=date(2012, 11, 14),
            council=action.recommendation.plan.council,
            verb="post_update",
            subject=action,
            before={},
            after={"stage": "complete"},
        )
    return Change.objects.get(position=1)


def rows(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
        return cursor.fetchall()


def refused(table: str, statement: str) -> None:
    """The statement fails in the table's own words, and not a row differs."""
    before = rows(table)

    append_only = pytest.raises(DatabaseError, match=f"{table} is append-only")
    with append_only, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert rows(table) == before


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {CHANGE} SET verb = 'x'",
        f"UPDATE {CHANGE} SET reason = 'x' WHERE position = 1",
        f"UPDATE {CHANGE} SET position = 3 WHERE position = 2",
        f"DELETE FROM {CHANGE}",
        f"DELETE FROM {CHANGE} WHERE position = 2",
    ],
)
def test_no_change_is_altered_or_removed(change: Change, statement: str) -> None:
    """Case 97."""
    refused(CHANGE, statement)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {UPDATE} SET narrative = 'All is well.'",
        f"UPDATE {UPDATE} SET stage = 'complete' WHERE sequence = 1",
        f"UPDATE {UPDATE} SET rating_id = NULL, forecast_on = '2012-12-31'",
        f"DELETE FROM {UPDATE}",
        f"DELETE FROM {UPDATE} WHERE sequence = 1",
    ],
)
def test_no_update_is_altered_or_removed(harrow: object, statement: str) -> None:
    """Case 97."""
    refused(UPDATE, statement)


@ONLY_SQLITE
@pytest.mark.parametrize("form", ["INSERT OR REPLACE INTO", "REPLACE INTO"])
def test_no_change_is_replaced(change: Change, form: str) -> None:
    """Case 97: a replacement removes the old row without asking the trigger of removals."""
    columns = ", ".join(
        f'"{field.column}"' for field in Change._meta.concrete_fields if field.column != "verb"
    )

    refused(
        CHANGE, f"{form} {CHANGE} ({columns}, verb) SELECT {columns}, 'x' FROM {CHANGE} WHERE position = 1"
    )


@ONLY_SQLITE
@pytest.mark.parametrize("form", ["INSERT OR REPLACE INTO", "REPLACE INTO"])
def test_no_update_is_replaced(harrow: object, form: str) -> None:
    """Case 97."""
    fields = ProgressUpdate._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields if field.column != "narrative")

    refused(
        UPDATE,
        f"{form} {UPDATE} ({columns}, narrative) SELECT {columns}, 'x' FROM {UPDATE} WHERE sequence = 1",
    )


@ONLY_SQLITE
def test_no_change_is_put_in_out_of_order(change: Change) -> None:
    """Case 97."""
    columns = ", ".join(
        f'"{f.column}"' for f in Change._meta.concrete_fields if f.column not in ("position", "digest")
    )

    refused(
        CHANGE,
        f"INSERT INTO {CHANGE} (position, digest, {columns}) SELECT 9, 'x', {columns} FROM {CHANGE} LIMIT 1",
    )


@ONLY_POSTGRESQL
@pytest.mark.parametrize("table", [CHANGE, UPDATE])
def test_no_table_is_truncated(change: Change, table: str) -> None:
    """Case 97."""
    connection.check_constraints()  # or PostgreSQL refuses for another reason

    refused(table, f"TRUNCATE {table} CASCADE")


@ONLY_POSTGRESQL
def test_no_change_is_altered_by_an_upsert(change: Change) -> None:
    """Case 97."""
    columns = ", ".join(f'"{field.column}"' for field in Change._meta.concrete_fields)
    upsert = f"INSERT INTO {CHANGE} ({columns}) SELECT {columns} FROM {CHANGE} ON CONFLICT (position) DO UPDATE SET verb = 'x'"

    refused(CHANGE, upsert)


def test_the_orm_is_refused_as_well(change: Change) -> None:
    """Case 97."""
    change.verb = "x"

    for attempt in (
        change.save,
        change.delete,
        lambda: Change.objects.update(position=F("position") + 1),
        lambda: ProgressUpdate.objects.update(narrative="x"),
        lambda: ProgressUpdate.objects.filter(sequence=1).delete(),
        lambda: ProgressUpdate.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="is append-only"), transaction.atomic():
            attempt()


def test_a_row_written_back_unchanged_is_let_through(harrow: object) -> None:
    """Fixtures load twice."""
    said = ProgressUpdate.objects.order_by("pk")[0]

    said.save()

    assert ProgressUpdate.objects.get(pk=said.pk).narrative == said.narrative


def test_rows_are_added_as_before(change: Change) -> None:
    assert [row.position for row in Change.objects.all()] == [1, 2]


def test_there_is_only_one_head(councils: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerHead.objects.create(pk=2)


def test_every_append_only_table_has_its_triggers(councils: None) -> None:
    names = {f"{table}_{what}" for table in (CHANGE, UPDATE) for what in ("no_update", "no_delete")}
    names |= (
        {f"{CHANGE}_in_order"}
        if connection.vendor == "sqlite"
        else {f"{CHANGE}_no_truncate", f"{UPDATE}_no_truncate"}
    )

    assert installed() == names


def test_names_are_those_that_a_table_may_have() -> None:
    assert triggers.names(Change) == [
        f"{CHANGE}_{what}" for what in ("no_update", "no_delete", "no_truncate", "in_order")
    ]


def installed() -> set[str]:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return {name for (name,) in cursor.fetchall() if re.match(f"{CHANGE}|{UPDATE}", name)}
