"""Claiming that an action is complete."""

import pytest
from django.test import Client

from improvement.models import Plan, Rating
from recommendations import workflow
from recommendations.models import Action, ProgressUpdate
from tests.cast import HARROW_PAGES, Cast
from tests.pages import heading, links, text
from tests.recommendations.steps import ON, OWN, claim, last_change, load, show, withdraw
from tests.recommendations.views import steps_pages
from tests.recommendations.views.steps_pages import PAGE, written

pytestmark = pytest.mark.once

CLAIM = f"{PAGE}complete/"


@pytest.fixture
def own(harrow: Plan, cast: Cast) -> Action:
    """S5 (4) of the cast's lead officer, with evidence and one update."""
    action = load(*OWN)
    show(action, cast.lead_officer, shows="Thirty plans were audited.")
    return action


@pytest.fixture
def fields(own: Action) -> dict[str, str]:
    return {"narrative": "Every team works that way.", "rating": "", "kept_because": "", "version": "1"}


def test_the_page_says_that_it_takes_two_and_shows_the_evidence(as_lead_officer: Client, own: Action) -> None:
    response = as_lead_officer.get(CLAIM)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "Claim that this is complete")
    assert "Closing an action takes two people." in words
    assert "Thirty plans were audited. Audit, 1 November 2012" in words
    assert own.original_text in words
    assert response.context["form"].initial == {"version": 1, "rating": None}


def test_without_evidence_the_page_says_what_to_do_first(as_lead_officer: Client, harrow: Plan) -> None:
    response = as_lead_officer.get(CLAIM)

    assert response.status_code == 200
    assert "Add evidence first" in text(response)
    assert "Claim it is complete" not in text(response)
    assert "<textarea" not in response.content.decode()


def test_exempt_evidence_is_not_shown_to_a_lead_officer(
    as_lead_officer: Client, harrow: Plan, cast: Cast
) -> None:
    show(load(*OWN), cast.lead_officer, exempt=True, shows="What only the closed part reads.")

    words = text(as_lead_officer.get(CLAIM))

    assert "What only the closed part reads." not in words
    assert "What was given is exempt." in words


def test_a_claim_awaits_sign_off(as_lead_officer: Client, cast: Cast, fields: dict[str, str]) -> None:
    green = Rating.objects.get_by_natural_key("rag", "green")
    before = written()

    response = as_lead_officer.post(CLAIM, {**fields, "rating": str(green.pk)})

    update = ProgressUpdate.objects.get(by=cast.lead_officer)
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert "S5 (4) awaits sign-off by somebody else now." in text(as_lead_officer.get(PAGE))
    assert (update.stage, update.rating, update.narrative, update.on) == (
        "awaiting-sign-off",
        green,
        "Every team works that way.",
        ON,
    )
    assert written() == (before[0] + 1, before[1] + 1)


def test_the_claim_is_offered_where_it_can_be_made(
    as_lead_officer: Client, as_reader: Client, own: Action
) -> None:
    assert CLAIM in links(as_lead_officer.get(PAGE))
    assert CLAIM not in links(as_reader.get(PAGE))
    assert CLAIM not in links(as_lead_officer.get(f"{PAGE}?on=2012-11-01"))


def test_a_double_click_claims_once(as_lead_officer: Client, fields: dict[str, str]) -> None:
    before = written()

    answers = [as_lead_officer.post(CLAIM, fields) for _ in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, PAGE)] * 2
    assert written() == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"narrative": ""}, "Say in a sentence or two what was done."),
        ({"narrative": " \n "}, "Say in a sentence or two what was done."),
        ({"narrative": "x" * 5001}, "5000 characters"),
        ({"rating": "999"}, "Select a valid choice"),
        ({"version": "x"}, "Enter a whole number"),
        ({"version": ""}, ""),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_lead_officer: Client, fields: dict[str, str], changed: dict[str, str], words: str
) -> None:
    before = written()

    response = as_lead_officer.post(CLAIM, {**fields, **changed})

    if "version" not in changed:
        steps_pages.says_there_is_a_problem(response, words)
    assert response.status_code == 422
    assert response.context["form"]["narrative"].value() == changed.get("narrative", fields["narrative"])
    assert written() == before


def test_without_evidence_what_was_typed_stays(as_lead_officer: Client, harrow: Plan) -> None:
    fields = {"narrative": "Words that took an hour.", "rating": "", "version": "1"}

    response = as_lead_officer.post(CLAIM, fields)

    steps_pages.says_there_is_a_problem(response, "Add at least one piece of evidence first")
    assert "Words that took an hour." in response.content.decode()


def test_words_like_a_childs_record_are_warned_of_and_kept_with_a_reason(
    as_lead_officer: Client, fields: dict[str, str]
) -> None:
    before = written()
    warned = as_lead_officer.post(CLAIM, {**fields, "narrative": "Child A.B. has a plan."})
    between = written()

    kept = as_lead_officer.post(
        CLAIM, {**fields, "narrative": "Child A.B. has a plan.", "kept_because": "Two teams, A and B."}
    )

    steps_pages.says_there_is_a_problem(warned, "This looks like it is about a child")
    assert "Why these words may be kept" in text(warned)
    assert "Child A.B. has a plan." in text(warned)
    assert between == before
    assert kept.status_code == 302
    assert last_change().reason == "Two teams, A and B."


def test_the_reason_stays_in_sight_while_something_else_is_put_right(
    as_lead_officer: Client, fields: dict[str, str]
) -> None:
    response = as_lead_officer.post(CLAIM, {**fields, "narrative": "", "kept_because": "Two teams."})

    assert "Why these words may be kept" in text(response)
    assert 'value="Two teams."' in response.content.decode()


def test_the_second_of_two_sees_what_the_first_said_and_keeps_their_words(
    as_lead_officer: Client, own: Action, cast: Cast, fields: dict[str, str]
) -> None:
    workflow.post_update(
        action=own,
        version=1,
        stage="on-hold",
        rating=None,
        narrative="Theirs, first.",
        forecast_on=None,
        by=cast.board_member,
        on=ON,
    )

    clash = as_lead_officer.post(CLAIM, {**fields, "narrative": "Mine, second."})
    again = as_lead_officer.post(
        CLAIM,
        {**fields, "narrative": "Mine, second.", "version": str(clash.context["form"]["version"].value())},
    )

    words = text(clash)
    assert clash.status_code == 409
    assert "Somebody else updated this action while you were writing." in words
    assert "Theirs, saved Board member, 14 November 2012 On hold" in words
    assert "Theirs, first." in words
    assert clash.context["form"]["narrative"].value() == "Mine, second."
    assert again.status_code == 302
    assert ProgressUpdate.objects.last_of(own).narrative == "Mine, second."


def test_a_claim_that_is_there_leads_back(as_lead_officer: Client, own: Action, cast: Cast) -> None:
    claim(own, cast.board_member)

    response = as_lead_officer.get(CLAIM, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "“Claim that this is complete” is not possible as the action stands now." in text(response)


def test_a_claim_that_is_there_is_told_to_whoever_sends_another(
    as_lead_officer: Client, own: Action, cast: Cast, fields: dict[str, str]
) -> None:
    claim(own, cast.board_member)

    late = as_lead_officer.post(CLAIM, fields)
    knowing = as_lead_officer.post(CLAIM, {**fields, "version": "2"})

    assert late.status_code == 409
    steps_pages.says_there_is_a_problem(knowing, "This action is already awaiting sign-off.")


def test_what_was_withdrawn_leads_back(as_lead_officer: Client, own: Action, cast: Cast) -> None:
    withdraw(own, cast.plan_administrator)

    assert as_lead_officer.get(CLAIM)["Location"] == PAGE


def test_a_closed_plan_is_told(
    as_lead_officer: Client, harrow: Plan, cast: Cast, fields: dict[str, str]
) -> None:
    workflow.close_plan(plan=harrow, reason="Over.", by=cast.plan_administrator, on=ON)

    assert as_lead_officer.get(CLAIM)["Location"] == PAGE
    steps_pages.says_there_is_a_problem(as_lead_officer.post(CLAIM, fields), "This plan is closed.")


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer"])
def test_a_reader_is_refused(request: pytest.FixtureRequest, fields: dict[str, str], who: str) -> None:
    steps_pages.is_refused(request.getfixturevalue(who), CLAIM, fields)


@pytest.mark.parametrize("empty", [False, True])
def test_a_lead_officer_is_refused_the_action_of_another_post(
    as_lead_officer: Client, fields: dict[str, str], empty: bool
) -> None:
    """Case 28: whatever was written."""
    steps_pages.is_refused(as_lead_officer, f"{HARROW_PAGES}actions/S2/1/complete/", {} if empty else fields)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, fields: dict[str, str], who: str
) -> None:
    steps_pages.is_a_404_like_any_other(request.getfixturevalue(who), CLAIM, fields)


def test_an_action_of_the_other_council_cannot_be_reached_through_ones_own(
    as_plan_administrator: Client, fields: dict[str, str]
) -> None:
    steps_pages.is_not_reached_through_ones_own(as_plan_administrator, "complete/", fields)


def test_signed_out(signed_out: Client, fields: dict[str, str]) -> None:
    steps_pages.asks_to_sign_in(signed_out, CLAIM, fields)


def test_wrong_method(as_lead_officer: Client, own: Action) -> None:
    steps_pages.knows_no_other_methods(as_lead_officer, CLAIM)


def test_nothing_is_changed_from_a_day_in_the_past(as_lead_officer: Client, fields: dict[str, str]) -> None:
    steps_pages.changes_nothing_in_the_past(as_lead_officer, CLAIM, fields)


def test_without_a_token(as_lead_officer: Client, fields: dict[str, str]) -> None:
    steps_pages.needs_a_token(as_lead_officer, CLAIM, fields)
