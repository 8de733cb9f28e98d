"""Dates that were moved, in the report: first date, current date, how often and by how much."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Plan
from recommendations import progress, slippage
from reports import document, pdf
from reports.models import Report
from reports.plan_blocks.minute import Minute
from reports.plan_blocks.whole_plan import WholePlan
from tests.cast import Cast
from tests.pages import text
from tests.recommendations.steps import ON, agree, ask, load
from tests.reports.reading import Paper
from tests.reports.sources import block, source_of

SENTENCE = (
    "Due dates have moved twice, for 1 action; 1 action stands later than at first, by 153 days in all."
)


@pytest.fixture
def moved(report: Report, harrow: Plan, cast: Cast) -> Report:
    """The paper about Harrow's plan after S5 (4) moved twice, from 31 July to 31 December 2012."""
    for new_on, on in ((date(2012, 11, 30), date(2012, 11, 1)), (date(2012, 12, 31), ON)):
        agree(ask(load("S5", "4"), cast.lead_officer, new_on=new_on, on=on), cast.board_member, on=on)
    return report


def due_of(report: Report, reference: str, number: str) -> tuple[str, str]:
    """When the appendix says that an action is due, and how it moved."""
    rows = [
        row
        for theme in block(document.of(report), WholePlan).themes
        for recommendation in theme.recommendations
        for phase in recommendation.phases
        for row in phase.rows
        if (row.standing.action.recommendation.reference, row.standing.action.number) == (reference, number)
    ]
    assert len(rows) == 1
    return rows[0].due, rows[0].standing.slipped


def test_the_appendix_has_the_date_it_stands_at_and_how_it_got_there(moved: Report) -> None:
    assert due_of(moved, "S5", "4") == ("31 December 2012", "first 31 Jul 2012, moved twice, 153 days later")


def test_a_date_that_never_moved_stands_as_it_is_printed(moved: Report) -> None:
    assert due_of(moved, "S2", "1") == ("27.9.12.", "")


def test_a_report_of_an_earlier_day_has_the_date_of_that_day(moved: Report) -> None:
    Report.objects.filter(pk=moved.pk).update(on=date(2012, 11, 13))

    earlier = Report.objects.with_plan().get(pk=moved.pk)

    assert due_of(earlier, "S5", "4") == ("30 November 2012", "first 31 Jul 2012, moved once, 122 days later")
    assert block(document.of(earlier), Minute).slippage.moves == 1


def test_progress_says_how_far_dates_have_moved(moved: Report, harrow: Plan) -> None:
    assert block(document.of(moved), Minute).slippage == slippage.of_plan(harrow, on=ON)
    assert SENTENCE in source_of(moved)


def test_progress_says_nothing_where_none_has(report: Report) -> None:
    assert "Due dates have moved" not in source_of(report)


def test_the_page_leads_to_the_actions_that_moved(
    as_scrutiny_officer: Client, moved: Report, harrow: Plan
) -> None:
    response = as_scrutiny_officer.get(f"/harrow/{harrow.slug}/reports/{moved.slug}/")

    assert SENTENCE in text(response)
    assert f'href="/harrow/{harrow.slug}/actions/?moved=yes"' in response.content.decode()
    assert "31 December 2012 First 31 Jul 2012, moved twice, 153 days later" in text(response)


@pytest.mark.pdf
def test_progress_stays_on_one_page_where_every_action_shown_was_moved(
    report: Report, harrow: Plan, cast: Cast
) -> None:
    for standing in progress.longest_overdue(harrow, on=ON, at_most=5):
        place = (standing.action.recommendation.reference, standing.action.number)
        for new_on in (date(2012, 11, 2), date(2012, 11, 1)):
            on = date(2012, 11, 1)
            agree(ask(load(*place), cast.plan_administrator, new_on=new_on, on=on), cast.board_member, on=on)
    # Whatever else is late moves further away, so that those five stay the longest overdue.
    late = [one for one in progress.longest_overdue(harrow, on=ON, at_most=101) if not one.moves]
    for standing in late:
        place = (standing.action.recommendation.reference, standing.action.number)
        agree(ask(load(*place), cast.plan_administrator), cast.board_member)

    paper = Paper(pdf.render(source_of(report)).content)

    assert len(block(document.of(report), Minute).longest_overdue) == 5
    assert {row.standing.moves for row in block(document.of(report), Minute).longest_overdue} == {2}
    pages = [page.text for page in paper.pages if "Longest overdue" in page.text]
    assert len(pages) == 1
    assert "Progress in a minute" in pages[0]
    assert "Nobody has given a rating." in pages[0]
