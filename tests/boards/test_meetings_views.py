"""Pages of boards and meetings, by role."""

import csv
import html
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards.models import AgendaItem, Attendance, BoardAction, Decision, Meeting, Minutes, Seat
from boards.workflow import at_meeting
from improvement.models import Plan
from recommendations.models import Action, DueDateChange
from tests.boards.meetings import BOARD, HELD, MEETING, PLAN_ITEM, TODAY, arranged, asked, board
from tests.cast import Cast
from tests.pages import heading, links, text


def test_the_list_leads_to_the_board(as_reader: Client) -> None:
    response = as_reader.get("/harrow/boards/")

    words = text(response)
    assert links(response).count("/harrow/children-and-families-2012/") == 2

    assert "Children and Families Improvement Board" in words
    assert "Meets Every month" in words
    assert "Next meeting None is arranged" in words
    assert "Set up" not in words


def test_a_council_without_a_board_is_told_what_to_do(as_northmoor_administrator: Client) -> None:
    words = text(as_northmoor_administrator.get("/northmoor/boards/"))

    assert "No board is set up" in words
    assert "Set up a board" in words


def test_harrows_board_as_its_papers_have_it(as_reader: Client) -> None:
    response = as_reader.get(BOARD)

    words = text(response)
    assert heading(response) == "Children and Families Improvement Board"
    assert "Chair Director of Children's Services Harrow Council" in words
    assert "Member (15)" in words
    assert "10 September 2012 , decision 1 Version agreed The plan is signed off as version 2.01." in words


def test_the_board_on_a_day_before_its_first_meeting(as_reader: Client) -> None:
    words = text(as_reader.get(f"{BOARD}?on=2012-09-09"))

    assert "The board had decided nothing by this day." in words
    assert as_reader.get(f"{HELD}?on=2012-09-09").status_code == 404


@pytest.mark.parametrize(
    "page", [BOARD, HELD, f"{HELD}minutes/", f"{BOARD}actions.csv", f"{BOARD}decisions.csv"]
)
def test_pages_are_closed_to_others(
    as_northmoor_administrator: Client, signed_out: Client, page: str
) -> None:
    assert as_northmoor_administrator.get(page).status_code == 404
    assert signed_out.get(page).status_code == 302


@pytest.mark.parametrize("page", ["x", "2012-13-45", "2012-10-01"])
def test_no_meeting_on_such_a_day(as_reader: Client, page: str) -> None:
    assert as_reader.get(f"{BOARD}meetings/{page}/").status_code == 404


def test_a_board_is_set_up(as_northmoor_administrator: Client, northmoor: Plan) -> None:
    response = as_northmoor_administrator.post(
        "/northmoor/boards/add/",
        {
            "name": "Improvement Board",
            "plans": [northmoor.pk],
            "purpose": "See it done.",
            "every": "week",
            "interval": 6,
            "weekday": 3,
            "week_of_month": "",
        },
    )

    assert (response.status_code, response["location"]) == (302, "/northmoor/boards/improvement-board/")
    made = northmoor.boards.get()
    assert made.frequency == "Every 6 weeks, on a Thursday"


def test_days_are_shown_before_anything_is_arranged(as_plan_administrator: Client) -> None:
    said = {
        "first_on": "2012-11-15",
        "count": 3,
        "every": "month",
        "interval": 1,
        "weekday": 1,
        "week_of_month": 2,
        "cut_off_days": 5,
        "place": "Committee Room 1",
    }

    shown = text(as_plan_administrator.post(f"{BOARD}meetings/arrange/", {**said, "preview": "yes"}))
    before = Meeting.objects.for_board(board()).count()
    response = as_plan_administrator.post(
        f"{BOARD}meetings/arrange/",
        {**said, "arrange": "yes", "day": ["2012-12-11", "2013-02-12", "2012-12-24"]},
    )

    assert "Tuesday 11 December 2012 Papers in by Tuesday 4 December" in shown
    assert (before, response.status_code) == (1, 302)
    made = Meeting.objects.for_board(board()).to_come(on=TODAY)
    assert [(one.on, one.cut_off_on, one.place) for one in made] == [
        (date(2012, 12, 11), date(2012, 12, 4), "Committee Room 1"),
        (date(2013, 2, 12), date(2013, 2, 5), "Committee Room 1"),
    ]


def test_no_day_ticked_is_refused_and_keeps_what_was_typed(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.post(
        f"{BOARD}meetings/arrange/",
        {
            "first_on": "2012-11-15",
            "count": 2,
            "every": "week",
            "interval": 4,
            "cut_off_days": 5,
            "place": "The annexe",
            "arrange": "yes",
        },
    )

    assert response.status_code == 422
    assert "Tick at least one day." in text(response)
    assert 'value="The annexe"' in response.content.decode()


def test_a_meeting_is_prepared(as_plan_administrator: Client, cast: Cast) -> None:
    meeting = arranged(cast)
    seat = Seat.objects.for_board(board()).get(position=1)

    answers = [
        as_plan_administrator.post(f"{MEETING}{page}", said).status_code
        for page, said in (
            ("items/add/", {"kind": "paper", "title": "Supervision", "lead": "SM QA"}),
            ("papers/add/", {"title": "Supervision audit"}),
            ("papers/4/", {"readiness": "ready", "reason": ""}),
            ("attendance/", {f"seat-{seat.pk}": "present"}),
        )
    ]

    words = text(as_plan_administrator.get(MEETING))
    assert answers == [302, 302, 302, 302]
    assert AgendaItem.objects.filter(meeting=meeting).count() == 4
    assert Attendance.objects.get(meeting=meeting).presence == "present"
    assert "Supervision A paper, led by SM QA" in words
    assert "Supervision audit Ready" in words
    assert "Director of Children's Services Harrow Council Chair Present" in words


def test_the_chair_sees_what_moved_and_what_to_decide(
    as_board_member: Client, cast: Cast, action: Action
) -> None:
    arranged(cast)
    asked(cast, action)

    words = text(as_board_member.get(PLAN_ITEM))

    assert "Item 2 of 3" in words
    assert "Move the due date of S2 (1) to 31 January 2013?" in words
    assert "The tool is still being tried out." in words
    assert "Since the last meeting, 10 September 2012" in words
    assert "Questions for the board" in words


def test_one_click_decides(as_board_member: Client, cast: Cast, action: Action) -> None:
    arranged(cast)
    change = asked(cast, action)

    response = as_board_member.post(
        PLAN_ITEM, {"deed": f"date-{change.pk}", "decision": "agree", "words": ""}
    )

    assert (response.status_code, response["location"]) == (302, PLAN_ITEM)
    assert DueDateChange.objects.get(pk=change.pk).board_decision.words == (
        "S2 (1): the due date moves to 31 January 2013."
    )
    again = as_board_member.post(PLAN_ITEM, {"deed": f"date-{change.pk}", "decision": "agree"}, follow=True)
    assert "This has been decided already" in text(again)


def test_a_refusal_without_words_keeps_the_page(as_board_member: Client, cast: Cast, action: Action) -> None:
    arranged(cast)
    change = asked(cast, action)

    response = as_board_member.post(
        PLAN_ITEM, {"deed": f"date-{change.pk}", "decision": "refuse", "words": " "}
    )

    assert response.status_code == 422
    assert "Say why the date stays." in text(response)
    assert not Decision.objects.filter(due_date_change=change).exists()


def test_what_is_recorded_live(as_plan_administrator: Client, cast: Cast) -> None:
    meeting = arranged(cast)

    for said in (
        {"deed": "note", "text": "A good discussion.", "version": 0},
        {"deed": "words", "words": "Meet monthly until March."},
        {"deed": "action", "what": "Bring a paper.", "who": "SM QA", "due_on": "2012-12-05"},
    ):
        assert as_plan_administrator.post(f"{MEETING}live/3/", said).status_code == 302

    assert Decision.objects.get(meeting=meeting).words == "Meet monthly until March."
    assert BoardAction.objects.get(meeting=meeting).number == 1
    minutes = text(as_plan_administrator.get(f"{MEETING}minutes/"))
    assert "3. Any other business A good discussion. Decision 1: Meet monthly until March." in minutes
    assert "New actions Action 1: Bring a paper. (SM QA, by 5 December 2012)" in minutes


def test_notes_of_two_writers(as_plan_administrator: Client, cast: Cast) -> None:
    arranged(cast)
    as_plan_administrator.post(f"{MEETING}live/3/", {"deed": "note", "text": "Theirs.", "version": 0})

    response = as_plan_administrator.post(
        f"{MEETING}live/3/", {"deed": "note", "text": "Mine.", "version": 0}
    )

    words = text(response)
    assert response.status_code == 422
    assert "Theirs: “Theirs.”" in words
    assert ">\nMine.</textarea>" in response.content.decode()


@pytest.mark.parametrize("who", ["as_reader", "as_lead_officer", "as_scrutiny_officer"])
def test_only_deciders_come_to_the_live_page(request: pytest.FixtureRequest, cast: Cast, who: str) -> None:
    arranged(cast)
    client = request.getfixturevalue(who)

    assert client.get(PLAN_ITEM).status_code == 403
    assert client.post(PLAN_ITEM, {"deed": "words", "words": "No."}).status_code == 403


def test_minutes_from_draft_to_frozen(as_plan_administrator: Client, as_reader: Client, cast: Cast) -> None:
    meeting = arranged(cast)
    as_plan_administrator.post(f"{MEETING}minutes/", {"text": "## Agreed\n- One\n- Two", "version": 0})
    as_plan_administrator.post(f"{MEETING}close/")

    as_plan_administrator.post(f"{MEETING}minutes/agree/", {"version": 1})

    response = as_reader.get(f"{MEETING}minutes/")
    words = text(response)
    assert "Agreed on 14 November 2012 and frozen." in words
    assert "Agreed One Two" in words
    assert Minutes.objects.get(meeting=meeting, agreed=True).digest in words
    late = as_plan_administrator.post(f"{MEETING}minutes/", {"text": "More.", "version": 2})
    assert late.status_code == 422


def test_the_log_and_the_decisions_as_csv(as_board_member: Client, cast: Cast) -> None:
    at_meeting.raise_action(
        meeting=arranged(cast), what="=SUM(1)", who="SM QA", due_on=None, by=cast.board_member, on=TODAY
    )

    log = as_board_member.get(f"{BOARD}actions.csv").content.decode("utf-8-sig").splitlines()
    decided = as_board_member.get(f"{BOARD}decisions.csv").content.decode("utf-8-sig").splitlines()

    assert log == [
        "number,what,raised_on,who,due_on,state,ended_on,how",
        "1,'=SUM(1),2012-11-14,SM QA,,Open,,",
    ]
    assert decided == [
        "meeting_on,number,decided,words,changed",
        "2012-09-10,1,Version agreed,The plan is signed off as version 2.01.,version 2.01",
    ]


def test_the_log_shows_what_ended_below_what_is_open(as_board_member: Client, cast: Cast) -> None:
    meeting = arranged(cast)
    for what in ("Bring the audit.", "Bring the costs."):
        at_meeting.raise_action(
            meeting=meeting, what=what, who="SM QA", due_on=None, by=cast.board_member, on=TODAY
        )
    as_board_member.post(f"{BOARD}actions/1/end/", {"outcome": "done", "words": "It was."})

    page = as_board_member.get(BOARD)
    rows = as_board_member.get(f"{BOARD}actions.csv?columns=all").content.decode("utf-8-sig").splitlines()

    assert "Done or no longer needed 1 action" in text(page)
    numbers = re.findall(r'wm-table__ref">(\d+)<', page.content.decode())
    assert numbers == [row.split(",")[0] for row in rows[1:]] == ["2", "1"]
    assert rows[2].endswith("Done,2012-11-14,It was.,2012-11-14,Board member")
    assert {f"{BOARD}actions.csv", f"{BOARD}actions.csv?columns=all"} <= set(links(page))


def test_decisions_beyond_the_latest_are_folded(as_reader: Client, cast: Cast) -> None:
    meeting = arranged(cast)
    Decision.objects.bulk_create(
        Decision(meeting=meeting, number=number, words=f"Decided {number}.", on=TODAY, by=cast.board_member)
        for number in range(1, 13)
    )

    page = as_reader.get(BOARD).content.decode()
    rows = list(
        csv.DictReader(io.StringIO(as_reader.get(f"{BOARD}decisions.csv").content.decode("utf-8-sig")))
    )

    assert [row["words"] for row in rows] == re.findall(r'wm-decision__words">([^<]*)<', page)
    assert len(rows) == 13
    assert "Earlier decisions" in page


def test_attendance_as_csv(as_reader: Client, cast: Cast) -> None:
    arranged(cast)
    page = as_reader.get(MEETING).content.decode()

    rows = list(
        csv.DictReader(io.StringIO(as_reader.get(f"{MEETING}attendance.csv").content.decode("utf-8-sig")))
    )

    table = page.split("Attendance by seat")[1].split("</table>")[0]
    posts = re.findall(r'wm-table__main">([^<]*)<', table)
    assert [row["post"] for row in rows] == [html.unescape(post) for post in posts]
    assert {row["attendance"] for row in rows} == {"Not recorded"}


def test_a_board_action_is_closed(as_board_member: Client, cast: Cast) -> None:
    action = at_meeting.raise_action(
        meeting=arranged(cast), what="Bring it.", who="SM QA", due_on=None, by=cast.board_member, on=TODAY
    )

    empty = as_board_member.post(f"{BOARD}actions/1/end/", {"outcome": "done", "words": ""})
    response = as_board_member.post(f"{BOARD}actions/1/end/", {"outcome": "done", "words": "Brought."})

    assert (empty.status_code, response.status_code) == (422, 302)
    assert BoardAction.objects.get(pk=action.pk).end.words == "Brought."


def test_a_meeting_is_called_off(as_plan_administrator: Client, cast: Cast) -> None:
    arranged(cast)

    empty = as_plan_administrator.post(f"{MEETING}call-off/", {"reason": ""})
    response = as_plan_administrator.post(f"{MEETING}call-off/", {"reason": "Snow."}, follow=True)

    assert empty.status_code == 422
    assert "Called off on 14 November 2012: Snow." in text(response)
    assert "Called off Wednesday 14 November 2012 Snow." in text(as_plan_administrator.get(BOARD))
    assert as_plan_administrator.get(PLAN_ITEM).status_code == 302


def test_nothing_is_changed_on_a_past_day(as_plan_administrator: Client, cast: Cast) -> None:
    arranged(cast)

    pages = (f"{BOARD}terms/", f"{BOARD}meetings/arrange/", f"{HELD}items/add/")
    assert [as_plan_administrator.get(f"{page}?on=2012-10-01").status_code for page in pages] == [
        403,
        403,
        403,
    ]


def test_the_board_costs_the_same_with_one_row_and_three(as_reader: Client, cast: Cast) -> None:
    meeting = arranged(cast)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_reader.get(BOARD)
            as_reader.get(MEETING)
        return len(queries)

    def raise_one() -> None:
        at_meeting.raise_action(
            meeting=meeting, what="Bring it.", who="SM QA", due_on=None, by=cast.board_member, on=TODAY
        )

    raise_one()
    one = count()
    raise_one()
    raise_one()

    assert count() == one
