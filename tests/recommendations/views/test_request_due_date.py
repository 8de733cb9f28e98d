"""Asking for another due date."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Plan
from recommendations import workflow
from recommendations.models import Action, DueDateChange
from tests.cast import HARROW_PAGES, Cast
from tests.pages import heading, links, text
from tests.recommendations.steps import ON, OWN, agree, ask, last_change, load, withdraw
from tests.recommendations.views import steps_pages
from tests.recommendations.views.steps_pages import PAGE, written

pytestmark = pytest.mark.once

ASK = f"{PAGE}due-date/"
FIELDS = {"new_on": "31/12/2012", "reason": "The tool has to be bought first."}


@pytest.fixture
def own(harrow: Plan) -> Action:
    """S5 (4) of the cast's lead officer, due on 31 July 2012."""
    return load(*OWN)


def asked() -> list[tuple[date, str]]:
    return [(change.new_on, change.reason) for change in DueDateChange.objects.order_by("pk")]


def test_the_page_says_how_it_works_and_how_the_date_stands(as_lead_officer: Client, own: Action) -> None:
    response = as_lead_officer.get(ASK)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "Ask for another due date")
    assert "Due 31 July 2012" in words
    assert "The date moves only when somebody else agrees." in words


@pytest.mark.parametrize("who", ["as_lead_officer", "as_board_member", "as_plan_administrator"])
def test_a_request_waits(request: pytest.FixtureRequest, own: Action, who: str) -> None:
    client: Client = request.getfixturevalue(who)

    response = client.post(ASK, FIELDS)

    words = text(client.get(PAGE))
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert "You asked for another date. It moves when somebody else agrees." in words
    assert "31 July 2012 to 31 December 2012 Waiting for a decision" in words
    assert "Another date is asked for" in words
    assert asked() == [(date(2012, 12, 31), "The tool has to be bought first.")]
    assert last_change().verb == "request_due_date"


@pytest.mark.parametrize("typed", ["31/12/2012", "2012-12-31", "31.12.2012", "31 December 2012"])
def test_a_day_is_read_as_it_is_written_here(as_lead_officer: Client, own: Action, typed: str) -> None:
    as_lead_officer.post(ASK, {**FIELDS, "new_on": typed})

    assert [new_on for new_on, _ in asked()] == [date(2012, 12, 31)]


def test_a_double_click_asks_once(as_lead_officer: Client, own: Action) -> None:
    answers = [as_lead_officer.post(ASK, FIELDS) for _ in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, PAGE)] * 2
    assert len(asked()) == 1
    assert written()[1] == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"new_on": ""}, "Write the new due date."),
        ({"new_on": "soon"}, "Write the day as day, month and year, for example 31/12/2012."),
        ({"new_on": "31/09/2012"}, "Write the day as day, month and year, for example 31/12/2012."),
        ({"new_on": "31/07/2012"}, "This is the date it has now. Choose another."),
        ({"new_on": "13/11/2012"}, "Choose a day that has not passed."),
        ({"reason": ""}, "Say why the date has to move."),
        ({"reason": " \n"}, "Say why the date has to move."),
        ({"reason": "x" * 5001}, "5000 characters"),
        ({"reason": "Child A.B. is still at home."}, "This looks like it is about a child"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_lead_officer: Client, own: Action, changed: dict[str, str], words: str
) -> None:
    response = as_lead_officer.post(ASK, {**FIELDS, **changed})

    steps_pages.says_there_is_a_problem(response, words)
    form = response.context["form"]
    assert form["reason"].value() == changed.get("reason", FIELDS["reason"])
    assert form["new_on"].value() == changed.get("new_on", FIELDS["new_on"])
    assert asked() == []


def test_words_kept_with_a_reason(as_lead_officer: Client, own: Action) -> None:
    sent = {**FIELDS, "reason": "Child A.B. is still at home.", "kept_because": "Two teams, A and B."}

    response = as_lead_officer.post(ASK, sent)

    assert response.status_code == 302
    assert last_change().after["kept_because"] == "Two teams, A and B."


def test_what_a_form_does_not_ask_for_is_ignored(as_lead_officer: Client, own: Action, cast: Cast) -> None:
    """Case 27."""
    forged = {
        "decision": "agreed",
        "decided_by": str(cast.board_member.pk),
        "decided_on": "2012-11-14",
        "old_on": "2013-01-01",
        "requested_by": str(cast.board_member.pk),
        "on": "2001-01-01",
    }

    as_lead_officer.post(ASK, {**FIELDS, **forged})

    change = DueDateChange.objects.get()
    assert (change.decision, change.decided_by, change.old_on, change.requested_by, change.requested_on) == (
        "waiting",
        None,
        date(2012, 7, 31),
        cast.lead_officer,
        ON,
    )


def test_while_a_request_waits_no_other_is_offered_or_taken(
    as_lead_officer: Client, own: Action, cast: Cast
) -> None:
    ask(own, cast.board_member)

    back = as_lead_officer.get(ASK, follow=True)
    refused = as_lead_officer.post(ASK, FIELDS)

    assert back.redirect_chain == [(PAGE, 302)]
    assert "No other date can be asked for as the action stands now." in text(back)
    assert ASK not in links(back)
    steps_pages.says_there_is_a_problem(
        refused, "A request to move this date is waiting for a decision already."
    )
    assert refused.context["form"]["reason"].value() == FIELDS["reason"]


def test_what_has_ended_leads_back(as_lead_officer: Client, own: Action, cast: Cast) -> None:
    withdraw(own, cast.plan_administrator)

    assert as_lead_officer.get(ASK)["Location"] == PAGE
    steps_pages.says_there_is_a_problem(as_lead_officer.post(ASK, FIELDS), "This action has ended.")


def test_a_closed_plan_is_told(as_lead_officer: Client, own: Action, harrow: Plan, cast: Cast) -> None:
    workflow.close_plan(plan=harrow, reason="Over.", by=cast.plan_administrator, on=ON)

    assert as_lead_officer.get(ASK)["Location"] == PAGE
    steps_pages.says_there_is_a_problem(as_lead_officer.post(ASK, FIELDS), "This plan is closed.")


def test_the_page_of_the_action_tells_how_its_date_moved(as_reader: Client, own: Action, cast: Cast) -> None:
    agree(ask(own, cast.lead_officer), cast.board_member, reason="It cannot be done sooner.")

    words = text(as_reader.get(PAGE))

    assert "31 December 2012 First 31 Jul 2012, moved once, 153 days later" in words
    assert "31 July 2012 to 31 December 2012 Agreed, in force" in words
    assert "Asked for by Lead officer, 14 November 2012 The tool has to be bought first." in words
    assert "Agreed by Board member, 14 November 2012 It cannot be done sooner." in words
    assert f"{HARROW_PAGES}due-dates/" in links(as_reader.get(PAGE))


def test_a_day_before_the_decision_shows_the_request_as_waiting(
    as_reader: Client, own: Action, cast: Cast
) -> None:
    agree(ask(own, cast.lead_officer, on=date(2012, 11, 1)), cast.board_member, on=date(2012, 11, 9))

    words = {day: text(as_reader.get(f"{PAGE}?on=2012-{day}")) for day in ("10-31", "11-08", "11-09")}

    assert "Due-date changes" not in words["10-31"]
    assert "31 July 2012 to 31 December 2012 Waiting for a decision" in words["11-08"]
    assert "Agreed by" not in words["11-08"]
    assert "31 July 2012 to 31 December 2012 Agreed, in force" in words["11-09"]


def test_the_request_is_decided_from_the_actions_page_by_those_who_may(
    as_board_member: Client,
    as_plan_administrator: Client,
    as_lead_officer: Client,
    own: Action,
    cast: Cast,
) -> None:
    decide = f"{HARROW_PAGES}due-dates/{ask(own, cast.board_member).pk}/"

    assert decide in links(as_plan_administrator.get(PAGE))
    assert decide not in links(as_lead_officer.get(PAGE))
    assert decide not in links(as_board_member.get(PAGE))
    assert "You asked for it, so somebody else has to decide." in text(as_board_member.get(PAGE))


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer"])
def test_a_reader_is_refused(request: pytest.FixtureRequest, own: Action, who: str) -> None:
    steps_pages.is_refused(request.getfixturevalue(who), ASK, FIELDS)


def test_a_lead_officer_is_refused_the_action_of_another_post(as_lead_officer: Client, own: Action) -> None:
    steps_pages.is_refused(as_lead_officer, f"{HARROW_PAGES}actions/S2/1/due-date/", FIELDS)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, own: Action, who: str
) -> None:
    steps_pages.is_a_404_like_any_other(request.getfixturevalue(who), ASK, FIELDS)


def test_an_action_of_the_other_council_cannot_be_reached_through_ones_own(
    as_plan_administrator: Client, own: Action
) -> None:
    steps_pages.is_not_reached_through_ones_own(as_plan_administrator, "due-date/", FIELDS)


def test_signed_out(signed_out: Client, own: Action) -> None:
    steps_pages.asks_to_sign_in(signed_out, ASK, FIELDS)


def test_wrong_method(as_lead_officer: Client, own: Action) -> None:
    steps_pages.knows_no_other_methods(as_lead_officer, ASK)


def test_nothing_is_changed_from_a_day_in_the_past(as_lead_officer: Client, own: Action) -> None:
    steps_pages.changes_nothing_in_the_past(as_lead_officer, ASK, FIELDS)


def test_without_a_token(as_lead_officer: Client, own: Action) -> None:
    steps_pages.needs_a_token(as_lead_officer, ASK, FIELDS)
