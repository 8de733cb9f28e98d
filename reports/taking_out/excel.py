"""A plan as an Excel workbook: to be read and sorted, and to be filled in by a partner without an account.

Nothing in it is hidden, locked or worked out; cells are text or days. The same table makes the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from improvement.cells import RISKY
from recommendations.intake import own_words
from reports.taking_out import package
from reports.taking_out.key import Section, sections
from reports.taking_out.plan_table import COLUMNS, HEADINGS, PlanTable, Value
from reports.word_making.xml import clean

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
# Above the headings stand the title, the day, and what may be filled in.
HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 1
WIDTHS = {
    "Theme": 16,
    "Timescale": 14,
    "Reference": 11,
    "Recommendation": 44,
    "Outcome required": 38,
    "Number": 9,
    "Phase": 12,
    "Lead officers": 18,
    "Action": 50,
    "Due": 12,
    "Due as printed": 15,
    "Stage": 18,
    "Rating": 12,
    "Latest update": 56,
    "Updated on": 12,
    "Expected by": 13,
    "Update no.": 10,
}
KEY_WIDTHS = (24, 70, 40)
# Points. A row is as high as its words need: LibreOffice leaves one whose height nobody says at a single line.
LINE, HIGHEST_ROW = 15, 409
# Room that a line loses to words that go over to the next.
SPARE = 2
DAY = "dd/mm/yyyy"
A3 = "8"
# What Excel writes cells in unless it is told otherwise.
TYPEFACE = "Calibri"
INK, PAPER, FILLED_IN = "1B2326", "F1EDE5", "FFE08A"
# A word that Excel would read as a character: an underscore, x, four digits of hexadecimal and an underscore.
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
LINE_ENDS = re.compile("\r\n?")
# Of the rows below the headings; that of the headings stays.
OWN_HEIGHT = re.compile(rb'(<row r="(?:[5-9]|\d{2,})"[^>]*?) customHeight="1"')


class TooLongForExcel(Exception):
    """A text does not fit into a cell. Nothing is cut off: another format holds it."""

    def __init__(self, heading: str, reference: str, number: str, length: int) -> None:
        place = f"{reference} ({number})" if number else reference
        super().__init__(
            f"“{heading}” of {place} is {length:,} characters long, and a cell of Excel holds {LONGEST_CELL:,}. "
            "Take the plan out as Word, CSV or JSON."
        )


def made(table: PlanTable) -> bytes:
    """Raises TooLongForExcel."""
    book = Workbook()
    plan, key = book.active, book.create_sheet("Key")
    plan.title = "Plan"
    places = _write_key(key, table)
    _write_plan(plan, table)
    _offer(plan, places, len(table.rows))
    for sheet in (plan, key):
        _set_up_print(sheet, table)
    plan.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    told = book.properties
    told.title, told.creator, told.lastModifiedBy = clean(table.title), clean(table.council), ""
    told.subject, told.language = table.as_of, "en-GB"
    kept = io.BytesIO()
    book.save(kept)
    return package.packed(_fixed(kept, table.on, f"A{FIRST_ROW}:{_last(len(table.rows))}"))


def _font(size: int = 11, *, bold: bool = False) -> Font:
    return Font(name=TYPEFACE, size=size, bold=bold, color=INK)


# The sheet of the plan


def _write_plan(sheet: Worksheet, table: PlanTable) -> None:
    for row, (words, font) in enumerate(
        (
            (table.title, _font(16, bold=True)),
            (f"{table.as_of}.", _font()),
            (own_words.FILL_IN, _font()),
        ),
        start=1,
    ):
        cell = sheet.cell(row, 1)
        _write(cell, words)
        cell.font = font
    _write_head(sheet)
    looks = _looks(sheet)
    for row, values in enumerate(table.rows, start=FIRST_ROW):
        for at, value in enumerate(values):
            cell = sheet.cell(row, at + 1)
            cell._style = looks[at]
            if isinstance(value, str) and len(value) > LONGEST_CELL:
                raise TooLongForExcel(HEADINGS[at], str(values[2]), str(values[5] or ""), len(value))
            _write(cell, value)
        sheet.row_dimensions[row].height = min(LINE * _lines(values), HIGHEST_ROW)
    for at, heading in enumerate(HEADINGS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS[heading]
    sheet.freeze_panes = sheet.cell(FIRST_ROW, HEADINGS.index("Recommendation") + 1)
    shown = Table(displayName="Plan", ref=f"A{HEAD_ROW}:{_last(len(table.rows))}")
    shown.tableStyleInfo = TableStyleInfo(showRowStripes=False)
    sheet.add_table(shown)


def _lines(values: tuple[Value, ...]) -> int:
    """How many lines the fullest cell of a row takes."""
    return max(
        sum(
            -(-max(len(line), 1) // (WIDTHS[heading] - SPARE))
            for line in LINE_ENDS.sub("\n", value).split("\n")
        )
        if isinstance(value, str)
        else 1
        for heading, value in zip(HEADINGS, values, strict=True)
    )


def _write_head(sheet: Worksheet) -> None:
    line = Side(style="medium", color=INK)
    for at, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(HEAD_ROW, at, column.heading)
        cell.font = _font(bold=True)
        cell.fill = PatternFill("solid", fgColor=FILLED_IN if column.filled_in else PAPER)
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
        cell.border = Border(bottom=line)
    sheet.row_dimensions[HEAD_ROW].height = 32


def _looks(sheet: Worksheet) -> list[object]:
    """For each column the style of its cells, made once: making one for each cell costs more than all the rest."""
    looks = []
    line = Side(style="thin", color="CFC7B8")
    for column in COLUMNS:
        # A cell that stays empty lends its style to the others.
        cell = sheet.cell(1, len(COLUMNS) + 1)
        # Days to the left like words, or they run into what stands right of them.
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        cell.border = Border(bottom=line)
        cell.number_format = DAY if column.is_day else "General" if column.heading == "Update no." else "@"
        looks.append(cell._style)
        del sheet._cells[(1, len(COLUMNS) + 1)]
    return looks


def _write(cell: Cell, value: Value) -> None:
    """Text is text whatever it begins with; Excel shows it as it is and never works it out."""
    if isinstance(value, str):
        text = ESCAPE.sub("_x005F_", clean(LINE_ENDS.sub("\n", value)))
        if not text:
            return
        cell.value = text
        cell.data_type = "s"
        if value.startswith((*RISKY, "'")):
            cell.quotePrefix = True
    else:
        cell.value = value


def _last(rows: int) -> str:
    """The last cell of the table, which has a row for writing where the plan has none."""
    return f"{get_column_letter(len(COLUMNS))}{HEAD_ROW + max(rows, 1)}"


def _offer(sheet: Worksheet, places: dict[str, str], rows: int) -> None:
    """The lists to choose from, and what is said about the columns that are filled in."""
    asked = {
        "Stage": DataValidation("list", formula1=places["Stages"], allow_blank=True),
        "Rating": DataValidation("list", formula1=places["Rating key"], allow_blank=True),
        "Expected by": DataValidation(
            "date", operator="between", formula1="32874", formula2="73415", allow_blank=True
        ),
    }
    mistakes = {
        "Stage": "Choose one of the stages in the list.",
        "Rating": "Choose one of the ratings in the list, or leave it empty.",
        "Expected by": "Write a day, for example 31/03/2027, or leave it empty.",
    }
    for heading, rule in asked.items():
        rule.errorTitle, rule.error, rule.showErrorMessage = heading, mistakes[heading], True
        rule.promptTitle, rule.prompt, rule.showInputMessage = (
            f"{heading}: to fill in",
            mistakes[heading],
            True,
        )
        letter = get_column_letter(HEADINGS.index(heading) + 1)
        rule.add(f"{letter}{FIRST_ROW}:{letter}{HEAD_ROW + max(rows, 1)}")
        sheet.add_data_validation(rule)


# The sheet of the key


def _write_key(sheet: Worksheet, table: PlanTable) -> dict[str, str]:
    """Section under section; returns where the words of each stand, as a list to choose from names them."""
    title = sheet.cell(1, 1)
    _write(title, f"{own_words.KEY_TO}{table.title}")
    title.font = _font(16, bold=True)
    _write(sheet.cell(2, 1), f"{table.as_of}.")
    row, places = 4, {}
    for section in sections(table):
        row, places[section.title] = _write_section(sheet, row, section)
    for at, width in enumerate(KEY_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    return places


def _write_section(sheet: Worksheet, row: int, section: Section) -> tuple[int, str]:
    heading = sheet.cell(row, 1)
    _write(heading, section.title)
    heading.font = _font(13, bold=True)
    for at, words in enumerate(section.headings, start=1):
        cell = sheet.cell(row + 1, at)
        _write(cell, words)
        cell.font, cell.fill = _font(bold=True), PatternFill("solid", fgColor=PAPER)
    first = row + 2
    for row_at, values in enumerate(section.rows, start=first):
        for at, words in enumerate(values, start=1):
            cell = sheet.cell(row_at, at)
            _write(cell, words)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    last = first + max(len(section.rows), 1) - 1
    return last + 2, f"'Key'!${section.chosen}${first}:${section.chosen}${last}"


# Paper, and the package


def _set_up_print(sheet: Worksheet, table: PlanTable) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    # An ampersand begins a code of its own in a header or footer.
    sheet.oddHeader.left.text = clean(table.title).replace("&", "&&")
    sheet.oddHeader.right.text = clean(table.as_of).replace("&", "&&")
    sheet.oddFooter.right.text = "Page &P of &N"
    sheet.sheet_view.zoomScale = 90


def _fixed(kept: io.BytesIO, on: date, numbers: str) -> Iterator[tuple[str, bytes]]:
    """The package's parts without the moment of making, and with a word to Excel that text may look like a number."""
    moment = datetime.combine(on, time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    quiet = (
        f'<ignoredErrors><ignoredError sqref="{numbers}" numberStoredAsText="1"/></ignoredErrors>'.encode()
    )
    with zipfile.ZipFile(kept) as packed:
        for name in sorted(packed.namelist(), key=_order):
            content = packed.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:\w+ [^>]*>)[^<]*", rb"\g<1>" + moment, content)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<tableParts", quiet + b"<tableParts", 1)
                # So that a row grows with what is written into it.
                content = OWN_HEIGHT.sub(rb"\1", content)
            yield name, content


def _order(name: str) -> tuple[bool, str]:
    """What says of which type each part is comes first."""
    return name != "[Content_Types].xml", name
