"""Sources made by hand, as a reader of files would make them."""

import csv
from datetime import date, datetime
from pathlib import Path

from docx2python import docx2python
from openpyxl import load_workbook

from recommendations.intake.columns import propose
from recommendations.intake.forms import turned
from recommendations.intake.known import Known
from recommendations.intake.plan_read import PlanRead
from recommendations.intake.rows import Cell, Kind, Reach, Row, Source, Table
from recommendations.intake.understanding import understand

ON = date(2012, 11, 14)
LEFT, ABOVE = Cell(covered=Reach.LEFT), Cell(covered=Reach.ABOVE)


def table(*rows, name="Sheet1", before=()):
    """A table of texts; a date is a cell with a day, a Cell stands as it is."""
    return Table(
        name,
        tuple(Row(number, tuple(_cell(value) for value in row)) for number, row in enumerate(rows, start=1)),
        tuple(before),
    )


def _cell(value):
    if isinstance(value, Cell):
        return value
    if isinstance(value, date):
        return Cell(f"{value:%d/%m/%Y}", value)
    return Cell(value or "")


def source(*tables, kind=Kind.WORD, after=()):
    return Source(kind, tuple(tables), tuple(after))


def read(*tables, kind=Kind.WORD, after=(), known=None):
    """The plan in tables, with the columns as proposed."""
    return plan_of(source(*tables, kind=kind, after=after), known)


def plan_of(whole: Source, known=None) -> PlanRead:
    whole = turned(whole)
    return understand(whole, propose(whole), known or Known(on=ON))


def csv_source(path: Path) -> Source:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return source(table(*csv.reader(file), name=path.name), kind=Kind.CSV)


def excel_source(path: Path) -> Source:
    tables = []
    for sheet in load_workbook(path):
        covered = {}
        for merged in sheet.merged_cells.ranges:
            for row, column in merged.cells:
                if row > merged.min_row:
                    covered[row, column] = ABOVE
                elif column > merged.min_col:
                    covered[row, column] = LEFT
        rows = [
            [covered.get((cell.row, cell.column)) or _excel_cell(cell.value) for cell in row]
            for row in sheet.iter_rows()
        ]
        tables.append(table(*rows, name=sheet.title))
    return source(*tables, kind=Kind.EXCEL)


def _excel_cell(value):
    return value.date() if isinstance(value, datetime) else str(value) if value is not None else ""


def word_source(path: Path) -> Source:
    tables, before = [], []
    with docx2python(path) as document:
        for rows in document.body:
            texts = [["\n".join(paragraphs) for paragraphs in row] for row in rows]
            if len(texts) == 1 and len(texts[0]) == 1:
                before += [line for line in texts[0][0].splitlines() if line.strip()]
                continue
            tables.append(
                table(*(_merged(row) for row in texts), name=f"Table {len(tables) + 1}", before=before)
            )
            before = []
    return source(*tables, after=before)


def _merged(row):
    return [row[0], *[LEFT] * (len(row) - 1)] if row[0] and len(set(row)) == 1 else row


def figures(plan: PlanRead):
    """What a plan comes down to: each action's recommendation, number, phase, posts, due date and stages with ratings."""
    return [
        (
            recommendation.reference.value,
            action.number.value,
            action.phase.value,
            "; ".join(action.leads.value),
            _due(action.due.value),
            ", ".join(f"{one.value.stage} {one.value.rating}".strip() for one in action.standings),
        )
        for recommendation in plan.recommendations
        for action in recommendation.actions
    ]


def _due(due):
    return due.precision if due.on is None else f"{due.on} {due.precision}"


def words_of(plan: PlanRead) -> str:
    """Every word that the plan holds, and every one that it keeps unplaced."""
    parts = [plan.title, *plan.themes]
    for recommendation in plan.recommendations:
        parts += [recommendation.reference.value, recommendation.text.value, recommendation.outcome.value]
        for action in recommendation.actions:
            parts += [action.number.value, action.text.value, *action.leads.value, action.due.value.text]
            parts += [standing.value.narrative for standing in action.standings]
    parts += [word for post in plan.posts for word in (post.abbreviation, post.title, *post.written)]
    return "\n".join([*parts, *(one.text for one in plan.unplaced)])
