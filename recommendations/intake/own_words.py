"""What Waymark writes into its own files beside the plan: titles, whose actions they hold, and the key.

It is written from here and known again from here, by its exact place and words, so that it is no loose end when a file
comes back. What somebody adds beside it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from recommendations.intake.dates import days_in
from recommendations.intake.read_json import HEADINGS, OF_ACTION, ONLY
from recommendations.intake.rows import Kind, Notice, Place, Row, Source, Table
from recommendations.models import Phase, Stage

DAY = r"As of (?P<day>[0-9]{1,2} [A-Z][a-z]+ [0-9]{4})"
AS_OF = re.compile(rf"{DAY}(?:\. {ONLY} (?P<only>.+))?\.", re.DOTALL)
# At the head and at the foot of each page of a document.
ON_EACH_PAGE = re.compile(rf".+\t{DAY}(?:\. {ONLY} .+)?|Page [0-9]+ of [0-9]+", re.DOTALL)
# The line above the headings of a workbook.
FILL_IN = (
    "To fill in: Stage, Rating, Latest update, Expected by. Nothing else is taken over unless whoever takes the file in "
    "chooses it. The sheet “Key” says more."
)
KEY_TO = "Key to "
# The parts of the key with their headings.
POSTS, RATINGS, STAGES, PHASES, COLUMNS = "Lead officers", "Rating key", "Stages", "Phases", "Columns"
KEY = {
    POSTS: ("Abbreviation", "Post", "Organisation"),
    RATINGS: ("Word", "Meaning", "Letter"),
    STAGES: ("Stage", "How it is reached"),
    PHASES: ("Phase",),
    COLUMNS: ("Column", "What it holds", "Read back"),
}
SAID = "Said by an update."
# How the stages that no update may say are reached.
BY_STEP = {
    Stage.AWAITING_SIGN_OFF: "Reached in Waymark by claiming the action complete. It may stay in the row.",
    Stage.COMPLETE: "Reached in Waymark when somebody else signs the action off. It may stay in the row.",
    Stage.WITHDRAWN: "Reached in Waymark by withdrawing the action. It may stay in the row.",
}
FILLED_IN, OFFERED, SHOWN_ONLY = "Yes: fill it in", "If it is chosen there", "No: shown only"
# What of an action is offered where it differs, beside what is filled in.
OFFERED_OF = {OF_ACTION["lead_officers"], OF_ACTION["action"], OF_ACTION["due_on"]}
LONGEST_LETTER = 4


@dataclass(frozen=True)
class Own:
    """The cells that hold nothing but Waymark's own words, and whose actions they say that the file holds.

    `as_of` is the day as of which it was taken out, where it says so. `notices` are those of the file without what stands at the head and foot of each page of a document of ours, and
    `organisations` those that the key names, by the abbreviation of the post.
    """

    notices: tuple[Notice, ...]
    places: frozenset[Place] = frozenset()
    as_of: date | None = None
    covers: str = ""
    organisations: Mapping[str, str] = field(default_factory=dict)


def as_of(on: date, only: str) -> str:
    """The day in words, and whose actions these are where they are not all; without its full stop."""
    day = f"As of {on:%-d %B %Y}"
    return f"{day}. {ONLY} {only}" if only else day


def stages() -> Iterator[tuple[str, str]]:
    for stage in Stage:
        yield str(stage.label), BY_STEP.get(stage, SAID)


def phases() -> tuple[str, ...]:
    return tuple(str(phase.label) for phase in Phase if phase != Phase.NONE)


def own_words(source: Source, plan_table: int, headers: tuple[int, ...]) -> Own:
    """Waymark's own words in a file that it wrote. `plan_table` is the table of the plan and `headers` its headings."""
    above = [_line(row) for row in source.tables[plan_table].rows[: min(headers, default=0)]]
    said = [AS_OF.fullmatch(words) for words in (*source.tables[plan_table].before, *above)]
    named = next((match for match in said if match), None)
    covers = " ".join((named["only"] or "").split()) if named else ""
    places: set[Place] = set()
    organisations: dict[str, str] = {}
    if source.kind == Kind.EXCEL:
        places = _above(source.tables[plan_table], plan_table, above)
    for number, table in enumerate(source.tables):
        if number != plan_table:
            places |= {Place(number, row, column) for row, column in _of_key(table, source.kind)}
            organisations |= _organisations(table)
    notices = source.notices
    if named:
        notices = tuple(each for each in notices if not ON_EACH_PAGE.fullmatch(each.words))
    day = next((found.on for found in days_in(named["day"])), None) if named else None
    return Own(notices, frozenset(places), day, covers, organisations)


def _line(row: Row) -> str:
    """The words of a row that has some in its first cell alone."""
    texts = [cell.text.strip() for cell in row.cells]
    return texts[0] if texts and not any(texts[1:]) else ""


def _above(table: Table, number: int, above: list[str]) -> set[Place]:
    """The title, the day and what is to be filled in, in the first three rows, where the last two are word for word ours."""
    ours = len(above) == 3 and [row.number for row in table.rows[:3]] == [1, 2, 3] and above[0]
    if ours and AS_OF.fullmatch(above[1]) and above[2] == FILL_IN:
        return {Place(number, row, 0) for row in range(3)}
    return set()


def _of_key(table: Table, kind: Kind) -> Iterator[tuple[int, int]]:
    """The cells of the key: on a sheet its parts one below the other, in Word and JSON each a table of its own."""
    rows = table.rows
    texts = [tuple(cell.text.strip() for cell in row.cells) for row in rows]
    if (
        kind == Kind.EXCEL
        and len(rows) > 1
        and _line(rows[0]).startswith(KEY_TO)
        and AS_OF.fullmatch(_line(rows[1]))
    ):
        yield from ((0, 0), (1, 0))
    for at, row in enumerate(texts):
        part = next((name for name, heads in KEY.items() if _filled(row) == heads), "")
        titled = at and _line(rows[at - 1]) == part and rows[at - 1].number == rows[at].number - 1
        if not part or (kind == Kind.EXCEL and not titled) or (kind != Kind.EXCEL and at):
            continue
        if titled:
            yield at - 1, 0
        yield from ((at, column) for column in range(len(KEY[part])))
        for below in range(at + 1, len(rows)):
            follows = rows[below].number == rows[below - 1].number + 1
            if not follows or not _is_of(part, texts[below]):
                break
            yield from ((below, column) for column in range(len(KEY[part])))


def _organisations(table: Table) -> dict[str, str]:
    """Of each post that a table of the key explains, by its abbreviation."""
    texts = [tuple(" ".join(cell.text.split()) for cell in row.cells) for row in table.rows]
    head = next((at for at, row in enumerate(texts) if _filled(row) == KEY[POSTS]), len(texts))
    posts = takewhile(lambda row: _is_of(POSTS, row), texts[head + 1 :])
    return {row[0]: row[2] for row in posts}


def _filled(row: tuple[str, ...]) -> tuple[str, ...]:
    """A row without the empty cells behind its words."""
    last = max((at for at, text in enumerate(row) if text), default=-1)
    return row[: last + 1]


def _is_of(part: str, row: tuple[str, ...]) -> bool:
    """Whether a row is one that the part of the key has."""
    first, second, third = (*row, "", "", "")[:3]
    is_of = {
        POSTS: bool(first and second and third),
        RATINGS: bool(first) and 0 < len(third) <= LONGEST_LETTER,
        STAGES: (first, second) in set(stages()),
        PHASES: first in phases(),
        COLUMNS: first in HEADINGS and bool(second) and third in (FILLED_IN, OFFERED, SHOWN_ONLY),
    }
    return is_of[part] and not any(row[len(KEY[part]) :])
