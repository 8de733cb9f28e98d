"""Choosing the key by which a plan's actions are rated, before the first rating is given."""

import pytest
from django.test import Client

from improvement.models import Change, Plan, RatingScale
from tests.factories import (
    ActionFactory,
    PlanFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    ThemeFactory,
)
from tests.pages import apart_from_reference, heading, text

pytestmark = pytest.mark.once

PAGE = "/harrow/next/rating-key/"
RATED = "/harrow/children-and-families-2012/rating-key/"


@pytest.fixture
def plan(harrow: Plan) -> Plan:
    """A plan of Harrow's in which nobody has rated anything; it has the red, amber and green key."""
    return PlanFactory(
        council=harrow.council, slug="next", name="Next plan", rating_scale=harrow.rating_scale
    )


def key_of(plan: Plan) -> str:
    return Plan.objects.get(pk=plan.pk).rating_scale.slug


def choose(client: Client, key: str = "brag", seen: str = "rag", path: str = PAGE) -> object:
    return client.post(path, {"key": key, "seen": seen})


def test_every_key_of_the_council_is_offered(as_plan_administrator: Client, plan: Plan) -> None:
    response = as_plan_administrator.get(PAGE)

    form = response.context["form"]
    assert (response.status_code, heading(response)) == (200, "Which key are actions rated by?")
    assert [str(option.data["value"]) for option in form["key"]] == [
        "brag",
        "rag",
        "red-amber-yellow-green",
        "one-to-four",
    ]
    assert [str(option.data["value"]) for option in form["key"] if option.data["selected"]] == ["rag"]


def test_it_is_saved(as_plan_administrator: Client, plan: Plan) -> None:
    response = choose(as_plan_administrator)

    assert (response.status_code, response["Location"]) == (302, "/harrow/rating-keys/")
    assert "Actions of Next plan are rated by “Blue, red, amber, green and grey (BRAG)”." in text(
        as_plan_administrator.get("/harrow/rating-keys/")
    )
    assert (key_of(plan), Change.objects.count()) == ("brag", 1)


def test_the_same_key_changes_nothing(as_plan_administrator: Client, plan: Plan) -> None:
    assert choose(as_plan_administrator, key="rag").status_code == 302
    assert (key_of(plan), Change.objects.count()) == ("rag", 0)


def test_a_plan_that_was_rated_says_why_it_keeps_its_key(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get(RATED)

    assert (response.status_code, heading(response)) == (200, "This plan keeps its rating key")
    assert "21 updates carry a rating, the first of 14 September 2012." in text(response)
    assert "so this plan keeps “Red, amber, green”" in text(response)
    assert 'type="radio"' not in response.content.decode()


def test_a_plan_rated_meanwhile_keeps_its_key(as_plan_administrator: Client, plan: Plan) -> None:
    action = ActionFactory(recommendation=RecommendationFactory(theme=ThemeFactory(plan=plan)))
    ProgressUpdateFactory(action=action, rating=plan.rating_scale.ratings.all()[0])

    response = choose(as_plan_administrator)

    assert (response.status_code, heading(response)) == (409, "This plan keeps its rating key")
    assert "1 update carries a rating" in text(response)
    assert (key_of(plan), Change.objects.count()) == ("rag", 0)


def test_of_two_who_choose_the_second_is_told(as_plan_administrator: Client, plan: Plan) -> None:
    """Case 104."""
    choose(as_plan_administrator, key="one-to-four")

    response = choose(as_plan_administrator, key="brag")

    form = response.context["form"]
    assert response.status_code == 409
    assert "Somebody else chose “Scrutiny scale, 1 to 4” for this plan meanwhile." in text(response)
    assert (form["key"].value(), form["seen"].value()) == ("brag", "one-to-four")
    assert key_of(plan) == "one-to-four"
    assert choose(as_plan_administrator, key="brag", seen="one-to-four").status_code == 302
    assert key_of(plan) == "brag"


@pytest.mark.parametrize("key", ["", "northmoor-brag", "never-was", "1", "a\x00"])
def test_bad_input(as_plan_administrator: Client, plan: Plan, northmoor: Plan, key: str) -> None:
    """Case 25."""
    response = choose(as_plan_administrator, key=key)

    assert response.status_code == 422
    assert response.content.decode().count("<title>Error: ") == 1
    assert (key_of(plan), Change.objects.count()) == ("rag", 0)


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer", "as_lead_officer", "as_board_member"])
def test_only_plan_administrators_may(request: pytest.FixtureRequest, plan: Plan, who: str) -> None:
    client: Client = request.getfixturevalue(who)

    answers = [client.get(PAGE), choose(client)]

    assert [(answer.status_code, heading(answer)) for answer in answers] == [(403, "You cannot do that")] * 2
    assert key_of(plan) == "rag"


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, plan: Plan, who: str
) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)
    never = apart_from_reference(client.get("/never/was/rating-key/"))

    assert [apart_from_reference(answer) for answer in (client.get(PAGE), choose(client))] == [never] * 2
    assert key_of(plan) == "rag"


def test_signed_out(signed_out: Client, plan: Plan) -> None:
    response = choose(signed_out)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_wrong_method(as_plan_administrator: Client, plan: Plan, method: str) -> None:
    """Case 40."""
    response = getattr(as_plan_administrator, method)(PAGE)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


def test_nothing_is_changed_from_a_day_in_the_past(as_plan_administrator: Client, plan: Plan) -> None:
    assert choose(as_plan_administrator, path=f"{PAGE}?on=2012-10-01").status_code == 403
    assert key_of(plan) == "rag"


def test_the_default_is_said_to_be_for_a_new_plan(as_plan_administrator: Client, plan: Plan) -> None:
    assert RatingScale.objects.default().slug == "brag"
    assert text(as_plan_administrator.get(PAGE)).count("for a new plan") == 1
