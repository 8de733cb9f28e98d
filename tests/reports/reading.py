"""A PDF as its readers meet it: its text in order, its structure, its bookmarks."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf


@dataclass
class Element:
    """A node of the structure tree with the text of the pages that it holds."""

    tag: str
    page: int
    children: list["Element"] = field(default_factory=list)
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    alt: str = ""
    headers: int = 0

    def all(self, tag: str) -> list["Element"]:
        return [element for element in self.walk() if element.tag == tag]

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def words(self) -> str:
        return " ".join(" ".join(part.text for part in self.walk()).split())


class Paper:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.pages = [_Page(page) for page in self.pdf.pages]
        self.numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.tree = self._element(self.pdf.Root.StructTreeRoot.K, 0)

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)

    @property
    def bookmarks(self) -> list[tuple[int, str]]:
        """Depth and title, in order."""
        with self.pdf.open_outline() as outline:
            return list(_flat(outline.root, 1))

    @property
    def plan_tables(self) -> list[Element]:
        """The appendix's tables; each page that a table runs over has one of its own."""
        return [table for table in self.tree.all("Table") if "Outcome required" in table.words]

    @property
    def index_tables(self) -> list[Element]:
        """The tables of the index of changes, one for each page that they run over."""
        tables = self.tree.all("Table")
        return [table for table in tables if table.all("TR")[0].children[0].words == "Reference"]

    def _element(self, node: object, page: int) -> Element:
        if isinstance(node, pikepdf.Array):
            return Element("", page, [self._element(child, page) for child in node])
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            page = self.numbers.get(node.Pg.objgen, page) if "/Pg" in node else page
            element = Element(
                str(node.S)[1:], page, attributes=_attributes(node), alt=str(node.get("/Alt", ""))
            )
            element.headers = len(node.A.get("/Headers", [])) if "/A" in node else 0
            kids = node.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    element.text += self.pages[page].marked.get(kid, "")
                else:
                    element.children.append(self._element(kid, page))
            return element
        return Element("", page)


class _Page:
    """The text that a page shows, and the part of it under each mark."""

    def __init__(self, page: pikepdf.Page) -> None:
        self.landscape = page.mediabox[2] > page.mediabox[3]
        self.marked: dict[int, str] = {}
        fonts = {name: _meanings(font) for name, font in page.obj.Resources.Font.items()}
        shown, marks, meanings = [], [], {}
        for operands, operator in pikepdf.parse_content_stream(page):
            word = str(operator)
            if word == "BDC":
                marks.append(int(operands[1]["/MCID"]) if "/MCID" in operands[1] else -1)
            elif word == "BMC":
                marks.append(-1)
            elif word == "EMC":
                marks.pop()
            elif word == "Tf":
                meanings = fonts[str(operands[0])]
            elif word in ("Tj", "TJ"):
                text = _decoded(operands[0], meanings)
                shown.append(text)
                if marks and marks[-1] >= 0:
                    self.marked[marks[-1]] = self.marked.get(marks[-1], "") + text
        self.text = " ".join(shown)


def _decoded(operand: object, meanings: dict[int, str]) -> str:
    strings = [operand] if isinstance(operand, pikepdf.String) else operand
    text = ""
    for string in strings:
        if isinstance(string, pikepdf.String):
            codes = bytes(string)
            pairs = range(0, len(codes) - 1, 2)
            text += "".join(meanings.get(int.from_bytes(codes[at : at + 2], "big"), "?") for at in pairs)
    return text


def _meanings(font: pikepdf.Object) -> dict[int, str]:
    """What each glyph's code means, from the font's own table."""
    meanings = {}
    table = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, meaning in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            meanings[int(code, 16)] = bytes.fromhex(meaning).decode("utf-16-be")
    return meanings


def _attributes(node: pikepdf.Dictionary) -> dict[str, str]:
    attributes = node.get("/A")
    if not isinstance(attributes, pikepdf.Dictionary):
        return {}
    return {
        name[1:]: str(value) for name, value in attributes.items() if not isinstance(value, pikepdf.Array)
    }


def _flat(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, str(item.title)
        yield from _flat(item.children, depth + 1)
