"""Closing a plan for good."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Plan
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.pages import text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}close/"


def test_the_page_says_what_it_means(as_plan_administrator: Client) -> None:
    words = text(as_plan_administrator.get(PAGE))

    assert "A closed plan cannot be opened again. From 14 November 2012 on: nobody can update" in words
    assert "79 actions are neither complete nor withdrawn and will stay so." in words


def test_a_draft_is_told_to_agree_a_version_first(as_northmoor_administrator: Client) -> None:
    words = text(as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}close/"))

    assert "No version of this plan was ever agreed. Agree one first" in words


def test_closed_it_can_be_read_and_changed_no_more(as_plan_administrator: Client, harrow: Plan) -> None:
    response = as_plan_administrator.post(PAGE, {"reason": "Its successor took over."})

    harrow.refresh_from_db()
    assert (response.status_code, harrow.closed_on) == (302, date(2012, 11, 14))
    assert "Its successor took over." in text(as_plan_administrator.get(f"{HARROW_PAGES}versions/"))
    changing = ["versions/agree/", "actions/S2/1/words/", "recommendations/S2/add-action/", "close/"]
    assert [as_plan_administrator.get(f"{HARROW_PAGES}{page}").status_code for page in changing] == [403] * 4
    assert as_plan_administrator.get(f"{HARROW_PAGES}compare/").status_code == 200


def test_bad_input(as_plan_administrator: Client, harrow: Plan) -> None:
    response = as_plan_administrator.post(PAGE, {"reason": " "})

    harrow.refresh_from_db()
    assert (response.status_code, harrow.closed_on) == (422, None)
    assert "Fill in “Why the plan is closed”" in text(response)


def test_who_may(request: pytest.FixtureRequest) -> None:
    assert_only_for_keepers(request, PAGE)


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD, POST")
