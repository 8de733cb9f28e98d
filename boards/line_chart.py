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
    target_y: float | None
    target: str


def of(course: Course) -> LineChart | None:
    """The line from nought upwards, days to scale; None while there are not two numbers."""
    values = course.values
    if len(values) < ENOUGH_FOR_A_LINE:
        return None
    first, last = values[0][0].on.toordinal(), values[-1][0].on.toordinal()
    target = course.measure.target
    numbers = [value for _, value in values] + ([target] if target is not None else [])
    lowest, highest = min(*numbers, Decimal(0)), max(*numbers, Decimal(0))

    def height(value: Decimal) -> float:
        share = float((value - lowest) / (highest - lowest)) if highest > lowest else 0.0
        return round(BOTTOM - share * (BOTTOM - TOP), 1)

    points: list[Point] = []
    labelled_at = float(-WIDTH)
    for reading, value in values:
        share = (reading.on.toordinal() - first) / (last - first)
        x = round(LEFT + share * (RIGHT - LEFT), 1)
        is_last = reading.on.toordinal() == last
        roomy = is_last or (x - labelled_at >= ROOM_FOR_LABEL and RIGHT - x >= ROOM_FOR_LABEL)
        labelled_at = x if roomy else labelled_at
        ends = x in (LEFT, RIGHT)
        anchor = ("start" if x == LEFT else "end") if ends else "middle"
        points.append(
            Point(x, height(value), plain(value) if roomy else "", reading.when if ends else "", anchor)
        )
    said = ", ".join(f"{plain(value)} {reading.placed}" for reading, value in values)
    return LineChart(
        title=course.measure.name,
        description=f"{course.measure.name}: {said}",
        points=tuple(points),
        line=" ".join(f"{point.x},{point.y}" for point in points),
        target_y=height(target) if target is not None else None,
        target=plain(target) if target is not None else "",
    )


def plain(value: Decimal) -> str:
    """A number without the noughts that its column keeps: 169, 12.5, 1,600."""
    return f"{value.normalize():,f}"
