"""Signing a claim off, or returning it."""

import pytest
from django.test import Client

from improvement.models import LeadOfficer, Plan, Rating
from recommendations import workflow
from recommendations.models import Action, Evidence, ProgressUpdate
from tests.cast import Cast
from tests.factories import HoldingFactory
from tests.pages import heading, links, text
from tests.recommendations.steps import ON, OWN, claim, last_change, load, return_claim, show
from tests.recommendations.views import steps_pages
from tests.recommendations.views.steps_pages import PAGE, written

pytestmark = pytest.mark.once

SIGN_OFF = f"{PAGE}sign-off/"


@pytest.fixture
def claimed(harrow: Plan, cast: Cast) -> Action:
    """S5 (4), with evidence, claimed by the lead officer as Amber."""
    action = load(*OWN)
    show(action, cast.lead_officer, shows="Thirty plans were audited.")
    amber = Rating.objects.get_by_natural_key("rag", "amber")
    claim(action, cast.lead_officer, rating=amber, narrative="Every team works that way.")
    return action


@pytest.fixture
def fields(claimed: Action) -> dict[str, str]:
    return {"decision": "sign-off", "narrative": "The board saw the audit.", "rating": "", "version": "2"}


def test_the_page_shows_the_claim_and_its_evidence(as_board_member: Client, claimed: Action) -> None:
    response = as_board_member.get(SIGN_OFF)

    words = text(response)
    amber = Rating.objects.get_by_natural_key("rag", "amber")
    assert (response.status_code, heading(response)) == (200, "Sign off or return")
    assert "The claim Lead officer, 14 November 2012 Every team works that way." in words
    assert "Thirty plans were audited. Audit, 1 November 2012" in words
    assert response.context["form"].initial == {"version": 2, "rating": amber.pk}


def test_everything_said_since_the_claim_is_shown_and_nothing_before(
    as_board_member: Client, claimed: Action, cast: Cast
) -> None:
    workflow.post_update(
        action=claimed,
        version=2,
        stage="awaiting-sign-off",
        rating=None,
        narrative="And the last team.",
        forecast_on=None,
        by=cast.lead_officer,
        on=ON,
    )
    first = ProgressUpdate.objects.filter(action=claimed).order_by("sequence")[0].narrative

    words = text(as_board_member.get(SIGN_OFF))

    assert "And the last team." in words
    assert "Every team works that way." in words
    assert first not in words


def test_a_sign_off_completes_it(as_board_member: Client, cast: Cast, fields: dict[str, str]) -> None:
    green = Rating.objects.get_by_natural_key("rag", "green")
    before = written()

    response = as_board_member.post(SIGN_OFF, {**fields, "rating": str(green.pk)})

    update = ProgressUpdate.objects.get(by=cast.board_member)
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert "S5 (4) is signed off as complete." in text(as_board_member.get(PAGE))
    assert (update.stage, update.rating, update.narrative) == ("complete", green, "The board saw the audit.")
    assert last_change().verb == "sign_off"
    assert written() == (before[0] + 1, before[1] + 1)


def test_a_return_sends_it_back_with_a_reason_and_the_rating_chosen(
    as_board_member: Client, cast: Cast, fields: dict[str, str]
) -> None:
    red = Rating.objects.get_by_natural_key("rag", "red")

    response = as_board_member.post(
        SIGN_OFF,
        {**fields, "decision": "return", "narrative": "Two teams are missing.", "rating": str(red.pk)},
    )

    update, change = ProgressUpdate.objects.get(by=cast.board_member), last_change()
    assert response.status_code == 302
    assert "S5 (4) is in progress again." in text(as_board_member.get(PAGE))
    assert (update.stage, update.rating, update.narrative) == ("in-progress", red, "Two teams are missing.")
    assert (change.verb, change.reason) == ("return_claim", "Two teams are missing.")


@pytest.mark.parametrize("decision", ["sign-off", "return"])
def test_a_double_click_decides_once(as_board_member: Client, fields: dict[str, str], decision: str) -> None:
    before = written()

    answers = [as_board_member.post(SIGN_OFF, {**fields, "decision": decision}) for _ in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, PAGE)] * 2
    assert written() == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"decision": ""}, "Choose whether it is complete."),
        ({"decision": "perhaps"}, "Select a valid choice"),
        ({"narrative": ""}, "Say in a sentence or two what you found."),
        ({"narrative": "", "decision": "return"}, "Say in a sentence or two what you found."),
        ({"narrative": "x" * 5001}, "5000 characters"),
        ({"rating": "999"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_board_member: Client, fields: dict[str, str], changed: dict[str, str], words: str
) -> None:
    before = written()

    response = as_board_member.post(SIGN_OFF, {**fields, **changed})

    steps_pages.says_there_is_a_problem(response, words)
    form = response.context["form"]
    assert form["narrative"].value() == changed.get("narrative", fields["narrative"])
    assert form["decision"].value() == changed.get("decision", "sign-off")
    assert written() == before


@pytest.mark.parametrize("decision", ["sign-off", "return"])
def test_words_like_a_childs_record_are_warned_of_and_kept_with_a_reason(
    as_board_member: Client, fields: dict[str, str], decision: str
) -> None:
    sent = {**fields, "decision": decision, "narrative": "Child A.B. has a plan."}

    warned = as_board_member.post(SIGN_OFF, sent)
    kept = as_board_member.post(SIGN_OFF, {**sent, "kept_because": "Two teams, A and B."})

    steps_pages.says_there_is_a_problem(warned, "This looks like it is about a child")
    assert kept.status_code == 302
    change = last_change()
    assert "Two teams, A and B." in (change.reason, change.after.get("kept_because"))


def test_without_evidence_it_can_only_be_returned(
    as_board_member: Client, claimed: Action, cast: Cast, fields: dict[str, str]
) -> None:
    workflow.withdraw_evidence(
        evidence=Evidence.objects.get(), reason="A wrong file.", by=cast.lead_officer, on=ON
    )

    page = as_board_member.get(SIGN_OFF)
    refused = as_board_member.post(SIGN_OFF, fields)
    returned = as_board_member.post(SIGN_OFF, {**fields, "decision": "return"})

    assert "It cannot be signed off before evidence is added; it can be returned." in text(page)
    steps_pages.says_there_is_a_problem(refused, "Add at least one piece of evidence first")
    assert returned.status_code == 302


def test_the_second_of_two_sees_what_the_first_decided(
    as_plan_administrator: Client, claimed: Action, cast: Cast, fields: dict[str, str]
) -> None:
    return_claim(claimed, cast.board_member, reason="Two teams are missing.")

    response = as_plan_administrator.post(SIGN_OFF, {**fields, "narrative": "All is well."})

    words = text(response)
    assert response.status_code == 409
    assert "Two teams are missing." in words
    assert response.context["form"]["narrative"].value() == "All is well."
    assert response.context["form"]["decision"].value() == "sign-off"


@pytest.mark.parametrize("empty", [False, True])
def test_whoever_claimed_it_is_refused(
    as_board_member: Client, harrow: Plan, cast: Cast, fields: dict[str, str], empty: bool
) -> None:
    own = load("S7", "1")
    show(own, cast.board_member)
    claim(own, cast.board_member)
    path = f"{PAGE.replace('S5/4', 'S7/1')}sign-off/"

    steps_pages.is_refused(as_board_member, path, {} if empty else fields)

    assert "Somebody else has to sign it off or return it." in text(as_board_member.get(path))
    assert path not in links(as_board_member.get(path.removesuffix("sign-off/")))


def test_whoever_leads_it_is_refused(
    as_board_member: Client, harrow: Plan, cast: Cast, fields: dict[str, str]
) -> None:
    post = LeadOfficer.objects.get(council=harrow.council, abbreviation="SM QA")
    HoldingFactory(lead_officer=post, user=cast.board_member)

    steps_pages.is_refused(as_board_member, SIGN_OFF, fields)


def test_it_is_offered_to_those_who_may(
    as_board_member: Client, as_plan_administrator: Client, as_lead_officer: Client, claimed: Action
) -> None:
    offered = [
        SIGN_OFF in links(client.get(PAGE))
        for client in (as_board_member, as_plan_administrator, as_lead_officer)
    ]

    assert offered == [True, True, False]


def test_what_nobody_claims_leads_back(as_board_member: Client, harrow: Plan) -> None:
    response = as_board_member.get(SIGN_OFF, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "“Sign off or return” is not possible as the action stands now." in text(response)


def test_what_nobody_claims_is_told_to_whoever_decides(as_board_member: Client, harrow: Plan) -> None:
    sent = {"decision": "sign-off", "narrative": "All is well.", "rating": "", "version": "1"}

    steps_pages.says_there_is_a_problem(
        as_board_member.post(SIGN_OFF, sent), "Nobody claims that this is complete."
    )


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer", "as_lead_officer"])
def test_others_are_refused(request: pytest.FixtureRequest, fields: dict[str, str], who: str) -> None:
    steps_pages.is_refused(request.getfixturevalue(who), SIGN_OFF, fields)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, fields: dict[str, str], who: str
) -> None:
    steps_pages.is_a_404_like_any_other(request.getfixturevalue(who), SIGN_OFF, fields)


def test_an_action_of_the_other_council_cannot_be_reached_through_ones_own(
    as_plan_administrator: Client, fields: dict[str, str]
) -> None:
    steps_pages.is_not_reached_through_ones_own(as_plan_administrator, "sign-off/", fields)


def test_signed_out(signed_out: Client, fields: dict[str, str]) -> None:
    steps_pages.asks_to_sign_in(signed_out, SIGN_OFF, fields)


def test_wrong_method(as_board_member: Client, claimed: Action) -> None:
    steps_pages.knows_no_other_methods(as_board_member, SIGN_OFF)


def test_nothing_is_changed_from_a_day_in_the_past(as_board_member: Client, fields: dict[str, str]) -> None:
    steps_pages.changes_nothing_in_the_past(as_board_member, SIGN_OFF, fields)


def test_without_a_token(as_board_member: Client, fields: dict[str, str]) -> None:
    steps_pages.needs_a_token(as_board_member, SIGN_OFF, fields)
