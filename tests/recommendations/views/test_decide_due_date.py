"""Agreeing to another due date, or refusing it."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Plan
from recommendations import workflow
from recommendations.models import Action, DueDateChange
from tests.cast import HARROW_PAGES, NORTHMOOR, NORTHMOOR_PAGES, Cast
from tests.pages import heading, links, text
from tests.recommendations.steps import ON, OWN, agree, ask, last_change, load, refuse, withdraw
from tests.recommendations.views import steps_pages
from tests.recommendations.views.steps_pages import PAGE, written

pytestmark = pytest.mark.once

LIST = f"{HARROW_PAGES}due-dates/"
AGREE = {"decision": "agree", "reason": ""}
REFUSE = {"decision": "refuse", "reason": "It can be hired until then."}


@pytest.fixture
def asked(harrow: Plan, cast: Cast) -> DueDateChange:
    """The lead officer asks to move S5 (4) from 31 July to 31 December 2012."""
    return ask(load(*OWN), cast.lead_officer)


@pytest.fixture
def decide(asked: DueDateChange) -> str:
    return f"{LIST}{asked.pk}/"


def due() -> date:
    return Action.objects.as_of(ON).values_list("due_on", flat=True).get(pk=load(*OWN).pk)  # type: ignore[no-any-return]


def test_the_page_says_what_is_asked_why_and_how_the_action_stands(
    as_board_member: Client, decide: str
) -> None:
    response = as_board_member.get(decide)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "Move the due date to 31 December 2012?")
    assert "From 31 July 2012 To 31 December 2012 153 days later" in words
    assert "Asked for by Lead officer, 14 November 2012" in words
    assert "Reason The tool has to be bought first." in words
    assert load(*OWN).original_text in words
    assert "Last update" in words


@pytest.mark.parametrize("who", ["as_board_member", "as_plan_administrator"])
def test_agreeing_moves_the_date(
    request: pytest.FixtureRequest, asked: DueDateChange, decide: str, who: str
) -> None:
    client: Client = request.getfixturevalue(who)

    response = client.post(decide, AGREE)

    assert (response.status_code, response["Location"]) == (302, LIST)
    assert "S5 (4) is now due on 31 December 2012." in text(client.get(LIST))
    assert due() == date(2012, 12, 31)
    assert last_change().verb == "agree_due_date"


def test_refusing_leaves_it(as_board_member: Client, asked: DueDateChange, decide: str) -> None:
    response = as_board_member.post(decide, REFUSE)

    asked.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert "Refused. The due date of S5 (4) stays as it is." in text(as_board_member.get(LIST))
    assert (asked.decision, asked.decision_reason) == ("refused", "It can be hired until then.")
    assert due() == date(2012, 7, 31)


@pytest.mark.parametrize("fields", [AGREE, REFUSE])
def test_a_double_click_decides_once(as_board_member: Client, decide: str, fields: dict[str, str]) -> None:
    before = written()

    answers = [as_board_member.post(decide, fields) for _ in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, LIST)] * 2
    assert written() == (before[0], before[1] + 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"decision": "", "reason": "Words that took an hour."}, "Choose whether you agree."),
        ({"decision": "perhaps", "reason": "Words that took an hour."}, "Select a valid choice"),
        ({"decision": "refuse", "reason": ""}, "Say why the date stays."),
        ({"decision": "refuse", "reason": "  "}, "Say why the date stays."),
        ({"decision": "agree", "reason": "x" * 5001}, "5000 characters"),
        ({"decision": "agree", "reason": "Child A.B. comes first."}, "This looks like it is about a child"),
        ({"decision": "refuse", "reason": "Child A.B. comes first."}, "This looks like it is about a child"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_board_member: Client, decide: str, fields: dict[str, str], words: str
) -> None:
    before = written()

    response = as_board_member.post(decide, fields)

    steps_pages.says_there_is_a_problem(response, words)
    form = response.context["form"]
    assert (form["decision"].value(), form["reason"].value()) == (fields["decision"], fields["reason"])
    assert written() == before


def test_words_kept_with_a_reason(as_board_member: Client, decide: str) -> None:
    sent = {"decision": "refuse", "reason": "Child A.B. comes first.", "kept_because": "Two teams."}

    as_board_member.post(decide, sent)

    assert last_change().after["kept_because"] == "Two teams."


@pytest.mark.parametrize("fields", [AGREE, REFUSE])
def test_the_second_of_two_sees_what_the_first_decided_and_what_they_wrote(
    as_plan_administrator: Client,
    asked: DueDateChange,
    cast: Cast,
    decide: str,
    fields: dict[str, str],
) -> None:
    agree(asked, cast.board_member, reason="It cannot be done sooner.")
    before = written()

    response = as_plan_administrator.post(decide, {**fields, "reason": "Mine, second."})

    words = text(response)
    assert (response.status_code, heading(response)) == (409, "Another due date: agreed")
    assert "This request was decided while you were looking at it" in words
    assert "Agreed by Board member, 14 November 2012 It cannot be done sooner." in words
    assert "You wrote: “Mine, second.”" in words
    assert written() == before


def test_a_request_that_was_decided_is_shown_without_a_form(
    as_plan_administrator: Client, asked: DueDateChange, cast: Cast, decide: str
) -> None:
    refuse(asked, cast.board_member)

    response = as_plan_administrator.get(decide)

    assert (response.status_code, heading(response)) == (200, "Another due date: refused")
    assert "Refused by Board member, 14 November 2012 It can be hired until then." in text(response)
    assert "Save decision" not in text(response)


def test_whoever_asked_is_told_that_somebody_else_decides(
    as_board_member: Client, harrow: Plan, cast: Cast
) -> None:
    path = f"{LIST}{ask(load('S7', '1'), cast.board_member, new_on=date(2013, 1, 31)).pk}/"

    page = as_board_member.get(path)
    answer = as_board_member.post(path, AGREE)

    assert "You asked for this date, so somebody else has to decide." in text(page)
    assert "Save decision" not in text(page)
    assert answer.status_code == 403
    assert "You asked for this date. Somebody else has to agree or refuse it." in text(answer)


def test_after_the_action_has_ended_it_can_only_be_refused(
    as_board_member: Client, asked: DueDateChange, cast: Cast, decide: str
) -> None:
    withdraw(load(*OWN), cast.plan_administrator)

    page = as_board_member.get(decide)
    agreed = as_board_member.post(decide, AGREE)
    refused = as_board_member.post(decide, REFUSE)

    assert "The request can only be refused." in text(page)
    steps_pages.says_there_is_a_problem(agreed, "This action has ended since the date was asked for")
    assert refused.status_code == 302


def test_a_closed_plan_is_told(as_board_member: Client, harrow: Plan, cast: Cast, decide: str) -> None:
    workflow.close_plan(plan=harrow, reason="Over.", by=cast.plan_administrator, on=ON)

    page = as_board_member.get(decide)

    assert "This plan is closed. Nothing in it can be changed." in text(page)
    assert "Save decision" not in text(page)
    assert as_board_member.post(decide, AGREE).status_code == 422
    assert due() == date(2012, 7, 31)


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer", "as_lead_officer"])
def test_others_are_refused(request: pytest.FixtureRequest, decide: str, who: str) -> None:
    steps_pages.is_refused(request.getfixturevalue(who), decide, AGREE)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, decide: str, who: str
) -> None:
    steps_pages.is_a_404_like_any_other(request.getfixturevalue(who), decide, AGREE)


def test_a_request_of_the_other_council_cannot_be_reached_through_ones_own(
    as_plan_administrator: Client,
    as_northmoor_administrator: Client,
    northmoor: Plan,
    cast: Cast,
    decide: str,
) -> None:
    """Case 24, both orders."""
    on = date(2025, 7, 1)
    theirs = ask(load("N1", "1", NORTHMOOR), cast.northmoor_administrator, new_on=date(2025, 9, 1), on=on).pk

    answers = [
        as_plan_administrator.post(f"{LIST}{theirs}/", AGREE),
        as_plan_administrator.post(f"{NORTHMOOR_PAGES}due-dates/{theirs}/", AGREE),
        as_northmoor_administrator.post(decide.replace(HARROW_PAGES, NORTHMOOR_PAGES), AGREE),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert DueDateChange.objects.undecided().count() == 2


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_a_request_that_never_was(as_board_member: Client, harrow: Plan, number: str) -> None:
    assert as_board_member.get(f"{LIST}{number}/").status_code == 404


def test_signed_out(signed_out: Client, decide: str) -> None:
    steps_pages.asks_to_sign_in(signed_out, decide, AGREE)


def test_wrong_method(as_board_member: Client, decide: str) -> None:
    steps_pages.knows_no_other_methods(as_board_member, decide)


def test_nothing_is_changed_from_a_day_in_the_past(as_board_member: Client, decide: str) -> None:
    steps_pages.changes_nothing_in_the_past(as_board_member, decide, AGREE)


def test_without_a_token(as_board_member: Client, decide: str) -> None:
    steps_pages.needs_a_token(as_board_member, decide, AGREE)


def test_the_way_there_is_on_the_actions_page(as_board_member: Client, decide: str) -> None:
    assert decide in links(as_board_member.get(PAGE))
