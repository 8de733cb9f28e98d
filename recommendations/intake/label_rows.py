"""Rows that say something of a recommendation behind a label: “Outcome | Children are safer”, “Outcome: children are safer”."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recommendations.intake.entries import REMARK
from recommendations.intake.headings import Meaning, best_meaning, is_heading
from recommendations.intake.numbers import NAMED, reference_alone
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
        Labelled(meaning, column, _called(label.text) + value.text.strip())
        for (_, label), (column, value) in zip(filled[::2], filled[1::2], strict=True)
        if (meaning := _meaning(label.text)) and not _heads(value.text)
    ]
    return tuple(found) if len(found) == len(filled) // 2 else ()


def update_below(row: Row) -> Labelled | None:
    """What a row below an action says of how it goes: “Update | The first were trained”; no words where none follow."""
    filled = [(column, cell.text.strip()) for column, cell in enumerate(row.cells) if cell.text.strip()]
    if not filled or len(filled) > 2 or len(row.cells) < 3:
        return None
    (column, label), (beside, words) = filled[0], filled[-1] if len(filled) > 1 else (filled[0][0], "")
    if not words and (match := INSIDE.match(label)) and not REMARK.match(label):
        label, words = match["label"], label[match.end() :].strip()
    meaning, weight = best_meaning(label.rstrip(": "))
    is_update = meaning == Meaning.PROGRESS and weight >= KNOWN and not _heads(words or "-")
    return Labelled(Meaning.PROGRESS, beside if words else column, words) if is_update else None


def outcome_in(text: str) -> str:
    """The outcome that a paragraph says behind its label; empty where it says something else."""
    match = INSIDE.match(text)
    return text[match.end() :].strip() if match and _meaning(match["label"]) == Meaning.OUTCOME else ""


def with_outcome(text: str) -> tuple[str, str]:
    """A recommendation's words, and the outcome that a line below them says behind its label."""
    lines = text.splitlines()
    for at, line in enumerate(lines[1:], start=1):
        if outcome := outcome_in(line):
            return "\n".join(lines[:at]).strip(), "\n".join((outcome, *lines[at + 1 :])).strip()
    return text, ""


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


def _called(label: str) -> str:
    """The label itself where it numbers the recommendation beside it: “Recommendation 4”."""
    label = label.strip().rstrip(":")
    return f"{label}: " if NAMED.match(label) and reference_alone(label) else ""


def _meaning(label: str) -> Meaning | None:
    """Which part of a recommendation a label names; none where it could as well head another column."""
    if _called(label):
        return Meaning.RECOMMENDATION
    best, weight = best_meaning(label.strip().rstrip(":"))
    return best if best in OF_RECOMMENDATION and weight >= KNOWN else None
