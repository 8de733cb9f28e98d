"""The statutory clock as of a day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement import duties
from improvement.duties import Standing, State
from improvement.models import (
    CountedFrom,
    Duty,
    DutyMet,
    DutyOverride,
    Framework,
    Inspection,
    Intervention,
    Plan,
    Unit,
)
from improvement.working_days import deadline
from tests.factories import DutyFactory, FrameworkFactory, InspectionFactory, InterventionFactory

ON = date(2012, 11, 14)


@pytest.fixture
def inspection(harrow: Plan) -> Inspection:
    """Harrow's, received on 27 June 2012."""
    return Inspection.objects.get(council=harrow.council)


@pytest.fixture
def statement(inspection: Inspection) -> Duty:
    return Duty.objects.get(framework=inspection.framework_id, slug="written-statement")


def standing(inspection: Inspection, slug: str, on: date = ON) -> Standing:
    found = duties.clock_of(inspection, on=on).find(slug)
    assert found is not None
    return found


def say_met(
    inspection: Inspection, duty: Duty, met_on: date | None, sequence: int = 1, on: date = ON
) -> None:
    DutyMet.objects.create(
        inspection=inspection, duty=duty, sequence=sequence, on=on, met_on=met_on, what="Said so."
    )


def test_harrow_had_until_4_october(inspection: Inspection) -> None:
    clock = duties.clock_of(inspection, on=ON)

    assert [(each.duty.slug, each.due_on, each.state, each.days_late) for each in clock.standings] == [
        ("publish-report", date(2012, 8, 8), State.OVERDUE, 98),
        ("written-statement", date(2012, 10, 4), State.OVERDUE, 41),
    ]
    assert clock.standings[1].counted == deadline(date(2012, 6, 27), 70)
    assert clock.next == clock.standings[0]
    assert clock.version == 0


@pytest.mark.parametrize(
    ("on", "state", "left", "late"),
    [
        (date(2012, 6, 26), State.WAITING, 0, 0),
        (date(2012, 6, 27), State.DUE, 99, 0),
        (date(2012, 10, 4), State.DUE, 0, 0),
        (date(2012, 10, 5), State.OVERDUE, 0, 1),
    ],
)
def test_the_same_duty_on_other_days(
    inspection: Inspection, on: date, state: State, left: int, late: int
) -> None:
    shown = standing(inspection, "written-statement", on)

    assert (shown.state, shown.days_left, shown.days_late) == (state, left, late)


@pytest.mark.parametrize(
    ("met_on", "state", "late"),
    [
        (date(2012, 10, 3), State.MET, 0),
        (date(2012, 10, 4), State.MET, 0),
        (date(2012, 10, 11), State.LATE, 7),
    ],
)
def test_met_on_time_or_late(
    inspection: Inspection, statement: Duty, met_on: date, state: State, late: int
) -> None:
    say_met(inspection, statement, met_on)

    shown = standing(inspection, "written-statement")

    assert (shown.state, shown.met_on, shown.days_late, shown.open) == (state, met_on, late, False)


def test_the_last_record_is_in_force(inspection: Inspection, statement: Duty) -> None:
    say_met(inspection, statement, date(2012, 10, 3), 1, on=date(2012, 10, 5))
    say_met(inspection, statement, date(2012, 10, 11), 2, on=date(2012, 10, 12))
    say_met(inspection, statement, None, 3, on=date(2012, 10, 20))

    days = [date(2012, 10, 4), date(2012, 10, 5), date(2012, 10, 12), date(2012, 10, 20)]
    states = [standing(inspection, "written-statement", day).state for day in days]

    assert states == [State.DUE, State.MET, State.LATE, State.OVERDUE]


def test_an_override_moves_the_due_day_from_the_day_it_was_recorded(
    inspection: Inspection, statement: Duty
) -> None:
    fields = {"inspection": inspection, "duty": statement, "reason": "Agreed with Ofsted."}
    DutyOverride.objects.create(**fields, sequence=1, on=date(2012, 10, 8), due_on=date(2012, 10, 19))

    before, after = (standing(inspection, "written-statement", date(2012, 10, day)) for day in (7, 8))

    assert (before.due_on, before.state) == (date(2012, 10, 4), State.OVERDUE)
    assert (after.due_on, after.counted_due, after.state) == (
        date(2012, 10, 19),
        date(2012, 10, 4),
        State.DUE,
    )


def test_a_duty_that_does_not_apply(inspection: Inspection, statement: Duty) -> None:
    fields = {"inspection": inspection, "duty": statement, "reason": "No statement was asked for."}
    DutyOverride.objects.create(**fields, sequence=1, on=ON, due_on=None)

    shown = standing(inspection, "written-statement")

    assert (shown.state, shown.due_on, shown.days_late, shown.open) == (State.WAIVED, None, 0, False)


def test_without_a_day_of_receipt_the_clock_cannot_start(inspection: Inspection) -> None:
    Inspection.objects.filter(pk=inspection.pk).update(received_on=None)
    inspection.refresh_from_db()

    clock = duties.clock_of(inspection, on=ON)

    assert [(each.state, each.due_on, each.counted) for each in clock.standings] == [
        (State.WAITING, None, None)
    ] * 2
    assert (clock.next, clock.waits_for_receipt) == (None, True)
    assert not duties.clock_of(inspection, on=date(2014, 1, 1)).waits_for_receipt


@pytest.mark.parametrize(
    ("unit", "amount", "counted_from", "due"),
    [
        (Unit.CALENDAR_DAYS, 30, CountedFrom.PUBLISHED, date(2012, 8, 1)),
        (Unit.WEEKS, 2, CountedFrom.ENDED, date(2012, 6, 1)),
        (Unit.MONTHS, 3, CountedFrom.RECEIVED, date(2012, 9, 30)),
        (Unit.WORKING_DAYS, 1, CountedFrom.RECEIVED, date(2012, 7, 2)),
    ],
)
def test_other_units_and_other_starts(db: None, unit: str, amount: int, counted_from: str, due: date) -> None:
    duty = DutyFactory(unit=unit, amount=amount, counted_from=counted_from)
    inspection = InspectionFactory(
        framework=duty.framework, received_on=date(2012, 6, 30), published_on=date(2012, 7, 2)
    )

    assert standing(inspection, duty.slug).due_on == due


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2012, 1, 31), 1, date(2012, 2, 29)),
        (date(2012, 11, 30), 3, date(2013, 2, 28)),
        (date(2012, 8, 6), 18, date(2014, 2, 6)),
    ],
)
def test_months_end_within_their_month(start: date, months: int, end: date) -> None:
    assert duties.after(start, months, Unit.MONTHS) == end


@pytest.fixture
def notice(inspection: Inspection) -> Intervention:
    """Issued on 6 August 2012, a report every month."""
    return InterventionFactory(
        council=inspection.council, inspection=inspection, slug="notice", report_every=1
    )


def reports(inspection: Inspection, on: date) -> list[tuple[int, date | None, State]]:
    clock = duties.clock_of(inspection, on=on)
    return [
        (each.occurrence, each.due_on, each.state)
        for each in clock.standings
        if each.duty.slug == "report-to-department"
    ]


def test_reports_to_the_department_come_round(inspection: Inspection, notice: Intervention) -> None:
    duty = Duty.objects.get(framework=inspection.framework_id, slug="report-to-department")
    fields = {"inspection": inspection, "duty": duty, "intervention": notice, "what": "Sent."}
    DutyMet.objects.create(**fields, occurrence=1, sequence=1, on=date(2012, 9, 6), met_on=date(2012, 9, 6))

    assert reports(inspection, date(2012, 8, 5)) == []
    assert reports(inspection, date(2012, 10, 10)) == [
        (1, date(2012, 9, 6), State.MET),
        (2, date(2012, 10, 6), State.OVERDUE),
        (3, date(2012, 11, 6), State.DUE),
    ]


def test_reports_end_with_the_intervention(inspection: Inspection, notice: Intervention) -> None:
    Intervention.objects.filter(pk=notice.pk).update(ended_on=date(2012, 10, 31))

    assert [due for _, due, _ in reports(inspection, ON)] == [date(2012, 9, 6), date(2012, 10, 6)]


def test_reports_without_an_interval_wait(inspection: Inspection, notice: Intervention) -> None:
    Intervention.objects.filter(pk=notice.pk).update(report_every=None)

    assert reports(inspection, ON) == [(1, None, State.WAITING)]


def test_no_round_is_listed_without_end(inspection: Inspection, notice: Intervention) -> None:
    assert len(reports(inspection, date(2100, 12, 31))) == 120


@pytest.mark.parametrize(
    ("every", "unit", "words"),
    [
        (1, Unit.MONTHS, "every 1 month"),
        (6, Unit.WEEKS, "every 6 weeks"),
        (None, Unit.MONTHS, "at an interval that is not set yet"),
    ],
)
def test_the_time_allowed_in_words(
    inspection: Inspection, notice: Intervention, every: int | None, unit: str, words: str
) -> None:
    Intervention.objects.filter(pk=notice.pk).update(report_every=every, report_unit=unit)

    found = [each for each in duties.clock_of(inspection, on=ON).standings if each.intervention]

    assert found[0].within == words
    assert (
        standing(inspection, "written-statement").within == "within 70 working days of receiving the report"
    )


def test_a_focused_visit_has_20_days_for_the_draft_and_70_for_the_plan(councils: None) -> None:
    visit = InspectionFactory(
        framework=Framework.objects.get(slug="focused-visit"),
        started_on=date(2023, 4, 18),
        ended_on=date(2023, 4, 19),
        received_on=date(2023, 5, 9),
    )

    clock = duties.clock_of(visit, on=date(2023, 5, 10))

    assert [(each.duty.slug, each.due_on) for each in clock.standings] == [
        ("draft-action-plan", date(2023, 6, 7)),
        ("action-plan", date(2023, 8, 16)),
    ]


def test_one_inspection_and_three_cost_the_same_queries(councils: None) -> None:
    framework = FrameworkFactory()
    DutyFactory(framework=framework)
    inspections = [InspectionFactory(framework=framework, received_on=date(2012, 6, 1)) for _ in range(3)]
    with CaptureQueriesContext(connection) as one:
        duties.clocks(inspections[:1], on=ON)
    with CaptureQueriesContext(connection) as three:
        clocks = duties.clocks(inspections, on=ON)

    assert len(three) == len(one) == 4
    assert [clock.inspection for clock in clocks] == inspections
