"""Adding frameworks, inspections and interventions, and saying when a report was received."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement import inspection_workflow, ledger
from improvement.framework_text import FrameworkText, read_areas, read_duties, read_grades
from improvement.models import (
    Area,
    Change,
    Framework,
    Grade,
    Inspection,
    Intervention,
    Judgement,
    Plan,
)
from improvement.workflow import RecordedMeanwhile
from tests.cast import Cast
from tests.factories import InspectionFactory, InterventionFactory

ON = date(2012, 11, 14)
NO_ADMINISTRATOR = [
    "lead_officer",
    "board_member",
    "scrutiny_officer",
    "reader",
    "northmoor_administrator",
    "staff",
    "stranger",
]
TEXT = FrameworkText(
    areas=read_areas("Overall\n> Part\nFindings [no grade]", ("grades",)),
    grades=read_grades("Good\nBad"),
    duties=read_duties("70 working days: Answer | The board"),
)


# Frameworks


def add_framework(by: Any, **changed: Any) -> Framework:
    said = {
        "text": TEXT,
        "name": "Family hubs, from 2027",
        "kind": "inspection",
        "inspectorates": "Ofsted",
        "from_on": date(2027, 1, 1),
        "until_on": None,
        "note": "",
        **changed,
    }
    return inspection_workflow.add_framework(by=by, on=date(2026, 11, 21), **said)


def test_the_next_framework_is_added_without_code(councils: None, cast: Cast) -> None:
    added = add_framework(cast.staff)

    framework = Framework.objects.with_everything().get(slug="family-hubs-from-2027")
    assert added == framework
    assert [
        (area.name, area.scale, area.part_of and area.part_of.name) for area in framework.areas.all()
    ] == [
        ("Overall", "grades", None),
        ("Part", "grades", "Overall"),
        ("Findings", "", None),
    ]
    assert [(grade.name, grade.position) for grade in framework.grades.all()] == [("Good", 1), ("Bad", 2)]
    assert [(duty.name, duty.who, duty.amount) for duty in framework.duties.all()] == [
        ("Answer", "The board", 70)
    ]


def test_a_framework_belongs_to_no_council_in_the_ledger(councils: None, cast: Cast) -> None:
    framework = add_framework(cast.staff)

    change = Change.objects.get()
    assert (change.verb, change.council, change.by, change.subject_id) == (
        "add_framework",
        None,
        cast.staff,
        framework.pk,
    )
    assert change.after["areas"] == ["Overall", "Part", "Findings"]
    assert ledger.verify() is None


def test_two_of_one_name_have_two_addresses(councils: None, cast: Cast) -> None:
    slugs = [add_framework(cast.staff, name=name).slug for name in ("Add", "Same", "Same")]

    assert slugs == ["add-2", "same", "same-2"]


@pytest.mark.parametrize("who", ["plan_administrator", "board_member", "reader", "stranger"])
def test_only_staff_add_a_framework(councils: None, cast: Cast, who: str) -> None:
    before = Framework.objects.count()

    with pytest.raises(PermissionDenied):
        add_framework(getattr(cast, who))

    assert (Framework.objects.count(), Change.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"text": FrameworkText((), (), ())},
        {"kind": "raid"},
        {"name": ""},
        {"until_on": date(2026, 12, 31)},
    ],
)
def test_a_framework_that_makes_no_sense(councils: None, cast: Cast, changed: dict[str, Any]) -> None:
    before = Framework.objects.count()

    with pytest.raises(ValidationError):
        add_framework(cast.staff, **changed)

    assert (Framework.objects.count(), Change.objects.count()) == (before, 0)


# Inspections


def add_inspection(plan: Plan, by: Any, **changed: Any) -> Inspection:
    framework = Framework.objects.get(slug="protection-of-children-2012")
    said = {
        "judgements": {
            Area.objects.get(framework=framework, slug="overall-effectiveness"): Grade.objects.get(
                framework=framework, slug="inadequate"
            )
        },
        "framework": framework,
        "name": "Protection of children, September 2012",
        "inspectorates": "Ofsted",
        "started_on": date(2012, 9, 17),
        "ended_on": date(2012, 9, 26),
        "published_on": None,
        "received_on": None,
        "received_note": "",
        "note": "",
        **changed,
    }
    return inspection_workflow.add_inspection(council=plan.council, by=by, on=ON, **said)


def test_an_inspection_is_added_with_its_grades(harrow: Plan, cast: Cast) -> None:
    added = add_inspection(harrow, cast.plan_administrator)

    assert (added.slug, added.council) == ("protection-of-children-september-2012", harrow.council)
    assert [str(judgement) for judgement in added.judgements.all()] == ["Overall effectiveness: Inadequate"]
    change = Change.objects.get()
    assert (change.verb, change.council, change.subject_id) == ("add_inspection", harrow.council, added.pk)
    assert change.after["judgements"] == {"overall-effectiveness": "inadequate"}
    assert change.after["framework"] == "protection-of-children-2012"


@pytest.mark.parametrize("who", NO_ADMINISTRATOR)
def test_only_a_plan_administrator_of_the_council_adds_one(harrow: Plan, cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        add_inspection(harrow, getattr(cast, who))

    assert (Inspection.objects.count(), Change.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"started_on": date(2012, 11, 15), "ended_on": date(2012, 11, 15)},
        {"ended_on": date(2012, 9, 16)},
        {"received_on": date(2012, 9, 16)},
        {"name": ""},
    ],
)
def test_an_inspection_that_makes_no_sense(harrow: Plan, cast: Cast, changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        add_inspection(harrow, cast.plan_administrator, **changed)

    assert (Inspection.objects.count(), Change.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("area", "grade"),
    [
        (("sif-2013", "adoption"), ("sif-2013", "good")),
        (("protection-of-children-2012", "quality-of-practice"), ("sif-2013", "good")),
    ],
)
def test_an_area_or_a_grade_of_another_framework(
    harrow: Plan, cast: Cast, area: tuple[str, str], grade: tuple[str, str]
) -> None:
    wrong = {Area.objects.get_by_natural_key(*area): Grade.objects.get_by_natural_key(*grade)}
    before = Judgement.objects.count()

    with pytest.raises(ValidationError):
        add_inspection(harrow, cast.plan_administrator, judgements=wrong)

    assert (Inspection.objects.count(), Judgement.objects.count()) == (1, before)


def test_a_grade_of_the_other_scale(harrow: Plan, cast: Cast) -> None:
    framework = Framework.objects.get(slug="jar-progress-review-2009")
    wrong = {framework.areas.get(slug="capacity-to-improve"): framework.grades.get(slug="good")}

    with pytest.raises(ValidationError, match="Good is no grade that Capacity to improve can have"):
        add_inspection(harrow, cast.plan_administrator, framework=framework, judgements=wrong)


# The day of receipt


@pytest.fixture
def unreceived(harrow: Plan) -> Inspection:
    return InspectionFactory(council=harrow.council, ended_on=date(2012, 5, 18))


def receive(inspection: Inspection, by: Any, received_on: date = date(2012, 6, 20)) -> None:
    inspection_workflow.record_receipt(
        inspection=inspection, received_on=received_on, received_note=" Covering letter. ", by=by, on=ON
    )


def test_the_day_of_receipt_is_said_once(unreceived: Inspection, cast: Cast) -> None:
    receive(unreceived, cast.plan_administrator)

    with pytest.raises(RecordedMeanwhile):
        receive(unreceived, cast.plan_administrator, date(2012, 6, 21))

    unreceived.refresh_from_db()
    assert (unreceived.received_on, unreceived.received_note) == (date(2012, 6, 20), "Covering letter.")
    change = Change.objects.get()
    assert (change.verb, change.after["received_on"]) == ("record_receipt", "2012-06-20")


@pytest.mark.parametrize("who", NO_ADMINISTRATOR)
def test_only_a_plan_administrator_says_it(unreceived: Inspection, cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        receive(unreceived, getattr(cast, who))

    assert Change.objects.count() == 0


@pytest.mark.parametrize("day", [date(2012, 5, 17), date(2012, 11, 15)])
def test_a_day_of_receipt_that_cannot_be(unreceived: Inspection, cast: Cast, day: date) -> None:
    with pytest.raises(ValidationError):
        receive(unreceived, cast.plan_administrator, day)

    assert Change.objects.count() == 0


# Interventions


def add_intervention(plan: Plan, by: Any, **changed: Any) -> Intervention:
    said = {
        "inspection": Inspection.objects.get(council__slug="harrow"),
        "kind": "improvement-notice",
        "by_whom": "Secretary of State",
        "issued_on": date(2012, 8, 6),
        "expected": "",
        "expected_months": 18,
        "report_every": 3,
        "report_unit": "months",
        "note": "",
        **changed,
    }
    return inspection_workflow.add_intervention(council=plan.council, by=by, on=ON, **said)


def test_an_intervention_is_added(harrow: Plan, cast: Cast) -> None:
    added = add_intervention(harrow, cast.plan_administrator)

    assert (added.slug, added.council, added.expected_months) == ("improvement-notice", harrow.council, 18)
    change = Change.objects.get()
    assert (change.verb, change.after["inspection"]) == (
        "add_intervention",
        "safeguarding-and-looked-after-2012",
    )


def test_an_intervention_that_is_only_expected(harrow: Plan, cast: Cast) -> None:
    said = {"issued_on": None, "expected": "Likely, after the department's visit."}

    added = add_intervention(harrow, cast.plan_administrator, inspection=None, **said)

    assert list(Intervention.objects.known(on=date(2012, 1, 1))) == [added]


@pytest.mark.parametrize(
    "changed",
    [
        {"issued_on": None},
        {"issued_on": date(2012, 11, 15)},
        {"report_every": 0},
        {"report_unit": "working-days"},
        {"kind": "raid"},
    ],
)
def test_an_intervention_that_makes_no_sense(harrow: Plan, cast: Cast, changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        add_intervention(harrow, cast.plan_administrator, **changed)

    assert (Intervention.objects.count(), Change.objects.count()) == (0, 0)


def test_an_inspection_of_another_council(harrow: Plan, northmoor: Plan, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        add_intervention(
            harrow, cast.plan_administrator, inspection=InspectionFactory(council=northmoor.council)
        )

    assert Change.objects.count() == 0


@pytest.mark.parametrize("who", NO_ADMINISTRATOR)
def test_only_a_plan_administrator_adds_or_changes_one(harrow: Plan, cast: Cast, who: str) -> None:
    notice = InterventionFactory(council=harrow.council)

    with pytest.raises(PermissionDenied):
        add_intervention(harrow, getattr(cast, who))
    with pytest.raises(PermissionDenied):
        change(notice, getattr(cast, who))

    assert Change.objects.count() == 0


def change(notice: Intervention, by: Any, version: int = 0, **changed: Any) -> Intervention:
    said = {"reason": "The notice says so.", "report_every": 2, **changed}
    return inspection_workflow.change_intervention(intervention=notice, version=version, by=by, on=ON, **said)


def test_the_interval_of_reports_is_a_setting(harrow: Plan, cast: Cast) -> None:
    notice = InterventionFactory(council=harrow.council)

    changed = change(notice, cast.plan_administrator)

    assert (changed.report_every, Intervention.objects.get().report_every) == (2, 2)
    row = Change.objects.get()
    assert (row.verb, row.before["report_every"], row.after["report_every"], row.reason) == (
        "change_intervention",
        None,
        2,
        "The notice says so.",
    )


def test_a_change_that_changes_nothing_is_none(harrow: Plan, cast: Cast) -> None:
    change(InterventionFactory(council=harrow.council, report_every=2), cast.plan_administrator)

    assert Change.objects.count() == 0


def test_who_has_not_seen_the_last_change_is_told(harrow: Plan, cast: Cast) -> None:
    notice = InterventionFactory(council=harrow.council)
    change(notice, cast.plan_administrator)

    with pytest.raises(RecordedMeanwhile):
        change(notice, cast.plan_administrator, report_every=6)

    assert (Intervention.objects.get().report_every, Change.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    "changed",
    [{"reason": " "}, {"ended_on": date(2012, 8, 5)}, {"ended_on": date(2012, 11, 15)}, {"issued_on": None}],
)
def test_a_change_that_makes_no_sense(harrow: Plan, cast: Cast, changed: dict[str, Any]) -> None:
    notice = InterventionFactory(council=harrow.council)

    with pytest.raises(ValidationError):
        change(notice, cast.plan_administrator, **changed)

    assert (Intervention.objects.get().report_every, Change.objects.count()) == (None, 0)
