"""What a reader of the table needs beside it: its posts, ratings, stages, phases and columns, and what is read back."""

from dataclasses import dataclass

from recommendations.intake import own_words
from reports.taking_out.plan_table import COLUMNS, Column, PlanTable


@dataclass(frozen=True)
class Section:
    """A part of the key: a small table. `chosen` is the column whose words the rows of the plan use."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    chosen: str = "A"


def sections(table: PlanTable) -> tuple[Section, ...]:
    """In the words by which they are known again when the file comes back."""
    rows = {
        own_words.POSTS: tuple((post.abbreviation, post.title, post.organisation) for post in table.posts),
        own_words.RATINGS: tuple((rating.word, rating.meaning, rating.letter) for rating in table.ratings),
        own_words.STAGES: tuple(own_words.stages()),
        own_words.PHASES: tuple((phase,) for phase in own_words.phases()),
        own_words.COLUMNS: tuple((column.heading, column.holds, _read_back(column)) for column in COLUMNS),
    }
    return tuple(Section(title, headings, rows[title]) for title, headings in own_words.KEY.items())


def _read_back(column: Column) -> str:
    if column.filled_in:
        return own_words.FILLED_IN
    return own_words.OFFERED if column.heading in own_words.OFFERED_OF else own_words.SHOWN_ONLY
