"""Rewording a key of the council's own, while nobody has used it."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Change, Plan, RatingScale
from recommendations.workflow import rating_keys
from recommendations.workflow.rating_keys import Wording
from tests.cast import Cast
from tests.factories import ActionFactory, ProgressUpdateFactory
from tests.pages import apart_from_reference, heading, links, text
from tests.recommendations.views.key_words import typed

pytestmark = pytest.mark.once

PAGE = "/harrow/rating-keys/harrow-our-key/edit/"
LIST = "/harrow/rating-keys/"


@pytest.fixture
def scale(harrow: Plan, cast: Cast) -> RatingScale:
    """Harrow's own key of two ratings, which nobody has used."""
    return rating_keys.word_rating_key(
        council=harrow.council,
        name="Our key",
        note="",
        ratings=[
            Wording("L", "Late", "#b3261e", "It has missed its date.", "off-track"),
            Wording("G", "Going", "#1a7a43", "It goes as planned.", "on-track"),
        ],
        by=cast.plan_administrator,
        on=date(2012, 11, 14),
    )


def words_of(scale: RatingScale) -> tuple[str, str, list[str]]:
    fresh = RatingScale.objects.get(pk=scale.pk)
    return fresh.name, fresh.note, [str(rating) for rating in fresh.ratings.order_by("position")]


def test_the_form_holds_the_key_as_it_is(as_plan_administrator: Client, scale: RatingScale) -> None:
    response = as_plan_administrator.get(PAGE)

    form = response.context["form"]
    assert (response.status_code, heading(response)) == (200, "Change “Our key”")
    assert (form.key["name"].value(), form.key["version"].value()) == ("Our key", 1)
    assert [rating["word"].value() for rating in form.ratings[:3]] == ["Late", "Going", None]


def test_it_is_saved(as_plan_administrator: Client, scale: RatingScale) -> None:
    response = as_plan_administrator.post(PAGE, typed({"name": "New", "rating-1-word": "Behind"}))

    assert (response.status_code, response["Location"]) == (302, LIST)
    assert words_of(scale) == ("New", "The board decides.", ["Behind", "Going"])
    assert Change.objects.count() == 2


def test_the_preview_saves_nothing(as_plan_administrator: Client, scale: RatingScale) -> None:
    response = as_plan_administrator.post(PAGE, typed({"rating-1-word": "Behind", "preview": "yes"}))

    assert response.status_code == 200
    assert "How it will look L Behind" in text(response)
    assert words_of(scale) == ("Our key", "", ["Late", "Going"])


# Keys that stay


def test_a_key_that_was_used_says_why_it_stays(as_northmoor_administrator: Client, northmoor: Plan) -> None:
    response = as_northmoor_administrator.get("/northmoor/rating-keys/northmoor-brag/edit/")

    assert (response.status_code, heading(response)) == (200, "Northmoor's key")
    assert "updates have been rated by this key" in text(response)
    assert "/northmoor/rating-keys/add/?from=northmoor-brag" in links(response)
    assert "<form" not in response.content.decode().split("<main")[1]


def test_a_key_that_came_with_waymark_says_why_it_stays(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get("/harrow/rating-keys/brag/edit/")

    assert response.status_code == 200
    assert "this key came with Waymark and is the same for every council" in text(response)
    assert "/harrow/rating-keys/add/?from=brag" in links(response)
    assert as_plan_administrator.post("/harrow/rating-keys/brag/edit/", typed()).status_code == 409
    assert Change.objects.count() == 0


def test_used_while_it_was_reworded_the_words_can_be_saved_as_a_new_key(
    as_plan_administrator: Client, scale: RatingScale
) -> None:
    """Case 104: nothing that was typed is lost."""
    ProgressUpdateFactory(action=ActionFactory(), rating=scale.ratings.all()[0])

    response = as_plan_administrator.post(PAGE, typed({"rating-1-word": "Behind"}))
    saved = as_plan_administrator.post(
        LIST + "add/", typed({"name": "Our second", "rating-1-word": "Behind"})
    )

    words = text(response)
    assert response.status_code == 409
    assert "Updates have been rated by “Our key”, so its words stay as they are." in words
    assert "Give it a name of its own and save it as a new key." in words
    assert 'action="/harrow/rating-keys/add/"' in response.content.decode()
    assert response.context["form"].ratings[0]["word"].value() == "Behind"
    assert saved.status_code == 302
    assert words_of(scale) == ("Our key", "", ["Late", "Going"])


# Clashes


def test_the_second_of_two_sees_both_and_keeps_their_own(
    as_plan_administrator: Client, scale: RatingScale
) -> None:
    """Case 104."""
    as_plan_administrator.post(PAGE, typed({"rating-1-word": "Theirs"}))

    response = as_plan_administrator.post(PAGE, typed({"rating-1-word": "Mine"}))

    form = response.context["form"]
    assert response.status_code == 409
    assert "Somebody else reworded this key while you were writing." in text(response)
    assert "L Theirs It has missed its date." in text(response)
    assert form.ratings[0]["word"].value() == "Mine"
    assert words_of(scale)[2] == ["Theirs", "Going"]
    again = as_plan_administrator.post(
        PAGE, typed({"rating-1-word": "Mine", "version": form.key["version"].value()})
    )
    assert again.status_code == 302
    assert words_of(scale)[2] == ["Mine", "Going"]


@pytest.mark.parametrize("version", [None, "", "x", "0", "9" * 5000])
def test_a_version_that_is_none_saves_nothing(
    as_plan_administrator: Client, scale: RatingScale, version: str | None
) -> None:
    """Cases 27 and 91."""
    response = as_plan_administrator.post(PAGE, typed({"name": "New", "version": version}))

    assert response.status_code in (409, 422)
    assert words_of(scale)[0] == "Our key"


def test_a_double_click_saves_once(as_plan_administrator: Client, scale: RatingScale) -> None:
    """Case 106."""
    answers = [as_plan_administrator.post(PAGE, typed()).status_code for _ in range(2)]

    assert (answers, Change.objects.count()) == ([302, 302], 2)


# Who and how


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer", "as_lead_officer", "as_board_member"])
def test_only_plan_administrators_may(request: pytest.FixtureRequest, scale: RatingScale, who: str) -> None:
    client: Client = request.getfixturevalue(who)

    answers = [client.get(PAGE), client.post(PAGE, typed({"name": "New"}))]

    assert [(answer.status_code, heading(answer)) for answer in answers] == [(403, "You cannot do that")] * 2
    assert words_of(scale)[0] == "Our key"


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, scale: RatingScale, who: str
) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)
    never = apart_from_reference(client.get("/never/rating-keys/x/edit/"))

    answers = [client.get(PAGE), client.post(PAGE, typed({"name": "New"}))]

    assert [apart_from_reference(answer) for answer in answers] == [never] * 2
    assert words_of(scale)[0] == "Our key"


def test_a_key_of_the_other_council_cannot_be_reached_through_ones_own(
    as_northmoor_administrator: Client, scale: RatingScale
) -> None:
    """Case 24."""
    answer = as_northmoor_administrator.post(
        "/northmoor/rating-keys/harrow-our-key/edit/", typed({"name": "New"})
    )

    assert answer.status_code == 404
    assert words_of(scale)[0] == "Our key"


def test_signed_out(signed_out: Client, scale: RatingScale) -> None:
    response = signed_out.post(PAGE, typed())

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_wrong_method(as_plan_administrator: Client, scale: RatingScale, method: str) -> None:
    """Case 40."""
    response = getattr(as_plan_administrator, method)(PAGE)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


def test_bad_input_is_named_and_what_was_typed_stays(
    as_plan_administrator: Client, scale: RatingScale
) -> None:
    response = as_plan_administrator.post(
        PAGE, typed({"rating-1-meaning": "Words that took an hour.", "rating-2-colour": "x"})
    )

    assert response.status_code == 422
    assert "Rating 2: Write a colour as # and six of" in text(response)
    assert "Words that took an hour." in text(response)
    assert words_of(scale) == ("Our key", "", ["Late", "Going"])


def test_the_name_of_another_key(as_plan_administrator: Client, scale: RatingScale) -> None:
    response = as_plan_administrator.post(PAGE, typed({"name": "Red, amber, green"}))

    assert [href for _, href in response.context["form"].errors] == ["#id_name"]


def test_nothing_is_changed_from_a_day_in_the_past(as_plan_administrator: Client, scale: RatingScale) -> None:
    assert as_plan_administrator.post(f"{PAGE}?on=2012-10-01", typed({"name": "New"})).status_code == 403
    assert words_of(scale)[0] == "Our key"
