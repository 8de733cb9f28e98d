"""What stands on every page outside its text: running title, marking, page number, and what runs on from the page before.

They are drawn when the parts are joined, because only then is it known how many pages there are; a part that is kept
from last time never holds a number that could have changed. They are marked as artifacts: a screen reader does not read
them between two lines of the text. Page numbers in the contents are drawn here too, and those are read.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from reports.merging import Joined, NumberedLink

MM, PIXEL = 72 / 25.4, 0.75
SIZE, CONTENTS_SIZE = 8.5, 10.5
QUIET, INK = "0.298 0.341 0.357 rg", "0.106 0.137 0.149 rg"
# From the page's edges, as the style sheet's margins leave room for them.
UPRIGHT = {"left": 30 * MM, "right": 26 * MM, "top": 13 * MM, "bottom": 12 * MM}
ACROSS = {"left": 14 * MM, "right": 14 * MM, "top": 9 * MM, "bottom": 8 * MM}
# How far "LAC3 continued" stands below the running title.
BELOW = 4.4 * MM
# The baseline of the last line of a link of the contents above its lower edge.
BASELINE = 5.2


@dataclass(frozen=True)
class Font:
    """A font of which the code and the width of each character are known."""

    name: str
    font: Any
    codes: dict[str, int]
    widths: dict[int, float]

    def width(self, text: str, size: float) -> float:
        return sum(self.widths.get(self.codes[character], 0) for character in text) * size / 1000

    def shown(self, text: str, x: float, y: float, size: float, colour: str) -> str:
        codes = "".join(f"{self.codes[character]:04x}" for character in text)
        return f"BT {colour} /{self.name} {size} Tf {x:.2f} {y:.2f} Td <{codes}> Tj ET"

    def cut(self, text: str, size: float, room: float) -> str:
        """The text, shortened where there is no room for it."""
        if self.width(text, size) <= room:
            return text
        while text and self.width(f"{text}…", size) > room:
            text = text[:-1].rstrip()
        return f"{text}…"


@dataclass(frozen=True)
class Folio:
    """What every page says."""

    running: str
    marking: str
    council: str
    regular: Font
    bold: Font


def fonts_from(path: Path, pdf: pikepdf.Pdf) -> tuple[Font, Font]:
    """The regular and the bold font of a page that shows every character which is needed."""
    with pikepdf.open(path) as carrier:
        found = {}
        for font in carrier.pages[0].obj.Resources.Font.values():
            name = "WB" if "Bold" in str(font.BaseFont) else "WR"
            own = pdf.copy_foreign(font)
            found[name] = Font(name, own, codes_of(own), widths_of(own.DescendantFonts[0]))
        return found["WR"], found["WB"]


def codes_of(font: Any) -> dict[str, int]:
    """The code of each character, from the font's own table."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = (
        pair
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL)
        for pair in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block)
    )
    return {bytes.fromhex(meaning).decode("utf-16-be"): int(code, 16) for code, meaning in pairs}


def widths_of(descendant: Any) -> dict[int, float]:
    widths, listed = {}, list(descendant.W)
    while listed:
        first, then = int(listed.pop(0)), listed.pop(0)
        if isinstance(then, Array):
            widths.update({first + at: float(width) for at, width in enumerate(then)})
        else:
            width = float(listed.pop(0))
            widths.update(dict.fromkeys(range(first, int(then) + 1), width))
    return widths


def draw(joined: Joined, folio: Folio) -> None:
    """On every page of the file."""
    count = len(joined.pdf.pages)
    numbered: dict[int, list[NumberedLink]] = {}
    for link in joined.links:
        numbered.setdefault(link.page, []).append(link)
    for at, page in enumerate(joined.pdf.pages):
        lines = margin_lines(page, folio, f"Page {at + 1} of {count}", joined.notes[at], opens=at == 0)
        before = ["/Artifact <</Type /Pagination>> BDC", "q", *lines, "Q", "EMC", "q"]
        after = ["Q", *(line for link in numbered.get(at, ()) for line in number_lines(joined, link, folio))]
        contents = page.obj.Contents
        old = list(contents) if isinstance(contents, Array) else [contents]
        streams = [joined.pdf.make_stream("\n".join(lines).encode() + b"\n") for lines in (before, after)]
        page.obj.Contents = Array([streams[0], *old, streams[1]])
        lend_fonts(joined.pdf, page, folio)


def turned(page: pikepdf.Page) -> tuple[str, float, float]:
    """What turns the drawing as the page is turned, then the width and height that a reader sees."""
    left, bottom, right, top = (float(value) for value in page.mediabox)
    width, height = right - left, top - bottom
    return {
        90: (f"0 1 -1 0 {right} {bottom} cm", height, width),
        180: (f"-1 0 0 -1 {right} {top} cm", width, height),
        270: (f"0 -1 1 0 {left} {top} cm", height, width),
    }.get(int(page.obj.get("/Rotate", 0)) % 360, (f"1 0 0 1 {left} {bottom} cm", width, height))


def margin_lines(
    page: pikepdf.Page, folio: Folio, number: str, note: dict[str, Any], *, opens: bool
) -> list[str]:
    """`note` is what is known of the page: the margins of its text, and what runs on from the page before.

    The page that opens the paper has its title and its marking in the text itself.
    """
    turn, width, height = turned(page)
    place = ACROSS if width > height else UPRIGHT
    left = note["left"] * PIXEL if note else place["left"]
    right = width - (note["right"] * PIXEL if note else place["right"])
    top, bottom = height - place["top"], place["bottom"]
    regular, bold = folio.regular, folio.bold
    marking_at = right - bold.width(folio.marking, SIZE)
    running = regular.cut(folio.running, SIZE, marking_at - left - 6 * MM)
    number_at = right - regular.width(number, SIZE)
    head = [
        regular.shown(running, left, top, SIZE, QUIET),
        bold.shown(folio.marking, marking_at, top, SIZE, INK),
    ]
    lines = [
        turn,
        *(() if opens else head),
        regular.shown(regular.cut(folio.council, SIZE, number_at - left), left, bottom, SIZE, QUIET),
        regular.shown(number, number_at, bottom, SIZE, QUIET),
    ]
    if note.get("continues"):
        lines.append(bold.shown(f"{note['continues']} continued", left, top - BELOW, SIZE, INK))
    return lines


def number_lines(joined: Joined, link: NumberedLink, folio: Folio) -> list[str]:
    """The page number beside a link of the contents, as the end of what is read of that link."""
    page = joined.pdf.pages[link.page]
    on_page = joined.element_of(int(page.obj.StructParents))
    mark = len(on_page)
    on_page.append(link.element)
    link.element.K.append(mark)
    as_contents(link.element)
    _, first, right, second = (float(value) for value in link.annotation.Rect)
    # With a space before it, so that it is not read as the end of a word.
    number = f" {link.target + 1}"
    x = right - folio.regular.width(number, CONTENTS_SIZE)
    shown = folio.regular.shown(number, x, min(first, second) + BASELINE, CONTENTS_SIZE, INK)
    return [f"/Link <</MCID {mark}>> BDC", "q", shown, "Q", "EMC"]


def as_contents(element: Any) -> None:
    """A list of links is a table of contents where it is one."""
    for name in (Name.Reference, Name.TOCI, Name.TOC):
        element = element.P
        element.S = name


def lend_fonts(pdf: pikepdf.Pdf, page: pikepdf.Page, folio: Folio) -> None:
    """Let the page use the two fonts; the pages of a part share what they use."""
    resources = page.obj.get("/Resources")
    if resources is None:
        resources = page.obj.Resources = Dictionary()
    if "/Font" not in resources:
        resources.Font = Dictionary()
    for font in (folio.regular, folio.bold):
        if f"/{font.name}" not in resources.Font:
            resources.Font[f"/{font.name}"] = font.font
