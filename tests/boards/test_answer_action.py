"""What I owe of a round: one page for all, one action open, saved and on to the next."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards.models import NoChange, Round
from boards.workflow.rounds import close_round, open_round
from improvement.models import LeadOfficer, Plan, Rating
from recommendations import workflow
from recommendations.models import Action, ProgressUpdate
from tests.cast import HARROW_PAGES, Cast
from tests.factories import HoldingFactory, ProgressUpdateFactory
from tests.pages import apart_from_reference, links, text
from tests.recommendations.steps import ON, OWN, RECORD, load, seen
from tests.recommendations.views.doors import OUTSIDERS, assert_methods, assert_signed_out

PAGE = f"{HARROW_PAGES}rounds/1/answers/"
OPEN = f"{PAGE}S5/4/"
FIRST, SECOND, LAST = f"{PAGE}S4/4/", f"{PAGE}S5/4/", f"{PAGE}LAC9/2/"


@pytest.fixture
def asked(harrow: Plan, cast: Cast) -> Round:
    return open_round(
        plan=harrow,
        label="Improvement Board",
        for_meeting_on=date(2012, 12, 12),
        cut_off_on=date(2012, 12, 5),
        by=cast.plan_administrator,
        on=ON,
    )


def update(client: Client, page: str = OPEN, **changed: Any) -> HttpResponse:
    said = {
        "answer": "updated",
        "stage": "in-progress",
        "rating": "",
        "narrative": "Two teams trained.",
        "forecast_on": "",
        "version": "1",
    }
    return client.post(page, {**said, **changed})


def same(client: Client, page: str = OPEN, **changed: Any) -> HttpResponse:
    said = {"answer": "no-change", "reason": "The training begins in January.", "version": "1"}
    return client.post(page, {**said, **changed})


# The page


def test_it_opens_the_first_that_is_not_answered(as_lead_officer: Client, asked: Round) -> None:
    response = as_lead_officer.get(PAGE)

    words = text(response)
    assert response.status_code == 200
    assert "0 of 13 answered" in words
    assert "1 of 13 · S4 (4)" in words
    assert "No change since 14 September 2012" in words
    assert [link for link in links(response) if link.startswith(PAGE)].count(SECOND) == 2
    assert response.context["form"].initial["version"] == 1


def test_it_can_be_left_and_taken_up(as_lead_officer: Client, asked: Round) -> None:
    update(as_lead_officer, FIRST)

    words = text(as_lead_officer.get(PAGE))

    assert "1 of 13 answered" in words
    assert "2 of 13 · S5 (4)" in words


def test_home_leads_to_it_until_all_is_answered(as_lead_officer: Client, asked: Round) -> None:
    before = as_lead_officer.get("/")
    for answer in as_lead_officer.get(PAGE).context["sheet"].answers:
        action = answer.action
        same(
            as_lead_officer,
            f"{PAGE}{action.recommendation.reference}/{action.number}/",
            version=seen(action),
        )

    after = as_lead_officer.get("/")

    assert "13 of your actions to answer for Improvement Board, 12 December 2012" in text(before)
    assert PAGE in links(before)
    assert PAGE not in links(after)
    assert "All answered" in text(as_lead_officer.get(PAGE))
    assert NoChange.objects.count() == 13


def test_who_holds_no_post_is_told(as_board_member: Client, asked: Round) -> None:
    response = as_board_member.get(PAGE)

    assert "You hold no post in this council’s plans" in text(response)
    assert "Ask whoever looks after Waymark for your council to give you the post" in text(response)
    assert f"{HARROW_PAGES}rounds/1/" in links(response)


def test_who_holds_a_post_without_open_actions_is_told(
    as_board_member: Client, asked: Round, harrow: Plan, cast: Cast
) -> None:
    idle = LeadOfficer.objects.create(
        council=harrow.council,
        organisation=harrow.council.organisations.all()[0],
        abbreviation="Idle",
        title="Post without actions",
    )
    HoldingFactory(user=cast.board_member, lead_officer=idle)

    assert "You owe nothing" in text(as_board_member.get(PAGE))


# Answering


def test_an_update_is_saved_and_the_next_opened(as_lead_officer: Client, asked: Round) -> None:
    response = update(as_lead_officer)

    said = ProgressUpdate.objects.last_of(load(*OWN))
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}S7/1/")
    assert said is not None
    assert (said.sequence, said.narrative) == (2, "Two teams trained.")
    assert "S5 (4) answered." in text(as_lead_officer.get(response["Location"]))


def test_no_change_is_saved_and_the_next_opened(as_lead_officer: Client, asked: Round) -> None:
    response = same(as_lead_officer)

    assert (response.status_code, response["Location"]) == (302, f"{PAGE}S7/1/")
    assert ProgressUpdate.objects.count() == 100
    said = NoChange.objects.get()
    assert (said.action, said.reason) == (load(*OWN), "The training begins in January.")
    assert "No change on 14 November 2012 by Lead officer: The training begins in January." in text(
        as_lead_officer.get(OPEN)
    )


def test_after_the_last_it_goes_round_to_what_was_skipped(as_lead_officer: Client, asked: Round) -> None:
    assert update(as_lead_officer, LAST, version=seen(load("LAC9", "2")))["Location"] == FIRST


def test_bad_input_keeps_what_was_typed(as_lead_officer: Client, asked: Round) -> None:
    bad_update = update(as_lead_officer, forecast_on="soon", narrative="Words that took an hour.")
    bad_reason = same(as_lead_officer, reason=" ")
    record = same(as_lead_officer, reason=RECORD)

    assert [answer.status_code for answer in (bad_update, bad_reason, record)] == [422, 422, 422]
    assert "Words that took an hour." in text(bad_update)
    assert "Say why there is nothing new." in text(bad_reason)
    assert RECORD in text(record)
    assert (NoChange.objects.count(), ProgressUpdate.objects.count()) == (0, 100)


def theirs(cast: Cast) -> None:
    workflow.post_update(
        action=load(*OWN),
        version=1,
        stage="on-hold",
        rating=None,
        narrative="Theirs, first.",
        forecast_on=None,
        by=cast.board_member,
        on=ON,
    )


def test_a_clash_shows_both_and_can_be_sent_again(as_lead_officer: Client, asked: Round, cast: Cast) -> None:
    theirs(cast)

    clash = update(as_lead_officer, narrative="Mine, second.")
    again = update(
        as_lead_officer, narrative="Mine, second.", version=clash.context["form"]["version"].value()
    )

    words = text(clash)
    assert clash.status_code == 409
    assert "Theirs, first." in words
    assert words.count("Mine, second.") == 2
    assert again.status_code == 302
    assert ProgressUpdate.objects.count() == 102


def test_no_change_after_somebody_elses_update_is_not_saved(
    as_lead_officer: Client, asked: Round, cast: Cast
) -> None:
    theirs(cast)

    response = same(as_lead_officer)

    assert response.status_code == 409
    assert "Your reason was not saved: “The training begins in January.”" in text(response)
    assert "Theirs, first." in text(response)
    assert NoChange.objects.count() == 0


def test_a_closed_round_takes_nothing(as_lead_officer: Client, asked: Round, cast: Cast) -> None:
    close_round(asked=asked, by=cast.plan_administrator, on=ON)

    response = same(as_lead_officer)

    assert (response.status_code, response["Location"]) == (302, PAGE)
    words = text(as_lead_officer.get(PAGE))
    assert "This round is closed, so nothing was saved." in words
    assert "This round is closed and takes no more answers." in words
    assert NoChange.objects.count() == 0


def test_a_day_in_the_past_shows_and_changes_nothing(as_lead_officer: Client, asked: Round) -> None:
    Round.objects.update(opened_on=date(2012, 11, 1))

    shown = as_lead_officer.get(f"{PAGE}?on=2012-11-05")

    assert shown.status_code == 200
    assert "form" not in shown.context
    assert update(as_lead_officer, f"{OPEN}?on=2012-11-05").status_code == 403
    assert as_lead_officer.get(f"{PAGE}?on=2012-10-31").status_code == 404


def test_more_actions_cost_no_more_queries(
    as_board_member: Client, asked: Round, harrow: Plan, cast: Cast
) -> None:
    """Case 95: for the holder of one action, and of many."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            as_board_member.get(PAGE)
        return len(captured)

    led = Action.objects.for_plan(harrow).as_of(ON).open()
    few = next(
        post
        for post in LeadOfficer.objects.filter(council=harrow.council)
        if led.led_by([post], on=ON).count() == 1
    )
    only = led.led_by([few], on=ON).get()
    # Rated, as some of the many are: ratings are read at once, and not at all where there is none.
    green = Rating.objects.get_by_natural_key("rag", "green")
    ProgressUpdateFactory(action=only, sequence=seen(only) + 1, on=date(2012, 11, 1), rating=green)
    holding = HoldingFactory(user=cast.board_member, lead_officer=few)
    one = queries()
    holding.delete()
    many = LeadOfficer.objects.get(council=harrow.council, abbreviation="SM QA")
    HoldingFactory(user=cast.board_member, lead_officer=many)

    assert queries() == one


# Doors


def test_somebody_elses_action_is_not_found(as_lead_officer: Client, asked: Round) -> None:
    others = f"{PAGE}S2/1/"

    answers = [as_lead_officer.get(others), update(as_lead_officer, others), same(as_lead_officer, others)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer"])
def test_who_only_reads_is_refused(request: pytest.FixtureRequest, asked: Round, who: str) -> None:
    client = request.getfixturevalue(who)

    assert [client.get(PAGE).status_code, client.get(OPEN).status_code, same(client).status_code] == [403] * 3


def test_another_council_is_not_found(request: pytest.FixtureRequest, asked: Round) -> None:
    for who in OUTSIDERS:
        client: Client = request.getfixturevalue(who)
        unknown = apart_from_reference(client.get("/never/was/compare/"))
        assert apart_from_reference(client.get(PAGE)) == unknown, who
        assert same(client).status_code == 404, who


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)
    assert_signed_out(signed_out, OPEN)


def test_wrong_method(as_lead_officer: Client, asked: Round) -> None:
    assert_methods(as_lead_officer, OPEN, "GET, HEAD, POST")
    assert as_lead_officer.post(PAGE).status_code == 405
