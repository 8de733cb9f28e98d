"""Wording a rating key of the council's own."""

from typing import Any

import pytest
from django.test import Client

from improvement.models import Change, Plan, RatingScale
from tests.pages import apart_from_reference, heading, text
from tests.recommendations.views.key_words import typed

pytestmark = pytest.mark.once

PAGE = "/harrow/rating-keys/add/"
LIST = "/harrow/rating-keys/"


def own() -> list[str]:
    return list(RatingScale.objects.filter(council__slug="harrow").values_list("name", flat=True))


def test_it_begins_with_the_words_of_the_default(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get(PAGE)

    form = response.context["form"]
    assert (response.status_code, heading(response)) == (200, "Word a rating key")
    assert "It begins with the words of “Blue, red, amber, green and grey (BRAG)”." in text(response)
    assert [rating["letter"].value() for rating in form.ratings] == ["R", "A", "G", "B", "Gy", None]
    assert form.key["name"].value() == ""


def test_it_begins_with_the_words_of_the_key_that_was_named(as_plan_administrator: Client) -> None:
    form = as_plan_administrator.get(f"{PAGE}?from=one-to-four").context["form"]

    assert [rating["word"].value() for rating in form.ratings] == [
        "Not achieved",
        "Slipped",
        "On track",
        "Achieved",
        None,
        None,
    ]


def test_a_key_is_saved(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.post(PAGE, typed())

    assert (response.status_code, response["Location"]) == (302, LIST)
    assert "Rating key “Our key” saved." in text(as_plan_administrator.get(LIST))
    scale = RatingScale.objects.get(slug="harrow-our-key")
    assert [(rating.position, rating.letter, rating.counts_as) for rating in scale.ratings.all()] == [
        (1, "L", "off-track"),
        (2, "G", "on-track"),
    ]
    assert Change.objects.count() == 1


def test_a_rating_left_empty_is_dropped(as_plan_administrator: Client) -> None:
    """Also between two others, and where only what it counts as was chosen."""
    sent = typed({f"rating-3-{name}": value for name, value in [("word", "  "), ("counts_as", "done")]})
    sent |= {
        "rating-6-letter": "X",
        "rating-6-word": "Stopped",
        "rating-6-colour": "#777777",
        "rating-6-meaning": "The board has stopped it.",
        "rating-6-counts_as": "off-track",
    }

    as_plan_administrator.post(PAGE, sent)

    scale = RatingScale.objects.get(slug="harrow-our-key")
    assert [(rating.position, rating.word) for rating in scale.ratings.all()] == [
        (1, "Late"),
        (2, "Going"),
        (3, "Stopped"),
    ]


@pytest.mark.parametrize("written", ["1D4F76", "#1D4F76", "1d4f76", " #1d4f76 "])
def test_a_colour_is_put_right(as_plan_administrator: Client, written: str) -> None:
    as_plan_administrator.post(PAGE, typed({"rating-1-colour": written}))

    assert RatingScale.objects.get(slug="harrow-our-key").ratings.all()[0].colour == "#1d4f76"


def test_a_double_click_saves_once(as_plan_administrator: Client) -> None:
    """Case 106."""
    answers = [as_plan_administrator.post(PAGE, typed()).status_code for _ in range(2)]

    assert (answers, own(), Change.objects.count()) == ([302, 302], ["Our key"], 1)


# Preview


def test_the_preview_shows_the_key_and_saves_nothing(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.post(PAGE, typed({"preview": "yes"}))

    source = response.content.decode()
    assert response.status_code == 200
    assert "How it will look L Late It has missed its date. Counts as off track" in text(response)
    assert 'fill="#b3261e"' in source
    assert "Error: " not in source
    assert (own(), Change.objects.count()) == ([], 0)


def test_after_an_error_the_preview_shows_what_can_be_shown(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.post(PAGE, typed({"rating-1-colour": "red", "rating-2-meaning": ""}))

    assert [(str(rating), rating.colour, rating.meaning) for rating in response.context["form"].preview] == [
        ("Late", "#ffffff", "It has missed its date."),
        ("Going", "#1a7a43", ""),
    ]


def test_a_colour_that_is_no_colour_reaches_no_style(as_plan_administrator: Client) -> None:
    """Case 42."""
    evil = '"/><script>alert(1)</script>'

    response = as_plan_administrator.post(PAGE, typed({"rating-1-colour": evil, "rating-1-word": evil}))

    assert "<script>alert" not in response.content.decode()


# Who


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer", "as_lead_officer", "as_board_member"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_plan_administrators_may(request: pytest.FixtureRequest, who: str, method: str) -> None:
    client: Client = request.getfixturevalue(who)

    response = client.get(PAGE) if method == "get" else client.post(PAGE, typed())

    assert (response.status_code, heading(response)) == (403, "You cannot do that")
    assert own() == []


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)
    never = apart_from_reference(client.get("/never/rating-keys/add/"))

    answers = [client.get(PAGE), client.post(PAGE, typed())]

    assert [apart_from_reference(answer) for answer in answers] == [never] * 2
    assert own() == []


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.post(PAGE, typed())

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    """Case 40."""
    response = getattr(as_plan_administrator, method)(PAGE)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("slug", ["northmoor-brag", "never-was", "%00"])
def test_the_words_of_another_councils_key_are_not_there(
    as_plan_administrator: Client, northmoor: Plan, slug: str
) -> None:
    """Case 25."""
    assert as_plan_administrator.get(f"{PAGE}?from={slug}").status_code == 404


def test_nothing_is_changed_from_a_day_in_the_past(as_plan_administrator: Client) -> None:
    answers = [
        as_plan_administrator.get(f"{PAGE}?on=2012-10-01"),
        as_plan_administrator.post(f"{PAGE}?on=2012-10-01", typed()),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert own() == []


# Bad input


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"name": ""}, "Give the key a name", "id_name"),
        ({"name": "Red, amber, green"}, "There is a key of that name already.", "id_name"),
        ({"rating-1-letter": ""}, "Rating 1: Give it a letter or two, or a number", "id_rating-1-letter"),
        ({"rating-2-letter": "l"}, "Rating 2: “Late” has this letter already.", "id_rating-2-letter"),
        ({"rating-2-word": "late"}, "Rating 2: “Late” has this word already.", "id_rating-2-word"),
        ({"rating-2-word": ""}, "Rating 2: Give it a word", "id_rating-2-word"),
        ({"rating-2-colour": "B3261E"}, "Rating 2: “Late” has this colour already.", "id_rating-2-colour"),
        ({"rating-2-colour": "green"}, "Rating 2: Write a colour as # and six of", "id_rating-2-colour"),
        ({"rating-2-colour": ""}, "Rating 2: Give it a colour", "id_rating-2-colour"),
        ({"rating-2-meaning": ""}, "Rating 2: Say what it means", "id_rating-2-meaning"),
        ({"rating-2-counts_as": ""}, "Rating 2: Choose what it counts as", "id_rating-2-counts_as"),
        ({"rating-2-counts_as": "fine"}, "Rating 2: Select a valid choice.", "id_rating-2-counts_as"),
        ({"rating-1-letter": "a\x00"}, "Rating 1: Null characters are not allowed.", "id_rating-1-letter"),
        ({"rating-3-word": "Third"}, "Rating 3: Say what it means", "id_rating-3-meaning"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_plan_administrator: Client, changed: dict[str, Any], sentence: str, field: str
) -> None:
    """Cases 69 and 92."""
    sent = typed(changed)

    response = as_plan_administrator.post(PAGE, sent)

    form = response.context["form"]
    shown = {bound.html_name: bound.value() for part in (form.key, *form.ratings) for bound in part}
    assert response.status_code == 422
    assert [href for words, href in form.errors if words.startswith(sentence)] == [f"#{field}"]
    assert sentence in text(response)
    assert f'id="{field}"' in response.content.decode()
    assert {name: shown[name] for name in sent} == sent
    assert response.content.decode().count("<title>Error: ") == 1
    assert (own(), Change.objects.count()) == ([], 0)


@pytest.mark.parametrize("sent", [{}, {"name": "Our key"}])
def test_a_key_of_no_ratings(as_plan_administrator: Client, sent: dict[str, str]) -> None:
    response = as_plan_administrator.post(PAGE, sent)

    assert response.status_code == 422
    assert "Write at least 2 ratings." in text(response)


def test_a_key_of_one_rating(as_plan_administrator: Client) -> None:
    only = typed({name: None for name in typed() if name.startswith("rating-2")})

    response = as_plan_administrator.post(PAGE, only)

    assert [words for words, _ in response.context["form"].errors] == ["Write at least 2 ratings."]


def test_what_a_form_does_not_ask_for_is_ignored(as_plan_administrator: Client) -> None:
    """Case 27."""
    as_plan_administrator.post(
        PAGE, typed({"slug": "x", "is_default": "on", "council": "northmoor", "rating-7-word": "Seventh"})
    )

    scale = RatingScale.objects.get(slug="harrow-our-key")
    assert (scale.is_default, scale.council.slug, scale.ratings.count()) == (False, "harrow", 2)
