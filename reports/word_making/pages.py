"""The pages of a paper in Word: upright for the report, across for the plan, each with its head and its foot."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reports.word_making.xml import R, field, run, text, w

# Twentieths of a point in a millimetre.
MM = 1440 / 25.4


@dataclass(frozen=True)
class Page:
    """A page setup; distances in millimetres, as in the style sheet of the PDF."""

    key: str
    wide: int
    high: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def width(self) -> int:
        """Of what is printed on it, in twentieths of a point."""
        return round((self.wide - self.left - self.right) * MM)

    @property
    def lies_across(self) -> bool:
        return self.wide > self.high


PAGES = {
    "cover": Page("report", 210, 297, 95, 26, 22, 30),
    "report": Page("report", 210, 297, 24, 26, 22, 30),
    "minute": Page("minute", 210, 297, 20, 20, 18, 20),
    "across": Page("across", 297, 210, 20, 14, 18, 14),
}


def head_name(page: Page) -> str:
    return f"header-{page.key}"


def foot_name(page: Page) -> str:
    return f"footer-{page.key}"


def sections_end(page: Page, columns: int, *, continues: bool) -> Element:
    """What Word keeps at the end of a section: the setup of its pages."""
    references = [
        w("headerReference", type="default"),
        w("footerReference", type="default"),
    ]
    for reference, name in zip(references, (head_name(page), foot_name(page)), strict=True):
        reference.set(f"{{{R}}}id", name)
    size = {"w": round(page.wide * MM), "h": round(page.high * MM)}
    across = {"orient": "landscape"} if page.lies_across else {}
    margins = {
        side: round(getattr(page, side) * MM)  # the four that a page has
        for side in ("top", "right", "bottom", "left")
    }
    return w(
        "sectPr",
        *references,
        w("type", val="continuous" if continues else "nextPage"),
        w("pgSz", **size, **across),
        w("pgMar", **margins, header=round(10 * MM), footer=round(8 * MM), gutter=0),
        w("cols", num=columns, space=round(8 * MM)),
    )


def head(page: Page, title: str, marking: str) -> Element:
    """The running title, and whom the paper is for."""
    bold = (w("b"), w("bCs"), w("color", val="1B2326"))
    line = (run(text(title)), run(w("tab")), run(text(marking), marks=bold))
    return w("hdr", w("p", _marks("Header", page), *line))


def foot(page: Page) -> Element:
    """Page x of y, counted by Word."""
    words = (
        run(w("tab")),
        run(text("Page ")),
        *field("PAGE", "1"),
        run(text(" of ")),
        *field("NUMPAGES", "1"),
    )
    return w("ftr", w("p", _marks("Footer", page), *words))


def _marks(style: str, page: Page) -> Element:
    tabs = w("tabs", w("tab", val="clear", pos=8731), w("tab", val="right", pos=page.width))
    return w("pPr", w("pStyle", val=style), tabs)
