"""Haringey's paper on the progress review of January 2010, fact by fact."""

from datetime import date

from boards.models import Cost, Risk
from improvement.models import Inspection, Intervention, Plan
from recommendations import progress
from recommendations.models import Action, Measure, ProgressUpdate, Recommendation
from reports import document
from reports.models import Report
from tests.papers.conftest import grades, stands

CHOSEN = date(2010, 3, 1)


def test_its_day_was_chosen(haringey: Plan) -> None:
    report = Report.objects.with_plan().get(council=haringey.council)

    assert stands(haringey.council) == (CHOSEN, "a day chosen because its paper bears none")
    assert document.of(report).head[1].lines == (
        "1 March 2010",
        "The paper bears no day; this one was chosen.",
    )


def test_three_reviews(haringey: Plan) -> None:
    found = Inspection.objects.filter(council=haringey.council).order_by("started_on")

    assert [
        (row.framework.slug, row.started_on, row.ended_on, row.published_on, row.received_on) for row in found
    ] == [
        ("joint-area-review-2005", date(2008, 11, 1), date(2008, 11, 30), None, None),
        ("jar-progress-review-2009", date(2009, 6, 1), date(2009, 6, 30), None, None),
        ("jar-progress-review-2009", date(2010, 1, 25), date(2010, 1, 29), None, None),
    ]
    assert set(haringey.inspections.all()) == set(found)
    assert ["gives only the month" in row.note for row in found] == [True, True, False]


def test_their_judgements(haringey: Plan) -> None:
    found = Inspection.objects.filter(council=haringey.council).order_by("started_on")

    assert [grades(row) for row in found] == [
        {},
        {"progress-overall": "Limited"},
        {
            "progress-overall": "Good",
            "capacity-to-improve": "Good",
            "referral-and-protection": "Good",
            "preventative-strategies": "Good",
            "support-and-supervision": "Satisfactory",
            "partnership-and-capacity": "Good",
        },
    ]


def test_both_days_of_the_last_review_are_kept(haringey: Plan) -> None:
    review = Inspection.objects.get(council=haringey.council, slug="progress-review-2010")

    assert "27 to 31 January 2010 in its purpose, 25 to 29 January 2010 in its text" in review.note
    assert "27 to 31 January in its purpose, 25 to 29 January in its text" in haringey.notes
    assert "Nine inspectors" in review.note
    assert "more than 120 staff and stakeholders" in review.note
    assert "10 cases" in review.note


def test_the_secretary_of_state_stepped_in_on_days_that_the_paper_lacks(haringey: Plan) -> None:
    found = Intervention.objects.filter(council=haringey.council).order_by("slug")

    assert [(row.kind, row.by_whom, row.issued_on, row.issued_text) for row in found] == [
        ("direction", "Secretary of State", None, "After June 2009, no day given"),
        ("other", "Secretary of State", None, "After November 2008, no day given"),
    ]


def test_ten_areas_for_further_improvement(haringey: Plan) -> None:
    areas = Recommendation.objects.for_plan(haringey).in_order()

    assert [area.reference for area in areas] == [f"F{number}" for number in range(1, 11)]
    assert {(area.timescale, area.raised_by, area.inspection.slug) for area in areas} == {  # type: ignore[union-attr]
        ("none", "Ofsted", "progress-review-2010")
    }
    assert areas[2].text == "Hold every initial child protection conference within 15 working days."


def test_one_of_them_is_under_way_and_nothing_is_invented_for_the_others(haringey: Plan) -> None:
    (action,) = Action.objects.for_plan(haringey).as_of(CHOSEN)

    (said,) = ProgressUpdate.objects.filter(action=action)
    assert (str(action), action.stage, action.original_due_on, action.due_text) == (
        "F10 (1)",
        "in-progress",
        None,
        "",
    )
    assert (said.rating, said.by, said.source) == (None, None, "Paper for the Children's Trust, undated")
    assert progress.of_plan(haringey, on=CHOSEN).headline == "The one action was not due to be finished yet"
    for model in (Measure, Risk, Cost):
        assert model.objects.for_plan(haringey).count() == 0


def test_the_revision_goes_to_the_trust_in_june(haringey: Plan) -> None:
    assert "goes to the Children's Trust in June" in haringey.notes
    assert "called the Joint Area Review Action Plan before" in haringey.notes


def test_its_committee(haringey: Plan) -> None:
    report = Report.objects.get(council=haringey.council)

    assert (report.title, report.committee) == ("Ofsted Progress Review January 2010", "Children's Trust")
