"""Rows as a file that a spreadsheet opens: cells that it would run are written as text."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from improvement.pages import PlanPage

# A spreadsheet would run a cell that begins so; with an apostrophe it is text.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_text(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would run it, or where it begins as such a one would.

    Without the second, text that somebody began with an apostrophe could not be told from text that was given one.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(RISKY) else cell


def from_text(cell: str) -> str:
    """What `as_text` made its cell of: exactly one apostrophe is taken off, and only where it put one."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(RISKY) else cell


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]], file: Any) -> None:
    """Rows under their columns, into a file or a response."""
    writer = csv.writer(file)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([as_text(cell) for cell in row])


def file_name(page: PlanPage, what: str = "") -> str:
    """What a list of a plan is called when downloaded: the plan, what it lists, the day."""
    return "-".join(part for part in (page.plan.slug, what, page.day.on.isoformat()) if part)


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A download of rows under their columns. `name` is ours, never what somebody typed."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    # The byte order mark lets Excel read £ and dashes.
    response.write("\ufeff")
    write_rows(columns, rows, response)
    return response
