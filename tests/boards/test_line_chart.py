"""A measure's numbers as a line."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from boards import line_chart
from recommendations.measures import Course
from recommendations.models import Measure, Reading


def course(*values: str | None, target: str | None = None, days: int = 30) -> Course:
    measure = Measure(name="Visits", kind="number", target=None if target is None else Decimal(target))
    readings = tuple(
        Reading(
            measure=measure,
            on=date.fromordinal(date(2012, 9, 1).toordinal() + days * at),
            value=None if value is None else Decimal(value),
        )
        for at, value in enumerate(values)
    )
    return Course(measure, readings)


@pytest.mark.parametrize("values", [(), ("5",), (None, None), ("5", None)])
def test_fewer_than_two_numbers_are_no_line(values: tuple[str | None, ...]) -> None:
    assert line_chart.of(course(*values)) is None


def test_it_runs_from_nought_to_scale() -> None:
    chart = line_chart.of(course("50", "100"))

    assert chart is not None
    assert [(point.x, point.y, point.label, point.anchor) for point in chart.points] == [
        (28, 84.0, "50", "start"),
        (332, 34.0, "100", "end"),
    ]
    assert chart.line == "28.0,84.0 332.0,34.0"
    assert chart.description == "Visits: 50 on 1 September 2012, 100 on 1 October 2012"
    assert [point.when for point in chart.points] == ["1 September 2012", "1 October 2012"]


def test_a_target_is_on_the_same_scale() -> None:
    chart = line_chart.of(course("50", "50", target="100"))

    assert chart is not None
    assert (chart.target, chart.target_y, chart.points[0].y) == ("100", 34.0, 84.0)


def test_elsewhere_is_on_the_same_scales() -> None:
    here = course("50", "60")
    months = [(date(2012, 8, 2), "80"), (date(2012, 10, 1), "100")]
    england = tuple(
        Reading(measure=here.measure, whose="england", on=on, value=Decimal(value)) for on, value in months
    )

    chart = line_chart.of(Course(here.measure, here.readings, england))

    assert chart is not None
    assert [(point.x, point.y) for point in chart.points] == [(180.0, 84.0), (332.0, 74.0)]
    assert [(other.kind, other.label, other.value, other.points) for other in chart.elsewhere] == [
        ("england", "England", "100", ((28.0, 54.0), (332.0, 34.0)))
    ]
    assert chart.description == (
        "Visits: 50 on 1 September 2012, 60 on 1 October 2012; "
        "England: 80 on 2 August 2012, 100 on 1 October 2012"
    )


def test_below_nought_and_all_nought() -> None:
    below, nought = line_chart.of(course("-10", "10")), line_chart.of(course("0", "0"))

    assert below is not None
    assert nought is not None
    assert [point.y for point in below.points] == [134.0, 34.0]
    assert [point.y for point in nought.points] == [134.0, 134.0]
    assert (below.floor_y, nought.floor_y) == (84.0, 134.0)


def test_labels_never_run_into_each_other_and_the_last_is_always_there() -> None:
    chart = line_chart.of(course(*(str(value) for value in range(60)), days=1))

    assert chart is not None
    labelled = [point for point in chart.points if point.label]
    gaps = [after.x - before.x for before, after in pairwise(labelled)]
    assert labelled[-1].label == "59"
    assert min(gaps) >= line_chart.ROOM_FOR_LABEL
    assert [point.when for point in chart.points if point.when] == ["1 September 2012", "30 October 2012"]


@pytest.mark.parametrize(
    ("value", "words"),
    [("169.00", "169"), ("12.50", "12.5"), ("1600", "1,600"), ("0", "0"), ("-3.00", "-3"), ("1E+3", "1,000")],
)
def test_numbers_are_plain(value: str, words: str) -> None:
    assert line_chart.plain(Decimal(value)) == words
