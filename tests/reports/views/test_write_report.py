"""The page of a report's sections."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement import clock
from reports.models import Publication, Report, ReportRow, ReportSection
from reports.workflow import authoring
from tests.cast import HARROW_PAGES, Cast
from tests.factories import UserFactory
from tests.pages import links, text
from tests.reports.views.authors import WRITE, assert_doors

pytestmark = pytest.mark.once


def test_how_far_it_is_and_what_is_missing(report: Report, as_scrutiny_officer: Client) -> None:
    report.sections.filter(heading="Summary").update(readiness="not-ready")
    ReportRow.objects.filter(report=report, label="Responsible officer").update(text="")

    words = text(as_scrutiny_officer.get(WRITE))

    assert "6 of 7 sections are ready. 14 words, besides what the plan fills in." in words
    assert (
        "Before it can be published Responsible officer, at the head of the report"
        " Summary is not marked as ready Clearance on behalf of the Monitoring Officer Sections" in words
    )


def test_nothing_missing_is_said(report: Report, as_scrutiny_officer: Client) -> None:
    report.clearances.filter(post="Monitoring Officer").update(required=False)

    assert "Nothing is missing" in text(as_scrutiny_officer.get(WRITE))


def test_who_is_writing_a_section_is_named(report: Report, as_scrutiny_officer: Client, cast: Cast) -> None:
    section = ReportSection.objects.get(report=report, heading="Summary")
    authoring.write_section(
        section=section, version=1, body="New.", by=cast.plan_administrator, on=date(2012, 11, 14)
    )
    now = text(as_scrutiny_officer.get(WRITE))
    report.sections.update(edited_at=clock.now() - timedelta(minutes=4))

    later = text(as_scrutiny_officer.get(WRITE))

    assert "Plan administrator is writing it now." in now
    assert "is writing it now" not in later


def test_what_was_published_stays(report: Report, as_scrutiny_officer: Client, cast: Cast) -> None:
    Publication.objects.create(report=report, number=1, on=date(2012, 11, 6), by=cast.scrutiny_officer)

    words = text(as_scrutiny_officer.get(WRITE))

    assert "Version 1 was published on 6 November 2012 and stays as it is." in words


def test_one_query_count_whatever_the_number(report: Report, as_scrutiny_officer: Client) -> None:
    as_scrutiny_officer.get(WRITE)
    with CaptureQueriesContext(connection) as few:
        as_scrutiny_officer.get(WRITE)
    for position in range(20, 23):
        ReportSection.objects.create(
            report=report, heading="More", level=2, position=position, edited_by=UserFactory()
        )

    with CaptureQueriesContext(connection) as many:
        as_scrutiny_officer.get(WRITE)

    assert len(many) == len(few)


def test_the_report_leads_its_authors_there(
    report: Report, as_scrutiny_officer: Client, as_reader: Client
) -> None:
    page = f"{HARROW_PAGES}reports/scrutiny/"

    offered = [WRITE in links(client.get(page)) for client in (as_scrutiny_officer, as_reader)]

    assert offered == [True, False]


def test_the_doors(report: Report, request: pytest.FixtureRequest) -> None:
    assert_doors(request, WRITE, methods="GET, HEAD")
