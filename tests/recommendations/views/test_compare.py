"""What changed between two days or two versions, as a page and as CSV."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan, PlanVersion
from recommendations import workflow
from recommendations.models import Action
from tests.cast import HARROW, HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.conftest import unprotect
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_members, assert_signed_out

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}compare/"
CSV = f"{HARROW_PAGES}compare.csv"
ON = date(2012, 11, 14)


@pytest.fixture
def reworded(action: Action, cast: Cast) -> Action:
    workflow.reword_action(
        action=action,
        version=0,
        text="Bring the multi-agency protocol for work before birth fully up to date.",
        reason="Clearer.",
        by=cast.plan_administrator,
        on=ON,
    )
    return action


def rows(client: Client, query: str) -> list[list[str]]:
    response = client.get(f"{CSV}?{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_unless_told_it_starts_at_the_agreed_version(as_reader: Client, harrow: Plan) -> None:
    response = as_reader.get(PAGE)

    words = text(response)
    assert heading(response) == "99 of 101 actions changed"
    assert "From version 2.01 (agreed on 10 September 2012) to 14 November 2012." in words
    assert "22 completed 21 re-rated 77 stage changed" in words
    assert f"{HARROW_PAGES}actions/S2/2/" in links(response)
    assert f"{CSV}?from=v2.01&to=2012-11-14" in links(response)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("from=2012-09-10&to=2012-09-13", "Nothing changed"),
        ("from=2012-09-13&to=2012-09-14", "99 of 101 actions changed"),
        ("from=v2.01&to=v2.01", "Nothing changed"),
        ("from=v2.01&to=2012-09-10", "Nothing changed"),
        ("from=2012-09-09&to=v2.01", "101 of 101 actions changed"),
        ("from=2012-06-26&to=2012-06-27", "No action changed"),
        ("from=v2.01&from_day=2012-09-14&to=2012-11-14", "Nothing changed"),
        ("from=v2.01&to=2012-11-14&to_day=13/09/2012", "Nothing changed"),
    ],
)
def test_days_and_versions_mix(as_reader: Client, query: str, title: str) -> None:
    assert heading(as_reader.get(f"{PAGE}?{query}")) == title


def test_old_and_new_words_stand_in_one_and_are_said(as_reader: Client, reworded: Action) -> None:
    response = as_reader.get(f"{PAGE}?from=2012-11-13&to=2012-11-14")

    assert heading(response) == "1 of 101 actions changed"
    assert (
        'before birth <ins><span class="govuk-visually-hidden"> added: </span>fully '
        '<span class="govuk-visually-hidden"> end of added. </span></ins>up to date.'
    ) in response.content.decode()


def test_backwards_it_says_so_and_offers_to_turn_round(as_reader: Client) -> None:
    response = as_reader.get(f"{PAGE}?from=2012-11-14&to=2012-09-09")

    assert heading(response) == "101 of 101 actions changed"
    assert "This reads backwards in time" in text(response)
    assert f"{PAGE}?from=2012-09-09&to=2012-11-14" in links(response)
    assert "Withdrawn 101 actions" in text(response)


def test_filters_narrow_what_is_shown_not_the_headline(as_reader: Client) -> None:
    response = as_reader.get(f"{PAGE}?kind=completed&theme=safeguarding&lead=SM+QA")

    assert heading(response) == "99 of 101 actions changed"
    assert "Completed 3 actions" in text(response)
    assert not re.search(r"Stage changed \d+ action", text(response))
    assert f"{PAGE}?from=v2.01&to=2012-11-14" in links(response)


def test_many_changes_are_folded_away_unless_they_are_all(as_reader: Client) -> None:
    whole, completed = (as_reader.get(f"{PAGE}{query}").content.decode() for query in ("", "?kind=completed"))

    assert re.findall(r'<details class="wm-fold"( open)?>\s*<summary [^>]*id="([a-z-]+)"', whole) == [
        ("", "completed"),
        ("", "re-rated"),
        ("", "stage"),
    ]
    assert 'class="wm-fold" open' in completed


def test_a_filter_that_nothing_fits_says_what_to_do(as_reader: Client) -> None:
    assert "Take a filter off to see every change." in text(as_reader.get(f"{PAGE}?kind=moved"))


def test_nothing_changed_says_what_to_do(as_reader: Client) -> None:
    words = text(as_reader.get(f"{PAGE}?from=2012-11-13&to=2012-11-14"))

    assert "Choose two days that lie further apart." in words


def test_new_recommendations_are_linked(as_reader: Client) -> None:
    response = as_reader.get(f"{PAGE}?from=2012-06-26&to=2012-06-27")

    assert "New recommendations (22)" in text(response)
    assert f"{HARROW_PAGES}recommendations/S2/" in links(response)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=v9", "This plan has no version 9."),
        ("from=soon", "Choose a version or a day from the list, or write a day."),
        ("to=2012-11-15", "Choose a day from 1990 up to 14 November 2012."),
        ("from=1989-01-01", "Choose a day from 1990 up to 14 November 2012."),
        ("from_day=32/1/2012", "Write the day as day, month and year"),
        ("kind=burnt", "burnt is not one of the available choices"),
        ("on=2012-09-09&from=v2.01", "This plan has no version 2.01."),
    ],
)
def test_bad_input_is_said_and_kept(as_reader: Client, query: str, words: str) -> None:
    response = as_reader.get(f"{PAGE}?{query}")

    assert response.status_code == 422
    assert words in text(response)


def test_bad_input_is_no_csv(as_reader: Client) -> None:
    assert as_reader.get(f"{CSV}?from=v9").status_code == 400


def test_an_altered_version_is_not_compared(as_reader: Client, harrow: Plan) -> None:
    unprotect(PlanVersion)
    PlanVersion.objects.filter(plan=harrow).update(content={})

    response = as_reader.get(PAGE)

    assert response.status_code == 422
    assert "Version 2.01 no longer reads as it did when it was agreed. Nothing is compared with it." in text(
        response
    )


def test_the_list_offers_versions_and_days_that_mean_something(as_reader: Client) -> None:
    source = text(as_reader.get(PAGE))

    for words in (
        "Version 2.01, agreed 10 September 2012",
        "14 November 2012: the day shown",
        "11 October 2012: Cabinet signed version 2.01 off",
        "14 September 2012: 99 updates",
        "10 September 2012: version 2.01 agreed, Improvement Board signed version 2.01 off, actions taken in",
        "27 June 2012: recommendations published",
    ):
        assert words in source


def test_a_draft_starts_before_it_began(as_northmoor_administrator: Client) -> None:
    response = as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}compare/?to=2025-07-01")

    assert heading(response) == "4 of 4 actions changed"
    assert "From 31 January 2025 to 1 July 2025." in text(response)


def test_a_day_in_the_past_knows_nothing_later(as_reader: Client, reworded: Action) -> None:
    response = as_reader.get(f"{PAGE}?on=2012-11-13")

    assert "reworded" not in text(response)
    away = [path for path in links(response) if path.startswith(HARROW_PAGES) and "on=2012-11-13" not in path]
    assert [path for path in away if not path.endswith("/reports/")] == [PAGE]


# CSV


def test_csv_has_a_row_for_each_change(as_reader: Client, reworded: Action) -> None:
    assert rows(as_reader, "from=2012-11-13&to=2012-11-14") == [
        ["change", "ref", "number", "action", "theme", "leads", "due", "before", "after", "days_moved"],
        [
            "Reworded",
            "S2",
            "1",
            "Bring the multi-agency protocol for work before birth fully up to date.",
            "Safeguarding",
            "LSCB SP; Des Nurse",
            "",
            reworded.original_text,
            "Bring the multi-agency protocol for work before birth fully up to date.",
            "",
        ],
    ]


def test_csv_takes_the_same_filters(as_reader: Client) -> None:
    assert len(rows(as_reader, "kind=completed&theme=safeguarding")) == 1 + 14


@pytest.mark.parametrize("query", ["", "kind=re-rated&lead=SM+QA", "from=2012-09-09&to=2012-09-10"])
def test_csv_has_the_rows_of_the_page_in_their_order(as_reader: Client, query: str) -> None:
    page = as_reader.get(f"{PAGE}?{query}").content.decode()

    found = [f"{row[1]} ({row[2]})" if row[2] else row[1] for row in rows(as_reader, query)[1:]]

    main = page.split("<main", 1)[1]
    shown = re.findall(r'(?:wm-table__ref"[^>]*>(?:<a [^>]*>)?|govuk-heading-s"><a [^>]*>)([^<]+)<', main)
    assert found == shown


def test_csv_says_more_if_asked(as_reader: Client) -> None:
    shown, whole = rows(as_reader, "kind=completed"), rows(as_reader, "kind=completed&columns=all")

    assert [row[:10] for row in whole] == shown
    assert {len(row) for row in whole} == {17}


def test_a_cell_that_would_be_run_is_text(as_reader: Client, action: Action, cast: Cast) -> None:
    workflow.reword_action(
        action=action, version=0, text="=1+1", reason="A trap.", by=cast.plan_administrator, on=ON
    )

    assert rows(as_reader, "from=2012-11-13")[1][3] == "'=1+1"


def test_one_change_and_three_cost_the_same_queries(as_reader: Client, reworded: Action, cast: Cast) -> None:
    page = f"{PAGE}?from=2012-11-13&to=2012-11-14"
    with CaptureQueriesContext(connection) as one:
        as_reader.get(page)
    for number in ("3", "5"):
        workflow.reword_action(
            action=Action.objects.with_recommendation().get_by_natural_key(
                *HARROW, "S3", "2" if number == "3" else "3"
            ),
            version=0,
            text=f"Other words {number}.",
            reason="Clearer.",
            by=cast.plan_administrator,
            on=ON,
        )
    with CaptureQueriesContext(connection) as three:
        as_reader.get(page)

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
