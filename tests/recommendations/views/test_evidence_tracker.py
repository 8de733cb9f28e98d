"""The evidence tracker: recommendation by recommendation what is proved and what is only said."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import HARROW_PAGES, Cast
from tests.pages import heading, links, text
from tests.recommendations.shown import load_action, review, show

TRACKER = f"{HARROW_PAGES}evidence/"
NOTE = "Only evidence that is open to everybody who reads the plan is counted here."


@pytest.mark.parametrize("who", ["as_reader", "as_lead_officer", "as_board_member", "as_scrutiny_officer"])
def test_every_member_reads_it(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get(TRACKER)

    page = text(response)
    assert (response.status_code, heading(response)) == (
        200,
        "None of the 22 actions reported complete is proved",
    )
    assert "Of 22 recommendations: 0 delivered, 0 complied with, 0 impact evidenced." in page
    assert "S2 Early planning for pre-birth concerns 4 of 6 complete Only said action 2 action 4" in page
    assert "Nothing shows that 4 actions are complete." in page


def test_what_is_proved_stands_beside_what_is_only_said(cast: Cast, as_reader: Client) -> None:
    done = load_action("S2", "2")
    review(done, cast.board_member, show(done, cast.board_member))

    response = as_reader.get(TRACKER)

    assert heading(response) == "1 of 22 actions reported complete is proved"
    assert "4 of 6 complete Proved action 2 Only said action 4" in text(response)
    assert f"{HARROW_PAGES}actions/S2/2/" in links(response)


def test_a_past_day_is_shown_as_it_stood_and_kept_in_every_link(as_reader: Client) -> None:
    response = as_reader.get(f"{TRACKER}?on=2012-09-13")

    assert heading(response) == "Nothing is reported complete on this day"
    assert f"{HARROW_PAGES}recommendations/S2/?on=2012-09-13" in links(response)
    assert f"{HARROW_PAGES}evidence.csv?on=2012-09-13" in links(response)


def test_before_the_inspection_there_is_nothing_and_the_page_says_what_to_do(as_reader: Client) -> None:
    page = text(as_reader.get(f"{TRACKER}?on=2012-06-26"))

    assert "No recommendations on this day" in page
    assert "Choose a later day." in page


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("theme=safeguarding", 11),
        ("organisation=harrow-lscb", 2),
        ("only_said=yes", 11),
        ("theme=safeguarding&only_said=yes", 7),
    ],
)
def test_filters_narrow_it(as_reader: Client, query: str, rows: int) -> None:
    response = as_reader.get(f"{TRACKER}?{query}")

    shown = response.context["tracker"].rows
    assert (response.status_code, len(shown)) == (200, rows)


def test_a_filter_in_use_can_be_taken_off(as_reader: Client) -> None:
    response = as_reader.get(f"{TRACKER}?theme=safeguarding&only_said=yes&on=2012-10-01")

    assert f"{TRACKER}?only_said=yes&on=2012-10-01" in links(response)
    assert "Remove Only said: yes" in text(response)


def test_when_nothing_fits_the_page_says_what_to_do(as_reader: Client, cast: Cast) -> None:
    page = text(as_reader.get(f"{TRACKER}?only_said=yes&on=2012-09-11"))

    assert "No recommendation fits" in page
    assert "Take a filter off." in page


@pytest.mark.parametrize("query", ["theme=elsewhere", "organisation=northmoor-council", "only_said=perhaps"])
def test_a_filter_that_is_not_known_is_said_and_narrows_nothing(as_reader: Client, query: str) -> None:
    """Case 30."""
    response = as_reader.get(f"{TRACKER}?{query}")

    assert response.status_code == 200
    assert "There is a problem" in text(response)
    assert len(response.context["tracker"].rows) == 22


def test_exempt_evidence_changes_nothing_for_who_may_not_see_it(cast: Cast, as_reader: Client) -> None:
    """Case 33."""
    before = text(as_reader.get(TRACKER))

    show(load_action("S2", "2"), cast.board_member, exempt=True)

    assert text(as_reader.get(TRACKER)) == before
    assert NOTE in before


def test_who_sees_exempt_evidence_sees_it_counted(cast: Cast, as_board_member: Client) -> None:
    show(load_action("S2", "2"), cast.board_member, exempt=True)

    page = text(as_board_member.get(TRACKER))

    assert "1 piece of evidence" in page
    assert NOTE not in page


def test_it_asks_as_often_with_one_review_as_with_three(cast: Cast, as_reader: Client) -> None:
    asked = []
    for number in ("2", "4", "5"):
        done = load_action("S2", number)
        review(done, cast.board_member, show(done, cast.board_member))
        with CaptureQueriesContext(connection) as queries:
            assert as_reader.get(TRACKER).status_code == 200
        asked.append(len(queries))

    assert len(set(asked)) == 1


def test_the_navigation_and_the_dashboard_lead_to_it(as_reader: Client) -> None:
    assert links(as_reader.get(HARROW_PAGES)).count(TRACKER) == 2


def test_another_council_finds_nothing(as_northmoor_administrator: Client) -> None:
    """Case 23."""
    assert as_northmoor_administrator.get(TRACKER).status_code == 404


def test_signed_out_leads_to_signing_in(signed_out: Client) -> None:
    assert signed_out.get(TRACKER)["Location"].startswith("/account/login/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(as_board_member: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_board_member, method)(TRACKER).status_code == 405
