"""Herefordshire's paper of 16 November 2012, fact by fact."""

from datetime import date
from decimal import Decimal

from boards.models import Cost, Risk
from boards.register import standings
from improvement.models import Inspection, Intervention, LeadOfficer, Organisation, Plan
from recommendations import measures, progress
from recommendations.models import Action, Measure, ProgressUpdate, Reading, Recommendation
from reports.models import Report
from tests.papers.conftest import grades, stands

ON = date(2012, 11, 16)
AREAS = [
    "Front line practice",
    "Development of the Herefordshire Safeguarding Children Board",
    "Workforce, including recruitment and retention",
    "Multi-agency safeguarding hub",
    "Commissioning and contracting, including gaps in services",
    "Looked after children's services",
    "Quality assurance and performance management",
]


def test_it_stands_at_the_day_of_its_meeting(herefordshire: Plan) -> None:
    assert stands(herefordshire.council) == (ON, "the day of the meeting that its paper is for")


def test_the_inspection(herefordshire: Plan) -> None:
    inspection = Inspection.objects.get(council=herefordshire.council)

    assert inspection.framework.slug == "protection-of-children-2012"
    assert (inspection.started_on, inspection.ended_on) == (date(2012, 9, 10), date(2012, 9, 19))
    assert (inspection.received_on, inspection.published_on) == (None, None)
    assert grades(inspection) == {
        "overall-effectiveness": "Inadequate",
        "help-and-protection": "Inadequate",
        "quality-of-practice": "Inadequate",
        "leadership-and-governance": "Inadequate",
    }
    assert list(herefordshire.inspections.all()) == [inspection]
    assert "which is ten days" in inspection.note
    assert (
        "a full one in 2010 and an unannounced one of duty, referral and assessment in 2011"
        in inspection.note
    )


def test_the_improvement_notice_is_expected(herefordshire: Plan) -> None:
    notice = Intervention.objects.get(council=herefordshire.council)

    assert (notice.kind, notice.issued_on, notice.expected_months) == ("improvement-notice", None, 18)
    assert (notice.report_every, notice.report_unit) == (3, "months")
    assert "23 October 2012" in notice.expected
    assert "18 months to 2 years" in notice.note


def test_seven_areas_of_work(herefordshire: Plan) -> None:
    themes = [theme.name for theme in herefordshire.themes.order_by("position")]

    own = Recommendation.objects.for_plan(herefordshire).filter(raised_by="The council").in_order()
    assert themes == AREAS
    assert [made.reference for made in own] == ["A1", "A2", "A3", "A4", "A5", "A6", "A7"]
    assert "The inspection does not require it" in own.get(reference="A6").note
    assert {made.inspection_id for made in own} == {None}


def test_four_immediate_actions_and_where_each_stands(herefordshire: Plan) -> None:
    required = Recommendation.objects.for_plan(herefordshire).filter(timescale="immediate").in_order()
    actions = Action.objects.for_plan(herefordshire).for_timescale("immediate").as_of(ON).in_plan_order()

    assert [(made.reference, made.raised_by) for made in required] == [
        (reference, "Ofsted") for reference in ("I1", "I2", "I3", "I4")
    ]
    assert [(str(action), action.stage) for action in actions] == [
        ("I1 (1)", "in-progress"),
        ("I2 (1)", "in-progress"),
        ("I2 (2)", "in-progress"),
        ("I3 (1)", "in-progress"),
        ("I4 (1)", "in-progress"),
    ]


def test_the_audit_of_over_1600_cases(herefordshire: Plan) -> None:
    audit = Action.objects.get_by_natural_key(*herefordshire.natural_key(), "I1", "1")

    said = ProgressUpdate.objects.get(action=audit)
    assert (audit.original_due_on, audit.due_precision, audit.due_text) == (
        date(2012, 12, 15),
        "day",
        "15th December, 2012",
    )
    assert "1,100 open and 500 closed cases" in audit.note
    assert "from 12 November to 15 December 2012" in said.narrative


def test_coaching_is_due_in_december(herefordshire: Plan) -> None:
    coaching = Action.objects.get_by_natural_key(*herefordshire.natural_key(), "I2", "2")

    assert (coaching.original_due_on, coaching.due_precision, coaching.due_text) == (
        date(2012, 12, 31),
        "month",
        "December, 2012",
    )


def test_figures(herefordshire: Plan) -> None:
    figures = progress.of_plan(herefordshire, on=ON)

    assert (figures.actions.count, figures.overdue.count, figures.complete.count) == (9, 0, 0)
    assert figures.stage("in-progress").count == 7
    assert figures.stage("not-started").count == 2
    assert Recommendation.objects.for_plan(herefordshire).raised_by(on=ON).count() == 11
    assert Recommendation.objects.for_plan(herefordshire).raised_by(on=date(2012, 11, 15)).count() == 0
    assert set(ProgressUpdate.objects.values_list("rating", flat=True).filter(on=ON)) == {None}


def test_nobody_leads_an_action_because_the_paper_names_nobody(herefordshire: Plan) -> None:
    posts = LeadOfficer.objects.filter(council=herefordshire.council)

    assert sorted(posts.values_list("abbreviation", flat=True)) == ["DPS", "Ind. Chair", "Lead Member"]
    assert {(post.in_key, bool(post.note)) for post in posts} == {(False, True)}
    assert Action.objects.for_plan(herefordshire).led_by(posts, on=ON).count() == 0


def test_whom_the_plan_covers(herefordshire: Plan) -> None:
    names = Organisation.objects.filter(council=herefordshire.council).values_list("name", flat=True)

    assert sorted(names) == [
        "2gether Mental Health Foundation Trust",
        "Clinical Commissioning Group",
        "Early years sector",
        "Herefordshire Children's Improvement Board",
        "Herefordshire Council",
        "Herefordshire Safeguarding Children Board",
        "NHS Herefordshire",
        "Police",
        "Probation Service",
        "Schools",
        "Voluntary sector",
        "Wye Valley NHS Trust",
    ]


def test_five_statements_that_nobody_has_answered_yet(herefordshire: Plan) -> None:
    statements = Measure.objects.for_plan(herefordshire).filter(kind="statement").in_order()

    assert [statement.slug for statement in statements] == [
        "listened-to",
        "help-i-need",
        "kept-safe",
        "know-their-work",
        "my-family",
    ]
    assert Reading.objects.filter(measure__in=statements).count() == 0


def test_child_protection_plans(herefordshire: Plan) -> None:
    course = measures.of_plan(herefordshire, on=ON)[-1]

    assert [(reading.on, reading.precision, reading.value) for reading in course.readings] == [
        (date(2012, 9, 1), "month", Decimal(169)),
        (date(2012, 11, 1), "month", Decimal(193)),
    ]
    assert (course.change, course.has_improved) == (Decimal(24), None)


def test_risks_15_2_to_15_5(herefordshire: Plan) -> None:
    found = standings(Risk.objects.for_plan(herefordshire), on=ON)

    assert [
        (one.risk.reference, one.risk.funded, bool(one.risk.response), one.is_scored) for one in found
    ] == [
        ("15.2", "not-funded", True, False),
        ("15.3", "unknown", True, False),
        ("15.4", "unknown", True, False),
        ("15.5", "unknown", False, False),
    ]
    assert "1,100 open cases, and 500 closed" in found[0].risk.description


def test_costs_as_printed(herefordshire: Plan) -> None:
    costs = Cost.objects.for_plan(herefordshire).in_order()

    assert [(cost.year, cost.amount_text, cost.amount) for cost in costs] == [
        ("2012/13", "£364", None),
        ("2013/14", "£630k", 630_000),
        ("", "£75-100k", None),
        ("", "", None),
        ("Past two years", "14.8%", None),
        ("Past two years", "9%", None),
    ]
    assert costs[0].note.startswith("Kept as printed. It presumably means thousands")
    assert costs[2].funded_by == "National improvement grant"


def test_its_committee(herefordshire: Plan) -> None:
    report = Report.objects.get(council=herefordshire.council)

    assert (report.committee, report.meeting_on, report.meeting_note, report.is_exempt) == (
        "Health and Social Care Overview and Scrutiny Committee",
        ON,
        "",
        False,
    )


def test_slips_of_the_paper_are_said(herefordshire: Plan) -> None:
    assert "“over 1600” cases" in herefordshire.notes
    assert "“around 1600” by the end of December" in herefordshire.notes
    assert "two aspects for scrutiny and lists three" in herefordshire.notes
