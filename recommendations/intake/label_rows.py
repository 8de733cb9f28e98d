"""Rows that say something of a recommendation behind a label: “Outcome | Children are safer”, “Outcome: children are safer”."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recommendations.intake.headings import Meaning, best_meaning, is_heading
from recommendations.intake.rows import Cell, Row

OF_RECOMMENDATION = (Meaning.RECOMMENDATION, Meaning.OUTCOME, Meaning.THEME)
# Only words that are known to head such a column label one.
KNOWN = 0.85
LONGEST_HEADING = 4
INSIDE = re.compile(r"\s*(?P<label>[A-Z][^:\n]{2,40}):\s+(?=\S)")


@dataclass(frozen=True)
class Labelled:
    """What a row says of a recommendation, and in which column; `text` begins behind the label."""

    meaning: Meaning
    column: int
    text: str


def labelled(row: Row, *, narrowest: int = 3) -> tuple[Labelled, ...]:
    """What a row says behind labels and nothing else: one label with its value, two of them, or both in one cell.

    `narrowest` is how many columns its table has at least: in two a label and its value are headings and rows of many.
    """
    filled = [(column, cell) for column, cell in enumerate(row.cells) if cell.text.strip()]
    if len(filled) == 1 and len(row.cells) > 1:
        return _inside(*filled[0])
    if len(filled) not in (2, 4) or len(row.cells) < narrowest:
        return ()
    found = [
        Labelled(meaning, column, value.text.strip())
        for (_, label), (column, value) in zip(filled[::2], filled[1::2], strict=True)
        if (meaning := _meaning(label.text)) and not _heads(value.text)
    ]
    return tuple(found) if len(found) == len(filled) // 2 else ()


def outcome_in(text: str) -> str:
    """The outcome that a paragraph says behind its label; empty where it says something else."""
    match = INSIDE.match(text)
    return text[match.end() :].strip() if match and _meaning(match["label"]) == Meaning.OUTCOME else ""


def is_label_table(rows: Sequence[Row]) -> bool:
    """Whether every row of a table says something of a recommendation behind a label."""
    filled = [row for row in rows if any(cell.text.strip() for cell in row.cells)]
    return bool(filled) and all(labelled(row, narrowest=2) for row in filled)


def _heads(value: str) -> bool:
    """Whether what stands beside a label heads a column itself."""
    return len(value.split()) <= LONGEST_HEADING and is_heading(value.strip()) >= KNOWN


def _inside(column: int, cell: Cell) -> tuple[Labelled, ...]:
    # What is called a recommendation or a theme is read as a row of its own.
    outcome = outcome_in(cell.text)
    return (Labelled(Meaning.OUTCOME, column, outcome),) if outcome else ()


def _meaning(label: str) -> Meaning | None:
    """Which part of a recommendation a label names; none where it could as well head another column."""
    best, weight = best_meaning(label.strip().rstrip(":"))
    return best if best in OF_RECOMMENDATION and weight >= KNOWN else None
