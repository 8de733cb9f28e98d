"""One recommendation and what answers it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import LeadOfficer, Plan
from recommendations.models import Recommendation
from tests.cast import HARROW_PAGES
from tests.factories import ActionFactory
from tests.pages import apart_from_reference, heading, links, text

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}recommendations/S2/"


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_it(request: pytest.FixtureRequest, harrow: Plan, who: str) -> None:
    response = request.getfixturevalue(who).get(PAGE)

    made = Recommendation.objects.get(plan=harrow, reference="S2")
    words = text(response)
    assert (response.status_code, heading(response)) == (200, made.title)
    assert made.text in words
    assert f"Outcome required {made.outcome}" in words
    assert "Timescale Immediate" in words
    assert "Raised by Ofsted, Safeguarding and looked after children, May 2012" in words
    assert "Published 27 June 2012" in words
    assert [o.name for o in made.organisations.all() if o.name not in words] == []


def test_actions_stand_under_must_do_and_embedding(as_reader: Client) -> None:
    response = as_reader.get(f"{HARROW_PAGES}recommendations/S4/")

    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", response.content.decode())
    assert headings == [
        "Must do",
        "Embedding",
        "5 questions for the board",
        "Evidence",
        "Assurance of the whole",
    ]


def test_its_headline_agrees_with_its_list(as_reader: Client) -> None:
    page = as_reader.get(PAGE)
    figures = page.context["figures"]
    overdue = as_reader.get(f"{HARROW_PAGES}actions/?{figures.overdue.query}")

    assert figures.headline in text(page)
    assert heading(overdue).split()[0] == str(figures.overdue.count)


def test_what_the_paper_lacks_is_said(as_reader: Client) -> None:
    words = text(as_reader.get(f"{HARROW_PAGES}recommendations/S1/"))

    assert "Outcome required The paper gives none." in words
    assert "Actions 1 to 8 are lost in the paper." in words


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get(PAGE)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/recommendations/S2/"))


def test_the_other_councils_recommendation_is_a_404(
    as_reader: Client, as_northmoor_administrator: Client
) -> None:
    """Case 24, both orders."""
    statuses = [
        as_reader.get(f"{HARROW_PAGES}recommendations/N1/").status_code,
        as_northmoor_administrator.get("/northmoor/improvement-2025/recommendations/S2/").status_code,
    ]

    assert statuses == [404, 404]


@pytest.mark.parametrize("reference", ["S99", "s2", "S2%00", "9" * 5000, "%2e%2e", "'", "S2;"])
def test_a_recommendation_that_never_was_is_a_404(as_reader: Client, reference: str) -> None:
    """Case 91."""
    assert as_reader.get(f"{HARROW_PAGES}recommendations/{reference}/").status_code == 404


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(PAGE)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_plan_administrator, method)(PAGE).status_code == 405


def test_bad_input(as_reader: Client) -> None:
    assert as_reader.get(f"{PAGE}?on=x").status_code == 400


def test_another_day(as_board_member: Client) -> None:
    unpublished = as_board_member.get(f"{PAGE}?on=2012-06-26")
    unanswered = as_board_member.get(f"{PAGE}?on=2012-09-09")
    past = as_board_member.get(f"{PAGE}?on=2012-10-01")

    assert unpublished.status_code == 404
    assert "No actions answered it on this day" in text(unanswered)
    assert [path for path in links(past) if "update" in path] == []
    assert f"{HARROW_PAGES}actions/S2/1/?on=2012-10-01" in links(past)


def test_one_more_action_costs_no_more_queries(as_board_member: Client, harrow: Plan) -> None:
    made = Recommendation.objects.get(plan=harrow, reference="S2")
    with CaptureQueriesContext(connection) as before:
        as_board_member.get(PAGE)
    post = LeadOfficer.objects.get(council=harrow.council, abbreviation="SM QA")
    for _ in range(3):
        ActionFactory(recommendation=made, leads=[post])
    with CaptureQueriesContext(connection) as after:
        as_board_member.get(PAGE)

    assert len(after) == len(before)


def test_its_part_of_the_plan_is_marked(as_reader: Client) -> None:
    response = as_reader.get(PAGE)

    assert 'recommendations/" aria-current="true">Recommendations</a>' in response.content.decode()
