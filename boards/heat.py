"""Parts of a plan as a table whose cells are figures, shaded by their share of the row: the darker, the more."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from boards.charts import Link
from recommendations.progress import Figure, Part

# How many shades there are above none; each stands for the same share of a row.
SHADES = 4
COLUMNS = (
    "Actions",
    "Complete",
    "Should be finished",
    "Overdue",
    "Due in 30 days",
    "Not updated for 30 days",
)
# Columns that count good news are not shaded: shading says where to look.
SHADED = {"Overdue", "Due in 30 days", "Not updated for 30 days"}
To = Callable[[str], str]


def nowhere(key: str) -> str:
    """For parts without a page of their own."""
    return ""


@dataclass(frozen=True)
class Cell:
    """A figure and how dark its cell is, from 0 to 4; the number says the same."""

    column: str
    count: int
    url: str
    shade: int


@dataclass(frozen=True)
class Row:
    label: str
    hint: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Heat:
    title: str
    column: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    overlaps: bool
    csv: str = ""


def of(title: str, column: str, parts: Iterable[Part], link: Link, to: To, *, csv: str = "") -> Heat:
    """`to` turns a part's key into the address of its page; an action may stand in several rows of such a table.

    `csv` is the address of the same rows as a spreadsheet.
    """
    rows = tuple(Row(part.label, part.hint, to(part.key), _cells(part, link)) for part in parts)
    return Heat(title, column, COLUMNS, rows, overlaps=to is not nowhere, csv=csv)


def _cells(part: Part, link: Link) -> tuple[Cell, ...]:
    f = part.figures
    figures: tuple[Figure, ...] = (
        f.actions,
        f.complete,
        f.should_be_finished,
        f.overdue,
        f.due_soon,
        f.silent,
    )
    whole = f.actions.count
    return tuple(
        Cell(
            column=column,
            count=figure.count,
            url=link(figure.query) if figure.count else "",
            shade=shade(figure.count, whole) if column in SHADED else 0,
        )
        for column, figure in zip(COLUMNS, figures, strict=True)
    )


def shade(count: int, whole: int) -> int:
    """From 0 for none to 4 for more than three quarters."""
    return -(-SHADES * count // whole) if whole else 0
