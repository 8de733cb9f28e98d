"""Tables whose numbers make a tree: 1 is a part of the plan, 1.1 what is to be better, 1.1.1 what is to be done."""

import re

from recommendations.intake.columns import TableMapping
from recommendations.intake.headings import Meaning
from recommendations.intake.rows import Row, Table

TREE = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?|[A-Z](?:\d{1,2})?")
# The row that sums up all others.
WHOLE = "0"
LETTERED = re.compile(r"([A-Z])\d{1,2}")
OF_ACTIONS = (Meaning.LEADS, Meaning.DUE, Meaning.PROGRESS, Meaning.STAGE, Meaning.RATING)


def branches_of(table: Table, mapping: TableMapping) -> dict[int, tuple[str, str]]:
    """The rows that others stand under: the reference and words of a recommendation, or a theme's words without one.

    Only where no column holds recommendations, and a row names nobody, no day and no status of its own; or nobody, where
    every other row names who leads it: a program that plans projects sums up dates and shares in the rows above.
    """
    if Meaning.RECOMMENDATION in mapping.columns or Meaning.ACTION not in mapping.columns:
        return {}
    numbered = {
        at: number
        for at, row in enumerate(table.rows)
        if at not in mapping.headers
        and (number := _text(row, mapping, Meaning.NUMBER) or _text(row, mapping, Meaning.REFERENCE))
        and TREE.fullmatch(number)
    }
    numbered = {at: number.rstrip(".") for at, number in numbered.items()}
    if epics := _epics(table, mapping):
        return epics
    parents = {_parent(number) for number in numbered.values()}
    over = {at: number for at, number in numbered.items() if number in parents or number == WHOLE}
    summed = all(bool(_text(table.rows[at], mapping, Meaning.LEADS)) == (at not in over) for at in numbered)
    found = {
        at: number
        for at, number in over.items()
        if summed or not any(_text(table.rows[at], mapping, meaning) for meaning in OF_ACTIONS)
    }
    above = {_parent(number) for number in found.values()}
    return {
        at: (
            "" if number in above or number == WHOLE else number,
            _text(table.rows[at], mapping, Meaning.ACTION),
        )
        for at, number in found.items()
    }


def _epics(table: Table, mapping: TableMapping) -> dict[int, tuple[str, str]]:
    """The rows that all others name by a key as what they answer: an epic among its tasks. Plain numbers are no keys."""
    rows = {at: row for at, row in enumerate(table.rows) if at not in mapping.headers}
    keys = {at: _text(row, mapping, Meaning.NUMBER) for at, row in rows.items()}
    named = {at: _text(row, mapping, Meaning.REFERENCE) for at, row in rows.items()}
    above = {at: key for at, key in keys.items() if not named[at]}
    are_keys = len(set(keys.values())) == len(keys) and not any(key.isdigit() for key in keys.values())
    if not above or not are_keys or {*named.values()} - {""} != {*above.values()}:
        return {}
    return {at: (key, _text(rows[at], mapping, Meaning.ACTION)) for at, key in above.items()}


def _parent(number: str) -> str:
    """1 of 1.2, A of A2; empty where it stands under nothing."""
    lettered = LETTERED.fullmatch(number)
    return lettered[1] if lettered else number.rpartition(".")[0]


def _text(row: Row, mapping: TableMapping, meaning: Meaning) -> str:
    """What a row says in the columns of a meaning."""
    cells = zip(mapping.columns, row.cells, strict=False)
    return " ".join(cell.text.strip() for column, cell in cells if column == meaning and cell.text.strip())
