"""Adding, assessing and closing a risk on its pages."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from boards.models import Risk, RiskAssessment
from improvement.models import Change, Plan
from recommendations.models import Action
from tests.cast import HARROW_PAGES
from tests.factories import RiskFactory
from tests.pages import apart_from_reference, heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_signed_out

LIST = f"{HARROW_PAGES}risks/"
ADD = f"{LIST}add/"
RISK = f"{LIST}staff-leave/"
SCORES = {"likelihood_before": "5", "impact_before": "4", "likelihood_after": "2", "impact_after": "2"}
SAID = {
    **SCORES,
    "title": "Staff leave",
    "description": "Pay falls behind.",
    "response": "Raise pay.",
    "cost_text": "about £10k",
    "funded": "not-funded",
}


@pytest.fixture
def risk(harrow: Plan) -> Risk:
    return RiskFactory(
        plan=harrow, slug="staff-leave", title="Staff leave", likelihood_before=5, impact_before=4, position=6
    )


def test_it_is_added(as_board_member: Client) -> None:
    response = as_board_member.post(ADD, SAID)

    assert (response.status_code, response["Location"]) == (302, RISK)
    words = text(as_board_member.get(RISK))
    assert "Money for it Not funded; it costs about £10k" in words
    assert "14 November 2012 likelihood 5, impact 4 likelihood 2, impact 2 4 As it was raised" in words
    page = as_board_member.get(LIST)
    assert "3 of them there is no money" in text(page)
    assert "R6 Staff leave" in text(page)


def test_its_actions_are_ticked_behind_one_line(as_board_member: Client, harrow: Plan) -> None:
    action = Action.objects.for_plan(harrow).in_plan_order()[0]

    new = as_board_member.get(ADD).content.decode()
    wrong = as_board_member.post(ADD, {**SAID, "title": "", "actions": [action.pk]}).content.decode()

    assert "Hold Ctrl" not in new
    assert new.count('name="actions"') == 101
    assert '<details class="govuk-details">' in new
    assert '<details class="govuk-details" open>' in wrong
    assert re.findall(r'name="actions"[^>]* value="(\d+)"[^>]* checked', wrong) == [str(action.pk)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Say in a few words what may happen."),
        ({"likelihood_before": ""}, "Choose from 1, the least, to 5."),
        ({"impact_after": ""}, "Give both scores for after the response, or neither."),
        ({"likelihood_before": "9"}, "Select a valid choice."),
    ],
)
def test_bad_input_keeps_what_was_typed(as_board_member: Client, wrong: dict[str, Any], words: str) -> None:
    response = as_board_member.post(ADD, {**SAID, **wrong})

    assert response.status_code == 422
    assert words in text(response)
    assert "Pay falls behind." in response.content.decode()
    assert Risk.objects.filter(title="Staff leave").count() == 0


def test_it_is_assessed_again(as_board_member: Client, risk: Risk) -> None:
    form = as_board_member.get(f"{RISK}assess/").context["form"]

    response = as_board_member.post(
        f"{RISK}assess/", {**SCORES, "note": "Two came.", "version": form["version"].value()}
    )

    assert (response.status_code, response["Location"]) == (302, RISK)
    assert "likelihood 2, impact 2 4 Two came." in text(as_board_member.get(RISK))
    assert "Two came." not in text(as_board_member.get(f"{RISK}?on=2012-11-13"))
    assert "New, likelihood 2, impact 2" not in text(as_board_member.get(f"{HARROW_PAGES}?since=2012-09-10"))
    assert "Down from 20 to 4: likelihood 2, impact 2" in text(
        as_board_member.get(f"{HARROW_PAGES}?since=2012-09-10")
    )


def test_the_second_of_two_sees_both(
    as_board_member: Client, as_plan_administrator: Client, risk: Risk
) -> None:
    as_plan_administrator.post(f"{RISK}assess/", {**SCORES, "note": "Two came.", "version": "0"})

    response = as_board_member.post(f"{RISK}assess/", {**SCORES, "note": "Nobody came.", "version": "0"})

    assert response.status_code == 409
    assert "Two came." in text(response)
    assert "Nobody came." in response.content.decode()
    assert response.context["form"]["version"].value() == "1"
    assert RiskAssessment.objects.count() == 1


def test_it_is_closed(as_board_member: Client, risk: Risk) -> None:
    empty = as_board_member.post(f"{RISK}close/", {"reason": ""})
    response = as_board_member.post(f"{RISK}close/", {"reason": "All posts are filled."})

    assert (empty.status_code, response.status_code, response["Location"]) == (422, 302, LIST)
    assert "Closed R6 Staff leave , 14 November 2012: All posts are filled." in text(
        as_board_member.get(LIST)
    )
    assert f"{RISK}assess/" not in links(as_board_member.get(RISK))


@pytest.mark.parametrize("page", [ADD, f"{RISK}assess/", f"{RISK}close/"])
def test_doors(request: pytest.FixtureRequest, risk: Risk, signed_out: Client, page: str) -> None:
    for who in ("as_reader", "as_lead_officer", "as_scrutiny_officer"):
        client: Client = request.getfixturevalue(who)
        assert [client.get(page).status_code, client.post(page).status_code] == [403, 403], who
    for who in ("as_northmoor_administrator", "as_stranger", "as_staff"):
        client = request.getfixturevalue(who)
        assert apart_from_reference(client.get(page)) == apart_from_reference(
            client.get("/never/was/risks/")
        ), who
    assert_signed_out(signed_out, page)
    assert_methods(request.getfixturevalue("as_board_member"), page, "GET, HEAD, POST")
    assert request.getfixturevalue("as_board_member").get(f"{page}?on=2012-11-01").status_code == 403
    assert Change.objects.count() == 0


def test_a_risk_that_is_not_there_yet(as_reader: Client, risk: Risk) -> None:
    assert heading(as_reader.get(RISK)) == "Staff leave"
    assert as_reader.get(f"{RISK}?on=2012-09-09").status_code == 404
    assert as_reader.get(f"{LIST}never/").status_code == 404
    assert risk.raised_on == date(2012, 9, 10)
