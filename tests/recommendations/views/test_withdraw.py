"""Withdrawing an action from the plan."""

import pytest
from django.test import Client

from improvement.models import Plan
from recommendations.models import Action, ProgressUpdate
from tests.cast import Cast
from tests.pages import heading, links, text
from tests.recommendations.steps import OWN, completed, last_change, load, withdraw
from tests.recommendations.views import steps_pages
from tests.recommendations.views.steps_pages import PAGE, written

pytestmark = pytest.mark.once

WITHDRAW = f"{PAGE}withdraw/"


@pytest.fixture
def own(harrow: Plan) -> Action:
    return load(*OWN)


@pytest.fixture
def fields(own: Action) -> dict[str, str]:
    return {"reason": "Another action covers it.", "version": "1"}


def test_it_leaves_what_is_to_be_done_and_stays_in_the_history(
    as_plan_administrator: Client, own: Action, fields: dict[str, str]
) -> None:
    before = written()

    page = as_plan_administrator.get(WITHDRAW)
    response = as_plan_administrator.post(WITHDRAW, fields)

    change, words = last_change(), text(as_plan_administrator.get(PAGE))
    assert (page.status_code, heading(page)) == (200, "Withdraw from the plan")
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert "S5 (4) is withdrawn from the plan." in words
    assert "Another action covers it." in words
    assert ProgressUpdate.objects.last_of(own).stage == "withdrawn"
    assert (change.verb, change.reason) == ("withdraw", "Another action covers it.")
    assert written() == (before[0] + 1, before[1] + 1)


def test_a_double_click_withdraws_once(as_plan_administrator: Client, fields: dict[str, str]) -> None:
    before = written()

    answers = [as_plan_administrator.post(WITHDRAW, fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert written() == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": ""}, "Say why it is withdrawn."),
        ({"reason": "  "}, "Say why it is withdrawn."),
        ({"reason": "x" * 5001}, "5000 characters"),
        ({"reason": "Child A.B. has moved."}, "This looks like it is about a child"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_plan_administrator: Client, fields: dict[str, str], changed: dict[str, str], words: str
) -> None:
    before = written()

    response = as_plan_administrator.post(WITHDRAW, {**fields, **changed})

    steps_pages.says_there_is_a_problem(response, words)
    assert response.context["form"]["reason"].value() == changed["reason"]
    assert written() == before


def test_words_kept_with_a_reason(as_plan_administrator: Client, fields: dict[str, str]) -> None:
    as_plan_administrator.post(
        WITHDRAW, {**fields, "reason": "Child A.B. has moved.", "kept_because": "Two teams, A and B."}
    )

    change = last_change()
    assert (change.reason, change.after["kept_because"]) == ("Child A.B. has moved.", "Two teams, A and B.")


def test_a_clash(as_plan_administrator: Client, own: Action, cast: Cast, fields: dict[str, str]) -> None:
    withdraw(own, cast.plan_administrator, reason="Theirs.")

    response = as_plan_administrator.post(WITHDRAW, {**fields, "reason": "Mine."})

    assert response.status_code == 409
    assert "Theirs." in text(response)
    assert response.context["form"]["reason"].value() == "Mine."


def test_what_has_ended_leads_back(as_plan_administrator: Client, own: Action, cast: Cast) -> None:
    completed(own, cast.lead_officer, cast.board_member)

    response = as_plan_administrator.get(WITHDRAW, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "“Withdraw from the plan” is not possible as the action stands now." in text(response)


def test_it_is_offered_to_plan_administrators(
    as_plan_administrator: Client, as_board_member: Client, own: Action
) -> None:
    assert WITHDRAW in links(as_plan_administrator.get(PAGE))
    assert WITHDRAW not in links(as_board_member.get(PAGE))


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer", "as_lead_officer", "as_board_member"])
def test_others_are_refused(request: pytest.FixtureRequest, fields: dict[str, str], who: str) -> None:
    steps_pages.is_refused(request.getfixturevalue(who), WITHDRAW, fields)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, fields: dict[str, str], who: str
) -> None:
    steps_pages.is_a_404_like_any_other(request.getfixturevalue(who), WITHDRAW, fields)


def test_an_action_of_the_other_council_cannot_be_reached_through_ones_own(
    as_plan_administrator: Client, fields: dict[str, str]
) -> None:
    steps_pages.is_not_reached_through_ones_own(as_plan_administrator, "withdraw/", fields)


def test_signed_out(signed_out: Client, fields: dict[str, str]) -> None:
    steps_pages.asks_to_sign_in(signed_out, WITHDRAW, fields)


def test_wrong_method(as_plan_administrator: Client, own: Action) -> None:
    steps_pages.knows_no_other_methods(as_plan_administrator, WITHDRAW)


def test_nothing_is_changed_from_a_day_in_the_past(
    as_plan_administrator: Client, fields: dict[str, str]
) -> None:
    steps_pages.changes_nothing_in_the_past(as_plan_administrator, WITHDRAW, fields)


def test_without_a_token(as_plan_administrator: Client, fields: dict[str, str]) -> None:
    steps_pages.needs_a_token(as_plan_administrator, WITHDRAW, fields)
