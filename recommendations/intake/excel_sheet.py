"""One sheet of a workbook as openpyxl parses it, cell by cell: what is far away or empty costs nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from openpyxl.worksheet import _reader
from openpyxl.xml.functions import iterparse

from recommendations.intake.excel_shown import Colours, date_shown, number_shown
from recommendations.intake.gathering import clean
from recommendations.intake.rows import Cell

LAST_ROW = 1_048_576
VALUE_OF_STRING = "str"


@dataclass
class Held:
    """What a sheet holds beside its cells. Spans are (first, last), areas (left, top, right, bottom), all from one."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    ruled: list[str] = field(default_factory=list)
    unvalued: list[tuple[int, int, str]] = field(default_factory=list)
    wrong: list[tuple[int, int, str]] = field(default_factory=list)


class SheetReader(_reader.WorkSheetParser):  # type: ignore[misc] # openpyxl says no types
    """openpyxl's own parser of cells, without the parts that unfold ranges."""

    def __init__(self, source: Any, workbook: Workbook, strings: Any, colours: Colours) -> None:
        super().__init__(
            source,
            strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        self.held = Held()
        self._workbook, self._colours = workbook, colours
        self._styles: dict[int, tuple[str, str]] = {}
        self._blank: dict[str, Cell] = {}

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Rows that hold something, each with its cells by column, both counted from one."""
        for _, element in iterparse(self.source):
            tag = element.tag
            if tag == _reader.ROW_TAG:
                number, cells = self.parse_row(element)
                if element.get("hidden") in {"1", "true"}:
                    self.held.hidden_rows.add(number)
                kept = {each["column"]: each["shown"] for each in cells if each["shown"] is not None}
                element.clear()
                if kept and 0 < number <= LAST_ROW:
                    yield number, kept
            elif tag == _reader.COL_TAG and element.get("hidden") in {"1", "true"}:
                self.held.hidden_columns.append((int(element.get("min")), int(element.get("max"))))
            elif tag == _reader.MERGE_TAG:
                self.held.merged = [range_boundaries(each.get("ref")) for each in element]
            elif tag == _reader.CF_TAG or tag.endswith("}conditionalFormattings"):
                self.held.ruled.append(element.get("sqref", ""))

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """What openpyxl says of a cell, and under `shown` the cell as a person sees it: none where it holds nothing."""
        cell: dict[str, Any] = super().parse_cell(element)
        value, kind = cell["value"], cell["data_type"]
        colour, code = self._style(cell["style_id"])
        day = None
        if value is None:
            text = ""
            self._look_for_formula(element, cell)
        elif kind == "d" or (kind == "n" and not isinstance(value, bool | int | float)):
            text, day = date_shown(value, code)
        elif kind == "b":
            text = "TRUE" if value else "FALSE"
        elif kind == "n":
            text = number_shown(value, code)
        else:
            text = clean(unescape(str(value)))
        if kind == "e":
            text = element.findtext(_reader.VALUE_TAG) or ""
            self.held.wrong.append((cell["row"], cell["column"], text))
        if text or day:
            cell["shown"] = Cell(text, day, colour)
        else:
            cell["shown"] = self._blank.setdefault(colour, Cell(colour=colour)) if colour else None
        return cell

    def _look_for_formula(self, element: Any, cell: dict[str, Any]) -> None:
        formula = element.find(_reader.FORMULA_TAG)
        if formula is None:
            return
        # A formula whose value is no words at all has one.
        if element.get("t") != VALUE_OF_STRING or element.find(_reader.VALUE_TAG) is None:
            self.held.unvalued.append((cell["row"], cell["column"], f"={formula.text or ''}"))

    def _style(self, number: int) -> tuple[str, str]:
        """The colour and the number format of a style; each is looked up once."""
        if number not in self._styles:
            style = self._workbook._cell_styles[number]
            colour = self._colours.of(self._workbook._fills[style.fillId])
            self._styles[number] = colour, self._format(style.numFmtId)
        return self._styles[number]

    def _format(self, number: int) -> str:
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return str(BUILTIN_FORMATS.get(number, "General"))
        own = self._workbook._number_formats[number - BUILTIN_FORMATS_MAX_SIZE :]
        return str(own[0]) if own else "General"
