"""A measure's numbers laid out as a line. Only geometry happens here; every number comes from `measures.py`."""

from dataclasses import dataclass
from decimal import Decimal

from recommendations.measures import Course, Numbers
from recommendations.models import Reading, Whose

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, BOTTOM = 28, 332, 34, 134
# Labels closer than this would run into each other; the table below the line has every number.
ROOM_FOR_LABEL = 44
ENOUGH_FOR_A_LINE = 2


@dataclass(frozen=True)
class Point:
    """A reading on the line; `label` and `when` are empty where there is no room for them."""

    x: float
    y: float
    label: str
    when: str
    anchor: str


@dataclass(frozen=True)
class Elsewhere:
    """What the same showed elsewhere, on the same scales; `kind` is whose it is, for how it is drawn."""

    kind: str
    label: str
    value: str
    line: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class LineChart:
    title: str
    description: str
    points: tuple[Point, ...]
    line: str
    floor_y: float
    target_y: float | None
    target: str
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True)
class _Scale:
    """From the lowest to the highest number, nought always among them."""

    lowest: Decimal
    highest: Decimal

    def height(self, value: Decimal) -> float:
        room = self.highest - self.lowest
        share = float((value - self.lowest) / room) if room else 0.0
        return round(BOTTOM - share * (BOTTOM - TOP), 1)


def of(course: Course) -> LineChart | None:
    """The line, days to scale; None while there are not two numbers."""
    values, target = course.values, course.measure.target
    if len(values) < ENOUGH_FOR_A_LINE:
        return None
    others = course.elsewhere_values
    shown = [value for _, value in (*values, *(one for numbers in others for one in numbers))]
    numbers = [Decimal(0), *shown, *([] if target is None else [target])]
    scale = _Scale(min(numbers), max(numbers))
    days = _days(course)
    points = _points(course, scale, days)
    said = "; ".join(_in_words(numbers) for numbers in (values, *others))
    return LineChart(
        title=course.measure.name,
        description=f"{course.measure.name}: {said}",
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in points),
        floor_y=scale.height(Decimal(0)),
        target_y=None if target is None else scale.height(target),
        target="" if target is None else plain(target),
        elsewhere=tuple(_elsewhere(numbers, scale, days) for numbers in others),
    )


def _in_words(numbers: Numbers) -> str:
    """The numbers of one line with their days, under whose they are where that is not the council."""
    said = ", ".join(f"{plain(value)} {reading.placed}" for reading, value in numbers)
    whose = numbers[0][0]
    return said if whose.whose == Whose.COUNCIL else f"{whose.get_whose_display()}: {said}"


def _days(course: Course) -> tuple[int, int]:
    """The first day and the last of all that is drawn."""
    drawn = (course.values, *course.elsewhere_values)
    days = [reading.on.toordinal() for numbers in drawn for reading, _ in numbers]
    return min(days), max(days)


def _across(reading: Reading, days: tuple[int, int]) -> float:
    first, last = days
    return round(LEFT + (reading.on.toordinal() - first) / (last - first) * (RIGHT - LEFT), 1)


def _elsewhere(numbers: Numbers, scale: _Scale, days: tuple[int, int]) -> Elsewhere:
    reading, value = numbers[-1]
    points = tuple((_across(reading, days), scale.height(value)) for reading, value in numbers)
    return Elsewhere(
        kind=reading.whose,
        label=str(reading.get_whose_display()),
        value=plain(value),
        line=" ".join(f"{x},{y}" for x, y in points),
        points=points,
    )


def _points(course: Course, scale: _Scale, days: tuple[int, int]) -> tuple[Point, ...]:
    points: list[Point] = []
    labelled_at = float(-WIDTH)
    for at, (reading, value) in enumerate(course.values, start=1):
        x = _across(reading, days)
        starts, ends = at == 1, at == len(course.values)
        roomy = ends or (x - labelled_at >= ROOM_FOR_LABEL and RIGHT - x >= ROOM_FOR_LABEL)
        labelled_at = x if roomy else labelled_at
        points.append(
            Point(
                x=x,
                y=scale.height(value),
                label=plain(value) if roomy else "",
                when=reading.when if starts or ends else "",
                anchor="start" if x == LEFT else "end" if x == RIGHT else "middle",
            )
        )
    return tuple(points)


def plain(value: Decimal) -> str:
    """A number without the noughts that its column keeps: 169, 12.5, 1,600."""
    return f"{value.normalize():,f}"
