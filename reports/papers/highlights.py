"""The highlight and exception report: two pages for the board, whatever the size of the plan.

The first page says what was done, the second what is going wrong and what the board has to decide. Lists are cut at a
fixed length and say how many more there are; texts are cut at a fixed number of characters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from django.utils.text import Truncator

from recommendations import challenge, progress
from recommendations.comparison import Comparison, Kind
from recommendations.models import Action, DueDateChange, Stage
from recommendations.models.action import ActionQuerySet
from recommendations.progress import Figures, Standing
from reports import charts
from reports.paper import Block, Cell, Column, Heading, Paper, Part, Table, day
from reports.papers.dated import paper
from reports.plan_blocks import Asked, changes, exceptions
from reports.plan_blocks.in_figures import themes_of
from reports.plan_blocks.saying import (
    NO_ACTIONS,
    RatingKey,
    actions,
    due_cell,
    listed,
    plural,
    rated,
    reference,
    source,
    words,
)

TITLE = "Highlight and exception report"
MOST_THEMES, MOST_NAMES = 3, 5
MOST_DONE, MOST_OVERDUE, MOST_DUE, MOST_QUESTIONS = 5, 6, 4, 3
LETTERS, LETTERS_OF_A_QUESTION = 80, 190
DONE = (Column("Action", 14), Column("What was to be done", 60), Column("Accountable", 26))
LATE = (
    Column("Action", 12),
    Column("What is to be done", 40),
    Column("Accountable", 14),
    Column("Due", 20),
    Column("Rating", 14),
)
DUE = (
    Column("Action", 12),
    Column("What is to be done", 54),
    Column("Accountable", 14),
    Column("Due", 20),
)


@dataclass(frozen=True)
class Headline(Block):
    """How the plan stands: the sentence, the five figures, and the chart of them."""

    template: ClassVar[str] = "reports/blocks/_headline.html"
    figures: Figures
    chart: charts.Chart


def of(asked: Asked) -> Paper:
    parts = (
        Part("highlights", "Highlights", tuple(_highlights(asked)), small=True),
        Part("exceptions", "Exceptions", tuple(_exceptions(asked)), small=True),
    )
    return paper(asked, TITLE, parts)


def _highlights(asked: Asked) -> Iterator[Block]:
    parts = asked.breakdown
    if not parts.whole.actions.count:
        yield words(NO_ACTIONS)
        return
    few = parts.themes if len(parts.themes) <= MOST_THEMES else ()
    yield Headline(parts.whole, charts.of(parts.whole, few))
    yield themes_of(parts.whole, few)
    compared = changes.found(asked)
    yield Heading(f"What changed since {day(asked.since or asked.on)}")
    yield words(f"{compared.headline}.")
    if compared.groups:
        yield _changed(compared)
    yield from _done(asked, compared)


def _changed(compared: Comparison) -> Table:
    """The table of changes, with no more names than fit."""
    table = changes.table(compared)
    rows = (
        (*table.rows[at][:2], Cell(_few([changes.name(one) for one in group.differences])))
        for at, group in enumerate(compared.groups)
    )
    return replace(table, rows=tuple(rows))


def _few(names: list[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _done(asked: Asked, compared: Comparison) -> Iterator[Block]:
    done = compared.only(kind=Kind.COMPLETED).differences
    yield Heading("Completed since then")
    rows = tuple(
        (
            Cell(changes.name(one), strong=True),
            Cell(_cut(one.action.text)),
            Cell(one.leads[0] if one.leads else "Nobody"),
        )
        for one in done[:MOST_DONE]
    )
    yield Table(_caption(MOST_DONE, len(done), "completed action"), DONE, rows, "No action was completed.")


def _exceptions(asked: Asked) -> Iterator[Block]:
    figures = asked.figures
    yield source(asked.on, exceptions.COMES_FROM)
    if not figures.actions.count:
        yield words(NO_ACTIONS)
        return
    yield words(_reasons(figures))
    yield Heading("Overdue longest", 3)
    yield _late(asked)
    yield Heading("Due in the next 30 days", 3)
    yield _due(asked)
    yield Heading("For the board to decide", 3)
    yield _to_decide(asked)
    yield Heading("Questions for the board", 3)
    yield from (words(question) for question in _questions(asked))
    yield RatingKey()


def _reasons(figures: Figures) -> str:
    """How many actions there are for each reason, in a sentence; an action may be counted more than once."""
    rated_so = [
        f"{figure.count} rated {figure.label}"
        for figure in figures.ratings
        if figure.rating in exceptions.off_course(figures)
    ]
    on_hold = figures.stage(Stage.ON_HOLD).count
    found = [f"{figures.overdue.count} overdue", f"{on_hold} on hold", *rated_so]
    return f"Of {actions(figures.actions.count)}: {listed([*found, f'{figures.silent.count} not updated for 30 days'])}."


def _late(asked: Asked) -> Table:
    standings = progress.longest_overdue(asked.plan, on=asked.on, at_most=MOST_OVERDUE)
    rows = tuple((*_named(one), due_cell(one), rated(one)) for one in standings)
    caption = _caption(MOST_OVERDUE, asked.figures.overdue.count, "overdue action")
    return Table(caption, LATE, rows, "Nothing is overdue.")


def _due(asked: Asked) -> Table:
    soon = _as_of(asked).due_soon(on=asked.on).longest_overdue_first()
    standings = progress.standings(soon.with_recommendation().with_leads()[:MOST_DUE], on=asked.on)
    rows = tuple((*_named(one), due_cell(one)) for one in standings)
    caption = _caption(MOST_DUE, asked.figures.due_soon.count, "action")
    return Table(caption, DUE, rows, "Nothing is due in the next 30 days.")


def _named(standing: Standing) -> tuple[Cell, Cell, Cell]:
    return (reference(standing), Cell(_cut(standing.text)), Cell(_first(standing)))


def _first(standing: Standing) -> str:
    """The post that is accountable."""
    return standing.leads[0].abbreviation if standing.leads else "Nobody"


def _to_decide(asked: Asked) -> Block:
    """How many actions wait for sign-off, and how many dates wait to be moved."""
    sign_off = asked.figures.stage(Stage.AWAITING_SIGN_OFF).count
    waiting = DueDateChange.objects.for_plan(asked.plan).waiting(on=asked.on).count()
    if not sign_off and not waiting:
        return words("Nothing waits for a decision.")
    said = [f"{actions(sign_off)} {'awaits' if sign_off == 1 else 'await'} sign-off."] if sign_off else []
    if waiting:
        said.append(f"{plural(waiting, 'request')} to move a due date {'waits' if waiting == 1 else 'wait'}.")
    return words(*said)


def _questions(asked: Asked) -> list[str]:
    """The first question of each of the first kinds, and how many there are in all."""
    found = challenge.of_plan(asked.plan, on=asked.on)
    if not found.count:
        return ["The plan has nothing to ask of itself."]
    first = [
        Truncator(group.questions[0].sentence).chars(LETTERS_OF_A_QUESTION)
        for group in found.groups[:MOST_QUESTIONS]
    ]
    return (
        first
        if found.count == len(first)
        else [*first, f"These are {len(first)} of {found.count} questions."]
    )


def _as_of(asked: Asked) -> ActionQuerySet:
    return Action.objects.for_plan(asked.plan).as_of(asked.on)


def _cut(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(LETTERS)


def _caption(most: int, count: int, what: str) -> str:
    """How many there are, and how many of them are shown."""
    return f"The first {most} of {plural(count, what)}" if count > most else plural(count, what).capitalize()
