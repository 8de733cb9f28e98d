"""Giving an action other words, and its history of wordings."""

from datetime import date

import pytest
from django.test import Client

from recommendations import workflow
from recommendations.models import Action, Rewording
from tests.cast import HARROW_PAGES, Cast
from tests.factories import ProgressUpdateFactory
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out

pytestmark = pytest.mark.once

ACTION = f"{HARROW_PAGES}actions/S2/1/"
PAGE = f"{ACTION}words/"
SAID = {"text": "Rewrite the protocol.", "reason": "Clearer.", "version": "0"}


def test_the_form_starts_with_the_words_of_today(as_plan_administrator: Client, action: Action) -> None:
    source = as_plan_administrator.get(PAGE).content.decode()

    assert f"{action.original_text}</textarea>" in source


def test_saved_the_action_has_them_and_its_history_both(
    as_plan_administrator: Client, action: Action
) -> None:
    response = as_plan_administrator.post(PAGE, SAID)

    assert (response.status_code, response["Location"]) == (302, ACTION)
    page = as_plan_administrator.get(ACTION)
    words = text(page)
    assert heading(page) == "Rewrite the protocol."
    assert "Wording 14 November 2012 Reworded Plan administrator: Clearer." in words
    assert f"10 September 2012 First words {action.original_text}" in words


def test_a_day_before_shows_the_words_of_then(
    as_plan_administrator: Client, as_reader: Client, action: Action
) -> None:
    as_plan_administrator.post(PAGE, SAID)

    response = as_reader.get(f"{ACTION}?on=2012-11-13")

    assert heading(response) == action.original_text
    assert "Rewrite the protocol." not in text(response)
    assert "Reworded" not in text(response)


def test_the_second_of_two_writers_sees_theirs_and_keeps_their_own(
    as_plan_administrator: Client, action: Action, cast: Cast
) -> None:
    workflow.reword_action(
        action=action,
        version=0,
        text="Somebody's words.",
        reason="Theirs.",
        by=cast.plan_administrator,
        on=date(2012, 11, 14),
    )

    clash = as_plan_administrator.post(PAGE, SAID)
    after = as_plan_administrator.post(PAGE, {**SAID, "version": "1"})

    assert clash.status_code == 409
    assert "Somebody else reworded this action while you were writing" in text(clash)
    assert "Somebody's words." in text(clash)
    assert "Rewrite the protocol.</textarea>" in clash.content.decode()
    assert 'value="1"' in clash.content.decode()
    assert after.status_code == 302
    assert [one.text for one in Rewording.objects.of_action(action)] == [
        "Rewrite the protocol.",
        "Somebody's words.",
    ]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": ""}, "Fill in “New words”"),
        ({"reason": ""}, "Fill in “Why it is worded otherwise”"),
        (
            {"text": "Bring the multi-agency protocol for work before birth up to date."},
            "These are the words that it has already.",
        ),
        ({"text": "x" * 5001}, "at most 5000 characters"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_plan_administrator: Client, action: Action, wrong: dict[str, str], words: str
) -> None:
    said = {**SAID, **wrong}

    response = as_plan_administrator.post(PAGE, said)

    assert response.status_code == 422
    assert words in text(response)
    assert f"{said['text']}</textarea>" in response.content.decode()
    assert Rewording.objects.count() == 0


def test_text_like_a_childs_record_asks_why(as_plan_administrator: Client, action: Action) -> None:
    risky = {**SAID, "text": "Visit AB (DOB 12/03/2009)."}

    warned = as_plan_administrator.post(PAGE, risky)
    kept = as_plan_administrator.post(PAGE, {**risky, "kept_because": "An invented example."})

    assert (warned.status_code, kept.status_code) == (422, 302)


def test_what_has_ended_is_not_offered_and_refused(as_plan_administrator: Client, action: Action) -> None:
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), stage="complete")

    response = as_plan_administrator.post(PAGE, SAID)

    assert response.status_code == 422
    assert "This action is complete. Reopen it to reword it." in text(response)
    assert PAGE not in links(as_plan_administrator.get(ACTION))


def test_markup_in_words_is_shown_as_text(as_plan_administrator: Client) -> None:
    as_plan_administrator.post(PAGE, {**SAID, "text": "<img src=x> {{7*7}}", "reason": "<b>Bold</b>"})

    source = as_plan_administrator.get(ACTION).content.decode()
    assert "<img src=x>" not in source
    assert "<b>Bold</b>" not in source
    assert "&lt;img " in source


def test_the_actions_page_offers_it_to_plan_administrators_alone(
    as_plan_administrator: Client, as_board_member: Client
) -> None:
    offered = [PAGE in links(client.get(ACTION)) for client in (as_plan_administrator, as_board_member)]

    assert offered == [True, False]


def test_not_on_a_day_in_the_past(as_plan_administrator: Client) -> None:
    assert as_plan_administrator.post(f"{PAGE}?on=2012-10-01", SAID).status_code == 403


def test_who_may(request: pytest.FixtureRequest) -> None:
    assert_only_for_keepers(request, PAGE)


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD, POST")
