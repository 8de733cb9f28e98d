"""The paper's drawings as pictures: drawn by what draws the PDF, so that both show the same."""

import hashlib
import io
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pypdfium2

from reports.word_making.xml import R, clean, run, w

SVG_SPACE = "http://www.w3.org/2000/svg"
SVG = f"{{{SVG_SPACE}}}svg"
# Four pictures' points to each of the drawing's, so that print is sharp.
SHARPNESS = 4
PIXEL, TWENTIETH = 9_525, 635  # in the units in which Word measures pictures
LONGEST_DESCRIPTION = 8_000
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True)
class Picture:
    """A drawing that stands somewhere in the paper."""

    number: int
    name: str
    words: str  # what it shows, for those who do not see it
    wide: float  # pixels of a page, of which there are 96 in an inch
    high: float

    def at_width(self, twentieths: int) -> list[Element]:
        wide = twentieths * TWENTIETH
        return self._drawing(wide, round(wide * self.high / self.wide))

    def at_own_size(self) -> list[Element]:
        return self._drawing(round(self.wide * PIXEL), round(self.high * PIXEL))

    def _drawing(self, wide: int, high: int) -> list[Element]:
        words, number = self.words[:LONGEST_DESCRIPTION], self.number
        size = {"cx": wide, "cy": high}
        inline = part(
            WP,
            "inline",
            part(WP, "extent", **size),
            part(WP, "docPr", id=number, name=f"Picture {number}", descr=words),
            part(WP, "cNvGraphicFramePr", part(A, "graphicFrameLocks", noChangeAspect=1)),
            part(A, "graphic", part(A, "graphicData", self._picture(size), uri=PIC)),
            **dict.fromkeys(("distT", "distB", "distL", "distR"), 0),
        )
        return [run(w("drawing", inline))]

    def _picture(self, size: dict[str, int]) -> Element:
        named = part(PIC, "cNvPr", id=self.number, name=self.name)
        source = part(A, "blip")
        source.set(f"{{{R}}}embed", self.name)
        fill = part(PIC, "blipFill", source, part(A, "stretch", part(A, "fillRect")))
        place = part(A, "xfrm", part(A, "off", x=0, y=0), part(A, "ext", **size))
        shape = part(PIC, "spPr", place, part(A, "prstGeom", part(A, "avLst"), prst="rect"))
        return part(PIC, "pic", part(PIC, "nvPicPr", named, part(PIC, "cNvPicPr")), fill, shape)


def part(space: str, tag: str, *children: Element, **attributes: object) -> Element:
    """An element of a drawing, whose attributes are in no namespace."""
    element = Element(f"{{{space}}}{tag}", {name: str(value) for name, value in attributes.items()})
    element.extend(children)
    return element


Drawing = tuple[str, float, float]  # its source, how wide it is and how high
Draw = Callable[[list[Drawing]], list[bytes]]


def pictures_of(root: Element, draw: Draw) -> tuple[dict[int, Picture], dict[str, bytes]]:
    """Each drawing of the page as a picture, and the bytes by their names; the same drawing is kept once."""
    found = list(root.iter(SVG))
    drawings: dict[str, Drawing] = {}
    pictures = {}
    for number, element in enumerate(found, start=1):
        source = _source(element)
        wide, high = (float(element.get(side, "14")) for side in ("width", "height"))
        name = "picture-" + hashlib.sha256(source.encode()).hexdigest()[:16]
        drawings[name] = (source, wide, high)
        pictures[id(element)] = Picture(number, name, _description(element), wide, high)
    drawn = draw(list(drawings.values())) if drawings else []
    return pictures, dict(zip(drawings, drawn, strict=True))


def _source(element: Element) -> str:
    """The drawing as it stands in a page, where its elements bear no prefix."""
    copied = deepcopy(element)
    copied.tail = None
    for part in copied.iter():
        if isinstance(part.tag, str):
            part.tag = part.tag.removeprefix(f"{{{SVG_SPACE}}}")
    return ET.tostring(copied, encoding="unicode")


def _description(element: Element) -> str:
    told: Iterable[Element] = (child for child in element if child.tag in _TOLD)
    return clean(" ".join(" ".join("".join(child.itertext()).split()) for child in told))


_TOLD = (f"{{{SVG_SPACE}}}title", f"{{{SVG_SPACE}}}desc")


def page_of(drawings: list[Drawing]) -> tuple[str, str]:
    """All drawings as one document, each on a page of its size: its HTML and its style."""
    html = "".join(f'<div class="d{at}">{source}</div>' for at, (source, _, _) in enumerate(drawings))
    style = "body{margin:0} svg{display:block}" + "".join(
        f"@page d{at}{{size:{wide:g}px {high:g}px;margin:0}} .d{at}{{page:d{at}}}"
        for at, (_, wide, high) in enumerate(drawings)
    )
    return f'<html lang="en-GB"><body>{html}</body></html>', style


def rasterised(pdf: bytes) -> list[bytes]:
    """Each page of a PDF as a PNG."""
    made = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        kept = io.BytesIO()
        page.render(scale=SHARPNESS).to_pil().convert("RGB").save(kept, "PNG", optimize=True)
        made.append(kept.getvalue())
    document.close()
    return made
