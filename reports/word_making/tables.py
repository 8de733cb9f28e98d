"""Tables: real header rows that repeat, widths from the style sheet, rows that stay whole where they are short."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from reports.word_making.paragraph import Look
from reports.word_making.reading import classes_of, words_of
from reports.word_making.styles import CELL_GAP, INK, LINE, TINT
from reports.word_making.xml import w

if TYPE_CHECKING:
    from reports.word_making.body import Body

# A row stays on one page when none of its cells is longer than this.
SHORT = 400
SHADED = {"rp-band"}
WHOLE_TABLES = {"rp-clearance", "rp-longest", "rp-key", "rp-block"}
LONGEST_TITLE = 250
NOTHING = "nil"


class Table:
    """A table of the page, on its way into Word."""

    def __init__(self, body: "Body", element: Element, look: Look) -> None:
        self.body = body
        self.element = element
        self.classes = classes_of(element)
        self.dense = look.dense
        self.look = Look(style="TableDense" if look.dense else "TableText", dense=look.dense)
        self.caption = element.find("caption")
        self.head = list(element.iterfind("thead/tr"))
        self.groups = element.findall("tbody") or [element]
        self.rows = [*self.head, *(row for group in self.groups for row in group.findall("tr"))]

    def _write_caption(self) -> None:
        if self.caption is not None:
            self.body.content(self.caption, Look(style="Caption"))

    def write(self) -> Element:
        self._write_caption()
        if self.body.out and self.body.out[-1].tag.endswith("}tbl"):
            self.body.out.append(w("p", w("pPr", w("pStyle", val="Spacer"))))
        widths = self.widths()
        table = w("tbl", self._marks(widths), w("tblGrid", *(w("gridCol", w=width) for width in widths)))
        table.extend(self._row(row, widths, heads=True) for row in self.head)
        for group in self.groups:
            bold = "rp-whole" in classes_of(group)
            table.extend(self._row(row, widths, bold=bold) for row in group.findall("tr"))
        return table

    def _marks(self, widths: list[int]) -> Element:
        """In the order that the format lays down."""
        look = {"val": "04A0" if self.head else "0480", "firstRow": int(bool(self.head)), "firstColumn": 1}
        look |= {"lastRow": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
        return w(
            "tblPr",
            w("tblStyle", val="PaperTable"),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", **look),
            w("tblCaption", val=self.title()),
            w("tblDescription", val=self.description()),
        )

    def title(self) -> str:
        """What the table is, for those who do not see it: its caption, or the heading that it stands under."""
        if self.caption is not None:
            return words_of(self.caption)[:LONGEST_TITLE]
        return (self.body.headings[-1][1] if self.body.headings else "Table")[:LONGEST_TITLE]

    def description(self) -> str:
        if not self.head:
            return "Two columns: what it is, and what it says."
        names = ", ".join(words_of(cell) for cell in self.head[-1])
        return f"Columns: {names}."[:LONGEST_TITLE]

    # Columns

    def widths(self) -> list[int]:
        """Of each column, together as wide as the page: as the style sheet says, else by what stands in them."""
        known = self.body.known.widths
        named = [_named(column, known) for column in self.element.iterfind("colgroup/col")]
        if not named and self.head:
            named = [_named(cell, known) for cell in self.head[-1]]
        if not named:
            own = _named(self.element, known) or 30
            named = [own] + [None] * (self._columns() - 1)
        missing = [at for at, width in enumerate(named) if width is None]
        wanted = self._wanted()
        left = max(100 - sum(width or 0 for width in named), 5 * len(missing))
        together = sum(wanted[at] for at in missing) or 1
        shares = [left * wanted[at] / together if width is None else width for at, width in enumerate(named)]
        return [round(self.body.page.width * share / sum(shares)) for share in shares]

    def _columns(self) -> int:
        return max((sum(_span(cell) for cell in row) for row in self.rows), default=1)

    def _wanted(self) -> list[float]:
        """For each column how much room its words would like, within reason."""
        wanted = [6.0] * self._columns()
        for row in self.rows:
            if len(row) == len(wanted):
                for at, cell in enumerate(row):
                    words = words_of(cell)
                    longest = max((len(word) for word in words.split()), default=0)
                    wanted[at] = max(wanted[at], longest + 2, min(len(words), 48))
        return wanted

    # Rows and cells

    def _row(self, row: Element, widths: list[int], *, heads: bool = False, bold: bool = False) -> Element:
        classes = classes_of(row)
        opens = bool(classes & {"rp-band", "rp-phase"})
        marks = w("trPr")
        longest = max((len(words_of(cell)) for cell in row), default=0)
        if heads or opens or longest <= SHORT or classes & {"rp-keep"} or self.classes & WHOLE_TABLES:
            marks.append(w("cantSplit"))
        if heads:
            marks.append(w("tblHeader"))
        look = self.look.but(bold=heads or opens or bold, keep_next=heads or opens)
        cells, at = [], 0
        for cell in row:
            span = _span(cell)
            cells.append(self._cell(cell, sum(widths[at : at + span]), look, classes))
            at += span
        return w("tr", *([marks] if len(marks) else []), *cells)

    def _cell(self, cell: Element, width: int, look: Look, row: set[str]) -> Element:
        classes = classes_of(cell)
        marks = w("tcPr", w("tcW", w=width, type="dxa"))
        if _span(cell) > 1:
            marks.append(w("gridSpan", val=_span(cell)))
        if border := _border(row, classes):
            marks.append(border)
        if row & SHADED:
            marks.append(w("shd", val="clear", color="auto", fill=TINT))
        if "rp-day" in classes:
            marks.append(w("noWrap"))
        if row & SHADED:
            marks.append(w("tcMar", w("left", w=CELL_GAP // 2, type="dxa")))
        quiet = "rp-again" in classes or ("rp-block" in self.classes and cell.tag == "th")
        outside, self.body.out = self.body.out, []
        self.body.content(cell, look.but(right="rp-number" in classes, quiet=quiet))
        inside, self.body.out = self.body.out, outside
        if not inside or not inside[-1].tag.endswith("}p"):
            inside.append(w("p", w("pPr", w("pStyle", val=look.style))))
        return w("tc", marks, *inside)


def _border(row: set[str], cell: set[str]) -> Element | None:
    """Where a line differs from those of the other rows."""
    if "rp-band" in row:
        top = w("top", val="single", sz=8, space=0, color=INK)
        return w("tcBorders", top, w("bottom", val=NOTHING))
    if "rp-phase" in row:
        return w("tcBorders", w("bottom", val="single", sz=4, space=0, color=INK))
    if "rp-beside" in cell:
        top = (
            w("top", val=NOTHING) if "rp-again" in cell else w("top", val="single", sz=4, space=0, color=LINE)
        )
        return w("tcBorders", top, w("bottom", val=NOTHING))
    return None


def _named(element: Element, widths: dict[str, float]) -> float | None:
    return next((widths[name] for name in element.get("class", "").split() if name in widths), None)


def _span(cell: Element) -> int:
    span = cell.get("colspan", "1")
    return int(span) if span.isascii() and span.isdigit() and len(span) < 3 else 1
