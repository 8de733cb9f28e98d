"""The list of files that a council's plans came from."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recommendations.models import IntakeState
from tests.cast import Cast
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out
from tests.recommendations.views.intakes import LIST, intake_of

CSV = "/harrow/intake.csv"


def test_without_one_it_says_what_to_do(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get(LIST)

    assert (response.status_code, heading(response)) == (200, "Plans from files")
    assert "No file yet" in text(response)
    assert f"{LIST}begin/" in links(response)


def test_each_says_where_it_stands(as_plan_administrator: Client, cast: Cast) -> None:
    by = cast.plan_administrator
    states = [IntakeState.READING, IntakeState.UNDERSTOOD, IntakeState.FAILED, IntakeState.LEFT]
    made = [intake_of(by, state=state, sha256=f"{number:064}") for number, state in enumerate(states)]

    response = as_plan_administrator.get(LIST)

    words = text(response)
    assert [each.pk for each in response.context["page_obj"]] == [each.pk for each in reversed(made)]
    assert [
        words.count(state)
        for state in ("Being read", "Waits for somebody to go on", "Could not be read", "Put aside")
    ] == [1] * 4
    assert f"{LIST}{made[0].pk}/" in links(response)


def test_as_a_spreadsheet(as_plan_administrator: Client, cast: Cast) -> None:
    intake_of(cast.plan_administrator)
    intake_of(cast.northmoor_administrator)

    shown, whole = (
        as_plan_administrator.get(path).content.decode("utf-8-sig").splitlines()
        for path in (CSV, f"{CSV}?columns=all")
    )

    assert {CSV, f"{CSV}?columns=all"} <= set(links(as_plan_administrator.get(LIST)))
    assert [line.split(",")[:2] for line in shown] == [
        ["file", "plan"],
        ["Plan v2.csv", whole[1].split(",")[1]],
    ]
    assert (len(shown), len(whole), whole[0].count(",") - shown[0].count(",")) == (2, 2, 7)


def test_another_councils_is_not_listed(as_plan_administrator: Client, cast: Cast) -> None:
    """Case 25."""
    intake_of(cast.northmoor_administrator)

    assert list(as_plan_administrator.get(LIST).context["page_obj"]) == []


def test_a_page_has_twenty_five(as_plan_administrator: Client, cast: Cast) -> None:
    for number in range(26):
        intake_of(cast.plan_administrator, sha256=f"{number:064}")

    first, second = (as_plan_administrator.get(f"{LIST}?page={page}") for page in (1, 2))

    assert [len(response.context["page_obj"]) for response in (first, second)] == [25, 1]


def test_queries_do_not_grow(as_plan_administrator: Client, cast: Cast) -> None:
    counts = []
    for number in range(3):
        intake_of(cast.plan_administrator, sha256=f"{number:064}")
        with CaptureQueriesContext(connection) as queries:
            as_plan_administrator.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[2]


def test_only_for_keepers(request: pytest.FixtureRequest, councils: Any) -> None:
    for who in ("as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_reader"):
        assert request.getfixturevalue(who).get(LIST).status_code == 403, who
    for who in ("as_northmoor_administrator", "as_stranger", "as_staff"):
        assert request.getfixturevalue(who).get(LIST).status_code == 404, who


def test_not_from_a_day_in_the_past(as_plan_administrator: Client) -> None:
    assert as_plan_administrator.get(f"{LIST}?on=2012-10-01").status_code == 403


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, LIST)


def test_wrong_method(as_plan_administrator: Client) -> None:
    """Case 40."""
    assert_methods(as_plan_administrator, LIST, "GET, HEAD")


def test_the_door_is_that_of_every_page(request: pytest.FixtureRequest, councils: Any) -> None:
    """Cases 22 and 23."""
    assert_only_for_keepers(request, f"{LIST}begin/")
