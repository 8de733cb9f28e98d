"""Hillingdon's paper on the inspection of November and December 2013, fact by fact."""

from datetime import date

from boards.models import Cost, Risk
from improvement.models import Inspection, Intervention, Plan
from recommendations.models import Action, Measure, ProgressUpdate, Recommendation
from reports.models import Report
from tests.papers.conftest import grades, stands

CHOSEN = date(2014, 3, 20)


def test_its_day_was_chosen(hillingdon: Plan) -> None:
    report = Report.objects.get(council=hillingdon.council)

    assert stands(hillingdon.council) == (CHOSEN, "a day chosen because its paper bears none")
    assert report.meeting_note == "The paper bears no day; this one was chosen."


def test_the_inspection_and_only_what_the_paper_says_of_it(hillingdon: Plan) -> None:
    inspection = Inspection.objects.get(council=hillingdon.council)

    assert inspection.framework.slug == "sif-2013"
    assert (inspection.started_on, inspection.ended_on) == (date(2013, 11, 25), date(2013, 12, 18))
    assert (inspection.received_on, inspection.published_on) == (None, None)
    assert grades(inspection) == {"overall-effectiveness": "Requires improvement", "adoption": "Good"}
    assert "Safeguarding Children Board was reviewed too; the paper gives no grade for it" in inspection.note
    assert "On 3 March 2014 Ofsted confirmed that nothing is prescribed" in inspection.note
    assert Intervention.objects.filter(council=hillingdon.council).count() == 0


def test_what_was_already_under_way(hillingdon: Plan) -> None:
    found = Recommendation.objects.for_plan(hillingdon).filter(theme__slug="under-way").in_order()
    actions = Action.objects.for_plan(hillingdon).filter(recommendation__in=found).as_of(CHOSEN)

    assert [made.title for made in found] == [
        "Consistent assessments",
        "Better care plans",
        "Regular supervision",
        "A stable workforce",
    ]
    assert {made.raised_on for made in found} == {date(2014, 2, 19)}
    assert [(str(action), action.stage) for action in actions.in_plan_order()] == [
        ("H1 (1)", "in-progress"),
        ("H2 (1)", "in-progress"),
        ("H3 (1)", "in-progress"),
        ("H4 (1)", "in-progress"),
        ("H4 (2)", "in-progress"),
    ]


def test_the_committees_comments_are_of_19_february(hillingdon: Plan) -> None:
    said = ProgressUpdate.objects.filter(action__recommendation__reference="H4", on=date(2014, 2, 19))

    assert {update.source for update in said.filter(action__recommendation__plan=hillingdon)} == {
        "Comments of the Policy Overview Committee, 19 February 2014"
    }


def test_the_statement_and_the_draft_plan(hillingdon: Plan) -> None:
    answer = Recommendation.objects.for_plan(hillingdon).filter(theme__slug="answer")
    statement, updates = (
        Action.objects.for_plan(hillingdon).filter(recommendation__in=answer).as_of(CHOSEN).in_plan_order()
    )

    assert {made.raised_by for made in answer} == {"The council"}
    assert (statement.stage, statement.original_due_on, statement.due_text) == (
        "not-started",
        None,
        "within 70 working days of receiving the report",
    )
    assert [str(lead) for lead in statement.leads.order_by("position")] == [
        "Dir. CYPS",
        "Leader",
        "Dep. Leader",
    ]
    assert (updates.stage, updates.due_precision, updates.due_text) == (
        "in-progress",
        "ongoing",
        "every two weeks",
    )


def test_the_slip_of_30_days_is_kept_and_said(hillingdon: Plan) -> None:
    legal = Report.objects.get(council=hillingdon.council).sections.get(heading="Legal")

    assert "“within 30 days of receipt”; the regulation it cites says 30 working days" in hillingdon.notes
    assert "within 30 days (so the paper; the regulation says working days)" in legal.body
    assert "70 working days of receipt" in legal.body


def test_it_prints_no_measure_no_risk_and_no_cost(hillingdon: Plan) -> None:
    assert [model.objects.for_plan(hillingdon).count() for model in (Measure, Risk, Cost)] == [0, 0, 0]
