"""The report as of its day, before it becomes a page or a file."""

import re
from datetime import date
from typing import TypeVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.models import Council, Plan, Rating, Theme
from recommendations import progress
from recommendations.models import Recommendation
from reports import document
from reports.models import Audience, Layout, Numbering, Readiness, Report, SectionSource
from reports.paper import PLAIN_COLOUR, Block, Heading, Paper, Words
from reports.plan_blocks.index import Index
from reports.plan_blocks.minute import Minute
from reports.plan_blocks.whole_plan import WholePlan
from tests.factories import ActionFactory, RecommendationFactory

B = TypeVar("B", bound=Block)


def block(paper: Paper, kind: type[B]) -> B:
    """The one block of that kind."""
    (found,) = (block for part in paper.parts for block in part.blocks if isinstance(block, kind))
    return found


def again(report: Report) -> Report:
    return Report.objects.with_plan().get(pk=report.pk)


def headings(paper: Paper) -> list[tuple[int, str, str]]:
    return [
        (block.level, block.number, block.text)
        for block in paper.parts[0].blocks
        if isinstance(block, Heading)
    ]


def test_the_head_of_the_report(report: Report) -> None:
    paper = document.of(report)

    assert [(row.label, row.lines) for row in paper.head] == [
        ("Report for", ("Scrutiny Committee",)),
        ("Date of meeting", ("14 November 2012",)),
        ("Subject", ("How the plan goes",)),
        ("Responsible officer", ("Director of Children's Services",)),
        ("Scrutiny lead member area", ("Policy", "Performance")),
        ("Exempt", ("No",)),
        ("Enclosures", ("Appendix A: How the plan goes", "Appendix B: Index of changes")),
    ]


def test_sections_are_numbered_as_the_layout_says(report: Report) -> None:
    paper = document.of(report)

    assert headings(paper) == [
        (2, "Section 1 –", "Summary and Recommendations"),
        (3, "", "Summary"),
        (3, "", "Recommendations"),
        (2, "Section 2 –", "Report"),
        (3, "", "Background"),
        (2, "Section 3 –", "Statutory Officer Clearance"),
        (2, "Section 4 –", "Contact Details and Background Papers"),
        (2, "", "Questions for the board"),
    ]
    assert [(part.key, part.title) for part in paper.parts[1:]] == [
        ("appendix-a", "Appendix A: How the plan goes"),
        ("appendix-b", "Appendix B: Index of changes"),
    ]


@pytest.mark.parametrize(
    ("how", "first", "numbers", "counts"),
    [
        (Numbering.NONE, 1, ["", ""], []),
        (Numbering.HEADINGS, 1, ["1.", "2."], ["1.1", "1.2", "2.1"]),
        (Numbering.PARAGRAPHS, 7, ["", ""], ["7.1", "7.2", "8.1"]),
        (Numbering.RUN, 1, ["", ""], ["1.", "2.", "3."]),
    ],
)
def test_paragraphs_are_counted_as_the_layout_says(
    how: Numbering, first: int, numbers: list[str], counts: list[str], report: Report
) -> None:
    Layout.objects.filter(pk=report.layout_id).update(numbering=how, first_number=first)
    report.sections.filter(level=1).update(filled_from=SectionSource.HEADING, body="")
    report.sections.filter(level=2).update(numbers_paragraphs=True)
    report.sections.filter(position__gt=5).delete()
    report.sections.filter(position=3).update(body="- To note")

    paper = document.of(again(report))

    shown = "".join(block.html for block in paper.parts[0].blocks if isinstance(block, Words))
    report.sections.filter(position=2).update(body="One.\n\nTwo.\n\n- not counted")
    longer = document.of(again(report))
    found = "".join(block.html for block in longer.parts[0].blocks if isinstance(block, Words))
    assert [number for level, number, _ in headings(paper) if level == 2] == numbers
    assert re.findall(r'<span class="rp-count">([^<]*)</span>', found) == counts
    assert len(re.findall('rp-count"', shown)) == max(0, len(counts) - 1)


def test_what_does_not_apply_is_left_out_with_its_number(report: Report) -> None:
    report.sections.filter(position=6).update(
        readiness=Readiness.NOT_APPLICABLE, because="No officer clears it."
    )

    paper = document.of(again(report))

    assert (2, "Section 3 –", "Contact Details and Background Papers") in headings(paper)
    assert "Statutory Officer Clearance" not in [text for _, _, text in headings(paper)]


def test_the_open_paper_knows_nothing_of_what_is_exempt(report: Report) -> None:
    report.sections.filter(position=5).update(
        heading="Walrus contract",
        body="Walrus.",
        exempt_paragraph="3",
        public_interest="Walrus bids are open.",
    )
    report.enclosures.filter(position=1).update(
        title="Walrus costs", exempt_paragraph="5", public_interest="Walrus advice."
    )

    shown = document.of(again(report), audience=Audience.OPEN)
    whole = document.of(again(report), audience=Audience.EXEMPT)

    assert document.audiences_of(report) == (Audience.OPEN, Audience.EXEMPT)
    assert "alrus" not in repr(shown)
    assert [part.title for part in shown.parts[1:]] == ["Appendix A: Index of changes"]
    assert (shown.marking, whole.marking) == ("Draft – Open", "Draft – Exempt: paragraphs 3, 5")
    assert [part.title for part in whole.parts[1:]] == [
        "Appendix A: Walrus costs",
        "Appendix B: Index of changes",
    ]


def test_its_figures_are_those_of_the_day(report: Report, harrow: Plan) -> None:
    shown = block(document.of(report), Minute)

    standing = progress.break_down(harrow, on=date(2012, 11, 14))
    assert shown.figures == standing.whole
    assert shown.themes == standing.themes
    assert shown.timescales == standing.timescales
    assert [row.standing for row in shown.longest_overdue] == progress.longest_overdue(
        harrow, on=date(2012, 11, 14), at_most=5
    )


def test_an_earlier_day_shows_the_plan_as_it_stood(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(on=date(2012, 9, 13))

    shown = block(document.of(again(report)), Minute)

    assert shown.figures.complete.count == 0
    assert shown.figures.actions.count == 101


def test_before_the_plan_had_actions_its_recommendations_stand_alone(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(on=date(2012, 7, 1))

    shown = block(document.of(again(report)), WholePlan)

    assert [(theme.name, theme.actions, len(theme.recommendations)) for theme in shown.themes] == [
        ("Safeguarding", 0, 11),
        ("Looked after children", 0, 11),
    ]


def test_the_plan_in_full_holds_every_action_under_its_phase(report: Report) -> None:
    shown = block(document.of(report), WholePlan)

    second = shown.themes[0].recommendations[1]
    assert second.reference == "S2"
    assert [(phase.label, [row.standing.action.number for row in phase.rows]) for phase in second.phases] == [
        ("Must do", ["1", "2", "3", "4", "5", "6"])
    ]
    rows = [
        row
        for theme in shown.themes
        for recommendation in theme.recommendations
        for phase in recommendation.phases
        for row in phase.rows
    ]
    assert len(rows) == 101


def test_the_due_date_is_as_printed(report: Report) -> None:
    shown = block(document.of(report), WholePlan)

    last = shown.themes[1].recommendations[-1].phases[0].rows[0]
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

    paper = document.of(again(short_report))

    assert paper.colour == PLAIN_COLOUR
    assert [rating.slug for rating in paper.ratings] == ["amber"]


def test_the_index_of_changes_has_the_headings_that_actions_stand_under(report: Report) -> None:
    shown = block(document.of(report), Index)

    assert [(heading.heading, len(heading.rows)) for heading in shown.headings] == [
        ("New or changed policy", 16),
        ("New or changed guidance", 8),
        ("Quality improvement", 12),
        ("Change to workforce planning, learning and development", 26),
    ]


def test_before_anything_stood_in_the_index_it_has_no_heading(report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(on=date(2012, 9, 9))

    assert block(document.of(again(report)), Index).headings == ()
