"""Rows as a file that a spreadsheet opens: cells that it would run are written as text."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from improvement.cells import as_text
from improvement.pages import PlanPage


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
