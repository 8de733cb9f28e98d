"""Months, each as `progress.py` counts its last day, and what moved between two days."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.models import LeadOfficer, Plan
from recommendations import months, progress, slippage
from recommendations.models import Action, DueDateChange, Recommendation, Stage
from recommendations.months import Facts, Moment
from tests.cast import Cast
from tests.factories import ActionFactory, ProgressUpdateFactory

ON = date(2012, 11, 14)


def counted(moment: Moment, plan: Plan) -> dict[str, int]:
    """What a moment says, under the names that figures have."""
    return {
        "actions": moment.count,
        "should_be_finished": moment.should_be_finished,
        "overdue": moment.overdue,
        "moved": moment.moved,
        **{stage.value: moment.in_stage(stage) for stage in Stage},
        **{rating.word: moment.rated(rating.pk) for rating in progress.ratings_of(plan)},
        "Not rated": moment.rated(None),
    }


def figures(plan: Plan, on: date) -> dict[str, int]:
    found = progress.of_plan(plan, on=on)
    return {
        "actions": found.actions.count,
        "should_be_finished": found.should_be_finished.count,
        "overdue": found.overdue.count,
        "moved": found.moved.count,
        **{figure.stage: figure.count for figure in found.stages},
        **{figure.label: figure.count for figure in found.ratings},
    }


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [
        (date(2012, 9, 10), date(2012, 11, 14), [date(2012, 9, 30), date(2012, 10, 31), date(2012, 11, 14)]),
        (date(2012, 9, 10), date(2012, 9, 30), [date(2012, 9, 30)]),
        (date(2012, 9, 30), date(2012, 10, 1), [date(2012, 9, 30), date(2012, 10, 1)]),
        (
            date(2023, 12, 31),
            date(2024, 3, 1),
            [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 1)],
        ),
        (date(2012, 9, 10), date(2012, 9, 10), [date(2012, 9, 10)]),
    ],
)
def test_month_ends(first: date, last: date, ends: list[date]) -> None:
    assert months.month_ends(first, last) == ends


def test_each_month_says_what_progress_counts_on_its_last_day(harrow: Plan) -> None:
    course = Facts(harrow, on=ON).by_month()

    assert [moment.on for moment in course] == [date(2012, 9, 30), date(2012, 10, 31), ON]
    assert [counted(moment, harrow) for moment in course] == [figures(harrow, moment.on) for moment in course]


def test_moves_and_reopenings_are_read_as_of_each_day(northmoor: Plan, cast: Cast) -> None:
    first, _, _, done = Action.objects.for_plan(northmoor).in_plan_order()
    DueDateChange.objects.create(
        action=first,
        old_on=date(2025, 6, 30),
        new_on=date(2025, 8, 31),
        reason="Nobody applied.",
        requested_on=date(2025, 6, 20),
        requested_by=cast.northmoor_administrator,
        decision="agreed",
        decided_on=date(2025, 7, 2),
        decided_by=cast.staff,
    )
    ProgressUpdateFactory(action=done, sequence=2, on=date(2025, 7, 20), stage=Stage.IN_PROGRESS)
    facts = Facts(northmoor, on=date(2025, 9, 30))

    course = facts.by_month()

    assert [counted(m, northmoor) for m in course] == [figures(northmoor, m.on) for m in course]
    july = facts.at(date(2025, 7, 31))
    assert (july.promised, july.should_be_finished, july.days_later) == (2, 1, 62)
    assert july.days_later == slippage.of_plan(northmoor, on=date(2025, 7, 31)).days
    moved = facts.since(date(2025, 7, 1))
    assert [action.name for action in moved.reopened] == ["N1 (4)"]
    assert [action.name for action in moved.moved_later] == ["N1 (1)"]
    assert [action.name for action in moved.newly_overdue] == ["N1 (2)", "N1 (4)"]
    assert (moved.direction, moved.completed) == ("Getting worse", ())


def test_what_was_promised_is_what_its_list_counts(harrow: Plan) -> None:
    course = Facts(harrow, on=ON).by_month()

    listed = [
        Action.objects.for_plan(harrow).as_of(moment.on).promised(on=moment.on).count() for moment in course
    ]

    assert [moment.promised for moment in course] == listed


def test_the_direction_in_words(harrow: Plan) -> None:
    found = Facts(harrow, on=ON).since(date(2012, 9, 30))

    assert (found.then.complete, found.now.complete) == (
        progress.of_plan(harrow, on=date(2012, 9, 30)).complete.count,
        22,
    )
    assert found.sentence.endswith("overdue (40).")
    assert found.direction == "Getting worse"


def test_a_day_on_which_nothing_moved(harrow: Plan) -> None:
    found = Facts(harrow, on=ON).since(ON)

    assert found.direction == "Standing still"
    assert found.sentence == "As many are complete as before (22), and as many are overdue as before (40)."


def test_at_most_a_year_and_a_half(northmoor: Plan) -> None:
    course = Facts(northmoor, on=date(2030, 1, 15)).by_month()

    assert len(course) == 18
    assert (course[0].on, course[-1].on) == (date(2028, 8, 31), date(2030, 1, 15))


def test_it_takes_three_queries_however_many_months_and_actions(northmoor: Plan) -> None:
    only = Recommendation.objects.get(plan=northmoor)
    post = LeadOfficer.objects.get(council=northmoor.council)
    counts = []
    for on in (date(2025, 3, 1), date(2026, 3, 1)):
        with CaptureQueriesContext(connection) as queries:
            Facts(northmoor, on=on).by_month()
        counts.append(len(queries))
        for _ in range(5):
            ActionFactory(recommendation=only, leads=[post])

    assert counts == [3, 3]
