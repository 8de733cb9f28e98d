"""A source as JSON and back, compact: it crosses from the process that reads the file, and is kept with the intake.

A cell of plain words is a string, empty cells beside each other are their number, any other cell is a list.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from recommendations.intake.gathering import EMPTY
from recommendations.intake.rows import Cell, Kind, Notice, Reach, Row, Source, Table

REACHES = {reach.value: reach for reach in Reach}


def source_as_json(source: Source) -> dict[str, Any]:
    return {
        "kind": source.kind.value,
        "tables": [
            {
                "name": table.name,
                "before": list(table.before),
                "rows": [[row.number, *_cells_as_json(row.cells)] for row in table.rows],
            }
            for table in source.tables
        ],
        "after": list(source.after),
        "notices": [[notice.what, notice.place, notice.words] for notice in source.notices],
    }


def source_from(json: dict[str, Any]) -> Source:
    return Source(
        Kind(json["kind"]),
        tuple(
            Table(
                table["name"],
                tuple(Row(number, tuple(_cells_from(cells))) for number, *cells in table["rows"]),
                tuple(table["before"]),
            )
            for table in json["tables"]
        ),
        tuple(json["after"]),
        tuple(Notice(*notice) for notice in json["notices"]),
    )


def _cells_as_json(cells: Iterable[Cell]) -> Iterable[Any]:
    for empty, run in groupby(cells, lambda cell: cell == EMPTY):
        if empty:
            yield sum(1 for _ in run)
        else:
            yield from (_cell_as_json(cell) for cell in run)


def _cell_as_json(cell: Cell) -> Any:
    if cell.day is None and not cell.colour and not cell.covered:
        return cell.text
    return [cell.text, cell.day.isoformat() if cell.day else None, cell.colour, cell.covered.value]


def _cells_from(cells: Iterable[Any]) -> Iterable[Cell]:
    for cell in cells:
        if isinstance(cell, str):
            yield Cell(cell)
        elif isinstance(cell, int):
            yield from (EMPTY for _ in range(cell))
        else:
            text, day, colour, covered = cell
            yield Cell(text, _day(day), colour, REACHES[covered])


@lru_cache(maxsize=4096)
def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
