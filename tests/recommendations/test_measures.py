"""Measures and their readings, as of a day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from recommendations import measures
from recommendations.measures import Course
from recommendations.models import Better, Measure, MeasureKind, Reading, Recommendation
from tests.cast import Cast
from tests.factories import MeasureFactory, ReadingFactory

FIRST, SECOND, THIRD = date(2012, 9, 1), date(2012, 10, 1), date(2012, 11, 1)


def course(measure: Measure, on: date = THIRD) -> Course:
    (found,) = measures.of_plan(measure.plan, on=on)
    assert found.measure == measure
    return found


@pytest.fixture
def measure(northmoor: Plan) -> Measure:
    return MeasureFactory(plan=northmoor, added_on=FIRST)


def test_only_readings_taken_by_the_day_count(measure: Measure) -> None:
    for on, value in ((THIRD, 30), (FIRST, 10), (SECOND, 20)):
        ReadingFactory(measure=measure, on=on, value=value)

    shown = [
        [reading.value for reading in course(measure, on).readings]
        for on in (FIRST, date(2012, 9, 30), SECOND, THIRD)
    ]

    assert shown == [[10], [10], [10, 20], [10, 20, 30]]


def test_before_the_plan_took_it_in_there_is_no_measure(measure: Measure) -> None:
    assert measures.of_plan(measure.plan, on=date(2012, 8, 31)) == ()


@pytest.mark.parametrize(
    ("values", "better", "change", "moved", "improved"),
    [
        ([], Better.HIGHER, None, False, None),
        ([5], Better.HIGHER, None, False, None),
        ([5, 5], Better.HIGHER, 0, False, None),
        ([5, 9, 7], Better.HIGHER, 2, True, True),
        ([5, 9, 7], Better.LOWER, 2, True, False),
        ([7, 9, 5], Better.LOWER, -2, True, True),
        ([7, 9, 5], Better.HIGHER, -2, True, False),
        ([7, 9, 5], Better.NEITHER, -2, True, None),
        ([7, None], Better.HIGHER, None, False, None),
        ([7, None, 8], Better.HIGHER, 1, True, True),
    ],
)
def test_how_it_moved(
    measure: Measure,
    values: list[int | None],
    better: str,
    change: int | None,
    moved: bool,
    improved: bool | None,
) -> None:
    Measure.objects.filter(pk=measure.pk).update(better=better)
    for on, value in zip((FIRST, SECOND, THIRD), values, strict=False):
        ReadingFactory(measure=measure, on=on, value=value)

    found = course(measure)

    assert (found.change, found.has_moved, found.has_improved) == (
        None if change is None else Decimal(change),
        moved,
        improved,
    )


def test_measures_of_a_recommendation(northmoor: Plan, measure: Measure) -> None:
    only = Recommendation.objects.get(plan=northmoor)
    proving = MeasureFactory(plan=northmoor, recommendation=only, added_on=FIRST)

    found = measures.of_recommendation(only, on=THIRD)

    assert [course.measure for course in found] == [proving]


def test_it_takes_two_queries_however_many_there_are(northmoor: Plan, measure: Measure) -> None:
    ReadingFactory(measure=measure)
    for _ in range(4):
        more = MeasureFactory(plan=northmoor, kind=MeasureKind.STATEMENT)
        ReadingFactory(measure=more)

    with CaptureQueriesContext(connection) as queries:
        found = measures.of_plan(northmoor, on=THIRD)

    assert (len(found), len(queries)) == (5, 2)


def test_a_month_is_said_as_a_month(measure: Measure) -> None:
    month = ReadingFactory(measure=measure, on=FIRST, precision="month")
    day = ReadingFactory(measure=measure, on=date(2012, 9, 3))

    assert [(reading.when, reading.placed) for reading in (month, day)] == [
        ("September 2012", "in September 2012"),
        ("3 September 2012", "on 3 September 2012"),
    ]


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        (Measure, {"kind": "guess"}),
        (Measure, {"better": "sideways"}),
        (Reading, {"precision": "year"}),
    ],
)
def test_a_value_that_makes_no_sense(measure: Measure, model: type, changed: dict[str, object]) -> None:
    ReadingFactory(measure=measure)

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**changed)  # type: ignore[attr-defined]


def test_one_reading_a_day(measure: Measure) -> None:
    ReadingFactory(measure=measure, on=FIRST)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingFactory(measure=measure, on=FIRST)


def test_each_sees_those_of_their_councils(measure: Measure, cast: Cast) -> None:
    ReadingFactory(measure=measure)

    counts = {
        name: (Measure.objects.visible_to(user).count(), Reading.objects.visible_to(user).count())
        for name, user in vars(cast).items()
    }

    assert {name for name, count in counts.items() if count != (0, 0)} == {"northmoor_administrator"}
    assert counts["northmoor_administrator"] == (1, 1)


def test_natural_keys_find_their_rows(measure: Measure) -> None:
    reading = ReadingFactory(measure=measure)

    assert Measure.objects.get_by_natural_key(*measure.natural_key()) == measure
    assert Reading.objects.get_by_natural_key(*reading.natural_key()) == reading
