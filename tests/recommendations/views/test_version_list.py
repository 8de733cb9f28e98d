"""The plan's state and its versions."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from recommendations import workflow
from recommendations.models import Action
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_members, assert_signed_out

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}versions/"
ON = date(2012, 11, 14)
DIGEST = "a27865f0253d149dea68ebdcae85cea0c7fb4c4d589906d7b7b969c934a6f27d"


def agree(plan: Plan, cast: Cast, label: str) -> None:
    workflow.agree_version(
        plan=plan, label=label, signed_off_by=[("Board", ON)], by=cast.plan_administrator, on=ON
    )


def test_it_says_how_the_plan_stands_and_who_signed_what_off(as_reader: Client, harrow: Plan) -> None:
    response = as_reader.get(PAGE)

    words = text(response)
    assert heading(response) == "Versions"
    assert "The plan says what was agreed in version 2.01." in words
    assert (
        "Version 2.01 10 September 2012 Improvement Board, 10 September 2012 Cabinet, 11 October 2012 Compare"
    ) in words
    assert DIGEST in words
    assert f"{PAGE}2.01/" in links(response)
    assert f"{HARROW_PAGES}compare/?from=v2.01" in links(response)
    assert [path for path in links(response) if "agree" in path or "close" in path] == []


def test_versions_stand_newest_first_each_compared_with_the_one_before(
    as_reader: Client, harrow: Plan, cast: Cast
) -> None:
    agree(harrow, cast, "3.0")

    response = as_reader.get(PAGE)

    assert text(response).index("Version 3.0 14") < text(response).index("Version 2.01 10")
    assert f"{HARROW_PAGES}compare/?from=v2.01&to=v3.0" in links(response)


def test_a_revised_plan_leads_to_what_changed(as_reader: Client, action: Action, cast: Cast) -> None:
    workflow.reword_action(
        action=action, version=0, text="Other.", reason="Clearer.", by=cast.plan_administrator, on=ON
    )

    response = as_reader.get(PAGE)

    assert "The plan has been revised since version 2.01 was agreed" in text(response)
    assert f"{HARROW_PAGES}compare/" in links(response)


def test_a_closed_plan_says_when_and_why(as_plan_administrator: Client, harrow: Plan, cast: Cast) -> None:
    workflow.close_plan(plan=harrow, reason="Everything is done.", by=cast.plan_administrator, on=ON)

    response = as_plan_administrator.get(PAGE)

    assert "The plan was closed on 14 November 2012. Everything is done." in text(response)
    assert f"{PAGE}agree/" not in links(response)


def test_a_draft_says_what_to_do_next(as_northmoor_administrator: Client) -> None:
    response = as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}versions/")

    assert "The plan is a draft: no version is agreed yet." in text(response)
    assert "A plan administrator can agree one once a board has signed the plan off." in text(response)
    assert f"{NORTHMOOR_PAGES}versions/agree/" in links(response)


def test_administrators_may_agree_sign_off_and_close(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get(PAGE)

    offered = {f"{PAGE}agree/", f"{PAGE}2.01/sign-off/", f"{HARROW_PAGES}close/"}
    assert offered <= set(links(response))


def test_the_past_shows_what_was_agreed_by_then_and_offers_no_change(as_plan_administrator: Client) -> None:
    early, later = (as_plan_administrator.get(f"{PAGE}?on={on}") for on in ("2012-09-09", "2012-10-10"))

    assert "No version is agreed yet" in text(early)
    assert "Cabinet" not in text(later)
    assert f"{HARROW_PAGES}compare/?from=v2.01&on=2012-10-10" in links(later)
    assert [path for path in links(later) if "agree" in path or "close" in path or "sign-off" in path] == []


def test_one_version_and_three_cost_the_same_queries(as_reader: Client, harrow: Plan, cast: Cast) -> None:
    with CaptureQueriesContext(connection) as one:
        as_reader.get(PAGE)
    agree(harrow, cast, "3.0")
    agree(harrow, cast, "4.0")
    with CaptureQueriesContext(connection) as three:
        as_reader.get(PAGE)

    assert len(three) == len(one)


def test_who_may_read_it(request: pytest.FixtureRequest) -> None:
    assert_only_for_members(request, PAGE)


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD")
