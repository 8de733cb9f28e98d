"""Rows as a file that a spreadsheet opens: cells that it would run are written as text."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from improvement.cells import as_text
from improvement.pages import PlanPage


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


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]], file: Any) -> None:
    """Rows under their columns, into a file or a response."""
    writer = csv.writer(file)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([as_text(cell) for cell in row])


def file_name(page: PlanPage, what: str = "") -> str:
    """What a list of a plan is called when downloaded: the plan, what it lists, the day."""
    return "-".join(part for part in (page.plan.slug, what, page.day.on.isoformat()) if part)


def list_file(
    request: HttpRequest, name: str, columns: Columns, rows: Iterable[Sequence[str]]
) -> HttpResponse:
    """A list as a download: rows under all of `columns`, cut to those that are asked for. `name` is ours."""
    asked = columns.asked_in(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    # The byte order mark lets Excel read £ and dashes.
    response.write("\ufeff")
    write_rows(asked, (row[: len(asked)] for row in rows), response)
    return response


def day(value: date | None) -> str:
    """A day as spreadsheets read it, or empty."""
    return value.isoformat() if value else ""


def number(value: Decimal | int | None) -> str:
    """A number as spreadsheets read it, or empty."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
