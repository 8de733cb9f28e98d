"""A table of a Word document as rows of columns that line up, however its cells are merged and its borders dragged."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from recommendations.intake.gathering import EMPTY, TOO_WIDE, WIDEST, Gathered, Unreadable
from recommendations.intake.rows import Cell, Reach, Row, Table
from recommendations.intake.word_text import Words
from recommendations.intake.word_xml import Element, blocks, child, children, local, number, said

# A border that somebody dragged by less than 4.5 mm (in twentieths of a point) is meant to be the same: twice the
# margin of a cell, by which tables that are pasted together are off.
SLIVER = 256
# The width of a column whose width the file does not say.
USUAL = 1_000


@dataclass(frozen=True)
class Laid:
    """A cell of the file: the lines of the table's grid that it begins and ends at."""

    start: int
    end: int
    text: str
    colour: str
    goes_on: bool
    opens: bool


def read_table(table: Element, name: str, before: tuple[str, ...], words: Words, gathered: Gathered) -> Table:
    numbers: list[int] = []
    laid: list[list[Laid]] = []
    for count, row in enumerate(blocks(table, "tr"), start=1):
        place = f"{name}, row {count}"
        if child(row, "trPr", "del") is not None:
            gathered.tell("A row taken out as a tracked change, left out", place, _deleted(row))
            continue
        if child(row, "trPr", "ins") is not None:
            gathered.tell("A row put in as a tracked change, read as accepted", place)
        cells = _cells(row, place, words, gathered)
        gathered.count(sum(bool(cell.text) for cell in cells), len(cells))
        numbers.append(count)
        laid.append(cells)
    columns = _columns(
        laid, [number(each, name="w") for each in children(child(table, "tblGrid"), "gridCol")]
    )
    gathered.count(0, len(laid) * columns.count)
    rows = []
    above: set[int] = set()
    for count, cells in zip(numbers, laid, strict=True):
        row_cells, above = _row(cells, columns, above)
        rows.append(Row(count, row_cells))
    return Table(name, tuple(rows), before)


def _cells(row: Element, place: str, words: Words, gathered: Gathered) -> list[Laid]:
    laid: list[Laid] = []
    at = number(child(row, "trPr", "gridBefore"))
    for count, cell in enumerate(blocks(row, "tc"), start=1):
        words.place = f"{place}, cell {count}"
        text = words.all_of(cell)
        gathered.weigh(text, words.place)
        properties = child(cell, "tcPr")
        down, across = child(properties, "vMerge"), child(properties, "hMerge")
        end = at + max(1, number(child(properties, "gridSpan"), 1))
        goes_on = down is not None and said(down) != "restart"
        if across is not None and said(across) != "restart" and laid:
            # An old way to merge: the cell before it lies over this one.
            last = laid[-1]
            laid[-1] = Laid(last.start, end, last.text, last.colour, last.goes_on, last.opens)
        else:
            laid.append(Laid(at, end, text, _colour(properties), goes_on, down is not None))
        at = end
    return laid


def _colour(properties: Element | None) -> str:
    shade = child(properties, "shd")
    colour = said(shade, "color" if said(shade) == "solid" else "fill")
    return f"#{colour.lower()}" if len(colour) == 6 and colour.isalnum() else ""


def _deleted(row: Element) -> str:
    return "".join(each.text or "" for each in row.iter() if local(each) in {"t", "delText"})


@dataclass(frozen=True)
class Columns:
    """The lines of the grid at which columns begin; lines that nearly meet count as one."""

    starts: tuple[int, ...]
    lines: dict[int, int]

    @property
    def count(self) -> int:
        return len(self.starts)

    def of(self, laid: Laid) -> tuple[int, int]:
        """The first column of a cell, and the one after its last."""
        first = bisect_left(self.starts, self.lines[laid.start])
        return first, max(first + 1, bisect_left(self.starts, self.lines[laid.end]))


def _columns(laid: Sequence[Sequence[Laid]], widths: Sequence[int]) -> Columns:
    """No more columns than cells begin in: a grid has many lines that only single rows use."""
    used = sorted({line for row in laid for cell in row for line in (cell.start, cell.end)})
    lines = _joined(used, widths)
    if any(lines[cell.start] == lines[cell.end] for row in laid for cell in row):
        # A cell as narrow as that holds something: then every line counts.
        lines = {line: line for line in used}
    starts = tuple(sorted({lines[cell.start] for row in laid for cell in row}))
    if len(starts) > WIDEST:
        raise Unreadable(TOO_WIDE)
    return Columns(starts, lines)


def _joined(used: Sequence[int], widths: Sequence[int]) -> dict[int, int]:
    """Each line by the first of those that it nearly meets."""
    reached = [0]
    for width in widths:
        reached.append(reached[-1] + (width or USUAL))
    lines: dict[int, int] = {}
    first, first_at = -1, 0
    for line in used:
        at = reached[line] if line < len(reached) else reached[-1] + (line - len(reached) + 1) * USUAL
        if first < 0 or at - first_at >= SLIVER:
            first, first_at = line, at
        lines[line] = first
    return lines


def _row(laid: Sequence[Laid], columns: Columns, above: set[int]) -> tuple[tuple[Cell, ...], set[int]]:
    """The cells of a row, and the columns in which a cell may go on below."""
    cells = [EMPTY] * columns.count
    open_below = set()
    for each in laid:
        first, end = columns.of(each)
        covered = each.goes_on and first in above
        if each.opens:
            open_below.add(first)
        for column in range(first, min(end, columns.count)):
            cells[column] = Cell(colour=each.colour, covered=Reach.ABOVE if covered else Reach.LEFT)
        if not covered:
            cells[first] = Cell(each.text, colour=each.colour)
    return tuple(cells), open_below
