"""What a board watches, as of a day: measures with their readings."""

from dataclasses import dataclass
from datetime import date

from boards import line_chart
from boards.line_chart import LineChart
from improvement.models import Plan
from recommendations import measures
from recommendations.measures import Course, Standing
from recommendations.models import Better, MeasureKind, Reading, Whose


@dataclass(frozen=True)
class Line:
    """A reading as its row in a table says it."""

    reading: Reading
    value: str

    @property
    def when(self) -> str:
        """When, after whose it is where that is not the council."""
        reading = self.reading
        return (
            reading.when
            if reading.whose == Whose.COUNCIL
            else f"{reading.get_whose_display()}, {reading.when}"
        )


@dataclass(frozen=True)
class Number:
    """A measure that is counted: its latest reading, how it moved, and every reading."""

    course: Course
    latest: str
    moved: str
    target: str
    tolerance: str
    benchmarks: tuple[Line, ...]
    lines: tuple[Line, ...]
    chart: LineChart | None

    @property
    def standing(self) -> Standing | None:
        return self.course.standing

    @property
    def noted(self) -> bool:
        return any(line.reading.note for line in self.lines)

    @property
    def compared(self) -> bool:
        """Whether readings from elsewhere stand among the lines."""
        return bool(self.course.elsewhere)


@dataclass(frozen=True)
class Scorecard:
    statements: tuple[Course, ...]
    numbers: tuple[Number, ...]


def of_plan(plan: Plan, *, on: date) -> Scorecard:
    courses = measures.of_plan(plan, on=on)
    return Scorecard(
        statements=tuple(course for course in courses if course.is_statement),
        numbers=tuple(_number(course) for course in courses if not course.is_statement),
    )


def in_words(course: Course, reading: Reading) -> str:
    """A reading's number with its sign, or nothing where only words were given."""
    if reading.value is None:
        return ""
    sign = "%" if course.measure.kind == MeasureKind.PERCENTAGE else ""
    return line_chart.plain(reading.value) + sign


def _number(course: Course) -> Number:
    target, tolerance = course.measure.target, course.measure.tolerance
    sign = "%" if course.measure.kind == MeasureKind.PERCENTAGE else ""
    values = course.values
    return Number(
        course=course,
        latest=in_words(course, values[-1][0]) if values else "",
        moved=_moved(course),
        target=line_chart.plain(target) + sign if target is not None else "",
        tolerance=line_chart.plain(tolerance) + sign if tolerance is not None else "",
        benchmarks=tuple(Line(reading, in_words(course, reading)) for reading, _ in course.benchmarks),
        lines=tuple(Line(reading, in_words(course, reading)) for reading in _by_day(course)),
        chart=line_chart.of(course),
    )


def _by_day(course: Course) -> list[Reading]:
    """All readings, earliest first; of one day the council's own before those from elsewhere."""
    return sorted((*course.readings, *course.elsewhere), key=lambda reading: reading.on)


def _moved(course: Course) -> str:
    """“24 more than in September 2012”, and whether that is good where the measure says so."""
    if course.change is None:
        return ""
    first = course.values[0][0]
    if not course.change:
        return f"The same as {first.placed}"
    size = line_chart.plain(abs(course.change))
    points = " percentage points" if course.measure.kind == MeasureKind.PERCENTAGE else ""
    moved = f"{size}{points} {'more' if course.change > 0 else 'less'} than {first.placed}"
    if course.measure.better == Better.NEITHER:
        return moved
    return f"{moved}: {'better' if course.has_improved else 'worse'}"
