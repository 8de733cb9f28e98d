"""The rows that head a table's columns: anywhere, in two lines, and repeated on every page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from recommendations.intake.calendars import MONTH_ALONE
from recommendations.intake.due_dates import is_date
from recommendations.intake.headings import Meaning, best_meaning, heading_key, is_heading, meanings_of
from recommendations.intake.label_rows import labelled
from recommendations.intake.rows import Reach, Row, Table

WITHIN = 60
LONG = 70
# The name of one round of reporting among several: “Q1”, “March”, “Update 2”.
ROUND = re.compile(
    r"(?:Q|qtr|quarter|update|period|month|week|round|meeting)\W{0,2}\d{1,2}"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heads:
    """The header rows of a table and, for each column, its heading; two lines of one are joined."""

    rows: tuple[int, ...]
    texts: tuple[str, ...]
    # The second lines below words that lie over several columns, by column.
    below: Mapping[int, str] = field(default_factory=dict)

    def heading(self, column: int) -> str:
        return self.texts[column] if column < len(self.texts) else ""

    def telling(self, column: int) -> str:
        """What says what a column holds: below “What inspectors said” over several columns the words of its own."""
        own = self.below.get(column, "")
        return own if is_heading(own) >= 0.5 else self.heading(column)

    @classmethod
    def at(cls, table: Table, rows: tuple[int, ...]) -> "Heads":
        """The headings where the header rows are given; rows below the first run of them repeat it."""
        first = [row for at, row in enumerate(rows) if row - at == rows[0]] if rows else []
        width = max((len(row.cells) for row in table.rows), default=0)
        lines = [_spread(table.rows[row], width) for row in first[:2]]
        texts = []
        below: dict[int, str] = {}
        for column in range(width):
            parts = dict.fromkeys(line[column] for line in lines if line[column])
            texts.append(" ".join(parts))
            if len(parts) == 2 and lines[0].count(lines[0][column]) > 1 and _is_of_words(lines[0][column]):
                below[column] = lines[1][column]
        return cls(rows, tuple(texts), below)


def _is_of_words(heading: str) -> bool:
    """Whether a heading over several columns says whose words stand below, and nothing of the days and posts beside them."""
    return best_meaning(heading)[0] in (Meaning.RECOMMENDATION, Meaning.OUTCOME, Meaning.ACTION)


def _spread(row: Row, width: int) -> list[str]:
    """The texts of a row, a merged one repeated over all that it lies over."""
    texts: list[str] = []
    for column in range(width):
        cell = row.cells[column] if column < len(row.cells) else None
        if cell is not None and cell.covered == Reach.LEFT and texts:
            texts.append(texts[-1])
        else:
            texts.append(" ".join(cell.text.split()) if cell is not None else "")
    return texts


def _filled(row: Row) -> list[str]:
    return [cell.text.strip() for cell in row.cells if cell.text.strip()]


def _weight(row: Row, known: Mapping[str, Meaning]) -> float:
    """How much a row looks like one of headings: the sum over its cells, nothing where too few of them do."""
    filled = _filled(row)
    if len(set(filled)) < 2 or labelled(row):
        return 0.0
    weights = [1.2 if heading_key(text) in known else is_heading(text) for text in filled]
    strong = sum(weight >= 0.5 for weight in weights)
    # Months that head a calendar, or ratings of each month, speak neither for nor against it.
    others = [text for text in filled if not MONTH_ALONE.fullmatch(text)]
    different = {meaning for text in filled for meaning, weight in meanings_of(text).items() if weight >= 0.5}
    different |= {known[heading_key(text)] for text in filled if heading_key(text) in known}
    dated = sum(is_date(text) for text in others)
    if strong < 2 or len(different) < 2 or strong < len(others) * 0.4 or dated > strong:
        return 0.0
    # Headings are short, and stand alone in their cells.
    long = sum(len(text) > LONG for text in filled)
    return sum(weights) - long * 0.5


def find_heads(table: Table, known: Mapping[str, Meaning]) -> Heads | None:
    """The header rows of a table: the best among its first rows, its second line, and where they are repeated."""
    weights = [(_weight(row, known), -number) for number, row in enumerate(table.rows[:WITHIN])]
    best, at = max(weights, default=(0.0, 0))
    if best < 1.5:
        return None
    first = -at
    # A row as good further up is the one; the other repeats it.
    rows = [first]
    width = max(len(row.cells) for row in table.rows)
    if first + 1 < len(table.rows) and _is_second_line(table.rows[first], table.rows[first + 1], width):
        rows.append(first + 1)
    elif (
        first > 0
        and not labelled(table.rows[first - 1])
        and table.rows[first - 1].number == table.rows[first].number - 1
        and _is_second_line(table.rows[first - 1], table.rows[first], width)
        and _heads_columns(table.rows[first - 1])
    ):
        rows.insert(0, first - 1)
    said = [[heading_key(text) for text in _filled(table.rows[row])] for row in rows]
    repeated = [
        number
        for number, row in enumerate(table.rows)
        if number not in rows and len(row.cells) > 1 and any(_says(row, keys) for keys in said)
    ]
    return Heads.at(table, (*rows, *(number for number in repeated if number > rows[0])))


def _says(row: Row, keys: list[str]) -> bool:
    """Whether its filled cells are these headings; mostly the first one tells that they are not."""
    filled = _filled(row)
    return len(filled) == len(keys) and all(
        heading_key(text) == key for text, key in zip(filled, keys, strict=True)
    )


def _heads_columns(row: Row) -> bool:
    return len(set(_filled(row))) > 1 and all(len(text) <= LONG for text in _filled(row))


def _is_second_line(upper: Row, lower: Row, width: int) -> bool:
    """Whether a row is the second line of the headings above it: short words below a spanning or missing heading."""
    above, below = _spread(upper, width), [" ".join(cell.text.split()) for cell in lower.cells]
    filled = [column for column, text in enumerate(below) if text]
    if not filled or any(len(below[column]) > LONG for column in filled):
        return False
    own = [
        column for column, cell in enumerate(upper.cells) if cell.text.strip() and not _spans(upper, column)
    ]
    beneath_own = [column for column in filled if column in own]
    if len(beneath_own) == len(own) and len(filled) >= len(own) and len(own) > 1:
        return False
    named = sum(is_heading(below[column]) > 0 or _is_period(below[column]) for column in filled)
    alone = [column for column in filled if column not in own]
    # Below a heading of its own stands a value, unless it is a word of headings too.
    values = sum(is_heading(below[column]) < 0.5 for column in beneath_own)
    return bool(alone) and named >= len(filled) * 0.5 and values == 0 and len(set(above)) > 1


def _is_period(text: str) -> bool:
    return is_date(text) or bool(is_heading(text)) or bool(ROUND.fullmatch(text))


def _spans(row: Row, column: int) -> bool:
    return column + 1 < len(row.cells) and row.cells[column + 1].covered == Reach.LEFT
