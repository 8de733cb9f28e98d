"""A paper ready to be shown: one set of frozen dataclasses for the web page, the PDF and Word. Nothing is worked out here.

A paper has parts, each of which begins on a page of its own: the report itself, then each enclosure. A part has blocks;
each kind of block has a template of its own, and that template serves every form.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from improvement.models import Council, Plan, Rating
from recommendations import progress
from recommendations.models import Action
from reports.models import Audience

# A colour that is not one is not used: it goes into a style sheet.
COLOUR = re.compile(r"^#[0-9a-f]{6}$")
PLAIN_COLOUR = "#1d4f76"


@dataclass(frozen=True)
class Block:
    """A stretch of a part."""

    template: ClassVar[str]

    def pieces(self) -> tuple["Block", ...]:
        """Itself, cut where a page begins anyway, so that a file can print one piece after the other."""
        return (self,)


@dataclass(frozen=True)
class Heading(Block):
    """A heading; level 2 begins a section, 3 and 4 stand under it."""

    template: ClassVar[str] = "reports/blocks/_heading.html"
    text: str
    level: int = 2
    number: str = ""
    anchor: str = ""
    capitals: bool = False  # shown in capitals; the text itself is not


@dataclass(frozen=True)
class Words(Block):
    """Prose, as safe HTML; `kind` tells apart what looks different, such as what a committee is asked to decide."""

    template: ClassVar[str] = "reports/blocks/_words.html"
    html: SafeString
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """A line of a block of facts."""

    label: str
    lines: tuple[str, ...]
    capitals: bool = False  # the label is shown in capitals


@dataclass(frozen=True)
class Facts(Block):
    """A table of two columns: what it is, and what it says."""

    template: ClassVar[str] = "reports/blocks/_facts.html"
    rows: tuple[Row, ...]
    caption: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table. Its width is an even number of per cent, up to 60: the style sheet has one class for each."""

    label: str
    width: int
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in a table: words, what is said smaller beneath, and on the web page where it leads."""

    text: str
    small: str = ""
    strong: bool = False
    url: str = ""
    rating: Rating | None = None
    action: Action | None = None  # leads to the action
    query: str = ""  # leads to the list of just the actions that it counts


@dataclass(frozen=True)
class Table(Block):
    """A table whose first column heads its rows."""

    template: ClassVar[str] = "reports/blocks/_table.html"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "Nothing to show."

    def __iter__(self) -> Iterator[tuple[tuple[Column, Cell], ...]]:
        """Its rows, each cell beside its column."""
        return (tuple(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class Part:
    """What begins on a page of its own. `key` is its anchor."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    small: bool = False  # set small: for the papers of one page or two
    of: "Paper | None" = None  # inside a pack: the paper that it is of

    @property
    def opens(self) -> bool:
        """Whether it begins a paper inside a pack; then its first block bears the title."""
        return self.of is not None and self.of.parts[0].key == self.key


@dataclass(frozen=True)
class Uploaded(Part):
    """A PDF that an officer brought, named in the paper; its own pages follow where a file is made."""

    key_of_file: str = ""
    sha256: str = ""
    pages: int = 0


@dataclass(frozen=True)
class Paper:
    """The whole paper."""

    title: str
    council: str
    colour: str
    occasion: str  # whom it is for and when, in one line
    plan_name: str
    on: date
    audience: Audience
    parts: tuple[Part, ...]
    ratings: tuple[Rating, ...]
    rating_note: str
    head: tuple[Row, ...] = ()
    head_heading: str = ""
    capitals: bool = False  # the title is shown in capitals
    cover: bool = False
    draft: bool = False
    edition: str = ""  # of a correction: its version, what it corrects and why
    exempt_paragraphs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a window, a file's title and a reader of the title alone need."""
        return f"{self.title}: {self.occasion}" if self.occasion else self.title

    @property
    def marking(self) -> str:
        """What stands on every page of it."""
        return f"Draft – {self._kept_for}" if self.draft else self._kept_for

    @property
    def _kept_for(self) -> str:
        if self.audience == Audience.OPEN:
            return "Open"
        named = ", ".join(self.exempt_paragraphs)
        return (
            f"Exempt: paragraph{'s' if len(self.exempt_paragraphs) > 1 else ''} {named}"
            if named
            else "Exempt"
        )

    @property
    def head_facts(self) -> Facts:
        return Facts(self.head)

    @property
    def contents(self) -> tuple[Part, ...]:
        """The parts after the first: what a reader has to find."""
        return self.parts[1:]


def of_plan(plan: Plan, *, on: date, title: str, parts: Iterable[Part], occasion: str = "") -> Paper:
    """A paper that a plan makes without an author. Take the plan with its council and its rating scale."""
    return Paper(
        title=title,
        council=plan.council.name,
        colour=colour_of(plan.council),
        occasion=occasion,
        plan_name=plan.name,
        on=on,
        audience=Audience.OPEN,
        parts=tuple(parts),
        ratings=ratings_of(plan),
        rating_note=plan.rating_scale.note,
    )


def colour_of(council: Council) -> str:
    return council.colour if COLOUR.match(council.colour) else PLAIN_COLOUR


def ratings_of(plan: Plan) -> tuple[Rating, ...]:
    return tuple(rating for rating in progress.ratings_of(plan) if COLOUR.match(rating.colour))


def day(value: date) -> str:
    return date_format(value, "j F Y")
