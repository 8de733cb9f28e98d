"""A Word document as another program reads it, and a page of HTML as its readers do."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import docx
import tinyhtml5
from docx.document import Document
from docx.oxml.ns import qn

BLOCKS = {"article", "section", "header", "div", "p", "blockquote", "ul", "ol", "li", "table", "caption"}
BLOCKS |= {"thead", "tbody", "tr", "th", "td", "br", "h1", "h2", "h3", "h4"}
STANDING = {"rp-small", "rp-late"}
SVG = "{http://www.w3.org/2000/svg}svg"


class Word:
    """What python-docx finds in a document, and what stands in its package."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.document: Document = docx.Document(io.BytesIO(content))
        self.body = self.document.element.body

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [
            (int(paragraph.style.name[-1]), " ".join(paragraph.text.split()))
            for paragraph in self.document.paragraphs
            if paragraph.style.name.startswith("Heading")
        ]

    @property
    def words(self) -> list[str]:
        """In the order of the document; its contents are left out, which only repeat its headings."""
        return " ".join(_words_of_paragraph(paragraph) for paragraph in self.paragraphs).split()

    @property
    def paragraphs(self) -> Iterator[Element]:
        for paragraph in self.body.iter(qn("w:p")):
            if not any(ancestor.tag == qn("w:sdt") for ancestor in paragraph.iterancestors()):
                yield paragraph

    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.content)) as package:
            return {name: package.read(name) for name in package.namelist()}

    def all(self, tag: str) -> list[Element]:
        return list(self.body.iter(qn(tag)))


def _words_of_paragraph(paragraph: Element) -> str:
    shown = {qn("w:tab"): " ", qn("w:br"): " "}
    return "".join(
        (piece.text or "") if piece.tag == qn("w:t") else shown[piece.tag]
        for run in paragraph.iter(qn("w:r"))
        for piece in run
        if piece.tag == qn("w:t") or piece.tag in shown
    )


class Page:
    """A page of HTML, without its drawings."""

    def __init__(self, html: str) -> None:
        self.root = tinyhtml5.parse(html, namespace_html_elements=False)

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [
            (int(element.tag[1]), " ".join("".join(element.itertext()).split()))
            for element in self.root.iter()
            if element.tag in ("h1", "h2", "h3", "h4")
        ]

    @property
    def words(self) -> list[str]:
        return "".join(_words_of_element(self.root)).split()


def _words_of_element(element: Element) -> Iterator[str]:
    if element.tag in ("head", SVG) or not isinstance(element.tag, str):
        return
    classes = set(element.get("class", "").split())
    around = " " if element.tag in BLOCKS or classes & STANDING else ""
    yield around
    # The style sheet says this one.
    yield "· " if "rp-when" in classes else ""
    yield element.text or ""
    for child in element:
        yield from _words_of_element(child)
        yield child.tail or ""
    yield around
