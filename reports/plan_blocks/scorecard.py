"""The scorecard: what children say and what is counted, with every reading that was taken by the day."""

from collections.abc import Iterator

from boards import scorecard
from boards.scorecard import Number
from recommendations.measures import Course
from reports.paper import Block, Cell, Column, Heading, Table
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.saying import source, words

COMES_FROM = "from the readings of the plan’s measures."
NOT_READ = "No reading yet"
NUMBERS = (
    Column("What is counted", 32),
    Column("Latest", 14),
    Column("Target", 10),
    Column("How it moved", 20),
    Column("All readings", 24),
)
STATEMENTS = (Column("What children and families are asked", 44), Column("What was found", 56))


def of(asked: Asked) -> tuple[Block, ...]:
    return tuple(_blocks(asked))


def _blocks(asked: Asked) -> Iterator[Block]:
    yield source(asked.on, COMES_FROM)
    found = scorecard.of_plan(asked.plan, on=asked.on)
    if not found.statements and not found.numbers:
        yield words("The plan had no measures on this day.")
    if found.statements:
        yield Heading("What children say", 3)
        yield Table("Statements, in children’s words", STATEMENTS, tuple(map(_statement, found.statements)))
    if found.numbers:
        yield Heading("What is counted", 3)
        yield Table("Numbers, each with its readings", NUMBERS, tuple(map(_number, found.numbers)))


def _statement(course: Course) -> tuple[Cell, ...]:
    readings = [
        f"{reading.when}: {scorecard.in_words(course, reading) or reading.note or reading.source}"
        for reading in course.readings
    ]
    return (Cell(course.measure.name, course.measure.asked), Cell("\n".join(readings) or NOT_READ))


def _number(number: Number) -> tuple[Cell, ...]:
    measure, latest = number.course.measure, number.course.latest
    return (
        Cell(measure.name, "\n".join(line for line in (measure.unit, measure.get_better_display()) if line)),
        Cell(number.latest or NOT_READ, latest.when if latest and number.latest else ""),
        Cell(number.target or "None set"),
        Cell(number.moved or "Not known yet"),
        Cell("\n".join(f"{line.when}: {line.value or 'in words only'}" for line in number.lines)),
    )
