"""How a report's clearances stand, and what waits for the reader."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports.models import Clearance, ClearanceStep, Happened, Report
from reports.workflow import clearance as workflow
from tests.cast import HARROW_PAGES, Cast
from tests.reports.publishing import hide_something

pytestmark = pytest.mark.once

ADDRESS = f"{HARROW_PAGES}reports/scrutiny/clearance/"
DAY = date(2012, 11, 14)


@pytest.fixture
def clearance(report: Report) -> Clearance:
    return Clearance.objects.with_report().get(report=report, post="Monitoring Officer")


def shown(client: Client) -> str:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_post_its_state_and_the_notice(report: Report, as_scrutiny_officer: Client) -> None:
    page = shown(as_scrutiny_officer)

    assert "Chief Financial Officer" in page
    assert "<strong>Cleared</strong>, 31 October 2012" in page
    assert "<strong>Nobody was asked yet</strong>" in page
    assert f'href="{ADDRESS}2/ask/"' in page
    assert f'href="{ADDRESS}1/ask/"' not in page
    assert "The day for publishing has passed: it was Tuesday 6 November 2012." in page
    assert "The five days: 7, 8, 9, 12 and 13 November 2012." in page


def test_the_person_asked_sees_it_and_where_to_answer(
    clearance: Clearance, cast: Cast, as_lead_officer: Client
) -> None:
    assert as_lead_officer.get(ADDRESS).status_code == 403
    workflow.ask(clearance=clearance, of=cast.lead_officer, by=cast.scrutiny_officer, on=DAY)

    page = shown(as_lead_officer)

    assert f'href="{ADDRESS}2/answer/"' in page
    assert "/ask/" not in page


def test_comments_are_kept_from_who_may_not_read_what_is_exempt(
    clearance: Clearance, cast: Cast, as_lead_officer: Client, as_scrutiny_officer: Client
) -> None:
    """Case 33: what was changed may name what is exempt."""
    workflow.ask(clearance=clearance, of=cast.lead_officer, by=cast.scrutiny_officer, on=DAY)
    workflow.give(clearance=clearance, seen=workflow.as_read(clearance.report), by=cast.lead_officer, on=DAY)
    hide_something(clearance.report)
    workflow.void(report=clearance.report, by=cast.scrutiny_officer, on=DAY, what="Zanzibar contract")

    assert "Zanzibar contract" in shown(as_scrutiny_officer)
    assert "Zanzibar" not in shown(as_lead_officer)


def test_queries_do_not_grow_with_the_posts(report: Report, as_scrutiny_officer: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        shown(as_scrutiny_officer)
    for position in (3, 4):
        more = Clearance.objects.create(report=report, post=f"Post {position}", position=position)
        ClearanceStep.objects.create(clearance=more, sequence=1, happened=Happened.GIVEN, on=DAY)

    with CaptureQueriesContext(connection) as many:
        shown(as_scrutiny_officer)

    assert len(many) == len(few)


def test_without_posts_it_says_what_to_do(report: Report, as_scrutiny_officer: Client) -> None:
    Report.objects.filter(pk=report.pk).update(slug="bare")
    bare = Report.objects.create(
        council=report.council,
        plan=report.plan,
        slug="scrutiny",
        layout=report.layout,
        title="Bare",
        committee="Cabinet",
        meeting_on=DAY,
        on=DAY,
    )

    assert "No clearance is needed" in shown(as_scrutiny_officer)
    assert not bare.clearances.exists()


def test_others(
    report: Report, as_reader: Client, as_northmoor_administrator: Client, signed_out: Client
) -> None:
    answers = [
        client.get(ADDRESS).status_code for client in (as_reader, as_northmoor_administrator, signed_out)
    ]

    assert answers == [403, 404, 302]


def test_it_is_only_for_reading(report: Report, as_scrutiny_officer: Client) -> None:
    assert as_scrutiny_officer.post(ADDRESS).status_code == 405


# What waits


def test_the_home_pages_say_what_waits(
    clearance: Clearance, cast: Cast, as_board_member: Client, as_lead_officer: Client
) -> None:
    first = Clearance.objects.with_report().get(report=clearance.report, position=1)
    ClearanceStep.objects.create(clearance=first, sequence=2, happened=Happened.VOIDED, on=DAY)
    workflow.ask(clearance=clearance, of=cast.board_member, by=cast.scrutiny_officer, on=DAY)
    workflow.ask(clearance=first, of=cast.lead_officer, by=cast.scrutiny_officer, on=DAY)

    home = as_board_member.get("/", follow=True).content.decode()
    owed = as_lead_officer.get("/").content.decode()
    waiting = as_board_member.get("/harrow/clearances/").content.decode()

    assert "Clear “How the plan goes” on behalf of the Monitoring Officer" in home
    assert "Clear “How the plan goes” on behalf of the Chief Financial Officer" in owed
    assert f'href="{ADDRESS}2/answer/"' in waiting


def test_nothing_waits_on_a_day_that_is_past(
    clearance: Clearance, cast: Cast, as_board_member: Client
) -> None:
    workflow.ask(clearance=clearance, of=cast.board_member, by=cast.scrutiny_officer, on=DAY)

    assert "Clear “How" not in as_board_member.get(f"{HARROW_PAGES}?on=2012-11-01").content.decode()


def test_with_nothing_waiting_the_list_says_so(councils: None, as_reader: Client) -> None:
    assert "No clearance waits for you" in as_reader.get("/harrow/clearances/").content.decode()
