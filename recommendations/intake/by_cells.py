"""The columns of a table whose headings say nothing, by what their cells hold alone."""

from collections.abc import Iterator

from recommendations.intake.choosing import SEVERAL
from recommendations.intake.due_dates import is_date
from recommendations.intake.evidence import Profile, fits, is_rating, profile_of
from recommendations.intake.headings import Meaning
from recommendations.intake.post_keys import is_key
from recommendations.intake.rows import Cell, Table
from recommendations.intake.status_words import is_status

# What is seen for certain by the cells that hold it.
BESIDE = {Meaning.LEADS, Meaning.DUE, Meaning.STAGE, Meaning.RATING, Meaning.NUMBER}
LONGEST_HEAD = 60


def by_cells(table: Table) -> tuple[tuple[int, ...], tuple[Meaning, ...]]:
    """Header rows and columns of a table in a file where nothing known heads any column, by what its cells hold alone.

    No columns where its cells do not look like a plan's: long words, and beside them two of a day, a post, a status, a
    rating and a number.
    """
    width = max((len(row.cells) for row in table.rows), default=0)
    heads = _unknown_heads(table)
    profiles = [profile_of(table, column, heads) for column in range(width)]
    guessed = tuple(_guessed(profiles))
    beside = {meaning for meaning in guessed if meaning in BESIDE}
    if width < 3 or is_key(table) or Meaning.ACTION not in guessed or len(beside) < 2:
        return (), ()
    return heads, guessed


def _tells(cell: Cell) -> bool:
    """Whether a cell holds what stands beside an action, and heads no column."""
    text = cell.text.strip()
    return bool(cell.day or is_date(text) or is_status(text) or is_rating(text))


def _unknown_heads(table: Table) -> tuple[int, ...]:
    """The first row that fills its columns, where later rows tell days and statuses and it does not: unknown headings."""
    telling = [any(_tells(cell) for cell in row.cells) for row in table.rows]
    for number, row in enumerate(table.rows):
        filled = [cell.text.strip() for cell in row.cells if cell.text.strip()]
        if len(filled) > 2 and len(filled) > len(row.cells) * 0.6:
            short = all(len(text) <= LONGEST_HEAD for text in filled)
            return (number,) if short and not telling[number] and any(telling[number + 1 :]) else ()
    return ()


def _guessed(profiles: list[Profile]) -> Iterator[Meaning]:
    long = [column for column, profile in enumerate(profiles) if profile.length > 25]
    # Actions differ from row to row; what is said again and again is what they answer.
    most = max(
        long,
        key=lambda column: (profiles[column].different > 0.9, profiles[column].filled, -column),
        default=-1,
    )
    taken: set[Meaning] = set()
    for column, profile in enumerate(profiles):
        if column == most:
            yield Meaning.ACTION
            continue
        if column in long:
            meaning = Meaning.RECOMMENDATION if column < most else Meaning.PROGRESS
        else:
            first = Meaning.REFERENCE if profile.lettered > 0.5 or profile.repeated > 0.2 else Meaning.NUMBER
            asked = (first, Meaning.DUE, Meaning.RATING, Meaning.STAGE, Meaning.PHASE, Meaning.LEADS)
            meaning = max(asked, key=lambda one: fits(one, profile))
            meaning = meaning if fits(meaning, profile) > 0.2 else Meaning.KEPT
        yield Meaning.KEPT if meaning in taken and meaning not in SEVERAL else meaning
        taken.add(meaning)
