"""Where an intake stands: how far reading is, and then on."""

from datetime import timedelta

import pytest
from django.test import Client

from improvement import clock
from improvement.models import Plan
from recommendations.models import Intake, IntakeState
from tests.cast import Cast
from tests.pages import heading, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out
from tests.recommendations.views.intakes import LIST, intake_of


@pytest.fixture
def intake(cast: Cast) -> Intake:
    return intake_of(cast.plan_administrator, state=IntakeState.READING, saying="Reading the tables")


def page_of(intake: Intake) -> str:
    return f"{LIST}{intake.pk}/"


def test_how_far_it_is(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.get(page_of(intake))

    source = response.content.decode()
    assert (response.status_code, heading(response)) == (200, "Plan v2.csv")
    assert "Reading the tables. You can leave this page" in text(response)
    assert "Nothing is loaded yet." in text(response)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in source
    assert f'hx-get="{page_of(intake)}"' in source


def test_htmx_gets_only_that_part(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.get(page_of(intake), headers={"HX-Request": "true"})

    assert response.content.decode().strip().startswith('<div class="wm-progress"')


def test_a_long_wait_is_explained(as_plan_administrator: Client, intake: Intake) -> None:
    Intake.objects.filter(pk=intake.pk).update(begun_at=clock.now() - timedelta(minutes=2))

    assert "It has taken longer than usual." in text(as_plan_administrator.get(page_of(intake)))


@pytest.mark.parametrize(
    ("state", "version", "place"),
    [
        (IntakeState.UNDERSTOOD, 1, "columns/"),
        (IntakeState.UNDERSTOOD, 2, "preview/"),
        (IntakeState.LOADING, 2, "load/"),
    ],
)
def test_it_leads_to_the_step_where_it_stands(
    as_plan_administrator: Client, intake: Intake, state: str, version: int, place: str
) -> None:
    Intake.objects.filter(pk=intake.pk).update(state=state, version=version)

    plain = as_plan_administrator.get(page_of(intake))
    part = as_plan_administrator.get(page_of(intake), headers={"HX-Request": "true"})

    assert (plain.status_code, plain["Location"]) == (302, f"{page_of(intake)}{place}")
    assert part["HX-Redirect"] == f"{page_of(intake)}{place}"


def test_what_could_not_be_read_says_why_and_what_to_do(
    as_plan_administrator: Client, intake: Intake
) -> None:
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.FAILED, problem="It is damaged.")

    response = as_plan_administrator.get(page_of(intake))

    assert "The file could not be read It is damaged. Nothing was loaded and nothing is lost" in text(
        response
    )
    assert "http-equiv" not in response.content.decode()


def test_who(request: pytest.FixtureRequest, intake: Intake) -> None:
    """Cases 22 and 23."""
    for who in ("as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_reader"):
        assert request.getfixturevalue(who).get(page_of(intake)).status_code == 403, who
    for who in ("as_northmoor_administrator", "as_stranger", "as_staff"):
        assert request.getfixturevalue(who).get(page_of(intake)).status_code == 404, who


def test_another_councils_is_not_there(as_plan_administrator: Client, cast: Cast, northmoor: Plan) -> None:
    """Case 25: under its own address and under one's own council."""
    theirs = intake_of(cast.northmoor_administrator)

    answers = [
        as_plan_administrator.get(f"/{council}/intake/{theirs.pk}/") for council in ("northmoor", "harrow")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_signed_out(signed_out: Client, intake: Intake) -> None:
    assert_signed_out(signed_out, page_of(intake))


def test_wrong_method(as_plan_administrator: Client, intake: Intake) -> None:
    """Case 40."""
    assert_methods(as_plan_administrator, page_of(intake), "GET, HEAD")


@pytest.mark.parametrize("place", ["columns/", "preview/", "load/"])
def test_the_steps_are_only_for_keepers(request: pytest.FixtureRequest, intake: Intake, place: str) -> None:
    """Cases 22 and 23."""
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.UNDERSTOOD)

    assert_only_for_keepers(request, f"{page_of(intake)}{place}")


@pytest.mark.parametrize("place", ["columns/", "preview/", "load/"])
def test_a_step_that_is_not_there_yet_leads_back(
    as_plan_administrator: Client, intake: Intake, place: str
) -> None:
    response = as_plan_administrator.get(f"{page_of(intake)}{place}")

    assert (response.status_code, response["Location"]) == (302, page_of(intake))
