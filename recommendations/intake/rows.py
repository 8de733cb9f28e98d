"""What a file holds before anybody understands it: tables of rows of cells, and what stands between them.

Word, Excel, CSV and JSON all become this. It crosses from the process that reads the file as JSON, and is kept so.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    WORD = "word"
    EXCEL = "excel"
    CSV = "csv"
    JSON = "json"


class Reach(StrEnum):
    """Where the merged cell began that lies over this one."""

    NOWHERE = ""
    LEFT = "left"
    ABOVE = "above"


@dataclass(frozen=True)
class Cell:
    """One cell as it is shown, its paragraphs on lines of their own.

    `day` is the date that a spreadsheet holds behind it; `colour` its background as #rrggbb, empty where it has none.
    A cell that a merged one lies over is empty and says by `covered` where that began.
    """

    text: str = ""
    day: date | None = None
    colour: str = ""
    covered: Reach = Reach.NOWHERE


@dataclass(frozen=True)
class Row:
    """`number` is the row as a person counts it: Excel's own number, the row of a Word table, the line of a CSV."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A sheet or a table, by the name that a person finds it under; `before` are the paragraphs that lead up to it."""

    name: str
    rows: tuple[Row, ...]
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """What the file holds beside its rows and what a person should know: a tracked change, a hidden sheet, a picture."""

    what: str
    place: str = ""
    words: str = ""


@dataclass(frozen=True)
class Source:
    """A file as rows. `after` are the paragraphs behind its last table."""

    kind: Kind
    tables: tuple[Table, ...]
    after: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, order=True)
class Place:
    """A cell of a source, counted from nought."""

    table: int
    row: int
    column: int
