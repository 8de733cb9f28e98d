"""All requests of a plan to move a due date, and the same as CSV."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from recommendations.models import DueDateChange
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.factories import ActionFactory
from tests.pages import apart_from_reference, heading, links, text
from tests.recommendations.steps import OWN, agree, ask, load, refuse

LIST = f"{HARROW_PAGES}due-dates/"
CSV = f"{HARROW_PAGES}due-dates.csv"


@pytest.fixture
def requests(harrow: Plan, cast: Cast) -> None:
    """S5 (4) moved on 9 November; LAC9 (1) refused on the 12th; S7 (1) and S2 (1) wait since the 2nd and the 13th."""
    agree(
        ask(load(*OWN), cast.lead_officer, on=date(2012, 11, 1)),
        cast.board_member,
        reason="It cannot be done sooner.",
        on=date(2012, 11, 9),
    )
    ask(load("S7", "1"), cast.lead_officer, new_on=date(2013, 1, 31), on=date(2012, 11, 2))
    refuse(
        ask(load("LAC9", "1"), cast.lead_officer, on=date(2012, 11, 5)),
        cast.board_member,
        on=date(2012, 11, 12),
    )
    ask(load("S2", "1"), cast.board_member, reason="=1+1", on=date(2012, 11, 13))


def shown(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}?{query}" if query else LIST)
    assert response.status_code == 200
    return re.findall(r'wm-table__ref" href="[^"]*">([^<]+)</a>', response.content.decode())


def downloaded(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"{CSV}?{query}" if query else CSV)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_it(request: pytest.FixtureRequest, requests: None, who: str) -> None:
    response = request.getfixturevalue(who).get(LIST)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "Due-date changes")
    assert "The tool has to be bought first." in words
    assert "Agreed Board member, 9 Nov 2012 It cannot be done sooner." in words
    assert "31 Jul 2012 31 Dec 2012 153 days later Lead officer 1 Nov 2012" in words


def test_those_that_wait_come_first_then_the_latest(as_reader: Client, requests: None) -> None:
    assert shown(as_reader) == ["S2 (1)", "S7 (1)", "LAC9 (1)", "S5 (4)"]


def test_the_figures(as_reader: Client, requests: None) -> None:
    words = text(as_reader.get(LIST))

    assert (
        "Waiting for a decision 2 Actions whose date has moved 1 Moves agreed 1 Days slipped in all 153"
        in words
    )


def test_each_figure_leads_to_the_list_of_what_it_counts(as_reader: Client, requests: None) -> None:
    there = links(as_reader.get(LIST))

    assert {
        f"{LIST}?decision=waiting",
        f"{LIST}?decision=agreed",
        f"{HARROW_PAGES}actions/?moved=yes",
    } <= set(there)
    moved = as_reader.get(f"{HARROW_PAGES}actions/?moved=yes")
    assert moved.context["table"].paginator.count == 1
    assert "31 December 2012 First 31 Jul 2012, moved once, 153 days later" in text(moved)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("decision=waiting", ["S2 (1)", "S7 (1)"]),
        ("decision=agreed", ["S5 (4)"]),
        ("decision=refused", ["LAC9 (1)"]),
        ("lead=SM+QA", ["S7 (1)", "LAC9 (1)", "S5 (4)"]),
        ("lead=Des+Nurse", ["S2 (1)"]),
        ("lead=SM+QA&decision=waiting", ["S7 (1)"]),
        ("lead=SM+QA&decision=", ["S7 (1)", "LAC9 (1)", "S5 (4)"]),
        ("lead=Des+Nurse&decision=refused", []),
        ("unknown=1", ["S2 (1)", "S7 (1)", "LAC9 (1)", "S5 (4)"]),
    ],
)
def test_narrowing_on_the_page_and_in_the_file(
    as_reader: Client, requests: None, query: str, expected: list[str]
) -> None:
    rows = downloaded(as_reader, query)

    assert shown(as_reader, query) == expected
    assert [f"{row['ref']} ({row['number']})" for row in rows] == expected


def test_a_filter_in_use_is_shown_and_taken_off_with_one_click(as_reader: Client, requests: None) -> None:
    response = as_reader.get(f"{LIST}?decision=waiting&lead=SM+QA")

    assert "Remove Decision: Waiting for a decision" in text(response)
    assert f"{LIST}?lead=SM+QA" in links(response)


@pytest.mark.parametrize("query", ["decision=perhaps", "lead=NOBODY"])
def test_a_filter_that_is_none(as_reader: Client, requests: None, query: str) -> None:
    response = as_reader.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert "Select a valid choice" in text(response)
    assert "No request fits" in text(response)
    assert as_reader.get(f"{CSV}?{query}").status_code == 400


def test_a_day_before_the_decision_shows_a_request_as_waiting(as_reader: Client, requests: None) -> None:
    def stood(day: str) -> list[tuple[str, str]]:
        rows = as_reader.get(f"{LIST}?on=2012-11-{day}").context["rows"]
        return [(str(change.action), decision.value) for change, decision in rows]

    days = {day: stood(day) for day in ("04", "10", "13")}

    assert as_reader.get(f"{LIST}?on=2012-10-31").context["rows"] == []
    assert days["04"] == [("S7 (1)", "waiting"), ("S5 (4)", "waiting")]
    assert days["10"] == [("LAC9 (1)", "waiting"), ("S7 (1)", "waiting"), ("S5 (4)", "agreed")]
    assert days["13"] == [
        ("S2 (1)", "waiting"),
        ("S7 (1)", "waiting"),
        ("LAC9 (1)", "refused"),
        ("S5 (4)", "agreed"),
    ]


def test_the_file_of_a_day_says_no_more_than_was_decided_by_then(as_reader: Client, requests: None) -> None:
    waiting, agreed = downloaded(as_reader, "on=2012-11-04")[1], downloaded(as_reader, "on=2012-11-09")[-1]

    assert {name: waiting[name] for name in ("decision", "decided_by", "decided_on", "decision_reason")} == {
        "decision": "Waiting for a decision",
        "decided_by": "",
        "decided_on": "",
        "decision_reason": "",
    }
    assert agreed == {
        "ref": "S5",
        "number": "4",
        "recommendation": agreed["recommendation"],
        "from": "2012-07-31",
        "to": "2012-12-31",
        "days": "153",
        "reason": "The tool has to be bought first.",
        "asked_for_by": "Lead officer",
        "asked_for_on": "2012-11-01",
        "decision": "Agreed",
        "decided_by": "Board member",
        "decided_on": "2012-11-09",
        "decision_reason": "It cannot be done sooner.",
    }


@pytest.mark.parametrize(
    "query", ["", "decision=waiting", "decision=refused", "lead=SM+QA", "on=2012-11-10&decision=agreed"]
)
def test_the_file_has_the_rows_of_the_page_in_their_order(
    as_reader: Client, requests: None, query: str
) -> None:
    rows = downloaded(as_reader, query)

    assert [f"{row['ref']} ({row['number']})" for row in rows] == shown(as_reader, query)


def test_the_file_says_more_if_asked(as_reader: Client, requests: None) -> None:
    row = downloaded(as_reader, "columns=all&decision=agreed")[0]

    assert {name: row[name] for name in list(row)[13:]} == {
        "decided_at": "",
        "recommendation_text": load("S5", "4").recommendation.text,
        "first_due_on": "2012-07-31",
        "due_text": load("S5", "4").due_text,
    }


def test_a_reason_that_a_spreadsheet_would_run_is_text(as_reader: Client, requests: None) -> None:
    assert downloaded(as_reader)[0]["reason"] == "'=1+1"


def test_the_file_is_named_for_the_plan_and_the_day(as_reader: Client, requests: None) -> None:
    response = as_reader.get(f"{CSV}?on=2012-11-10")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == (
        'attachment; filename="children-and-families-2012-due-date-changes-2012-11-10.csv"'
    )


def test_a_decision_is_offered_to_those_who_may_and_on_the_day_itself(
    as_board_member: Client, as_plan_administrator: Client, as_lead_officer: Client, requests: None
) -> None:
    """The board member asked for one of the two that wait."""
    waiting = {f"{LIST}{pk}/" for pk in DueDateChange.objects.undecided().values_list("pk", flat=True)}
    own = {f"{LIST}{DueDateChange.objects.get(action=load('S2', '1')).pk}/"}

    assert waiting & set(links(as_plan_administrator.get(LIST))) == waiting
    assert waiting & set(links(as_board_member.get(LIST))) == waiting - own
    assert waiting & set(links(as_lead_officer.get(LIST))) == set()
    assert waiting & set(links(as_plan_administrator.get(f"{LIST}?on=2012-11-13"))) == set()


def test_every_link_of_a_day_in_the_past_stays_on_it(as_reader: Client, requests: None) -> None:
    response = as_reader.get(f"{LIST}?on=2012-11-10&decision=waiting")

    away = [path for path in links(response) if path.startswith(HARROW_PAGES) and "on=2012-11-10" not in path]
    # The reports have days of their own, and the banner leads back to the council's.
    assert away == [f"{HARROW_PAGES}reports/", f"{LIST}?decision=waiting"]
    assert '<input type="hidden" name="on" value="2012-11-10">' in response.content.decode()


def test_an_empty_list_says_what_it_is_for_and_what_to_do(as_reader: Client, harrow: Plan) -> None:
    words = text(as_reader.get(LIST))

    assert "Nobody has asked for another due date" in words
    assert "To ask for another date, open the action" in words
    assert downloaded(as_reader) == []


def test_a_long_list_comes_in_pages_and_the_file_in_one(as_reader: Client, harrow: Plan, cast: Cast) -> None:
    recommendation = harrow.recommendations.get(reference="S2")
    for number in range(30):
        made = ActionFactory(
            recommendation=recommendation, number=f"{100 + number}", original_due_on=date(2012, 12, 1)
        )
        ask(made, cast.board_member, new_on=date(2012, 12, 1) + timedelta(days=number + 1))

    pages = [shown(as_reader, query) for query in ("", "page=2", "page=99", "page=x")]

    assert [len(page) for page in pages] == [25, 5, 5, 25]
    assert len(set(pages[0] + pages[1])) == 30
    assert len(downloaded(as_reader)) == 30


@pytest.mark.parametrize("path", [LIST, CSV])
def test_one_row_and_three_cost_the_same_queries(
    as_plan_administrator: Client, harrow: Plan, cast: Cast, path: str
) -> None:
    """Case 95."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_plan_administrator.get(path).status_code == 200
        return len(captured)

    agree(ask(load(*OWN), cast.lead_officer), cast.board_member)
    one = queries()
    ask(load("S7", "1"), cast.lead_officer, new_on=date(2013, 1, 31))
    refuse(ask(load("LAC9", "1"), cast.lead_officer), cast.plan_administrator)

    assert queries() == one


@pytest.mark.parametrize("path", [LIST, CSV])
@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, requests: None, path: str, who: str
) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get(path)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/due-dates/"))


def test_requests_of_another_council_are_not_listed(
    as_northmoor_administrator: Client, requests: None
) -> None:
    assert "Nobody has asked" in text(as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}due-dates/"))


@pytest.mark.parametrize("path", [LIST, CSV])
def test_signed_out(signed_out: Client, path: str) -> None:
    response = signed_out.get(path)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={path}")


@pytest.mark.parametrize("path", [LIST, CSV])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, path: str, method: str) -> None:
    """Case 40."""
    assert getattr(as_plan_administrator, method)(path).status_code == 405


@pytest.mark.parametrize("path", [LIST, CSV])
def test_a_bad_day_is_refused(as_reader: Client, path: str) -> None:
    assert as_reader.get(f"{path}?on=yesterday").status_code == 400
