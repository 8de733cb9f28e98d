"""What the readers of every kind of file share: how much they take in, and what they tell beside the rows.

Nothing here imports Django: it runs in the process that reads what somebody brought.
"""

import re
from collections import Counter

from recommendations.intake.rows import Cell, Notice

MOST_CELLS = 50_000
# Headings do not count: 5,000 rows of ten columns are 50,000 cells.
HEADINGS = 100
LONGEST_CELL = 100_000
WIDEST = 200
# With the empty cells between them.
MOST_PLACES = 1_000_000
MOST_OF_A_KIND = 200
MOST_NAMED = 20

EMPTY = Cell()
LINE_ENDS = re.compile(r"\r\n|[\r\v\f]")
# What no page can show and no database keeps.
UNSHOWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")

TOO_MANY = (
    f"It holds more than {MOST_CELLS:,} cells. Delete the sheets, tables or rows that are not part of the plan, "
    "or bring it in as several files."
)
TOO_WIDE = (
    f"A table in it has more than {WIDEST} columns. Delete the columns that are not part of the plan, "
    "save it and choose it again."
)


class Unreadable(Exception):
    """A file that is not taken in. Its sentences say what is wrong with it and what to do."""


def clean(text: str) -> str:
    """As it is shown: one kind of line end, and nothing that no page can show."""
    return UNSHOWN.sub("", LINE_ENDS.sub("\n", text))


class Gathered:
    """Counts what is read, and stops where it is too much; keeps what a person should be told of."""

    def __init__(self) -> None:
        self._cells = self._places = 0
        self._long: list[str] = []
        self._notices: list[Notice] = []
        self._more: Counter[str] = Counter()

    def count(self, filled: int, places: int) -> None:
        """Some cells that hold something, in a row that takes up so many places."""
        self._cells += filled
        self._places += places
        if self._cells > MOST_CELLS + HEADINGS or self._places > MOST_PLACES:
            raise Unreadable(TOO_MANY)

    def weigh(self, text: str, place: str) -> None:
        if len(text) > LONGEST_CELL:
            self._long.append(f"{place} holds {len(text):,} letters")

    def tell(self, what: str, place: str = "", words: str = "") -> None:
        """Something that the rows do not show. The same is not told more often than anybody would read."""
        self._more[what] += 1
        if self._more[what] <= MOST_OF_A_KIND:
            self._notices.append(Notice(what, place, clean(words)[:LONGEST_CELL]))

    def notices(self) -> tuple[Notice, ...]:
        """Everything told. Raises Unreadable where cells were too long, with each of them."""
        if self._long:
            named = "; ".join(self._long[:MOST_NAMED])
            raise Unreadable(
                f"{named}. {LONGEST_CELL:,} is the most that one cell may hold. Often a quotation mark that is not "
                "closed is the cause: mend it there, save the file and choose it again."
            )
        more = (
            Notice(f"{what}: {count - MOST_OF_A_KIND:,} more")
            for what, count in self._more.items()
            if count > MOST_OF_A_KIND
        )
        return (*self._notices, *more)
