"""The page's elements, one after the other, as paragraphs, lists, tables and sections of a Word document."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reports.word_making import tables
from reports.word_making.contents import contents
from reports.word_making.pages import PAGES, Page, sections_end
from reports.word_making.paragraph import Look, Paragraph
from reports.word_making.pictures import SVG, Picture
from reports.word_making.reading import (
    HEADINGS,
    classes_of,
    is_block,
    list_style,
    nodes,
    paragraph_look,
    words_of,
)
from reports.word_making.styles import BULLETS, LEVELS, NUMBERS, PLAIN
from reports.word_making.xml import w

PLAIN_LISTS = {"rp-figures", "rp-legend", "rp-meanings", "rp-officers"}
DENSE = {"rp-minute", "rp-questions", "rp-part--across", "rp-part--small"}
COLUMNS = {"rp-columns": 3, "rp-pair": 2, "rp-legend": 3}
# From so many sections on, a paper has contents.
LONG = 6
AFTER_TABLE = 160
DOT = "· "  # the style sheet puts it there
MOST = 32_767


@dataclass(frozen=True)
class Known:
    """What is known beside the page: colours of ratings, widths of columns by class, pictures by their drawing."""

    ratings: dict[str, tuple[str, str]]
    widths: dict[str, float]
    pictures: dict[int, Picture]


@dataclass
class Body:
    """Writes down what it is given, in order."""

    known: Known
    out: list[Element] = field(default_factory=list)
    page: Page = PAGES["report"]
    columns: int = 1
    continues: bool = False
    starts: list[tuple[int, int]] = field(
        default_factory=list
    )  # of each numbered list its level and first number
    headings: list[tuple[int, str, str]] = field(default_factory=list)  # level, words, bookmark
    contents_at: int = -1
    _open: Paragraph | None = None
    _marker: tuple[int, int] | None = None
    _waiting: list[str] = field(default_factory=list)  # bookmarks for the next paragraph
    _names: dict[str, str] = field(default_factory=dict)
    _bookmarks: int = 0
    _begun: int = 0  # where the section begins

    def write(self, root: Element) -> list[Element]:
        """All of it, the last section's end included."""
        self.content(root, Look())
        self._contents()
        if not self.out or self.out[-1].tag.endswith("}tbl"):
            self.out.append(w("p", w("pPr", w("pStyle", val="Spacer"))))
        return [*self.out, sections_end(self.page, self.columns, continues=self.continues)]

    def content(self, element: Element, look: Look) -> None:
        """What stands in an element that is a block."""
        for node in nodes(element):
            if isinstance(node, Element) and is_block(node):
                self.close()
                self.block(node, look)
            else:
                self.inline(node, look)
        self.close()

    def block(self, element: Element, look: Look) -> None:
        self._note(element)
        classes = classes_of(element)
        if element.tag in HEADINGS:
            self._heading(element)
        elif element.tag in ("ul", "ol"):
            self._list_in_columns(element, look, classes)
        elif element.tag == "table":
            self.out.append(tables.Table(self, element, look).write())
        elif "rp-head--cover" in classes:
            self.page = PAGES["cover"]
            self.content(element, look)
            self._end_section()
            self.page = PAGES["report"]
        elif element.tag == "nav":
            self.contents_at = len(self.out)
        elif element.tag == SVG:
            self._chart(element, look)
        elif element.tag == "section" or classes & (DENSE | set(COLUMNS)):
            self._stretch(element, look, classes)
        else:
            self.content(element, paragraph_look(element, look, classes))

    def inline(self, node: Element | str, look: Look) -> None:
        if isinstance(node, str):
            if node.strip(" \t\n\r\f") or (self._open and not self._open.is_empty):
                self.paragraph(look).write(node, look)
            return
        self._note(node)
        classes = classes_of(node)
        if node.tag == "br":
            self.paragraph(look).break_line()
        elif node.tag == SVG:
            self._picture(node, look)
        elif "rp-count" in classes:
            self.paragraph(look).number(words_of(node))
        elif "rp-letter" in classes:
            slug = next((name.partition("--")[2] for name in classes if name.startswith("rp-letter--")), "")
            ground = self.known.ratings.get(slug, ("FFFFFF", "1B2326"))
            self.paragraph(look).letter(words_of(node), look.but(letter=ground, bold=True))
        else:
            self._words(node, look, classes)

    def _words(self, node: Element, look: Look, classes: set[str]) -> None:
        address = node.get("href", "") if node.tag == "a" else ""
        inner = look.but(
            bold=(look.bold and "rp-when" not in classes)
            or node.tag in ("strong", "b")
            or "rp-ref" in classes,
            italic=look.italic or node.tag in ("em", "i"),
            quiet=look.quiet or "rp-when" in classes,
            large=look.figures and node.tag == "strong",
            anchor=self.bookmark_name(address[1:]) if address.startswith("#") else look.anchor,
        )
        if "rp-when" in classes:
            self.inline(DOT, inner)
        for child in nodes(node):
            if isinstance(child, Element) and is_block(child):
                self.close()
                self.block(child, inner)
            else:
                self.inline(child, inner)

    # Paragraphs

    def paragraph(self, look: Look) -> Paragraph:
        """The one that is being written, or a new one."""
        if self._open is None:
            named = [(self._next_bookmark(), name) for name in self._waiting]
            below_table = bool(self.out) and self.out[-1].tag.endswith("}tbl")
            room = AFTER_TABLE if below_table and not look.style.startswith(("Heading", "Caption")) else 0
            self._open = Paragraph(look, self._marker, named, room)
            self._waiting, self._marker = [], None
        return self._open

    def close(self) -> None:
        if self._open is not None:
            if not self._open.is_empty:
                self.out.append(self._open.element())
            self._open = None

    def _next_bookmark(self) -> int:
        self._bookmarks += 1
        return self._bookmarks

    def _note(self, element: Element) -> None:
        """An address within the page becomes a bookmark where the next paragraph begins."""
        for key in (element.get("id"), element.get("data-bookmark")):
            if key and element.tag != SVG and self.bookmark_name(key) not in self._waiting:
                self._waiting.append(self.bookmark_name(key))

    def bookmark_name(self, key: str) -> str:
        """Letters, digits and underscores, at most forty, a different one for each key."""
        if key not in self._names:
            plain = re.sub("[^A-Za-z0-9]+", "_", key).strip("_")[:28]
            self._names[key] = f"at_{plain}_{len(self._names) + 1}"
        return self._names[key]

    # Kinds of block

    def _heading(self, element: Element) -> None:
        level = int(element.tag[1])
        if level == 2 and self.contents_at < 0:
            self.contents_at = len(self.out)
        name = f"_Toc{len(self.headings) + 1:08}"
        self._waiting.append(name)
        paragraph = self.paragraph(Look(HEADINGS[element.tag]))
        for node in nodes(element):
            self.inline(node, Look(HEADINGS[element.tag]))
        self.headings.append((level, " ".join(paragraph.words.split()), name))
        self.close()

    def _list_in_columns(self, element: Element, look: Look, classes: set[str]) -> None:
        columns = next((number for name, number in COLUMNS.items() if name in classes), 1)
        before = self.page
        if columns > 1:
            self._turn(before, columns, continues=True)
        self._list(element, look)
        if columns > 1:
            self._turn(before, continues=True)

    def _list(self, element: Element, look: Look) -> None:
        self._place_marker(look)
        level = min(look.level + 1, LEVELS - 1)
        plain = bool(classes_of(element) & PLAIN_LISTS)
        kind = PLAIN + 1 if plain else BULLETS + 1
        if element.tag == "ol":
            start = element.get("start", "1")
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
            self.starts.append((level, min(first, MOST)))
            kind = NUMBERS + len(self.starts)
        within = look.but(
            style=list_style(look),
            level=-1 if plain else level,
            figures="rp-figures" in classes_of(element),
        )
        for item in element:
            if isinstance(item.tag, str):
                self._note(item)
                self._marker = (kind, level)
                self.content(item, within)
                self._place_marker(look)

    def _place_marker(self, look: Look) -> None:
        """An item that has no words of its own still stands in the list."""
        if self._marker:
            self.out.append(Paragraph(look.but(style="ListParagraph"), self._marker).element())
            self._marker = None

    def _chart(self, element: Element, look: Look) -> None:
        self.paragraph(look.but(keep_next=True)).put(
            self.known.pictures[id(element)].at_width(self.page.width)
        )
        self.close()

    def _picture(self, element: Element, look: Look) -> None:
        self.paragraph(look).put(self.known.pictures[id(element)].at_own_size())

    def _stretch(self, element: Element, look: Look, classes: set[str]) -> None:
        """A part of the page that has a page setup, a density or columns of its own."""
        before = self.page
        columns = next((number for name, number in COLUMNS.items() if name in classes), 1)
        if "rp-part--across" in classes:
            self._turn(PAGES["across"])
        elif "rp-minute" in classes:
            self._turn(PAGES["minute"])
        elif "rp-part" in classes:
            self._turn(PAGES["report"])
        elif columns > 1:
            self._turn(self.page, columns, continues=True)
        dense = bool(classes & DENSE)
        self.content(element, look.but(style="Compact", dense=True) if dense else look)
        if columns > 1:
            self._turn(before, continues=True)
        elif "rp-minute" in classes:
            self._turn(before)

    def _turn(self, page: Page, columns: int = 1, *, continues: bool = False) -> None:
        """End the section, unless nothing stands in it, and begin another."""
        if self._begun < len(self.out) and not self._only_opening(page):
            self._end_section()
        self.page, self.columns, self.continues = page, columns, continues

    def _end_section(self) -> None:
        end = sections_end(self.page, self.columns, continues=self.continues)
        if not self.out or not self.out[-1].tag.endswith("}p"):
            self.out.append(w("p", w("pPr", w("pStyle", val="Spacer"))))
        self.out[-1][0].append(end)
        self._begun = len(self.out)

    def _only_opening(self, page: Page) -> bool:
        """The first part begins on the page of the paper's head."""
        return not any(level > 1 for level, *_ in self.headings) and page is self.page and self.columns == 1

    def _contents(self) -> None:
        """For a long paper: its sections, each a link, with the pages that Word works out."""
        found = [(words, name) for level, words, name in self.headings if level == 2]
        if len(found) >= LONG and self.contents_at >= 0:
            self.out.insert(self.contents_at, contents(found))
