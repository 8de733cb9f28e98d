"""The statutory clock: what must be done after each inspection, by when, and whether it was."""

from collections.abc import Iterator

from improvement import duties
from improvement.duties import Clock, Standing, State
from improvement.models import Inspection
from reports.paper import Block, Cell, Column, Table, day
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.saying import days, source, words

COMES_FROM = "counted from the days on which reports were received and published."
COLUMNS = (
    Column("What must be done", 38),
    Column("Time allowed", 22),
    Column("Due", 18),
    Column("How it stands", 22),
)
NO_INSPECTION = "The plan answers no inspection that had begun on this day."


def of(asked: Asked) -> tuple[Block, ...]:
    return tuple(_blocks(asked))


def _blocks(asked: Asked) -> Iterator[Block]:
    yield source(asked.on, COMES_FROM)
    clocks = duties.clocks(inspections_of(asked), on=asked.on)
    if not clocks:
        yield words(NO_INSPECTION)
    for clock in clocks:
        if clock.standings:
            yield table(clock)
        else:
            yield words(f"{clock.inspection.name}: no duty with a day followed from this inspection.")
        if clock.waits_for_receipt:
            yield words("The day on which the council received the report is not recorded.")


def inspections_of(asked: Asked) -> list[Inspection]:
    """The inspections that the plan answers and that had begun, the earliest first."""
    begun = asked.plan.inspections.begun(on=asked.on).select_related("framework")
    return list(begun.order_by("started_on", "pk"))


def table(clock: Clock) -> Table:
    return Table(clock.inspection.name, COLUMNS, tuple(map(_row, clock.standings)))


def _row(standing: Standing) -> tuple[Cell, ...]:
    duty = standing.duty
    often = f" ({standing.occurrence})" if standing.intervention else ""
    condition = f"{duty.condition}." if duty.condition else ""
    within = standing.within
    return (
        Cell(f"{duty.name}{often}", "\n".join(line for line in (f"{duty.who}.", condition) if line)),
        Cell(within[:1].upper() + within[1:], duty.source),
        _due(standing),
        Cell(_state(standing), standing.met.what if standing.met else ""),
    )


def _due(standing: Standing) -> Cell:
    if standing.due_on is None:
        return Cell("No day", standing.override.reason if standing.override else "")
    if standing.override:
        counted = f"Counted: {day(standing.counted_due)}. " if standing.counted_due else ""
        return Cell(day(standing.due_on), f"{counted}{standing.override.reason}")
    return Cell(day(standing.due_on))


def _state(standing: Standing) -> str:
    if standing.met_on:
        late = f", {days(standing.days_late)} late" if standing.days_late else ", on time"
        return f"Met on {day(standing.met_on)}{late}"
    if standing.state == State.OVERDUE:
        return f"{days(standing.days_late)} overdue; there is no record that it was met"
    if standing.state == State.DUE:
        return f"Due in {days(standing.days_left)}" if standing.days_left else "Due on this day"
    if standing.state == State.WAIVED:
        return "Does not apply"
    return "The clock has not started"
