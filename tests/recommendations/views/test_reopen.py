"""Taking an action up again that was complete or withdrawn."""

import pytest
from django.test import Client

from improvement.models import Plan, Rating
from recommendations.models import Action, ProgressUpdate
from tests.cast import HARROW_PAGES, Cast
from tests.pages import heading, links, text
from tests.recommendations.steps import OWN, completed, last_change, load, reopen, withdraw
from tests.recommendations.views import steps_pages
from tests.recommendations.views.steps_pages import PAGE, written

pytestmark = pytest.mark.once

REOPEN = f"{PAGE}reopen/"


@pytest.fixture
def done(harrow: Plan, cast: Cast) -> Action:
    """S5 (4), signed off by the board member."""
    return completed(load(*OWN), cast.lead_officer, cast.board_member)


@pytest.fixture
def fields(done: Action) -> dict[str, str]:
    return {"reason": "The next audit found gaps.", "rating": "", "version": "3"}


@pytest.mark.parametrize("who", ["as_lead_officer", "as_board_member", "as_plan_administrator"])
def test_it_is_in_progress_again_and_the_reason_is_kept(
    request: pytest.FixtureRequest, done: Action, fields: dict[str, str], who: str
) -> None:
    client: Client = request.getfixturevalue(who)
    red = Rating.objects.get_by_natural_key("rag", "red")
    before = written()

    page = client.get(REOPEN)
    response = client.post(REOPEN, {**fields, "rating": str(red.pk)})

    update, change = ProgressUpdate.objects.last_of(done), last_change()
    assert (page.status_code, heading(page)) == (200, "Reopen")
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert "S5 (4) is in progress again." in text(client.get(PAGE))
    assert (update.stage, update.rating, update.narrative) == (
        "in-progress",
        red,
        "The next audit found gaps.",
    )
    assert (change.verb, change.reason) == ("reopen", "The next audit found gaps.")
    assert written() == (before[0] + 1, before[1] + 1)


def test_a_double_click_reopens_once(as_lead_officer: Client, fields: dict[str, str]) -> None:
    before = written()

    answers = [as_lead_officer.post(REOPEN, fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert written() == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": ""}, "Say why it is reopened."),
        ({"reason": "  "}, "Say why it is reopened."),
        ({"reason": "x" * 5001}, "5000 characters"),
        ({"rating": "999"}, "Select a valid choice"),
        ({"reason": "Child A.B. was missed."}, "This looks like it is about a child"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_lead_officer: Client, fields: dict[str, str], changed: dict[str, str], words: str
) -> None:
    before = written()

    response = as_lead_officer.post(REOPEN, {**fields, **changed})

    steps_pages.says_there_is_a_problem(response, words)
    assert response.context["form"]["reason"].value() == changed.get("reason", fields["reason"])
    assert written() == before


def test_words_kept_with_a_reason(as_lead_officer: Client, fields: dict[str, str]) -> None:
    as_lead_officer.post(
        REOPEN, {**fields, "reason": "Child A.B. was missed.", "kept_because": "Two teams, A and B."}
    )

    change = last_change()
    assert (change.reason, change.after["kept_because"]) == ("Child A.B. was missed.", "Two teams, A and B.")


def test_a_clash(as_lead_officer: Client, done: Action, cast: Cast, fields: dict[str, str]) -> None:
    reopen(done, cast.board_member, reason="Theirs.")

    response = as_lead_officer.post(REOPEN, {**fields, "reason": "Mine."})

    assert response.status_code == 409
    assert "Theirs." in text(response)
    assert response.context["form"]["reason"].value() == "Mine."


def test_open_work_leads_back(as_lead_officer: Client, harrow: Plan) -> None:
    response = as_lead_officer.get(REOPEN, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "“Reopen” is not possible as the action stands now." in text(response)


def test_it_is_offered_where_it_can_be_done(as_lead_officer: Client, as_reader: Client, done: Action) -> None:
    assert REOPEN in links(as_lead_officer.get(PAGE))
    assert REOPEN not in links(as_reader.get(PAGE))


@pytest.mark.parametrize(("who", "status"), [("as_lead_officer", 403), ("as_board_member", 403)])
def test_what_was_withdrawn_is_not_taken_up_by_others_than_withdraw(
    request: pytest.FixtureRequest, harrow: Plan, cast: Cast, who: str, status: int
) -> None:
    withdraw(load(*OWN), cast.plan_administrator)
    client: Client = request.getfixturevalue(who)

    steps_pages.is_refused(client, REOPEN, {"reason": "x", "rating": "", "version": "2"})

    assert REOPEN not in links(client.get(PAGE))


def test_what_was_withdrawn_comes_back_by_a_plan_administrator(
    as_plan_administrator: Client, harrow: Plan, cast: Cast
) -> None:
    action = load(*OWN)
    withdraw(action, cast.plan_administrator)

    response = as_plan_administrator.post(
        REOPEN, {"reason": "Needed after all.", "rating": "", "version": "2"}
    )

    assert response.status_code == 302
    assert ProgressUpdate.objects.last_of(action).stage == "in-progress"


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer"])
def test_a_reader_is_refused(request: pytest.FixtureRequest, fields: dict[str, str], who: str) -> None:
    steps_pages.is_refused(request.getfixturevalue(who), REOPEN, fields)


def test_a_lead_officer_is_refused_the_action_of_another_post(
    as_lead_officer: Client, fields: dict[str, str]
) -> None:
    steps_pages.is_refused(as_lead_officer, f"{HARROW_PAGES}actions/S2/1/reopen/", fields)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, fields: dict[str, str], who: str
) -> None:
    steps_pages.is_a_404_like_any_other(request.getfixturevalue(who), REOPEN, fields)


def test_an_action_of_the_other_council_cannot_be_reached_through_ones_own(
    as_plan_administrator: Client, fields: dict[str, str]
) -> None:
    steps_pages.is_not_reached_through_ones_own(as_plan_administrator, "reopen/", fields)


def test_signed_out(signed_out: Client, fields: dict[str, str]) -> None:
    steps_pages.asks_to_sign_in(signed_out, REOPEN, fields)


def test_wrong_method(as_lead_officer: Client, done: Action) -> None:
    steps_pages.knows_no_other_methods(as_lead_officer, REOPEN)


def test_nothing_is_changed_from_a_day_in_the_past(as_lead_officer: Client, fields: dict[str, str]) -> None:
    steps_pages.changes_nothing_in_the_past(as_lead_officer, REOPEN, fields)


def test_without_a_token(as_lead_officer: Client, fields: dict[str, str]) -> None:
    steps_pages.needs_a_token(as_lead_officer, REOPEN, fields)
