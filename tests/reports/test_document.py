"""The report as of its day, before it becomes a page or a file."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.models import Council, Plan, Rating, Theme
from recommendations import progress
from recommendations.models import Recommendation
from reports import document
from reports.models import Report
from tests.factories import ActionFactory, RecommendationFactory


def test_the_head_of_the_report(report: Report) -> None:
    paper = document.of(report)

    assert [(row.label, row.lines) for row in paper.header] == [
        ("Report for", ("Scrutiny Committee",)),
        ("Date of meeting", ("14 November 2012",)),
        ("Subject", ("How the plan goes",)),
        ("Responsible officer", ("Director of Children's Services",)),
        ("Scrutiny lead member area", ("Policy", "Performance")),
        ("Exempt", ("No",)),
        ("Enclosures", ("Appendix A",)),
    ]


def test_the_numbered_parts(report: Report) -> None:
    paper = document.of(report)

    assert [
        (part.number, part.heading, [section.heading for section in part.sections]) for part in paper.parts
    ] == [
        (1, "Summary and Recommendations", ["Summary", "Recommendations"]),
        (2, "Report", ["Background"]),
    ]
    assert (paper.clearance_number, paper.contact_number) == (3, 4)


def test_its_figures_are_those_of_the_day(report: Report, harrow: Plan) -> None:
    paper = document.of(report)

    standing = progress.break_down(harrow, on=date(2012, 11, 14))
    assert paper.progress.figures == standing.whole
    assert paper.progress.themes == standing.themes
    assert paper.progress.timescales == standing.timescales
    assert [row.standing for row in paper.progress.longest_overdue] == progress.longest_overdue(
        harrow, on=date(2012, 11, 14), at_most=5
    )


def test_an_earlier_day_shows_the_plan_as_it_stood(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(on=date(2012, 9, 13))

    paper = document.of(Report.objects.with_plan().get(pk=report.pk))

    assert paper.progress.figures.complete.count == 0
    assert paper.progress.figures.actions.count == 101


def test_before_the_plan_had_actions_its_recommendations_stand_alone(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(on=date(2012, 7, 1))

    paper = document.of(Report.objects.with_plan().get(pk=report.pk))

    assert [(theme.name, theme.actions, len(theme.recommendations)) for theme in paper.appendix.themes] == [
        ("Safeguarding", 0, 11),
        ("Looked after children", 0, 11),
    ]


def test_the_appendix_holds_every_action_under_its_phase(report: Report) -> None:
    paper = document.of(report)

    second = paper.appendix.themes[0].recommendations[1]
    assert second.reference == "S2"
    assert [(phase.label, [row.standing.action.number for row in phase.rows]) for phase in second.phases] == [
        ("Must do", ["1", "2", "3", "4", "5", "6"])
    ]
    rows = [
        row
        for theme in paper.appendix.themes
        for recommendation in theme.recommendations
        for phase in recommendation.phases
        for row in phase.rows
    ]
    assert len(rows) == 101


def test_the_due_date_is_as_printed(report: Report) -> None:
    paper = document.of(report)

    last = paper.appendix.themes[1].recommendations[-1].phases[0].rows[0]
    assert (last.due, last.standing.due_on, last.standing.days_overdue) == ("31.9.12", None, 0)


def test_queries_do_not_grow_with_the_plan(short_report: Report, northmoor: Plan) -> None:
    with CaptureQueriesContext(connection) as few:
        document.of(short_report)
    for _ in range(3):
        recommendation = RecommendationFactory(
            theme=Theme.objects.get(plan=northmoor), raised_on=date(2025, 1, 10)
        )
        ActionFactory.create_batch(3, recommendation=recommendation, added_on=date(2025, 1, 10))

    with CaptureQueriesContext(connection) as many:
        document.of(short_report)

    assert Recommendation.objects.for_plan(northmoor).count() == 4
    assert len(many) == len(few)


@pytest.mark.parametrize("colour", ["red;}", "#12345", "url(x)"])
def test_a_colour_that_is_none_is_not_used(short_report: Report, colour: str) -> None:
    Council.objects.filter(slug="northmoor").update(colour=colour)
    Rating.objects.filter(scale__slug="northmoor-brag", slug="blue").update(colour=colour)

    paper = document.of(Report.objects.with_plan().get(pk=short_report.pk))

    assert paper.colour == document.PLAIN_COLOUR
    assert [rating.slug for rating in paper.ratings] == ["amber"]


def test_the_index_of_changes_has_the_headings_that_actions_stand_under(report: Report) -> None:
    paper = document.of(report)

    assert [(heading.heading, len(heading.rows)) for heading in paper.index] == [
        ("New or changed policy", 16),
        ("New or changed guidance", 8),
        ("Quality improvement", 12),
        ("Change to workforce planning, learning and development", 26),
    ]


def test_before_anything_stood_in_the_index_there_is_no_such_appendix(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(on=date(2012, 9, 9))

    assert document.of(Report.objects.with_plan().get(pk=report.pk)).index == ()
