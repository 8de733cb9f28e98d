"""Harrow's own plan in its three forms, as rows."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from recommendations.intake.reading import read
from recommendations.intake.rows import Source

pytestmark = [pytest.mark.once, pytest.mark.shared]


def harrow(shared: Path, ending: str) -> Source:
    content = (shared / "data" / f"harrow-plan.{ending}").read_bytes()
    return read(ContentFile(content), f"harrow-plan.{ending}")


@pytest.mark.parametrize(
    ("ending", "tables"),
    [
        ("docx", [("Table 1", 15, 4), ("Table 2", 93, 6)]),
        ("xlsx", [("Improvement Plan", 143, 6), ("Key - Lead Officers", 31, 2)]),
        ("csv", [("The file", 102, 11)]),
    ],
)
def test_every_row_of_each_form(shared: Path, ending: str, tables: list[tuple[str, int, int]]) -> None:
    source = harrow(shared, ending)

    assert [(table.name, len(table.rows), len(table.rows[0].cells)) for table in source.tables] == tables
    assert {len(row.cells) for table in source.tables for row in table.rows} == {
        width for *_, width in tables
    }
    assert source.notices == ()


def test_the_words_of_the_document_stand_between_its_tables(shared: Path) -> None:
    source = harrow(shared, "docx")

    assert [table.before for table in source.tables] == [
        ("Children and Families Improvement Plan", "V 2.01", "Key: Lead Officers"),
        ("Part 1 – Inspection Recommendations",),
    ]


def test_dates_of_the_workbook_are_dates(shared: Path) -> None:
    source = harrow(shared, "xlsx")

    days = [cell.day for row in source.tables[0].rows for cell in row.cells if cell.day]
    assert (len(days), min(days).isoformat(), max(days).isoformat()) == (97, "2012-07-31", "2013-04-30")
