"""A meeting on another day, and an agenda in another order."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client

from boards.models import AgendaItem, Meeting, MeetingMove
from boards.workflow import decisions, meetings
from boards.workflow.meetings import MeetingHeld
from improvement.models import Change, Plan
from tests.boards.meetings import BOARD, MEETING, TODAY, arranged
from tests.cast import Cast
from tests.pages import text
from tests.recommendations.views.doors import assert_methods, assert_signed_out

LATER, CUT_OFF = date(2012, 11, 28), date(2012, 11, 21)
SENT = {"to_on": "2012-11-28", "cut_off_on": "2012-11-21", "reason": "The chair is away."}


@pytest.fixture
def meeting(harrow: Plan, cast: Cast) -> Meeting:
    return arranged(cast)


def moved(meeting: Meeting, cast: Cast, **changed: Any) -> Meeting:
    values: dict[str, Any] = {
        "to_on": LATER,
        "cut_off_on": CUT_OFF,
        "reason": "The chair is away.",
        "by": cast.plan_administrator,
        "on": TODAY,
        **changed,
    }
    return meetings.move_meeting(meeting=meeting, **values)


def order(meeting: Meeting) -> list[str]:
    return [item.kind for item in AgendaItem.objects.of_meeting(meeting, on=TODAY)]


# Another day


def test_a_meeting_moves_with_its_reason(meeting: Meeting, cast: Cast) -> None:
    moved(meeting, cast)

    move, change = MeetingMove.objects.get(), Change.objects.get(verb="move_meeting")
    assert (meeting.on, meeting.cut_off_on) == (LATER, CUT_OFF)
    assert (move.from_on, move.to_on, move.reason) == (TODAY, LATER, "The chair is away.")
    assert (change.before["on"], change.after["on"], change.reason) == (
        "2012-11-14",
        "2012-11-28",
        "The chair is away.",
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"to_on": TODAY}, "to_on"),
        ({"to_on": date(2012, 11, 13), "cut_off_on": None}, "to_on"),
        ({"to_on": date(2012, 9, 10)}, "to_on"),
        ({"cut_off_on": date(2012, 11, 29)}, "cut_off_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_a_move_refuses(meeting: Meeting, cast: Cast, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        moved(meeting, cast, **changed)

    meeting.refresh_from_db()
    assert list(refused.value.message_dict) == [field]
    assert (meeting.on, MeetingMove.objects.count()) == (TODAY, 0)


def test_a_board_meets_once_on_a_day(meeting: Meeting, cast: Cast) -> None:
    other = meetings.arrange_meetings(
        board=meeting.board, when=[meetings.When(LATER)], by=cast.plan_administrator, on=TODAY
    )[0]

    with pytest.raises(ValidationError, match="meets on 14 November 2012 already"):
        moved(other, cast, to_on=TODAY, cut_off_on=None)

    other.refresh_from_db()
    assert other.on == LATER


def test_a_meeting_that_decided_something_is_closed_instead(meeting: Meeting, cast: Cast) -> None:
    item = meeting.items.get(position=3)
    decisions.decide_in_words(item=item, words="Go on.", by=cast.board_member, on=TODAY)

    with pytest.raises(ValidationError, match="Close it instead"):
        moved(meeting, cast)


@pytest.mark.parametrize("who", ["reader", "board_member", "scrutiny_officer", "northmoor_administrator"])
def test_only_who_keeps_the_board_moves(meeting: Meeting, cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        moved(meeting, cast, by=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        meetings.move_item(item=meeting.items.get(position=2), up=True, by=getattr(cast, who), on=TODAY)


def test_a_move_is_append_only_in_the_database(meeting: Meeting, cast: Cast) -> None:
    moved(meeting, cast)

    for change in (MeetingMove.objects.get().delete, lambda: MeetingMove.objects.update(reason="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    assert MeetingMove.objects.get().reason == "The chair is away."


def test_the_page_moves_it_and_the_old_address_leads_on(
    as_plan_administrator: Client, as_reader: Client, meeting: Meeting
) -> None:
    there = f"{BOARD}meetings/2012-11-28/"

    response = as_plan_administrator.post(f"{MEETING}move/", SENT)
    old = as_reader.get(MEETING)

    words = text(as_reader.get(there))
    assert (response.status_code, response["Location"]) == (302, there)
    assert (old.status_code, old["Location"]) == (302, there)
    assert "Moved on 14 November 2012 from 14 November 2012 : The chair is away." in words.replace(
        "2012:", "2012 :"
    )


def test_on_a_day_before_the_move_it_was_on_another(as_reader: Client, meeting: Meeting, cast: Cast) -> None:
    Meeting.objects.update(arranged_on=date(2012, 9, 1))
    moved(meeting, cast)

    words = text(as_reader.get(f"{BOARD}meetings/2012-11-28/?on=2012-11-01"))

    assert "On 1 November 2012 it was still to be held on 14 November 2012." in words
    assert "The chair is away." not in words


def test_bad_input_keeps_what_was_typed(as_plan_administrator: Client, meeting: Meeting) -> None:
    response = as_plan_administrator.post(f"{MEETING}move/", {**SENT, "to_on": "2012-11-01"})

    assert response.status_code == 422
    assert "Choose a day that has not passed." in text(response)
    assert 'value="The chair is away."' in response.content.decode()


# The agenda


def test_an_item_changes_places_with_the_one_before(meeting: Meeting, cast: Cast) -> None:
    item = meetings.move_item(
        item=meeting.items.get(position=3), up=True, by=cast.plan_administrator, on=TODAY
    )

    change = Change.objects.get(verb="move_item")
    assert (item.position, order(meeting)) == (2, ["log", "other", "plan"])
    assert (change.before, change.after["place"]) == ({"place": 3}, 2)


def test_the_first_and_the_last_stay(meeting: Meeting, cast: Cast) -> None:
    for place, up in ((1, True), (3, False)):
        meetings.move_item(
            item=meeting.items.get(position=place), up=up, by=cast.plan_administrator, on=TODAY
        )

    assert order(meeting) == ["log", "plan", "other"]
    assert not Change.objects.filter(verb="move_item").exists()


def test_items_move_on_the_page_without_a_pointer(
    as_plan_administrator: Client, as_reader: Client, meeting: Meeting
) -> None:
    item = meeting.items.get(position=1)

    response = as_plan_administrator.post(f"{MEETING}items/1/move/", {"way": "down"})

    again = as_plan_administrator.post(f"{MEETING}items/2/move/", {"way": "down"})
    back = as_plan_administrator.post(f"{MEETING}items/3/move/", {"way": "up"})

    # The same button as before; at the end of its way the other.
    places = [answer["Location"] for answer in (response, again, back)]
    assert places == [f"{MEETING}#{way}-{item.pk}" for way in ("down", "up", "up")]
    assert order(meeting) == ["plan", "log", "other"]
    assert "Move down : Actions from the last meeting" in text(as_plan_administrator.get(MEETING))
    assert "Move down" not in text(as_reader.get(MEETING))


def test_a_closed_meeting_keeps_its_order(
    as_plan_administrator: Client, meeting: Meeting, cast: Cast
) -> None:
    meetings.close_meeting(meeting=meeting, by=cast.plan_administrator, on=TODAY)
    with pytest.raises(MeetingHeld):
        moved(meeting, cast)

    response = as_plan_administrator.post(f"{MEETING}items/1/move/", {"way": "down"}, follow=True)

    assert "This meeting is closed." in text(response)
    assert order(meeting) == ["log", "plan", "other"]


def test_doors(as_northmoor_administrator: Client, as_reader: Client, signed_out: Client, cast: Cast) -> None:
    arranged(cast)

    for page in (f"{MEETING}move/", f"{MEETING}items/1/move/"):
        answers = [client.post(page).status_code for client in (as_northmoor_administrator, as_reader)]
        assert answers == [404, 403], page
    assert_signed_out(signed_out, f"{MEETING}move/")
    assert_methods(as_reader, f"{MEETING}items/1/move/", "POST")
