"""Recording that a duty was met, and overriding its due day: one ledger row each, nothing lost, nobody else."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement import duties, ledger, workflow
from improvement.duties import State
from improvement.models import Change, Duty, DutyMet, DutyOverride, Inspection, Plan, Role
from tests.cast import Cast
from tests.factories import InspectionFactory, InterventionFactory, MembershipFactory

ON = date(2012, 11, 14)
OTHERS = [
    "lead_officer",
    "board_member",
    "scrutiny_officer",
    "reader",
    "northmoor_administrator",
    "staff",
    "stranger",
]


@pytest.fixture
def inspection(harrow: Plan) -> Inspection:
    return Inspection.objects.select_related("council").get(council=harrow.council)


def meet(inspection: Inspection, cast: Cast, **changed: Any) -> DutyMet:
    said = {
        "duty": "written-statement",
        "met_on": date(2012, 10, 11),
        "what": "Published on the council's website.",
        "version": 0,
        "by": cast.plan_administrator,
        "on": ON,
        **changed,
    }
    return workflow.record_duty_met(inspection=inspection, **said)


def override(inspection: Inspection, cast: Cast, **changed: Any) -> DutyOverride:
    said = {
        "duty": "written-statement",
        "due_on": date(2012, 10, 19),
        "reason": "Agreed with Ofsted.",
        "version": 0,
        "by": cast.plan_administrator,
        "on": ON,
        **changed,
    }
    return workflow.override_duty(inspection=inspection, **said)


def nothing_happened() -> bool:
    return (DutyMet.objects.count(), DutyOverride.objects.count(), Change.objects.count()) == (0, 0, 0)


def test_a_duty_is_met_and_the_ledger_says_so(inspection: Inspection, cast: Cast) -> None:
    record = meet(inspection, cast)

    assert (record.met_on, record.sequence, record.on, record.by) == (
        date(2012, 10, 11),
        1,
        ON,
        cast.plan_administrator,
    )
    change = Change.objects.get()
    assert (change.verb, change.subject, change.subject_id, change.council) == (
        "record_duty_met",
        "improvement.dutymet",
        record.pk,
        inspection.council,
    )
    assert (change.before, change.after) == (
        {"met_on": None},
        {
            "inspection": "safeguarding-and-looked-after-2012",
            "duty": "written-statement",
            "met_on": "2012-10-11",
            "what": "Published on the council's website.",
        },
    )
    assert ledger.verify() is None


def test_a_due_day_is_overridden_and_the_ledger_says_why(inspection: Inspection, cast: Cast) -> None:
    record = override(inspection, cast)

    change = Change.objects.get()
    assert (change.verb, change.subject_id, change.reason) == (
        "override_duty",
        record.pk,
        "Agreed with Ofsted.",
    )
    assert (change.before["due_on"], change.after["due_on"]) == ("2012-10-04", "2012-10-19")
    standing = duties.clock_of(inspection, on=ON).find("written-statement")
    assert standing is not None
    assert (standing.due_on, standing.state, standing.days_late) == (date(2012, 10, 19), State.OVERDUE, 26)


def test_a_record_is_taken_back(inspection: Inspection, cast: Cast) -> None:
    meet(inspection, cast)

    meet(inspection, cast, met_on=None, what="Another report was meant.", version=1)

    standing = duties.clock_of(inspection, on=ON).find("written-statement")
    assert standing is not None
    assert standing.state == State.OVERDUE
    assert DutyMet.objects.count() == Change.objects.count() == 2


def test_a_duty_that_does_not_apply(inspection: Inspection, cast: Cast) -> None:
    override(inspection, cast, due_on=None, reason="No statement was asked for.")

    standing = duties.clock_of(inspection, on=ON).find("written-statement")
    assert standing is not None
    assert standing.state == State.WAIVED


@pytest.mark.parametrize("change", [meet, override])
@pytest.mark.parametrize("who", OTHERS)
def test_only_a_plan_administrator_of_the_council_keeps_the_clock(
    inspection: Inspection, cast: Cast, change: Any, who: str
) -> None:
    with pytest.raises(PermissionDenied):
        change(inspection, cast, by=getattr(cast, who))

    assert nothing_happened()


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"met_on": None}, "met_on", "Say on which day it was met."),
        (
            {"met_on": date(2012, 11, 15)},
            "met_on",
            "It was met after the inspection began, and not in the future.",
        ),
        (
            {"met_on": date(2012, 5, 7)},
            "met_on",
            "It was met after the inspection began, and not in the future.",
        ),
        ({"what": " "}, "what", "Say what was done."),
        ({"what": "x" * 2001}, "what", "Keep it under 2,000 characters."),
        ({"duty": "dance"}, "__all__", "This inspection has no such duty."),
        ({"duty": "report-to-department"}, "__all__", "This inspection has no such duty."),
    ],
)
def test_what_makes_no_sense_is_not_met(
    inspection: Inspection, cast: Cast, changed: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        meet(inspection, cast, **changed)

    said = (
        refused.value.message_dict
        if hasattr(refused.value, "error_dict")
        else {"__all__": refused.value.messages}
    )
    assert said == {field: [sentence]}
    assert nothing_happened()


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"reason": ""}, "reason", "Say why the due day is another than the one counted."),
        ({"due_on": date(2012, 5, 7)}, "due_on", "It cannot be due before the inspection began."),
    ],
)
def test_what_makes_no_sense_is_not_overridden(
    inspection: Inspection, cast: Cast, changed: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        override(inspection, cast, **changed)

    assert refused.value.message_dict == {field: [sentence]}
    assert nothing_happened()


def test_who_has_not_seen_the_last_record_is_told(inspection: Inspection, cast: Cast) -> None:
    override(inspection, cast)

    with pytest.raises(workflow.RecordedMeanwhile):
        meet(inspection, cast)

    assert (DutyMet.objects.count(), Change.objects.count()) == (0, 1)
    assert meet(inspection, cast, version=1).sequence == 1


def test_a_place_that_is_taken_is_refused_by_the_database(inspection: Inspection, cast: Cast) -> None:
    statement = Duty.objects.get(framework=inspection.framework_id, slug="written-statement")
    tomorrow = date(2012, 11, 15)
    DutyMet.objects.create(
        inspection=inspection, duty=statement, sequence=2, on=tomorrow, met_on=tomorrow, what="Theirs."
    )

    with pytest.raises(workflow.RecordedMeanwhile):
        meet(inspection, cast)

    assert (DutyMet.objects.get().what, Change.objects.count()) == ("Theirs.", 0)


@pytest.mark.parametrize("change", [meet, override])
def test_the_same_sent_twice_is_one_record(inspection: Inspection, cast: Cast, change: Any) -> None:
    first = change(inspection, cast)

    second = change(inspection, cast)

    assert (second, Change.objects.count()) == (first, 1)


def test_a_report_that_comes_round_is_met_by_its_round(inspection: Inspection, cast: Cast) -> None:
    notice = InterventionFactory(
        council=inspection.council, inspection=inspection, slug="notice", report_every=1
    )

    record = meet(inspection, cast, duty="report-to-department.notice.2", what="Sent.")

    assert (record.duty.slug, record.intervention, record.occurrence) == ("report-to-department", notice, 2)


def test_an_inspection_of_another_council_is_that_councils(
    inspection: Inspection, northmoor: Plan, cast: Cast
) -> None:
    theirs = InspectionFactory(council=northmoor.council, framework=inspection.framework)
    MembershipFactory(user=cast.plan_administrator, council=northmoor.council, role=Role.READER)

    with pytest.raises(PermissionDenied):
        meet(theirs, cast)

    assert nothing_happened()
    assert Duty.objects.filter(framework=theirs.framework).exists()
