"""Papers in one click: the list, a paper as a page and as a file, and a lead officer's sheet."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan, Theme
from recommendations import progress
from reports.models import ReportFile
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.factories import ActionFactory, RecommendationFactory
from tests.pages import heading, text

pytestmark = pytest.mark.once

LIST = f"{HARROW_PAGES}papers/"
PAPER = f"{LIST}highlights/"
SHEET = f"{LIST}lead-officer/"
ADDRESSES = (LIST, PAPER, SHEET, f"{LIST}board-pack/")
MADE_FROM = (PAPER, f"{SHEET}?lead=SM+QA")


def test_the_list_says_what_each_paper_is_for(as_reader: Client) -> None:
    page = as_reader.get(LIST)

    assert (page.status_code, heading(page)) == (200, "Papers in one click")
    shown = text(page)
    for title in (
        "Highlight and exception report",
        "The plan in full",
        "Written statement of action",
        "Board pack",
    ):
        assert title in shown
    assert "Progress report to the department" not in shown


def test_a_paper_shows_the_figures_of_the_day(as_reader: Client, harrow: Plan) -> None:
    now, before = as_reader.get(PAPER), as_reader.get(f"{PAPER}?on=2012-09-30")

    assert progress.of_plan(harrow, on=date(2012, 11, 14)).headline in text(now)
    assert progress.of_plan(harrow, on=date(2012, 9, 30)).headline in text(before)
    assert "Make the PDF" not in text(before)


def test_a_sheet_is_of_one_post(as_reader: Client) -> None:
    page = as_reader.get(f"{SHEET}?lead=SM+QA")

    assert heading(page) == "SM QA: Service Manager, Quality Assurance"


def test_without_a_post_it_asks_for_one(as_reader: Client) -> None:
    assert heading(as_reader.get(SHEET)) == "Lead officer’s sheet"


@pytest.mark.parametrize("lead", ["nobody", "", "%00", "' OR 1=1"])
def test_a_post_that_leads_nothing_is_a_mistake_in_words(as_reader: Client, lead: str) -> None:
    page = as_reader.get(f"{SHEET}?lead={lead}")

    assert page.status_code == 422
    assert "Choose a post that leads an action of this plan." in text(page)


@pytest.mark.parametrize("address", MADE_FROM)
def test_asking_for_a_file_leads_to_how_far_it_is(as_reader: Client, address: str) -> None:
    answer = as_reader.post(address)

    file = ReportFile.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{HARROW_PAGES}files/{file.pk}/")
    assert (file.report, file.audience, file.format) == (None, "open", "pdf")


def test_a_word_file_is_asked_for_by_its_button(as_reader: Client) -> None:
    as_reader.post(PAPER, {"format": "docx"})

    assert ReportFile.objects.get().format == "docx"


@pytest.mark.parametrize("address", [f"{PAPER}?on=2012-09-30", f"{SHEET}?lead=SM+QA&on=2012-09-30"])
def test_nothing_is_made_of_a_past_day(as_reader: Client, address: str) -> None:
    assert as_reader.post(address).status_code == 403
    assert not ReportFile.objects.exists()


@pytest.mark.parametrize("paper", ["nothing", "notice-progress"])
def test_a_paper_that_this_plan_does_not_make_is_not_found(as_reader: Client, paper: str) -> None:
    assert as_reader.get(f"{LIST}{paper}/").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_council_is_not_found(as_northmoor_administrator: Client, address: str) -> None:
    assert as_northmoor_administrator.get(address).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_signed_out_one_is_asked_to_sign_in(signed_out: Client, address: str) -> None:
    assert signed_out.get(address).status_code == 302


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["put", "delete"])
def test_no_other_way(as_reader: Client, address: str, method: str) -> None:
    assert getattr(as_reader, method)(address).status_code == 405


@pytest.mark.parametrize("paper", ["highlights", "full-plan", "written-statement", "easy-read"])
def test_queries_do_not_grow_with_the_plan(
    northmoor: Plan, as_northmoor_administrator: Client, paper: str
) -> None:
    address = f"{NORTHMOOR_PAGES}papers/{paper}/?on=2025-07-04"
    with CaptureQueriesContext(connection) as few:
        as_northmoor_administrator.get(address)
    for _ in range(2):
        more = RecommendationFactory(theme=Theme.objects.get(plan=northmoor), raised_on=date(2025, 1, 10))
        ActionFactory(recommendation=more, added_on=date(2025, 1, 10), original_due_on=date(2025, 6, 1))

    with CaptureQueriesContext(connection) as many:
        as_northmoor_administrator.get(address)

    assert len(many) == len(few)
