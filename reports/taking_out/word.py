"""A plan as a Word document: one wide table that Word itself knows as one, with a heading row on every page.

Every row is whole and says which recommendation it belongs to, so nothing is merged. The words of a recommendation stand
in its first row only. The same table makes the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from reports.taking_out.key import Section, sections
from reports.taking_out.plan_table import HEADINGS, PlanTable, Value
from reports.word_making.package import Document, Properties, packed
from reports.word_making.pages import Page, sections_end
from reports.word_making.styles import INK
from reports.word_making.xml import clean, run, text, w

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Seventeen columns need the large sheet; a printer makes two thirds of it on A4.
ACROSS = Page("plan", 420, 297, 20, 14, 18, 14)
# A column is as wide as its longest word, so that no word or date is broken; these share what is left of the sheet.
ROOMY = {"Recommendation": 46, "Outcome required": 38, "Lead officers": 6, "Action": 54, "Latest update": 58}
# Twentieths of a point that a letter takes in the widest font that a machine is likely to have; a word is not let
# wider than so many letters; and the gap between two columns.
LETTER, BOLD_LETTER, LONGEST_WORD, GAP = 98, 122, 13, 110
MOST_IN_ROOMY = 15
KEY_WIDTH = 0.64  # of the sheet
KEY_SHARES = (1, 4, 2)
SAID_ONCE = {HEADINGS.index("Recommendation"), HEADINGS.index("Outcome required")}
REFERENCE = HEADINGS.index("Reference")
LINE_ENDS = re.compile("\r\n?")
LONGEST_ALT = 250
# A row with more letters in one cell may break over two pages.
SHORT = 400


def made(table: PlanTable) -> bytes:
    told = Properties(
        title=f"{table.title}, {table.as_of[:1].lower()}{table.as_of[1:]}",
        running=clean(table.title),
        subject=table.as_of,
        council=table.council,
        keywords=f"{table.plan}; {table.council}; improvement plan",
        marking=clean(table.as_of),
        status="Final",
        day=table.on.isoformat(),
        colour=table.colour.removeprefix("#").upper(),
    )
    rows = list(_rows(table))
    body = [
        _paragraph("Heading1", table.title),
        _paragraph("Subtitle", f"{table.as_of}."),
        _table("The plan", HEADINGS, rows, widths(rows)),
        *(part for section in sections(table) for part in _section(section)),
        sections_end(ACROSS, 1, continues=False),
    ]
    return packed(Document(told, body, [], {}, (ACROSS,)))


def _rows(table: PlanTable) -> Iterator[list[str]]:
    """The rows in words; what a recommendation says is said in its first row."""
    before = None
    for row in table.rows:
        again = row[REFERENCE] == before
        before = row[REFERENCE]
        yield ["" if again and at in SAID_ONCE else _words(value) for at, value in enumerate(row)]


def _words(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _section(section: Section) -> list[Element]:
    shares = KEY_SHARES[: len(section.headings)]
    wide = [round(ACROSS.width * KEY_WIDTH * share / sum(KEY_SHARES)) for share in shares]
    return [
        _paragraph("Heading2", section.title),
        _table(section.title, section.headings, section.rows, wide),
        w("p", w("pPr", w("pStyle", val="Spacer"))),
    ]


def widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide each column of the plan is, in twentieths of a point; all of them together fill the sheet."""
    least = [_longest_word(heading, (row[at] for row in rows)) for at, heading in enumerate(HEADINGS)]
    left = ACROSS.width - sum(least)
    return [
        room + round(left * ROOMY.get(heading, 0) / sum(ROOMY.values()))
        for heading, room in zip(HEADINGS, least, strict=True)
    ]


def _longest_word(heading: str, cells: Iterable[str]) -> int:
    letters = max((len(word) for cell in cells for word in cell.split()), default=0)
    bold = max(len(word) for word in heading.split())
    limit = MOST_IN_ROOMY if heading in ROOMY else LONGEST_WORD
    return max(min(letters, limit) * LETTER, bold * BOLD_LETTER) + GAP


# Elements of the document


def _paragraph(style: str, words: str) -> Element:
    return w("p", w("pPr", w("pStyle", val=style)), *([run(text(words))] if words else []))


def _table(
    name: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    wide: Sequence[int],
) -> Element:
    look = {"val": "0420", "firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0}
    marks = w(
        "tblPr",
        w("tblStyle", val="PaperTable"),
        w("tblW", w=sum(wide), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("right", w=GAP, type="dxa")),
        w("tblLook", **look, noHBand=1, noVBand=1),
        w("tblCaption", val=name),
        w("tblDescription", val=f"Columns: {', '.join(headings)}."[:LONGEST_ALT]),
    )
    table = w("tbl", marks, w("tblGrid", *(w("gridCol", w=width) for width in wide)))
    table.append(_row(headings, wide, heads=True))
    table.extend(_row(row, wide) for row in rows)
    return table


def _row(cells: Sequence[str], wide: Sequence[int], *, heads: bool = False) -> Element:
    marks = w("trPr")
    if heads or all(len(words) <= SHORT for words in cells):
        marks.append(w("cantSplit"))
    if heads:
        marks.append(w("tblHeader"))
    row = w("tr", *([marks] if len(marks) else []))
    row.extend(_cell(words, width, heads=heads) for words, width in zip(cells, wide, strict=True))
    return row


def _cell(words: str, width: int, *, heads: bool) -> Element:
    """Each line of the words is a paragraph."""
    bold = (w("b"), w("bCs"), w("color", val=INK)) if heads else ()
    lines = LINE_ENDS.sub("\n", words).split("\n")
    paragraphs = (
        w(
            "p",
            w("pPr", w("pStyle", val="TableDense"), *([w("keepNext")] if heads else [])),
            *([run(text(line), marks=bold)] if line else []),
        )
        for line in lines
    )
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *paragraphs)
