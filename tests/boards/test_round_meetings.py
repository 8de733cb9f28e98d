"""Rounds of a board's meetings: which meeting, how far on its pages, and what becomes of them when it moves."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from boards import meeting_rounds
from boards.models import Meeting, Round
from boards.rounds import Tally
from boards.workflow import meetings
from boards.workflow.meetings import When
from boards.workflow.rounds import AlreadyClosed, close_round, give_meeting, open_round
from improvement.models import Change, Plan
from tests.boards.meetings import BOARD, TODAY, board
from tests.cast import HARROW_PAGES, Cast
from tests.pages import links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out

DAY, CUT_OFF = date(2012, 12, 12), date(2012, 12, 5)
ROUNDS = f"{HARROW_PAGES}rounds/"
OPEN, PAGE, CHOOSE = f"{ROUNDS}open/", f"{ROUNDS}1/", f"{ROUNDS}1/meeting/"
MEETING = f"{BOARD}meetings/2012-12-12/"


def arranged(cast: Cast, on: date = DAY, cut_off_on: date | None = CUT_OFF) -> Meeting:
    when = [When(on, cut_off_on)]
    return meetings.arrange_meetings(board=board(), when=when, by=cast.plan_administrator, on=TODAY)[0]


@pytest.fixture
def meeting(harrow: Plan, cast: Cast) -> Meeting:
    return arranged(cast)


@pytest.fixture
def asked(meeting: Meeting, harrow: Plan, cast: Cast) -> Round:
    return open_round(plan=harrow, meeting=meeting, by=cast.plan_administrator, on=TODAY)


def called_off(meeting: Meeting, cast: Cast) -> None:
    meetings.call_off(meeting=meeting, reason="The hall is closed.", by=cast.plan_administrator, on=TODAY)


# Opening


def test_a_round_takes_name_and_days_from_its_meeting(asked: Round, meeting: Meeting) -> None:
    change = Change.objects.get(verb="open_round")

    assert (asked.meeting, asked.label) == (meeting, "Children and Families Improvement Board")
    assert (asked.for_meeting_on, asked.cut_off_on) == (DAY, CUT_OFF)
    assert change.after["board"] == "improvement-board"


def test_another_last_day_can_be_given(harrow: Plan, meeting: Meeting, cast: Cast) -> None:
    said: dict[str, Any] = {"plan": harrow, "meeting": meeting, "by": cast.plan_administrator, "on": TODAY}
    with pytest.raises(ValidationError):
        open_round(**said, cut_off_on=date(2012, 12, 13))

    assert open_round(**said, cut_off_on=date(2012, 11, 30)).cut_off_on == date(2012, 11, 30)


def test_only_meetings_to_come_of_the_plans_own_board(
    harrow: Plan, northmoor: Plan, meeting: Meeting, cast: Cast
) -> None:
    held = Meeting.objects.get(on=date(2012, 9, 10))
    called_off(meeting, cast)

    for plan, one in ((harrow, held), (harrow, meeting)):
        with pytest.raises(ValidationError, match="Choose a meeting to come"):
            open_round(plan=plan, meeting=one, by=cast.plan_administrator, on=TODAY)

    with pytest.raises(ValidationError, match="Choose a meeting to come"):
        open_round(plan=northmoor, meeting=meeting, by=cast.northmoor_administrator, on=TODAY)


def test_the_page_offers_the_meetings_to_come(as_plan_administrator: Client, meeting: Meeting) -> None:
    shown = text(as_plan_administrator.get(f"{OPEN}?meeting={meeting.pk}"))
    refused = as_plan_administrator.post(OPEN, {"meeting": "0"})
    saved = as_plan_administrator.post(OPEN, {"meeting": str(meeting.pk), "cut_off_on": ""})

    assert "Wednesday 12 December 2012" in shown
    assert "Children and Families Improvement Board; papers are in by 5 December 2012" in shown
    assert (refused.status_code, "Choose a meeting to come." in text(refused)) == (422, True)
    assert (saved.status_code, saved["Location"]) == (302, PAGE)
    assert Round.objects.get().meeting == meeting


def test_the_next_meeting_that_leaves_time_to_answer_is_proposed(
    as_plan_administrator: Client, meeting: Meeting, cast: Cast
) -> None:
    soon = arranged(cast, TODAY, date(2012, 11, 7))

    proposed = as_plan_administrator.get(OPEN).context["form"]
    asked_for = as_plan_administrator.get(f"{OPEN}?meeting={soon.pk}").context["form"]

    assert (proposed.initial, asked_for.initial) == ({"meeting": meeting}, {"meeting": soon})


def test_without_a_meeting_to_come_it_can_be_named(as_plan_administrator: Client, harrow: Plan) -> None:
    words = text(as_plan_administrator.get(OPEN))

    assert "No meeting of Children and Families Improvement Board is arranged." in words
    assert "Day of the meeting" in words


# On the pages


def test_round_and_meeting_lead_to_each_other(as_reader: Client, asked: Round) -> None:
    meeting, page = as_reader.get(MEETING), as_reader.get(PAGE)

    assert "Update round 1 , 0 of 79 answered ; answers by 5 December 2012." in text(meeting)
    assert PAGE in links(meeting)
    assert MEETING in links(page)
    assert "For the meeting of Children and Families Improvement Board on 12 December 2012" in text(page)


def test_the_chair_sees_how_far_the_round_is(as_board_member: Client, harrow: Plan, cast: Cast) -> None:
    meeting = arranged(cast, TODAY, TODAY)
    open_round(plan=harrow, meeting=meeting, by=cast.plan_administrator, on=TODAY)

    live = text(as_board_member.get(f"{BOARD}meetings/2012-11-14/live/2/"))

    assert "Update round 1 , 0 of 79 answered" in live


def test_a_meeting_without_a_round_offers_to_open_one(
    as_plan_administrator: Client, as_reader: Client, meeting: Meeting
) -> None:
    offered = f"{OPEN}?meeting={meeting.pk}"

    assert offered in links(as_plan_administrator.get(MEETING))
    assert offered not in links(as_reader.get(MEETING))


def test_the_dashboard_names_the_next_meeting(as_reader: Client, asked: Round) -> None:
    words = text(as_reader.get(HARROW_PAGES))

    assert "Children and Families Improvement Board meets on 12 December 2012" in words
    assert "update round: 0 of 79 answered" in words


def test_before_it_was_opened_a_meeting_shows_no_round(asked: Round, meeting: Meeting, cast: Cast) -> None:
    Round.objects.update(opened_on=date(2012, 11, 20))

    (before,) = meeting_rounds.of(meeting, on=TODAY, user=cast.reader)
    (after,) = meeting_rounds.of(meeting, on=date(2012, 11, 20), user=cast.reader)

    assert (before.asked, before.sentence) == (None, "No update round")
    assert (after.asked, after.tally) == (asked, Tally(79, 0, 0))


# Another day, or none


def test_a_round_follows_its_meeting_to_another_day(asked: Round, meeting: Meeting, cast: Cast) -> None:
    meetings.move_meeting(
        meeting=meeting,
        to_on=date(2012, 12, 19),
        cut_off_on=date(2012, 12, 14),
        reason="The chair is away.",
        by=cast.plan_administrator,
        on=TODAY,
    )

    asked.refresh_from_db()
    change = Change.objects.get(verb="move_round")
    assert (asked.for_meeting_on, asked.cut_off_on) == (date(2012, 12, 19), date(2012, 12, 14))
    assert (change.before["cut_off_on"], change.after["cut_off_on"]) == ("2012-12-05", "2012-12-14")


@pytest.mark.parametrize(
    ("to_on", "cut_off_on", "expected"),
    [
        (date(2012, 11, 21), None, date(2012, 11, 21)),
        (date(2012, 11, 21), date(2012, 11, 1), TODAY),
        (date(2013, 1, 9), None, CUT_OFF),
    ],
)
def test_no_answer_that_was_in_time_becomes_late(
    asked: Round, meeting: Meeting, cast: Cast, to_on: date, cut_off_on: date | None, expected: date
) -> None:
    meetings.move_meeting(
        meeting=meeting,
        to_on=to_on,
        cut_off_on=cut_off_on,
        reason="The chair is away.",
        by=cast.plan_administrator,
        on=TODAY,
    )

    asked.refresh_from_db()
    assert (asked.for_meeting_on, asked.cut_off_on) == (to_on, expected)


def test_a_round_whose_meeting_is_called_off_says_so(
    as_plan_administrator: Client, as_reader: Client, asked: Round, meeting: Meeting, cast: Cast
) -> None:
    called_off(meeting, cast)

    keeper, reader = as_plan_administrator.get(PAGE), as_reader.get(PAGE)

    assert "Its meeting was called off on 14 November 2012: The hall is closed." in text(reader)
    assert "Choose another meeting for it, or close it." in text(keeper)
    assert (CHOOSE in links(keeper), CHOOSE in links(reader)) == (True, False)
    assert "its meeting is called off: choose another, or close the round" in text(
        as_plan_administrator.get(HARROW_PAGES)
    )


def test_a_round_is_given_another_meeting(
    as_plan_administrator: Client, asked: Round, meeting: Meeting, cast: Cast
) -> None:
    called_off(meeting, cast)
    other = arranged(cast, date(2013, 1, 9), date(2013, 1, 2))

    shown = text(as_plan_administrator.get(CHOOSE))
    refused = as_plan_administrator.post(CHOOSE, {"meeting": str(meeting.pk)})
    saved = as_plan_administrator.post(CHOOSE, {"meeting": str(other.pk)})

    asked.refresh_from_db()
    assert "Wednesday 9 January 2013" in shown
    assert (refused.status_code, saved.status_code, saved["Location"]) == (422, 302, PAGE)
    assert (asked.meeting, asked.for_meeting_on, asked.cut_off_on) == (
        other,
        date(2013, 1, 9),
        date(2013, 1, 2),
    )
    assert Change.objects.filter(verb="change_round_meeting").count() == 1


def test_a_closed_round_stays_with_its_meeting(asked: Round, meeting: Meeting, cast: Cast) -> None:
    close_round(asked=asked, by=cast.plan_administrator, on=TODAY)

    with pytest.raises(AlreadyClosed):
        give_meeting(asked=asked, meeting=meeting, by=cast.plan_administrator, on=TODAY)


@pytest.mark.parametrize("who", ["reader", "lead_officer", "board_member", "northmoor_administrator"])
def test_only_who_keeps_the_plan_gives_a_meeting(
    asked: Round, meeting: Meeting, cast: Cast, who: str
) -> None:
    with pytest.raises(PermissionDenied):
        give_meeting(asked=asked, meeting=meeting, by=getattr(cast, who), on=TODAY)


def test_without_a_meeting_the_page_says_what_to_do(
    as_plan_administrator: Client, asked: Round, meeting: Meeting, cast: Cast
) -> None:
    called_off(meeting, cast)

    assert "No meeting is arranged" in text(as_plan_administrator.get(CHOOSE))


def test_who_comes_to_the_page(request: pytest.FixtureRequest, signed_out: Client) -> None:
    assert_signed_out(signed_out, CHOOSE)
    assert_only_for_keepers(request, CHOOSE)


def test_wrong_methods(as_plan_administrator: Client, asked: Round) -> None:
    assert_methods(as_plan_administrator, CHOOSE, "GET, HEAD, POST")
