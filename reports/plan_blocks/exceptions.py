"""Actions by exception: those that are overdue, on hold, rated as going wrong, or of which nobody has heard."""

from collections.abc import Iterable, Iterator
from datetime import date

from improvement.models import CountsAs, Rating
from recommendations import progress
from recommendations.models import Action, Stage
from recommendations.models.action import SILENCE
from recommendations.progress import Figures, Standing
from reports.paper import Block, Cell, Column, Table
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.saying import (
    NO_ACTIONS,
    RatingKey,
    counted,
    due_cell,
    last_said,
    led_by,
    plural,
    rated,
    reference,
    source,
    words,
)

COMES_FROM = "from due dates, stages, ratings and the days on which lead officers last wrote."
OFF_COURSE = (CountsAs.OFF_TRACK, CountsAs.AT_RISK)
COLUMNS = (
    Column("Action", 8),
    Column("What is to be done", 26),
    Column("Lead officers", 10),
    Column("Due", 12),
    Column("Rating", 10),
    Column("Why it is here", 10),
    Column("What was last said of it", 24),
)
REASONS = (Column("Why an action is listed", 60), Column("Actions", 40, number=True))


def of(asked: Asked) -> tuple[Block, ...]:
    return tuple(_blocks(asked))


def _blocks(asked: Asked) -> Iterator[Block]:
    yield source(asked.on, COMES_FROM)
    if not asked.figures.actions.count:
        yield words(NO_ACTIONS)
        return
    standings = standings_of(asked)
    if not standings:
        yield words("No action is overdue, on hold, rated as going wrong or silent for 30 days.")
        return
    yield words(
        f"{plural(len(standings), 'action')} of {asked.figures.actions.count}, the earliest due first."
    )
    yield reasons(asked.figures)
    yield Table("Actions by exception", COLUMNS, tuple(_row(standing, asked.on) for standing in standings))
    yield RatingKey()


def standings_of(asked: Asked) -> list[Standing]:
    """The exceptional actions of the day, the earliest due first."""
    found = Action.objects.for_plan(asked.plan).as_of(asked.on)
    found = found.by_exception(on=asked.on, off_course=off_course(asked.figures))
    return progress.standings(found.longest_overdue_first().with_recommendation().with_leads(), on=asked.on)


def off_course(figures: Figures) -> list[Rating]:
    return [
        figure.rating for figure in figures.ratings if figure.rating and figure.rating.counts_as in OFF_COURSE
    ]


def reasons(figures: Figures) -> Table:
    """How many actions there are for each reason, as `progress.py` counts them."""
    rows = (
        (Cell("Overdue"), counted(figures.overdue)),
        (Cell("On hold"), counted(figures.stage(Stage.ON_HOLD))),
        *(
            (Cell("", rating=figure.rating), counted(figure))
            for figure in figures.ratings
            if figure.rating and figure.rating.counts_as in OFF_COURSE
        ),
        (Cell("Not updated for 30 days"), counted(figures.silent)),
    )
    return Table("How many there are; an action may be counted more than once", REASONS, rows)


def reasons_of(standing: Standing, on: date) -> Iterable[str]:
    if standing.days_overdue:
        yield "Overdue"
    if standing.stage == Stage.ON_HOLD:
        yield "On hold"
    if standing.rating and standing.rating.counts_as in OFF_COURSE:
        yield f"Rated {standing.rating.word}"
    if not standing.is_ended and (standing.updated_on is None or standing.updated_on < on - SILENCE):
        yield "Not updated for 30 days"


def _row(standing: Standing, on: date) -> tuple[Cell, ...]:
    return (
        reference(standing),
        Cell(standing.text),
        led_by(standing),
        due_cell(standing),
        rated(standing),
        Cell("\n".join(reasons_of(standing, on))),
        last_said(standing),
    )
