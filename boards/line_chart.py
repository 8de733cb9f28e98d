"""A measure's numbers laid out as a line. Only geometry happens here; every number comes from `measures.py`."""

from dataclasses import dataclass
from decimal import Decimal

from recommendations.measures import Course

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
class LineChart:
    title: str
    description: str
    points: tuple[Point, ...]
    line: str
    floor_y: float
    target_y: float | None
    target: str


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
    numbers = [Decimal(0), *(value for _, value in values), *([] if target is None else [target])]
    scale = _Scale(min(numbers), max(numbers))
    points = _points(course, scale)
    said = ", ".join(f"{plain(value)} {reading.placed}" for reading, value in values)
    return LineChart(
        title=course.measure.name,
        description=f"{course.measure.name}: {said}",
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in points),
        floor_y=scale.height(Decimal(0)),
        target_y=None if target is None else scale.height(target),
        target="" if target is None else plain(target),
    )


def _points(course: Course, scale: _Scale) -> tuple[Point, ...]:
    first, last = (course.values[at][0].on.toordinal() for at in (0, -1))
    points: list[Point] = []
    labelled_at = float(-WIDTH)
    for reading, value in course.values:
        share = (reading.on.toordinal() - first) / (last - first)
        x = round(LEFT + share * (RIGHT - LEFT), 1)
        starts, ends = share == 0, share == 1
        roomy = ends or (x - labelled_at >= ROOM_FOR_LABEL and RIGHT - x >= ROOM_FOR_LABEL)
        labelled_at = x if roomy else labelled_at
        points.append(
            Point(
                x=x,
                y=scale.height(value),
                label=plain(value) if roomy else "",
                when=reading.when if starts or ends else "",
                anchor="start" if starts else "end" if ends else "middle",
            )
        )
    return tuple(points)


def plain(value: Decimal) -> str:
    """A number without the noughts that its column keeps: 169, 12.5, 1,600."""
    return f"{value.normalize():,f}"
