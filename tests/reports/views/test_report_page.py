"""A report as a page."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Council
from recommendations import progress
from reports.models import Report
from tests.cast import HARROW_PAGES

pytestmark = pytest.mark.once

ADDRESS = f"{HARROW_PAGES}reports/scrutiny/"


def test_it_holds_what_the_paper_holds(report: Report, as_reader: Client) -> None:
    page = as_reader.get(ADDRESS)

    assert page.status_code == 200
    headings = [
        re.sub(r"<[^>]+>", "", text).strip()
        for text in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page.content.decode(), re.DOTALL)
    ]
    assert headings == [
        "How the plan goes",
        "Section 1 – Summary and Recommendations",
        "Section 2 – Report",
        "Section 3 – Statutory Officer Clearance",
        "Section 4 – Contact Details and Background Papers",
        "Progress in a minute",
        "Questions for the board",
        "Appendix A: How the plan goes",
        "Appendix B: Index of changes",
    ]


def test_every_figure_leads_to_the_list_of_its_actions(report: Report, as_reader: Client) -> None:
    page = as_reader.get(ADDRESS)

    figures = progress.of_plan(report.plan, on=report.on)
    links = {
        address.replace("&amp;", "&"): int(count)
        for address, count in re.findall(r'href="([^"]+/actions/[^"]*)">(\d+)<', page.content.decode())
    }
    assert links[f"{HARROW_PAGES}actions/?overdue=yes"] == figures.overdue.count
    for address, count in list(links.items())[:12]:
        listed = as_reader.get(address).content.decode()
        assert re.search(rf"\b{count}\b", listed), address


def test_the_day_is_the_reports_own(report: Report, as_reader: Client) -> None:
    page = as_reader.get(ADDRESS)

    assert "40 of 62 actions" in page.content.decode()


def test_another_day_is_shown_as_it_was_and_nothing_can_be_made_of_it(
    report: Report, as_reader: Client
) -> None:
    page = as_reader.get(f"{ADDRESS}?on=2012-09-13").content.decode()
    made = as_reader.post(f"{ADDRESS}files/?on=2012-09-13")

    assert "as it stood on <strong>13 September 2012</strong>" in page
    assert "11 of 11 actions that should be finished are not" in page
    assert "Make the PDF" not in page
    assert made.status_code == 403
    assert Report.objects.get(pk=report.pk).on == date(2012, 11, 14)


def test_a_report_of_an_earlier_day_says_so_and_links_to_that_day(report: Report, as_reader: Client) -> None:
    Report.objects.filter(pk=report.pk).update(on="2012-10-15")

    page = as_reader.get(ADDRESS).content.decode()

    assert "as it stood on <strong>15 October 2012</strong>" in page
    assert "overdue=yes&amp;on=2012-10-15" in page


def test_it_offers_the_pdf(report: Report, as_reader: Client) -> None:
    page = as_reader.get(ADDRESS).content.decode()

    assert f'<form method="post" action="{ADDRESS}files/">' in page
    assert "Make the PDF" in page


def test_its_colours_come_with_a_nonce(report: Report, as_reader: Client) -> None:
    page = as_reader.get(ADDRESS)

    nonces = set(re.findall(r'<style nonce="([^"]+)">', page.content.decode()))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in page["Content-Security-Policy"]
    assert ' style="' not in page.content.decode()


def test_queries_stay_few(report: Report, as_reader: Client) -> None:
    as_reader.get(ADDRESS)

    with CaptureQueriesContext(connection) as queries:
        as_reader.get(ADDRESS)

    assert len(queries) <= 45


def test_another_council_is_not_found(report: Report, as_northmoor_administrator: Client) -> None:
    assert as_northmoor_administrator.get(ADDRESS).status_code == 404


def test_an_exempt_one_is_not_found_by_a_reader(
    report: Report, as_reader: Client, as_board_member: Client
) -> None:
    Report.objects.filter(pk=report.pk).update(exempt_paragraph="3", public_interest="A contract is open.")

    assert as_reader.get(ADDRESS).status_code == 404
    assert as_board_member.get(ADDRESS).status_code == 200


def test_under_another_plan_it_is_not_found(report: Report, as_reader: Client) -> None:
    assert as_reader.get("/harrow/none/reports/scrutiny/").status_code == 404


def test_signed_out_one_is_asked_to_sign_in(report: Report, signed_out: Client) -> None:
    assert signed_out.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_for_reading(report: Report, as_reader: Client, method: str) -> None:
    assert getattr(as_reader, method)(ADDRESS).status_code == 405


def test_a_council_that_lives_shows_the_reports_day(report: Report, as_reader: Client) -> None:
    Council.objects.filter(slug="harrow").update(stands_at=None)

    page = as_reader.get(ADDRESS).content.decode()

    assert "as it stood on <strong>14 November 2012</strong>" in page
    assert "overdue=yes&amp;on=2012-11-14" in page
