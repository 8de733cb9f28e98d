"""The pages of those who keep the plan: the list of rounds, opening, who has answered, its CSV, closing."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards import rounds
from boards.models import Round
from boards.workflow.rounds import close_round, open_round, say_no_change
from improvement import clock
from improvement.models import Change, Plan
from recommendations.models import Action, Stage
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.factories import ProgressUpdateFactory
from tests.pages import heading, links, text
from tests.recommendations.steps import ON, OWN, load, seen
from tests.recommendations.views.doors import (
    assert_methods,
    assert_only_for_members,
    assert_signed_out,
)

LIST = f"{HARROW_PAGES}rounds/"
OPEN, PAGE, CLOSE, CSV = f"{LIST}open/", f"{LIST}1/", f"{LIST}1/close/", f"{LIST}1.csv"
SENT = {"label": "Improvement Board", "for_meeting_on": "12/12/2012", "cut_off_on": "2012-12-05"}


def opened(plan: Plan, cast: Cast) -> Round:
    return open_round(
        plan=plan,
        label="Improvement Board",
        for_meeting_on=date(2012, 12, 12),
        cut_off_on=date(2012, 12, 5),
        by=cast.plan_administrator,
        on=ON,
    )


@pytest.fixture
def asked(harrow: Plan, cast: Cast) -> Round:
    """One action of it is answered: no change."""
    asked = opened(harrow, cast)
    say_no_change(
        asked=asked,
        action=load(*OWN),
        version=1,
        reason="The training begins in January.",
        by=cast.lead_officer,
        on=ON,
    )
    return asked


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    return len(captured)


# The list


def test_an_empty_list_says_what_to_do(as_plan_administrator: Client, as_reader: Client) -> None:
    keeper, reader = as_plan_administrator.get(LIST), as_reader.get(LIST)

    assert OPEN in links(keeper)
    assert OPEN not in links(reader)
    assert "A plan administrator opens one before a meeting." in text(reader)


def test_the_list_shows_the_open_round_then_those_before(
    as_plan_administrator: Client, harrow: Plan, cast: Cast, asked: Round
) -> None:
    close_round(asked=asked, by=cast.plan_administrator, on=ON)
    opened(harrow, cast)

    words = text(as_plan_administrator.get(LIST))

    assert "0 of 79 answered" in words
    assert words.index("Earlier rounds") > words.index("0 of 79 answered")
    assert [row.number for row, _ in as_plan_administrator.get(LIST).context["rounds"]] == [1]


def test_the_list_says_of_each_round_how_much_was_answered(
    as_reader: Client, harrow: Plan, cast: Cast, asked: Round
) -> None:
    close_round(asked=asked, by=cast.plan_administrator, on=ON)
    second = opened(harrow, cast)
    close_round(asked=second, by=cast.plan_administrator, on=ON)
    opened(harrow, cast)

    response = as_reader.get(LIST)

    each = [rounds.tally_of(rounds.asked_after(one, cast.reader, on=ON)) for one in (second, asked)]
    assert [tally for _, tally in response.context["rounds"]] == each
    assert "Improvement Board, 12 December 2012 0 of 79 14 Nov 2012" in text(response)
    assert "Improvement Board, 12 December 2012 1 of 79 14 Nov 2012" in text(response)


def test_more_rounds_cost_no_more_queries(as_reader: Client, harrow: Plan, cast: Cast) -> None:
    """Case 95."""
    opened(harrow, cast)
    one = queries(as_reader, LIST)
    for _ in range(2):
        close_round(asked=Round.objects.get(closed_on=None), by=cast.plan_administrator, on=ON)
        opened(harrow, cast)

    assert queries(as_reader, LIST) == one


def test_who_reads_the_list(request: pytest.FixtureRequest) -> None:
    assert_only_for_members(request, LIST)


# Opening


def test_a_round_is_opened(as_plan_administrator: Client, harrow: Plan) -> None:
    response = as_plan_administrator.post(OPEN, SENT)

    asked = Round.objects.get()
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert (asked.plan, asked.for_meeting_on, asked.cut_off_on, asked.opened_on) == (
        harrow,
        date(2012, 12, 12),
        date(2012, 12, 5),
        ON,
    )


def test_bad_input_keeps_what_was_typed(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.post(OPEN, {**SENT, "cut_off_on": "2012-12-13"})

    assert response.status_code == 422
    assert "The last day for answers lies between today and the day of the meeting." in text(response)
    assert 'value="Improvement Board"' in response.content.decode()
    assert Round.objects.count() == 0


def test_a_second_round_waits_for_the_first(as_plan_administrator: Client, asked: Round) -> None:
    response = as_plan_administrator.post(OPEN, SENT)

    assert response.status_code == 422
    assert "is still open. Close it first." in text(response)


# Who has answered


def test_it_shows_who_has_answered(as_reader: Client, asked: Round) -> None:
    response = as_reader.get(PAGE)

    words = text(response)
    assert heading(response) == "Improvement Board, 12 December 2012"
    assert "1 of 79 answered" in words
    assert "0 updated, 1 without change, 78 not answered." in words
    assert "No change: The training begins in January." in words
    assert CLOSE not in links(response)


def test_it_names_its_plan_and_says_where_shares_overlap(
    as_reader: Client, as_northmoor_administrator: Client, asked: Round, northmoor: Plan, cast: Cast
) -> None:
    open_round(
        plan=northmoor,
        label="Improvement Board",
        for_meeting_on=date(2030, 1, 9),
        cut_off_on=date(2030, 1, 2),
        by=cast.northmoor_administrator,
        on=clock.day_of(northmoor.council),
    )

    harrows = text(as_reader.get(PAGE))
    theirs = text(as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}rounds/1/"))

    overlap = "An action that several lead counts for each"
    assert "Children and Families Improvement Plan, update round 1 Improvement Board" in harrows
    assert "Northmoor Improvement Plan, update round 1 Improvement Board" in theirs
    assert (overlap in harrows, overlap in theirs) == (True, False)


def test_what_is_missing_stands_open_unless_it_fills_the_page(as_reader: Client, asked: Round) -> None:
    many = as_reader.get(PAGE).content.decode()
    for action in Action.objects.for_plan(asked.plan).in_plan_order()[20:]:
        ProgressUpdateFactory(
            action=action, sequence=seen(action) + 1, stage=Stage.COMPLETE, on=date(2012, 11, 13)
        )
    few = as_reader.get(PAGE).content.decode()

    assert '<details class="wm-fold" id="missing">' in many
    assert '<details class="wm-fold" id="missing" open>' in few
    assert "“No change” is an answer, but the action still counts as not updated." in many


def test_only_who_holds_a_post_is_led_to_what_they_owe(
    as_lead_officer: Client, as_reader: Client, as_plan_administrator: Client, asked: Round
) -> None:
    owing, *others = (
        links(client.get(PAGE)) for client in (as_lead_officer, as_reader, as_plan_administrator)
    )

    assert f"{PAGE}answers/" in owing
    assert [f"{PAGE}answers/" in found for found in others] == [False, False]


def test_it_can_be_shown_before_it_was_answered(as_reader: Client, asked: Round) -> None:
    Round.objects.update(opened_on=date(2012, 11, 1))

    before, never = as_reader.get(f"{PAGE}?on=2012-11-13"), as_reader.get(f"{PAGE}?on=2012-10-31")

    assert "0 of 79 answered" in text(before)
    assert never.status_code == 404


def test_more_answers_cost_no_more_queries(as_reader: Client, asked: Round, cast: Cast) -> None:
    """Case 95."""
    one = queries(as_reader, PAGE)
    for place in (("S7", "1"), ("LAC9", "1")):
        say_no_change(asked=asked, action=load(*place), version=1, reason="So.", by=cast.board_member, on=ON)

    assert queries(as_reader, PAGE) == one


def test_the_same_as_csv(as_reader: Client, asked: Round) -> None:
    response = as_reader.get(CSV)

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    answered = [row for row in rows if row["answer"] != "Not answered"]
    assert len(rows) == 79
    assert [(row["ref"], row["number"], row["answer"], row["answered_on"]) for row in answered] == [
        ("S5", "4", "No change", "2012-11-14")
    ]
    assert answered[0]["reason"] == "The training begins in January."
    assert answered[0]["no_change_since_last_update"] == "1"


def test_csv_has_the_rows_of_the_page_in_their_order(as_reader: Client, asked: Round) -> None:
    page = as_reader.get(PAGE).content.decode()

    rows = list(csv.DictReader(io.StringIO(as_reader.get(CSV).content.decode("utf-8-sig"))))

    shown = re.findall(r'wm-table__ref" href="[^"]*">([^<]+)</a>', page)
    assert [f"{row['ref']} ({row['number']})" for row in rows] == shown
    assert {CSV, f"{CSV}?columns=all"} <= set(links(as_reader.get(PAGE)))
    whole = as_reader.get(f"{CSV}?columns=all").content.decode("utf-8-sig").splitlines()[0]
    assert whole.split(",")[13:15] == ["organisations", "update"]


def test_who_reads_it(request: pytest.FixtureRequest, asked: Round) -> None:
    for page in (PAGE, CSV):
        assert_only_for_members(request, page)


# Closing


def test_it_is_closed_once(as_plan_administrator: Client, asked: Round) -> None:
    shown = text(as_plan_administrator.get(CLOSE))
    first = as_plan_administrator.post(CLOSE)
    after = text(as_plan_administrator.get(PAGE))
    second = as_plan_administrator.post(CLOSE)

    asked.refresh_from_db()
    assert "1 of 79 actions are answered; 78 are not." in shown
    assert [first["Location"], second["Location"]] == [PAGE, PAGE]
    assert asked.closed_on == ON
    assert "closed on 14 November 2012 by Plan administrator" in after
    assert "This round was closed on 14 November 2012." in text(as_plan_administrator.get(PAGE))


# Doors


@pytest.mark.parametrize("page", [OPEN, CLOSE])
@pytest.mark.parametrize("who", ["as_reader", "as_lead_officer", "as_board_member", "as_scrutiny_officer"])
def test_who_does_not_keep_the_plan_is_refused(
    request: pytest.FixtureRequest, asked: Round, page: str, who: str
) -> None:
    client = request.getfixturevalue(who)
    before = Change.objects.count()

    assert [client.get(page).status_code, client.post(page, SENT).status_code] == [403, 403]
    assert Change.objects.count() == before


@pytest.mark.parametrize("page", [OPEN, PAGE, CLOSE, CSV])
def test_another_council_is_not_found(as_northmoor_administrator: Client, asked: Round, page: str) -> None:
    assert as_northmoor_administrator.get(page).status_code == 404


@pytest.mark.parametrize("page", [OPEN, CLOSE])
def test_the_past_is_not_changed(as_plan_administrator: Client, asked: Round, page: str) -> None:
    assert as_plan_administrator.post(f"{page}?on=2012-11-01", SENT).status_code == 403


def test_signed_out(signed_out: Client) -> None:
    for page in (LIST, OPEN, PAGE, CLOSE, CSV):
        assert_signed_out(signed_out, page)


def test_wrong_method(as_plan_administrator: Client, asked: Round) -> None:
    for page in (LIST, PAGE, CSV):
        assert_methods(as_plan_administrator, page, "GET, HEAD")
    for page in (OPEN, CLOSE):
        assert_methods(as_plan_administrator, page, "GET, HEAD, POST")


def test_the_list_as_csv(asked: Round, cast: Cast, as_reader: Client, as_stranger: Client) -> None:
    close_round(asked=asked, by=cast.plan_administrator, on=date(2012, 11, 14))

    response = as_reader.get(f"{HARROW_PAGES}rounds.csv?columns=all")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [
        [
            *("for", "meeting_on", "answered", "asked", "opened_on", "answers_by", "closed_on"),
            *("round", "opened_by", "closed_by"),
        ],
        [
            *("Improvement Board", "2012-12-12", "1", "79"),
            *(ON.isoformat(), "2012-12-05", "2012-11-14", "1"),
            *(cast.plan_administrator.name, cast.plan_administrator.name),
        ],
    ]
    assert f"{HARROW_PAGES}rounds.csv" in links(as_reader.get(LIST))
    before = as_reader.get(f"{HARROW_PAGES}rounds.csv?on=2012-09-10").content.decode("utf-8-sig")
    assert len(before.splitlines()) == 1
    assert as_stranger.get(f"{HARROW_PAGES}rounds.csv").status_code == 404


def test_the_csv_costs_the_same_with_more_rounds(
    asked: Round, harrow: Plan, cast: Cast, as_reader: Client
) -> None:
    with CaptureQueriesContext(connection) as one:
        as_reader.get(f"{HARROW_PAGES}rounds.csv")
    for _ in range(2):
        last = Round.objects.order_by("-number")[0]
        close_round(asked=last, by=cast.plan_administrator, on=date(2012, 11, 14))
        opened(harrow, cast)
    with CaptureQueriesContext(connection) as three:
        as_reader.get(f"{HARROW_PAGES}rounds.csv")

    assert len(three) == len(one)
