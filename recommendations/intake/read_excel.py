"""An Excel workbook as rows: what its cells show, sheet by sheet, hidden ones too."""

import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook import Workbook

from recommendations.intake import package
from recommendations.intake.excel_sheet import Held, SheetReader
from recommendations.intake.excel_shown import Colours, named
from recommendations.intake.gathering import EMPTY, MOST_PLACES, TOO_MANY, WIDEST, Gathered, Unreadable
from recommendations.intake.rows import Cell, Kind, Reach, Row, Source, Table

Grid = dict[int, dict[int, Cell]]
WORKBOOK = "xl/workbook.xml"
STRICT = b"http://purl.oclc.org/ooxml/"
NOT_STRICT = (
    "It is saved as a “Strict Open XML Spreadsheet”. Save it as an ordinary Excel workbook (.xlsx) and "
    "choose that."
)
# So many empty rows before a cell, or so many columns as no plan has.
FARTHEST = 10_000
FAR_AWAY = (
    "It has words far away from the rest, in {place}: most likely by mistake. Clear that cell, with whatever else is there, "
    "save the file and choose it again."
)
# What Excel writes before the words of a newer comment, for its older self.
THREADED = re.compile(r"\A\[Threaded comment\].*?\nComment:\n\s*", re.DOTALL)
COMMENTS, DRAWING = "/comments", "/drawing"


def read(path: Path) -> Source:
    """Raises Unreadable with what is wrong and what to do; anything else that it raises means a broken file."""
    with ZipFile(path) as archive:
        package.check(archive)
        if WORKBOOK in archive.namelist() and STRICT in archive.read(WORKBOOK):
            raise Unreadable(NOT_STRICT)
    gathered = Gathered()
    # What openpyxl warns of is what it would lose in writing.
    with path.open("rb") as file, warnings.catch_warnings(action="ignore"):
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        with closing(workbook):
            tables = tuple(_tables(workbook, gathered))
    return Source(Kind.EXCEL, tables, notices=gathered.notices())


def _tables(workbook: Workbook, gathered: Gathered) -> Iterator[Table]:
    colours = Colours(workbook.loaded_theme, workbook._colors)
    for sheet in workbook._sheets:
        if not hasattr(sheet, "_worksheet_path"):
            gathered.tell("A sheet that is only a chart, left out", _place(sheet.title))
            continue
        table = _table(workbook, sheet, colours, gathered)
        if table.rows:
            if sheet.sheet_state != "visible":
                gathered.tell("A hidden sheet, read like the others", _place(sheet.title))
            yield table


def _table(workbook: Workbook, sheet: Any, colours: Colours, gathered: Gathered) -> Table:
    name, last = sheet.title, 0
    grid: Grid = {}
    with workbook._archive.open(sheet._worksheet_path) as source:
        reader = SheetReader(source, workbook, sheet._shared_strings, colours)
        for number, cells in reader.rows():
            gathered.count(sum(bool(cell.text) for cell in cells.values()), len(cells))
            far = bool(grid) and number - last > FARTHEST
            for column, cell in cells.items():
                gathered.weigh(cell.text, _place(name, number, column))
                if cell.text.strip() and (far or column > WIDEST):
                    raise Unreadable(FAR_AWAY.format(place=_place(name, number, column)))
            near = {column: cell for column, cell in cells.items() if column <= WIDEST}
            if any(cell.text for cell in near.values()):
                grid[number], last = near, number
    width = max((column for cells in grid.values() for column, cell in cells.items() if cell.text), default=0)
    gathered.count(0, width * len(grid))
    _cover(grid, reader.held, width, name, gathered)
    _tell_held(reader.held, grid, width, name, gathered)
    _tell_attached(workbook, sheet, gathered)
    rows = (
        Row(number, tuple(cells.get(column, EMPTY) for column in range(1, width + 1)))
        for number, cells in sorted(grid.items())
    )
    return Table(name, tuple(rows))


def _cover(grid: Grid, held: Held, width: int, name: str, gathered: Gathered) -> None:
    """What lies under merged cells says where they began. Only rows that hold something are gone through."""
    numbers = sorted(grid)
    covered = 0
    for left, top, right, bottom in held.merged:
        begins = grid.get(top, {}).get(left, EMPTY)
        for number in _within(numbers, top, bottom):
            columns = range(left, min(right, width) + 1)
            covered += len(columns) + 1
            if covered > MOST_PLACES:
                raise Unreadable(TOO_MANY)
            for column in columns:
                if (number, column) == (top, left):
                    continue
                under = grid[number].get(column, EMPTY)
                if under.text:
                    gathered.tell(
                        "Words under a merged cell, left out", _place(name, number, column), under.text
                    )
                reach = Reach.LEFT if number == top else Reach.ABOVE
                grid[number][column] = Cell(colour=begins.colour, covered=reach)


def _within(numbers: list[int], first: int, last: int) -> Iterable[int]:
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]


def _tell_held(held: Held, grid: Grid, width: int, name: str, gathered: Gathered) -> None:
    hidden = sorted(held.hidden_rows & grid.keys())
    if hidden:
        gathered.tell("Hidden rows, read like the others", f"{_place(name)}, {_spans('row', hidden)}")
    columns = sorted(
        {each for first, last in held.hidden_columns for each in range(first, min(last, width) + 1)}
    )
    filled = {column for cells in grid.values() for column, cell in cells.items() if cell.text}
    shown = [get_column_letter(column) for column in columns if column in filled]
    if shown:
        gathered.tell(
            "Hidden columns, read like the others",
            f"{_place(name)}, column{'s' * (len(shown) > 1)} {', '.join(shown)}",
        )
    for row, column, formula in held.unvalued:
        gathered.tell(
            "A formula without a value: open the file in Excel, save it and bring it in again",
            _place(name, row, column),
            formula,
        )
    for row, column, shown_there in held.wrong:
        gathered.tell("A value that Excel cannot show", _place(name, row, column), shown_there)
    for area in held.ruled:
        gathered.tell(
            "Colours by a rule (conditional formatting), not read", f"{_place(name)} {area}".strip()
        )


def _spans(what: str, numbers: list[int]) -> str:
    """“rows 5–7, 12”"""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    written = ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in spans)
    return f"{what}{'s' * (len(numbers) > 1)} {written}"


def _tell_attached(workbook: Workbook, sheet: Any, gathered: Gathered) -> None:
    """Comments, pictures, charts and text boxes, which hang on a sheet and stand in none of its cells."""
    archive = workbook._archive
    path = get_rels_path(sheet._worksheet_path)
    if path not in archive.namelist():
        return
    for relation in get_dependents(archive, path):
        if relation.target not in archive.namelist():
            continue
        if relation.Type.endswith(COMMENTS):
            for comment in named(_parsed(archive, relation.target), "comment"):
                gathered.tell(
                    "A comment",
                    f"{_place(sheet.title)}, cell {comment.get('ref')}",
                    THREADED.sub("", _words(comment)),
                )
        elif relation.Type.endswith(DRAWING):
            for what, place, words in _drawn(_parsed(archive, relation.target)):
                gathered.tell(what, f"{_place(sheet.title)}{place}", words)


def _drawn(drawing: Any) -> Iterator[tuple[str, str, str]]:
    for anchor in drawing:
        place = ""
        row, column = anchor.find("{*}from/{*}row"), anchor.find("{*}from/{*}col")
        if row is not None and column is not None:
            place = f", cell {get_column_letter(int(column.text) + 1)}{int(row.text) + 1}"
        described = next((each.get("descr", "") for each in named(anchor, "cNvPr")), "")
        words = _words(anchor)
        if words:
            yield "A text box", place, words
        elif next(named(anchor, "graphicFrame"), None) is not None:
            yield "A chart or diagram", place, described
        elif next(named(anchor, "pic"), None) is not None:
            yield "A picture", place, described


def _parsed(archive: Any, path: str) -> Any:
    return fromstring(archive.read(path), forbid_dtd=True)


def _words(element: Any) -> str:
    return "".join(each.text or "" for each in named(element, "t")).strip()


def _place(sheet: str, row: int = 0, column: int = 0) -> str:
    return f"sheet “{sheet}”" + (f", cell {get_column_letter(column)}{row}" if row else "")
