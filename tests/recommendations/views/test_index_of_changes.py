"""The index of changes, as a page and as CSV."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recommendations import workflow
from recommendations.models import Action
from tests.cast import HARROW_PAGES, NORTHMOOR, NORTHMOOR_PAGES, Cast
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_members, assert_signed_out

PAGE = f"{HARROW_PAGES}index-of-changes/"
CSV = f"{HARROW_PAGES}index-of-changes.csv"


def rows(client: Client, query: str = "") -> list[list[str]]:
    response = client.get(f"{CSV}?{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_each_heading_has_its_actions(as_reader: Client) -> None:
    response = as_reader.get(PAGE)

    words = text(response)
    assert heading(response) == "Index of changes"
    assert "58 actions stand in it, some under more than one heading." in words
    for title in (
        "New or changed policy (16)",
        "New or changed guidance (8)",
        "Quality improvement (12)",
        "Change to workforce planning, learning and development (26)",
    ):
        assert title in words
    assert (
        "S2 (1) Bring the multi-agency protocol for work before birth up to date. LSCB SP; Des Nurse "
        "27 September 2012 Overdue by 48 days Awaiting sign-off"
    ) in words
    assert f"{HARROW_PAGES}actions/S2/1/" in links(response)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 62),
        ("kind=policy", 16),
        ("theme=safeguarding", 30),
        ("kind=policy&theme=safeguarding", 7),
        ("lead=SM+QA&kind=quality", 3),
        ("lead=DCS&kind=quality", 0),
    ],
)
def test_filters_narrow_page_and_csv_alike(as_reader: Client, query: str, count: int) -> None:
    page = as_reader.get(f"{PAGE}?{query}")

    assert len(rows(as_reader, query)) == 1 + count
    assert page.content.decode().count('<td class="wm-table__main">') == count
    assert ("No action fits" in text(page)) == (count == 0)


@pytest.mark.parametrize("query", ["kind=budget", "theme=x", "lead=x"])
def test_bad_input(as_reader: Client, query: str) -> None:
    statuses = [as_reader.get(f"{page}?{query}").status_code for page in (PAGE, CSV)]

    assert statuses == [422, 400]


def test_csv_columns(as_reader: Client) -> None:
    found = rows(as_reader, "kind=policy")

    assert found[0] == [
        "heading", "ref", "number", "action", "leads",
        "due_on", "due_without_date", "due_moved", "another_date", "days_overdue", "stage",
    ]  # fmt: skip
    assert found[2] == [
        "New or changed policy",
        "S2",
        "1",
        "Bring the multi-agency protocol for work before birth up to date.",
        "LSCB SP; Des Nurse",
        "2012-09-27",
        "",
        "",
        "",
        "48",
        "Awaiting sign-off",
    ]


def test_csv_has_the_rows_of_the_page_in_their_order(as_reader: Client) -> None:
    query = "theme=safeguarding&kind=policy"
    page = as_reader.get(f"{PAGE}?{query}").content.decode()

    found = rows(as_reader, query)[1:]

    shown = re.findall(r'wm-table__ref" href="[^"]*">([^<]+)</a>', page)
    assert [f"{row[1]} ({row[2]})" for row in found] == shown


def test_csv_says_more_if_asked(as_reader: Client) -> None:
    shown, whole = rows(as_reader, "kind=policy"), rows(as_reader, "kind=policy&columns=all")

    assert [row[:11] for row in whole] == shown
    assert whole[0][11:] == ["rating", "update", "updated_on", "theme", "due_text"]
    assert whole[2][14:] == ["Safeguarding", "27.9.12."]


def test_a_cell_that_would_be_run_is_text(as_reader: Client, action: Action, cast: Cast) -> None:
    """Case 50."""
    on = date(2012, 11, 14)
    workflow.reword_action(
        action=action, version=0, text="=1+1", reason="A trap.", by=cast.plan_administrator, on=on
    )

    assert rows(as_reader, "kind=policy")[2][3] == "'=1+1"


def test_without_entries_it_says_what_to_do(as_reader: Client, as_northmoor_administrator: Client) -> None:
    read = text(as_reader.get(f"{PAGE}?on=2012-09-09"))
    kept = text(as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}index-of-changes/"))

    assert "A plan administrator chooses the headings of an action on its page." in read
    assert "Open an action and choose its headings under “Index of changes”." in kept


def test_any_day_shows_what_stood_then(as_reader: Client, action: Action, cast: Cast) -> None:
    on = date(2012, 11, 1)
    workflow.index_action(action=action, kinds=["guidance"], by=cast.plan_administrator, on=on)

    counts = [
        (len(rows(as_reader, f"on={day}&kind=policy")), len(rows(as_reader, f"on={day}&kind=guidance")))
        for day in ("2012-10-31", "2012-11-01")
    ]

    assert counts == [(17, 9), (16, 10)]


def test_every_link_of_a_day_in_the_past_stays_on_it(as_reader: Client) -> None:
    response = as_reader.get(f"{PAGE}?on=2012-10-31")

    away = [path for path in links(response) if path.startswith(HARROW_PAGES) and "on=2012-10-31" not in path]
    assert [path for path in away if not path.endswith("/reports/")] == [PAGE]


def test_one_entry_and_three_cost_the_same_queries(as_northmoor_administrator: Client, cast: Cast) -> None:
    page = f"{NORTHMOOR_PAGES}index-of-changes/"

    def tag(number: str) -> None:
        action = Action.objects.with_recommendation().get_by_natural_key(*NORTHMOOR, "N1", number)
        workflow.index_action(
            action=action, kinds=["policy"], by=cast.northmoor_administrator, on=date(2025, 7, 1)
        )

    tag("4")
    with CaptureQueriesContext(connection) as one:
        as_northmoor_administrator.get(page)
    tag("1")
    tag("2")
    with CaptureQueriesContext(connection) as three:
        as_northmoor_administrator.get(page)

    assert len(three) == len(one)


@pytest.mark.parametrize("page", [PAGE, CSV])
def test_who_may_read_it(request: pytest.FixtureRequest, page: str) -> None:
    assert_only_for_members(request, page)


@pytest.mark.parametrize("page", [PAGE, CSV])
def test_signed_out(signed_out: Client, page: str) -> None:
    assert_signed_out(signed_out, page)


@pytest.mark.parametrize("page", [PAGE, CSV])
def test_wrong_method(as_plan_administrator: Client, page: str) -> None:
    assert_methods(as_plan_administrator, page, "GET, HEAD")
