"""A paragraph in the making: runs of words with their marks, white space as a browser would show it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from reports.word_making.styles import BAR_ROOM, LIST_STEP
from reports.word_making.xml import run, text, w

WHITE_SPACE = re.compile("[ \t\n\r\f]+")


@dataclass(frozen=True)
class Look:
    """What a paragraph and the words in it take from what they stand in."""

    style: str = "Normal"
    bold: bool = False
    italic: bool = False
    quiet: bool = False
    dense: bool = False
    asked: bool = False  # within what a committee is asked to decide
    keep_next: bool = False
    right: bool = False
    level: int = -1  # of the list that it stands in
    anchor: str = ""  # the bookmark that it leads to
    figures: bool = False  # within the figures that head a page
    large: bool = False
    letter: tuple[str, str] | None = None  # a rating's letter: its ground and its own colour

    def but(self, **changes: object) -> "Look":
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def marks(self) -> tuple[Element, ...]:
        """In the order that the format lays down."""
        marks = []
        if self.anchor or self.quiet:
            marks.append(w("rStyle", val="Hyperlink" if self.anchor else "Quiet"))
        if self.bold or self.letter:
            marks.extend((w("b"), w("bCs")))
        if self.italic:
            marks.extend((w("i"), w("iCs")))
        if self.letter:
            ground, own = self.letter
            marks.append(w("color", val=own))
        if self.large:
            marks.extend((w("sz", val=28), w("szCs", val=28)))
        if self.letter:
            marks.append(w("bdr", val="single", sz=4, space=0, color="1B2326"))
            marks.append(w("shd", val="clear", color="auto", fill=ground))
        return tuple(marks)


@dataclass
class Paragraph:
    """Becomes an element when something stands in it."""

    look: Look
    marker: tuple[int, int] | None = None  # its list and level, where it begins an item
    bookmarks: list[tuple[int, str]] = field(default_factory=list)
    room_above: int = 0
    content: list[Element] = field(default_factory=list)
    words: str = ""
    gap: bool = False  # white space waits for the next word
    begins: bool = True  # a line, so that white space in front of it does not show

    @property
    def is_empty(self) -> bool:
        return not self.content

    def write(self, words: str, look: Look) -> None:
        shown = WHITE_SPACE.sub(" ", words)
        self.gap = not self.begins and (self.gap or shown.startswith(" "))
        bare = shown.strip(" ")
        if not bare:
            return
        self._add(bare, look)
        self.gap = shown.endswith(" ")

    def letter(self, words: str, look: Look) -> None:
        """A rating's letter with a little of its ground on both sides."""
        self._add(f"\u00a0{words.strip()}\u00a0", look)

    def _add(self, words: str, look: Look) -> None:
        if self.gap and (look.anchor or look.letter):
            self.content.append(run(text(" ")))
        elif self.gap:
            words = f" {words}"
        self.words += words
        piece = run(text(words), marks=look.marks)
        self.content.append(w("hyperlink", piece, anchor=look.anchor) if look.anchor else piece)
        self.gap = self.begins = False

    def number(self, words: str) -> None:
        """The number that a paragraph bears, out in the margin."""
        self.words += f"{words} "
        self.content.extend((run(text(words)), run(w("tab"))))
        self.begins = True

    def break_line(self) -> None:
        self.content.append(run(w("br")))
        self.words += " "
        self.begins = True

    def put(self, elements: Iterable[Element]) -> None:
        """Something that is not words, such as a picture."""
        if self.gap:
            self.content.append(run(text(" ")))
        self.content.extend(elements)
        self.gap, self.begins = True, False

    def element(self) -> Element:
        starts = [w("bookmarkStart", id=number, name=name) for number, name in self.bookmarks]
        ends = [w("bookmarkEnd", id=number) for number, _ in self.bookmarks]
        return w("p", self._marks(), *starts, *self.content, *ends)

    def _marks(self) -> Element:
        """In the order that the format lays down."""
        look = self.look
        marks = w("pPr", w("pStyle", val=look.style))
        if look.keep_next:
            marks.append(w("keepNext"))
        if self.marker:
            marks.append(w("numPr", w("ilvl", val=self.marker[1]), w("numId", val=self.marker[0])))
        if self.room_above:
            marks.append(w("spacing", before=self.room_above))
        if look.level >= 0 and (look.asked or not self.marker):
            hanging = {"hanging": LIST_STEP} if self.marker else {}
            bar = BAR_ROOM if look.asked else 0
            marks.append(w("ind", left=LIST_STEP * (look.level + 1) + bar, **hanging))
        if look.right:
            marks.append(w("jc", val="right"))
        return marks
