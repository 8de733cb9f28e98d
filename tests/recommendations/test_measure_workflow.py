"""Taking a measure in, adding a reading, correcting one; and what was known on each day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement.models import Change, Plan
from recommendations import measures
from recommendations.measures import Standing
from recommendations.models import Better, Measure, MeasureKind, Reading, Recommendation, Whose
from recommendations.workflow import measures as workflow
from tests.cast import Cast
from tests.factories import MeasureFactory, ReadingFactory

ON, LATER = date(2012, 11, 1), date(2012, 11, 10)


def added(plan: Plan, cast: Cast, **more: Any) -> Measure:
    said: dict[str, Any] = {
        "name": "Visits on time",
        "kind": MeasureKind.PERCENTAGE,
        "unit": "of visits",
        "better": Better.HIGHER,
        "target": Decimal(95),
        "tolerance": Decimal("2.5"),
        "recommendation": Recommendation.objects.get(plan=plan, reference="S2"),
        "asked": "From the case system.",
        "by": cast.plan_administrator,
        "on": ON,
    }
    return workflow.add_measure(plan=plan, **{**said, **more})


def read(measure: Measure, cast: Cast, **more: Any) -> Reading:
    said: dict[str, Any] = {
        "whose": Whose.COUNCIL,
        "taken_on": date(2012, 10, 31),
        "precision": "day",
        "value": Decimal(80),
        "source": "Weekly return",
        "note": "",
        "by": cast.plan_administrator,
        "on": ON,
    }
    return workflow.add_reading(measure=measure, **{**said, **more})


def corrected(reading: Reading, cast: Cast, **more: Any) -> Reading:
    said: dict[str, Any] = {
        "value": Decimal(71),
        "source": "Weekly return",
        "note": "",
        "reason": "Cancelled visits were counted.",
        "by": cast.plan_administrator,
        "on": LATER,
    }
    return workflow.correct_reading(reading=reading, **{**said, **more})


def shown(plan: Plan, on: date) -> list[Decimal]:
    (course,) = measures.of_plan(plan, on=on)
    return [value for _, value in course.values]


def test_a_measure_in_full(harrow: Plan, cast: Cast) -> None:
    measure = added(harrow, cast)

    assert (measure.slug, measure.position, measure.added_on) == ("visits-on-time", 1, ON)
    assert added(harrow, cast) == measure
    assert list(Change.objects.values_list("verb", flat=True)) == ["add_measure"]
    with pytest.raises(ValidationError, match="a measure of this name"):
        added(harrow, cast, asked="Otherwise.")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"target": None}, "A tolerance needs a target."),
        ({"tolerance": Decimal(-1)}, "without a sign"),
        ({"target": Decimal(101)}, "from 0 to 100"),
        ({"asked": " "}, "how it is counted"),
        ({"name": ""}, "what is counted"),
    ],
)
def test_what_no_measure_gets_past(harrow: Plan, cast: Cast, more: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        added(harrow, cast, **more)

    assert Measure.objects.for_plan(harrow).count() == 0


def test_a_correction_takes_the_place_of_a_reading_from_its_day_on(harrow: Plan, cast: Cast) -> None:
    first = read(added(harrow, cast), cast)
    second = corrected(first, cast)

    assert (second.sequence, second.on, second.is_correction) == (2, first.on, True)
    assert [shown(harrow, on) for on in (ON, date(2012, 11, 9), LATER)] == [[80], [80], [71]]
    assert Reading.objects.count() == 2
    change = Change.objects.get(verb="correct_reading")
    assert (change.before["value"], change.after["value"], change.reason) == (
        "80",
        "71",
        "Cancelled visits were counted.",
    )


def test_a_reading_that_was_not_typed_yet_is_not_known(harrow: Plan, cast: Cast) -> None:
    measure = added(harrow, cast, on=date(2012, 10, 1))
    read(measure, cast)

    assert [shown(harrow, on) for on in (date(2012, 10, 31), ON)] == [[], [80]]


def test_two_who_correct_at_once(harrow: Plan, cast: Cast) -> None:
    first = read(added(harrow, cast), cast)
    second = corrected(first, cast)

    with pytest.raises(workflow.CorrectedMeanwhile) as clash:
        corrected(first, cast, value=Decimal(70))

    assert clash.value.theirs == second
    assert corrected(first, cast) == second
    with pytest.raises(ValidationError, match="says that already"):
        corrected(second, cast)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"taken_on": date(2012, 11, 2)}, "still to come"),
        ({"value": None}, "Give the number"),
        ({"value": Decimal(101)}, "from 0 to 100"),
        ({"source": ""}, "where it comes from"),
    ],
)
def test_what_no_reading_gets_past(harrow: Plan, cast: Cast, more: dict[str, Any], words: str) -> None:
    measure = added(harrow, cast)

    with pytest.raises(ValidationError, match=words):
        read(measure, cast, **more)

    assert Reading.objects.count() == 0


def test_a_day_has_one_reading_and_a_month_stands_on_its_first(harrow: Plan, cast: Cast) -> None:
    measure = added(harrow, cast)
    month = read(measure, cast, precision="month")

    assert month.on == date(2012, 10, 1)
    assert read(measure, cast, precision="month") == month
    with pytest.raises(ValidationError, match="a reading for October 2012 already"):
        read(measure, cast, precision="month", value=Decimal(1))
    assert read(measure, cast, precision="month", whose=Whose.ENGLAND, value=Decimal(79)).whose == "england"


@pytest.mark.parametrize("who", ["reader", "lead_officer", "board_member", "scrutiny_officer", "stranger"])
def test_who_may_not(harrow: Plan, cast: Cast, who: str) -> None:
    by, reading = getattr(cast, who), ReadingFactory(measure=MeasureFactory(plan=harrow))

    for change in (
        lambda: added(harrow, cast, by=by),
        lambda: read(reading.measure, cast, by=by),
        lambda: corrected(reading, cast, by=by),
    ):
        with pytest.raises(PermissionDenied):
            change()

    assert Change.objects.count() == 0


@pytest.mark.parametrize(
    ("better", "value", "standing"),
    [
        (Better.HIGHER, 95, Standing.MET),
        (Better.HIGHER, 93, Standing.NEAR),
        (Better.HIGHER, 92, Standing.MISSED),
        (Better.LOWER, 97, Standing.NEAR),
        (Better.LOWER, 12, Standing.MET),
        (Better.NEITHER, 98, Standing.MISSED),
        (Better.NEITHER, 97, Standing.NEAR),
    ],
)
def test_how_it_stands_to_its_target(harrow: Plan, better: str, value: int, standing: Standing) -> None:
    measure = MeasureFactory(plan=harrow, better=better, target=95, tolerance=2)
    ReadingFactory(measure=measure, value=value)

    (course,) = measures.of_plan(harrow, on=ON)

    assert course.standing == standing


def test_the_same_elsewhere(harrow: Plan, cast: Cast) -> None:
    measure = added(harrow, cast)
    read(measure, cast)
    read(measure, cast, whose=Whose.ENGLAND, value=Decimal(79))
    read(measure, cast, whose=Whose.NEIGHBOURS, value=Decimal(82))

    (course,) = measures.of_plan(harrow, on=ON)

    assert [value for _, value in course.values] == [80]
    assert [(reading.whose, value) for reading, value in course.benchmarks] == [
        ("neighbours", 82),
        ("england", 79),
    ]
