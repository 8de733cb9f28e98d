"""The list of a plan's reports."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement import clock
from improvement.models import Plan
from reports.models import Report, ReportFile, State
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.reports.conftest import write_report

ADDRESS = f"{HARROW_PAGES}reports/"


def test_the_latest_meeting_stands_first(report: Report, as_scrutiny_officer: Client, harrow: Plan) -> None:
    write_report(harrow, slug="later", title="The later one", meeting_on=date(2013, 2, 1))

    page = as_scrutiny_officer.get(ADDRESS)

    assert page.status_code == 200
    shown = page.content.decode()
    assert shown.index("The later one") < shown.index("How the plan goes")
    assert "Not made yet" in shown


def test_a_ready_file_is_linked(report: Report, as_reader: Client) -> None:
    ReportFile.objects.create(
        plan=report.plan,
        report=report,
        title=report.title,
        fingerprint="f" * 64,
        state=State.READY,
        requested_at=clock.now(),
        file="reports/x.pdf",
        sha256="a" * 64,
        pages=23,
    )

    page = as_reader.get(ADDRESS)

    assert f'href="{HARROW_PAGES}files/{"a" * 64}.pdf"' in page.content.decode()


def test_one_query_count_whatever_the_number(report: Report, as_reader: Client, harrow: Plan) -> None:
    as_reader.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        as_reader.get(ADDRESS)
    for number in range(2):
        write_report(harrow, slug=f"more-{number}")

    with CaptureQueriesContext(connection) as many:
        as_reader.get(ADDRESS)

    assert len(many) == len(few)


def test_without_a_report_it_says_what_to_do(northmoor: Plan, as_northmoor_administrator: Client) -> None:
    page = as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}reports/")

    assert "No reports yet" in page.content.decode()


def test_an_exempt_report_is_not_there_for_a_reader(report: Report, as_reader: Client) -> None:
    Report.objects.filter(pk=report.pk).update(exempt_paragraph="3", public_interest="A contract is open.")

    page = as_reader.get(ADDRESS)

    assert "How the plan goes" not in page.content.decode()


def test_another_council_is_not_found(report: Report, as_northmoor_administrator: Client) -> None:
    assert as_northmoor_administrator.get(ADDRESS).status_code == 404


def test_signed_out_one_is_asked_to_sign_in(report: Report, signed_out: Client) -> None:
    assert signed_out.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_for_reading(report: Report, as_reader: Client, method: str) -> None:
    assert getattr(as_reader, method)(ADDRESS).status_code == 405
