"""Taking evidence back."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from recommendations import workflow
from recommendations.models import Action, Evidence
from tests.cast import HARROW_PAGES, Cast
from tests.pages import heading, text
from tests.recommendations.shown import DAY, run_jobs, show, show_file

pytestmark = pytest.mark.once


def address(evidence: Evidence, query: str = "") -> str:
    return f"{HARROW_PAGES}evidence/{evidence.key}/withdraw/{query}"


def test_the_page_says_what_will_happen(action: Action, cast: Cast, as_board_member: Client) -> None:
    response = as_board_member.get(address(show_file(action, cast.board_member)))

    assert (response.status_code, heading(response)) == (200, "Withdraw this evidence?")
    assert "Its file “audit.pdf” will be destroyed and cannot be brought back." in text(response)


def test_it_is_withdrawn_with_its_reason_and_its_file_destroyed(
    action: Action, cast: Cast, as_board_member: Client
) -> None:
    evidence = show_file(action, cast.board_member)

    response = as_board_member.post(address(evidence), {"reason": "It is of another service."})
    run_jobs()

    page = text(as_board_member.get(response["Location"]))
    assert (response.status_code, response["Location"]) == (302, f"{HARROW_PAGES}evidence/{evidence.key}/")
    assert "The evidence was withdrawn." in page
    assert "It is of another service." in page
    assert not default_storage.exists(evidence.stored_as)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "Fill in “Why it is withdrawn”"),
        (" \n", "Fill in “Why it is withdrawn”"),
        ("It named J.S.", "“J.S.” (initials that stand for a person)"),
    ],
)
def test_without_a_fit_reason_nothing_is_withdrawn(
    action: Action, cast: Cast, as_board_member: Client, reason: str, words: str
) -> None:
    evidence = show(action, cast.board_member)

    response = as_board_member.post(address(evidence), {"reason": reason})

    assert response.status_code == 422
    assert words in text(response)
    assert Evidence.objects.get().withdrawn_on is None


def test_it_is_withdrawn_once(action: Action, cast: Cast, as_board_member: Client) -> None:
    evidence = show(action, cast.board_member)
    workflow.withdraw_evidence(evidence=evidence, reason="Gone.", by=cast.board_member, on=DAY)

    assert as_board_member.post(address(evidence), {"reason": "Again."}).status_code == 403
    assert Evidence.objects.get().withdrawn_because == "Gone."


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer", "as_lead_officer", "as_board_member"])
def test_others_of_the_council_may_not(
    request: pytest.FixtureRequest, action: Action, cast: Cast, who: str
) -> None:
    client, evidence = request.getfixturevalue(who), show(action, cast.plan_administrator)

    assert client.get(address(evidence)).status_code == 403
    assert client.post(address(evidence), {"reason": "No."}).status_code == 403
    assert Evidence.objects.get().withdrawn_on is None


def test_another_council_finds_nothing(
    action: Action, cast: Cast, as_northmoor_administrator: Client
) -> None:
    """Case 23."""
    evidence = show(action, cast.board_member)

    assert as_northmoor_administrator.get(address(evidence)).status_code == 404
    assert as_northmoor_administrator.post(address(evidence), {"reason": "No."}).status_code == 404


def test_signed_out_leads_to_signing_in(action: Action, cast: Cast, signed_out: Client) -> None:
    response = signed_out.post(address(show(action, cast.board_member)), {"reason": "No."})

    assert response["Location"].startswith("/account/login/")


def test_nothing_is_withdrawn_on_a_past_day(action: Action, cast: Cast, as_board_member: Client) -> None:
    evidence = show(action, cast.board_member)

    assert as_board_member.post(address(evidence, "?on=2012-11-13"), {"reason": "No."}).status_code == 403
    assert Evidence.objects.get().withdrawn_on is None


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(action: Action, cast: Cast, as_board_member: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_board_member, method)(address(show(action, cast.board_member))).status_code == 405
