"""Rows that hold one text only, as sections and notes do."""

import re

from recommendations.intake.numbers import reference_alone, reference_first
from recommendations.intake.rows import Reach, Row


def alone_in(row: Row) -> tuple[int, str, bool] | None:
    """The text of a row that holds one only: its column, and whether it lies over the whole width."""
    filled = [(column, cell) for column, cell in enumerate(row.cells) if cell.text.strip()]
    if (
        not filled
        or len({cell.text.strip() for _, cell in filled}) > 1
        or any(cell.day for _, cell in filled)
    ):
        return None
    column, cell = filled[0]
    covered = sum(other.covered == Reach.LEFT for other in row.cells[column + 1 :])
    spans = len(row.cells) == 1 or len(filled) == len(row.cells) > 2 or covered >= max(len(row.cells) - 2, 1)
    if len(filled) > 1 and not spans:
        return None
    return column, cell.text.strip(), spans


def shape_of(text: str) -> str:
    """What rows of the same kind have in common: capitals, a reference, or the word that they begin with."""
    if text.isupper():
        return "capitals"
    if reference := reference_first(text)[0] or reference_alone(text):
        begins = re.sub(r"\W.*", "", text.split(maxsplit=1)[0]).rstrip("0123456789").lower()
        return f"{begins}#{reference.count('.')}"
    return "words"
