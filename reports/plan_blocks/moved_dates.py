"""The slippage table: every action whose due date was moved, from when to when, by how much and why."""

from collections import defaultdict
from collections.abc import Iterator

from recommendations import progress
from recommendations.models import Action, Decision, DueDateChange
from recommendations.progress import Standing
from reports.paper import Block, Cell, Column, Table, day
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.saying import led_by, plural, reference, source, words

COMES_FROM = "from the requests to move a due date and what was decided on them."
COLUMNS = (
    Column("Action", 8),
    Column("What is to be done", 28),
    Column("Lead officers", 10),
    Column("First due", 10),
    Column("Due now", 10),
    Column("Moved", 8),
    Column("When, and why", 26),
)
WAITING = (
    Column("Action", 10),
    Column("From", 14),
    Column("To", 14),
    Column("Asked on", 14),
    Column("Why", 48),
)


def of(asked: Asked) -> tuple[Block, ...]:
    return tuple(_blocks(asked))


def _blocks(asked: Asked) -> Iterator[Block]:
    yield source(asked.on, COMES_FROM)
    found = DueDateChange.objects.for_plan(asked.plan).asked_by(on=asked.on)
    changes = list(found.select_related("action__recommendation__plan__council"))
    if not asked.slippage.moves:
        yield words("No due date has been moved.")
    else:
        yield words(asked.slippage.sentence)
        yield _moved(asked, changes)
    waiting = [change for change in changes if change.waits_on(asked.on)]
    if waiting:
        yield words(f"{plural(len(waiting), 'request')} to move a date had not been decided.")
        yield Table("Requests that wait for a decision", WAITING, tuple(map(_waiting, waiting)))


def _moved(asked: Asked, changes: list[DueDateChange]) -> Table:
    agreed: dict[int, list[DueDateChange]] = defaultdict(list)
    for change in reversed(changes):  # the earliest first
        if change.decision_on(asked.on) == Decision.AGREED:
            agreed[change.action_id].append(change)
    moved = Action.objects.for_plan(asked.plan).as_of(asked.on).moved().in_plan_order()
    standings = progress.standings(moved.with_recommendation().with_leads(), on=asked.on)
    rows = tuple(_row(standing, agreed[standing.action.pk]) for standing in standings)
    return Table("Actions whose due date was moved", COLUMNS, rows)


def _row(standing: Standing, agreed: list[DueDateChange]) -> tuple[Cell, ...]:
    first = standing.action.original_due_on
    return (
        reference(standing),
        Cell(standing.text),
        led_by(standing),
        Cell(day(first) if first else "No date"),
        Cell(day(standing.due_on) if standing.due_on else "No date"),
        Cell(plural(standing.moves, "time"), _by(standing)),
        Cell("\n".join(map(_why, agreed))),
    )


def _by(standing: Standing) -> str:
    slipped = standing.days_slipped
    return f"{plural(abs(slipped), 'day')} {'later' if slipped > 0 else 'earlier'}" if slipped else ""


def _why(change: DueDateChange) -> str:
    on = f"Agreed {day(change.decided_on)}" if change.decided_on else ""
    return f"{on}, to {day(change.new_on)}: {change.reason}"


def _waiting(change: DueDateChange) -> tuple[Cell, ...]:
    return (
        Cell(str(change.action), strong=True, action=change.action),
        Cell(day(change.old_on) if change.old_on else "No date"),
        Cell(day(change.new_on)),
        Cell(day(change.requested_on)),
        Cell(change.reason),
    )
