"""Agreeing the plan as it stands."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Plan, PlanVersion
from recommendations import contents, workflow
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.conftest import unprotect
from tests.pages import links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}versions/agree/"
LIST = f"{HARROW_PAGES}versions/"
ON = date(2012, 11, 14)
SAID = {"label": "3.0", "body_1": "Board", "day_1": "2012-11-01", "body_2": "Cabinet", "day_2": "14/11/2012"}


def test_it_proposes_the_next_number_and_shows_what_changed_first(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get(PAGE)

    assert 'value="2.02"' in response.content.decode()
    assert "Since version 2.01 22 completed 21 re-rated 77 stage changed" in text(response)
    assert f"{HARROW_PAGES}compare/" in links(response)


def test_agreed_it_is_frozen_with_its_bodies_and_days(as_plan_administrator: Client, harrow: Plan) -> None:
    response = as_plan_administrator.post(PAGE, {**SAID, "note": "After the meeting."})

    assert (response.status_code, response["Location"]) == (302, LIST)
    agreed = PlanVersion.objects.get(plan=harrow, label="3.0")
    assert contents.of_version(agreed) == contents.of(harrow, on=ON)
    assert [str(one) for one in agreed.sign_offs.all()] == [
        "Board, 1 November 2012",
        "Cabinet, 14 November 2012",
    ]
    assert "Version 3.0 is agreed." in text(as_plan_administrator.get(LIST))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"label": "2.01"}, "There is a version 2.01 already."),
        ({"label": "agree"}, "Begin with a digit"),
        ({"day_2": ""}, "Say when Cabinet signed it off."),
        ({"body_2": ""}, "Say which body signed it off on 14 November 2012."),
        ({"day_1": "soon"}, "Write the day as day, month and year"),
        ({"day_1": "2012-11-15"}, "Choose a day that has come."),
        ({"body_2": "board"}, "Name each body once."),
        ({"body_1": ""}, "Fill in “Body”"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_plan_administrator: Client, harrow: Plan, wrong: dict[str, str], words: str
) -> None:
    response = as_plan_administrator.post(PAGE, {**SAID, "note": "Typed.", **wrong})

    assert response.status_code == 422
    assert words in text(response)
    assert "Typed.</textarea>" in response.content.decode()
    assert PlanVersion.objects.filter(plan=harrow).count() == 1


def test_a_note_like_a_childs_record_asks_why(as_plan_administrator: Client, harrow: Plan) -> None:
    said = {**SAID, "note": "Discussed AB (DOB 12/03/2009)."}

    warned = as_plan_administrator.post(PAGE, said)
    kept = as_plan_administrator.post(PAGE, {**said, "kept_because": "An invented example."})

    assert (warned.status_code, kept.status_code) == (422, 302)
    assert "Why these words may be kept" in text(warned)


def test_the_first_version_of_a_draft(as_northmoor_administrator: Client) -> None:
    response = as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}versions/agree/")

    assert 'value="1.0"' in response.content.decode()
    assert "This is the first version of the plan to be agreed." in text(response)


def test_where_the_last_version_was_altered_it_says_so(as_plan_administrator: Client, harrow: Plan) -> None:
    unprotect(PlanVersion)
    PlanVersion.objects.filter(plan=harrow).update(content={})

    response = as_plan_administrator.get(PAGE)

    assert "Version 2.01 no longer reads as it was agreed" in text(response)


def test_a_closed_plan_is_not_agreed(as_plan_administrator: Client, harrow: Plan, cast: Cast) -> None:
    workflow.close_plan(plan=harrow, reason="Done.", by=cast.plan_administrator, on=ON)

    statuses = [
        as_plan_administrator.get(PAGE).status_code,
        as_plan_administrator.post(PAGE, SAID).status_code,
    ]

    assert statuses == [403, 403]


def test_not_on_a_day_in_the_past(as_plan_administrator: Client) -> None:
    assert as_plan_administrator.post(f"{PAGE}?on=2012-10-01", SAID).status_code == 403


def test_who_may(request: pytest.FixtureRequest) -> None:
    assert_only_for_keepers(request, PAGE)


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD, POST")
