"""Rows as a file that a spreadsheet opens: cells that it would run are written as text."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from improvement.pages import PlanPage

# A spreadsheet would run a cell that begins so; with an apostrophe it is text.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Columns:
    """The columns of a list: those that its page shows, and what else is known of each row."""

    shown: tuple[str, ...]
    more: tuple[str, ...] = ()

    def asked_in(self, request: HttpRequest) -> tuple[str, ...]:
        """Those that the page shows, or all of them where the address says `columns=all`."""
        asked = request.GET.get("columns", "")
        if asked not in ("", "all"):
            raise BadRequest("A list has the columns that its page shows, or all of them: columns=all.")
        return (*self.shown, *self.more) if asked else self.shown


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


def list_file(
    request: HttpRequest, name: str, columns: Columns, rows: Iterable[Sequence[str]]
) -> HttpResponse:
    """A list as a download: rows under all of `columns`, cut to those that are asked for."""
    asked = columns.asked_in(request)
    return csv_file(name, asked, (row[: len(asked)] for row in rows))


def day(value: date | None) -> str:
    """A day as spreadsheets read it, or empty."""
    return value.isoformat() if value else ""
