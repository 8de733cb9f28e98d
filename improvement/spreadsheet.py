"""Rows as a file that a spreadsheet opens: cells that it would run are written as text."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# A spreadsheet would run a cell that begins so; with an apostrophe it is text.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A download of rows under their columns. `name` is ours, never what somebody typed."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    # The byte order mark lets Excel read £ and dashes.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([as_text(cell) for cell in row])
    return response
