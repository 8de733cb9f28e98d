"""The words of a Word document as they read once its tracked changes are accepted, and what else hangs on them."""

from collections.abc import Callable, Mapping

from docx2python.forms import get_checkBox_entry, get_ddList_entry

from recommendations.intake.gathering import Gathered, clean
from recommendations.intake.word_numbers import BULLET, ListNumbers
from recommendations.intake.word_xml import Element, blocks, child, is_on, local, said

SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "",
}
# What holds no words of the document, or words that it does not show.
SILENT = {"pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText", "delText", "tblPr", "tblGrid"}
# Signs that are written in a font of pictures, by their place in it.
PICTURED = {
    "FC": "✓",
    "FB": "✗",
    "FE": "☑",
    "FD": "☒",
    "A8": "☐",
    "6F": "☐",
    "6C": "●",
    "6E": "■",
    "B7": BULLET,
}
LOOKS = {"vanish": "Hidden", "strike": "Crossed out", "dstrike": "Crossed out"}
PICTURES, CHARTS = {"pic", "imagedata"}, {"chart", "relIds"}


class Words:
    """Reads paragraphs in their order. `place` is where it stands, for what is told beside the rows."""

    def __init__(self, gathered: Gathered, numbers: ListNumbers, notes: Mapping[str, Mapping[str, str]]):
        self.place = ""
        self.commented: set[str] = set()
        self._gathered, self._numbers, self._notes = gathered, numbers, notes
        self._own_ways: dict[str, Callable[[Element], str]] = {
            "t": lambda each: each.text or "",
            "delText": lambda each: "",
            "r": self._run,
            "del": self._taken_out,
            "moveFrom": self._taken_out,
            "ins": self._put_in,
            "moveTo": self._put_in,
            "sdt": self._control,
            "AlternateContent": self._first_way,
            "drawing": self._drawing,
            "pict": self._drawing,
            "object": self._drawing,
            "sym": self._symbol,
            "checkBox": get_checkBox_entry,
            "ddList": get_ddList_entry,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
            "commentReference": self._comment,
        }

    def all_of(self, container: Element) -> str:
        """The paragraphs of a cell, a box or a page header, on lines of their own."""
        lines: list[str] = []
        joined = False
        for block in blocks(container, "p", "tbl"):
            if local(block) == "tbl":
                lines.extend(self._inner_table(block))
                joined = False
                continue
            line = self.paragraph(block)
            if joined:
                lines[-1] += line
            else:
                lines.append(line)
            # Where the end of a paragraph was taken out, the next one goes on in its line.
            joined = child(block, "pPr", "rPr", "del") is not None
        return "\n".join(lines).rstrip("\n")

    def paragraph(self, paragraph: Element) -> str:
        number = self._numbers.before(child(paragraph, "pPr"))
        words = clean(self._below(paragraph))
        if number == BULLET and not words.strip():
            return words
        return f"{number} {words}" if number and words else number or words

    def _below(self, element: Element) -> str:
        parts = []
        for each in element:
            name = local(each)
            if name in SIGNS:
                parts.append(SIGNS[name])
            elif name in self._own_ways:
                parts.append(self._own_ways[name](each))
            elif name not in SILENT:
                parts.append(self._below(each))
        return "".join(parts)

    def _run(self, run: Element) -> str:
        words = self._below(run)
        properties = child(run, "rPr") if words.strip() else None
        if properties is not None:
            for name, what in LOOKS.items():
                if is_on(child(properties, name)):
                    self._tell(f"{what} words, read like the others", words)
        return words

    def _taken_out(self, change: Element) -> str:
        words = "".join(each.text or "" for each in change.iter() if local(each) in {"t", "delText"})
        if words.strip():
            self._tell("Words taken out as a tracked change, left out", words)
        return ""

    def _put_in(self, change: Element) -> str:
        words = self._below(change)
        if words.strip():
            self._tell("Words put in as a tracked change, read as accepted", words)
        return words

    def _control(self, control: Element) -> str:
        """A content control; one that nobody filled in only says what to do with it."""
        content = child(control, "sdtContent")
        if content is None or is_on(child(control, "sdtPr", "showingPlcHdr")):
            return ""
        return self._below(content)

    def _first_way(self, ways: Element) -> str:
        """The same thing for newer and older programs: read once."""
        way = child(ways, "Choice")
        if way is None:
            way = child(ways, "Fallback")
        return self._below(way) if way is not None else ""

    def _drawing(self, drawing: Element) -> str:
        """A picture, a chart or boxes of text: told, since none of them stands in a row."""
        boxes = [each for each in drawing.iter() if local(each) == "txbxContent"]
        for box in boxes:
            words = self.all_of(box)
            if words.strip():
                self._tell("A text box", words)
        names = {local(each) for each in drawing.iter()}
        described = next((said(each, "descr") for each in drawing.iter() if local(each) == "docPr"), "")
        if names & CHARTS:
            self._tell("A chart or diagram", described)
        elif names & PICTURES:
            self._tell("A picture", described)
        elif not boxes:
            self._tell("A drawing", described)
        return ""

    def _symbol(self, symbol: Element) -> str:
        code = said(symbol, "char").upper()
        sign = PICTURED.get(code[-2:], "") if said(symbol, "font").startswith(("Wingdings", "Symbol")) else ""
        if not sign:
            self._tell("A symbol that cannot be read", f"{said(symbol, 'font')} {code}".strip())
        return sign

    def _note(self, reference: Element) -> str:
        name = local(reference).removesuffix("Reference")
        self._tell("A footnote", self._notes.get(name, {}).get(said(reference, "id"), ""))
        return ""

    def _comment(self, reference: Element) -> str:
        number = said(reference, "id")
        self.commented.add(number)
        self._tell("A comment", self._notes.get("comment", {}).get(number, ""))
        return ""

    def _inner_table(self, table: Element) -> list[str]:
        """Its rows as lines: no plan has a place for a table in a cell."""
        rows = [
            "\t".join(self.all_of(cell).replace("\n", " ") for cell in blocks(row, "tc"))
            for row in blocks(table, "tr")
        ]
        self._tell("A table inside a cell, read as lines of it", "\n".join(rows))
        return rows

    def _tell(self, what: str, words: str) -> None:
        self._gathered.tell(what, self.place, words.strip())
