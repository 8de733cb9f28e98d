"""What is overdue, and why: each action, the longest overdue first, with what was last said of it."""

from collections.abc import Iterator

from recommendations import progress
from recommendations.models import Action
from recommendations.progress import Standing
from reports.paper import Block, Cell, Column, Table
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.saying import (
    NO_ACTIONS,
    RatingKey,
    due_cell,
    last_said,
    led_by,
    rated,
    reference,
    source,
    words,
)

COMES_FROM = "from due dates and from what lead officers last said."
COLUMNS = (
    Column("Action", 10),
    Column("What is to be done", 24),
    Column("Lead officers", 12),
    Column("Due", 16),
    Column("Rating", 12),
    Column("What was last said of it", 26),
)


def of(asked: Asked) -> tuple[Block, ...]:
    return tuple(_blocks(asked))


def _blocks(asked: Asked) -> Iterator[Block]:
    figures = asked.figures
    yield source(asked.on, COMES_FROM)
    if not figures.actions.count:
        yield words(NO_ACTIONS)
        return
    if not figures.overdue.count:
        yield words("Nothing is overdue.")
        return
    yield words(f"{figures.headline}.")
    overdue = Action.objects.for_plan(asked.plan).as_of(asked.on).overdue(on=asked.on)
    standings = progress.standings(
        overdue.longest_overdue_first().with_recommendation().with_leads(), on=asked.on
    )
    yield Table("Overdue actions, the longest overdue first", COLUMNS, tuple(map(_row, standings)))
    yield RatingKey()


def _row(standing: Standing) -> tuple[Cell, ...]:
    return (
        reference(standing),
        Cell(standing.text),
        led_by(standing),
        due_cell(standing),
        rated(standing),
        last_said(standing),
    )
