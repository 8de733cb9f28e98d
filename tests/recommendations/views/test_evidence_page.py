"""The page of one piece of evidence: its facts, who sees it, and what a past day shows."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from recommendations import workflow
from recommendations.models import Action, Evidence
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.pages import apart_from_reference, heading, links, text
from tests.recommendations.shown import SHOWS, load_recommendation, review, show, show_file

pytestmark = pytest.mark.once


def address(evidence: Evidence, more: str = "") -> str:
    return f"{HARROW_PAGES}evidence/{evidence.key}/{more}"


def test_the_facts_of_a_file(action: Action, cast: Cast, as_reader: Client) -> None:
    evidence = show_file(action, cast.board_member)
    review(action, cast.board_member, evidence)

    response = as_reader.get(address(evidence))

    page = text(response)
    assert (response.status_code, heading(response)) == (200, "Audit, 31 October 2012")
    for words in (
        "Evidence of S2 (1)",
        SHOWS,
        "Download audit.pdf",
        "Not scanned for viruses.",
        "Added 14 November 2012 by Board member",
        "Everybody who reads the plan",
        evidence.sha256,
        "14 November 2012: Delivered holds, found by Improvement Board",
    ):
        assert words in page
    assert address(evidence, "file/") in links(response)
    assert "Withdraw this evidence" not in page


def test_a_link_leads_away_without_saying_from_where(action: Action, cast: Cast, as_reader: Client) -> None:
    evidence = show(action, cast.board_member)

    response = as_reader.get(address(evidence))

    source = response.content.decode()
    assert 'rel="noopener noreferrer nofollow" href="https://papers.example/audit"' in source
    assert "This link leads away from Waymark." in text(response)
    assert "file/" not in "".join(links(response))


def test_evidence_of_the_whole_says_so(cast: Cast, as_reader: Client) -> None:
    evidence = show(load_recommendation("S2"), cast.board_member)

    response = as_reader.get(address(evidence))

    assert f"{HARROW_PAGES}recommendations/S2/" in links(response)
    assert "None yet. Until somebody reviews it, it is not proof." in text(response)


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("as_board_member", True),
        ("as_plan_administrator", True),
        ("as_scrutiny_officer", False),
        ("as_reader", False),
    ],
)
def test_withdrawing_is_offered_to_who_may(
    request: pytest.FixtureRequest, action: Action, cast: Cast, who: str, offered: bool
) -> None:
    evidence = show(action, cast.board_member)

    response = request.getfixturevalue(who).get(address(evidence))

    assert (address(evidence, "withdraw/") in links(response)) is offered


def test_withdrawn_evidence_says_why_and_offers_no_file(
    action: Action, cast: Cast, as_reader: Client
) -> None:
    evidence = show_file(action, cast.board_member, on=date(2012, 11, 1))
    workflow.withdraw_evidence(
        evidence=evidence, reason="It is of another service.", by=cast.board_member, on=date(2012, 11, 5)
    )

    now = text(as_reader.get(address(evidence)))
    before = text(as_reader.get(address(evidence, "?on=2012-11-04")))

    assert (
        "Withdrawn on 5 November 2012 by Board member. Its file is destroyed. It is of another service."
        in now
    )
    assert "Withdrawn on" not in before
    assert "Its file has been destroyed since." in before
    assert "Download" not in now + before
    assert "audit.pdf" not in now + before


def test_it_is_not_there_before_it_was_added(action: Action, cast: Cast, as_reader: Client) -> None:
    evidence = show(action, cast.board_member, on=date(2012, 11, 1))

    answers = [as_reader.get(address(evidence, f"?on=2012-{day}")).status_code for day in ("10-31", "11-01")]

    assert answers == [404, 200]


def test_what_people_write_is_shown_as_text(action: Action, cast: Cast, as_reader: Client) -> None:
    """Cases 42, 43 and 46."""
    hostile = "<script>alert(1)</script>\n{{7*7}} %s"
    evidence = show(action, cast.board_member, shows=hostile)

    source = as_reader.get(address(evidence)).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>{{7*7}} %s" in source
    assert "<script>alert" not in source


# Exempt


@pytest.mark.parametrize("more", ["", "file/", "withdraw/"])
@pytest.mark.parametrize("who", ["as_reader", "as_lead_officer", "as_northmoor_administrator", "as_stranger"])
def test_exempt_evidence_is_like_none_to_who_may_not_see_it(
    request: pytest.FixtureRequest, action: Action, cast: Cast, who: str, more: str
) -> None:
    """Cases 23, 33 and 39."""
    client = request.getfixturevalue(who)
    evidence = show_file(action, cast.board_member, exempt=True)

    answer = client.get(address(evidence, more))

    never = client.get(f"{HARROW_PAGES}evidence/00000000-0000-4000-8000-000000000000/{more}")
    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(never)


@pytest.mark.parametrize("who", ["as_board_member", "as_scrutiny_officer", "as_plan_administrator"])
def test_reading_exempt_evidence_is_logged(
    request: pytest.FixtureRequest, action: Action, cast: Cast, who: str
) -> None:
    """Case 103."""
    client = request.getfixturevalue(who)
    evidence = show(action, cast.board_member, exempt=True)

    with capture_logs() as logged:
        response = client.get(address(evidence))

    assert "Exempt: only those who sit in the closed part of a meeting" in text(response)
    assert [(line["event"], line["evidence"]) for line in logged if "exempt" in line["event"]] == [
        ("exempt_evidence_read", str(evidence.key))
    ]


# The usual


def test_another_councils_evidence_is_not_found_in_either_plan(
    action: Action, cast: Cast, as_northmoor_administrator: Client, as_reader: Client
) -> None:
    """Cases 23 and 24."""
    evidence = show(action, cast.board_member)

    assert as_northmoor_administrator.get(address(evidence)).status_code == 404
    assert as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}evidence/{evidence.key}/").status_code == 404
    assert as_reader.get(f"{NORTHMOOR_PAGES}evidence/{evidence.key}/").status_code == 404


def test_signed_out_leads_to_signing_in(action: Action, cast: Cast, signed_out: Client) -> None:
    evidence = show(action, cast.board_member)

    assert signed_out.get(address(evidence))["Location"].startswith("/account/login/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(action: Action, cast: Cast, as_board_member: Client, method: str) -> None:
    """Case 40."""
    evidence = show(action, cast.board_member)

    assert getattr(as_board_member, method)(address(evidence)).status_code == 405


def test_with_many_reviews_it_asks_as_often(action: Action, cast: Cast, as_reader: Client) -> None:
    evidence = show(action, cast.board_member)
    review(action, cast.board_member, evidence)
    with_one = queries(as_reader, address(evidence))
    review(action, cast.board_member, evidence, finding="Again.")
    review(action, cast.board_member, evidence, step="complied-with")

    assert queries(as_reader, address(evidence)) == with_one


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
