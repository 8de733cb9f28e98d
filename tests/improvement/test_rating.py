"""Rating keys: those that are shipped, letters that can be read on their colours, and who sees which."""

import pytest
from django.db import IntegrityError, transaction

from improvement.models import CountsAs, Plan, Rating, RatingScale
from tests.cast import Cast
from tests.factories import RatingFactory, RatingScaleFactory

SHIPPED = {
    "brag": [
        (1, "red", "R", "Red", "#b3261e", "off-track"),
        (2, "amber", "A", "Amber", "#f0a202", "at-risk"),
        (3, "green", "G", "Green", "#1a7a43", "on-track"),
        (4, "blue", "B", "Blue", "#1f4e8c", "done"),
        (5, "grey", "Gy", "Grey", "#a7adb0", "not-yet"),
    ],
    "rag": [
        (1, "red", "R", "Red", "#b3261e", "off-track"),
        (2, "amber", "A", "Amber", "#f0a202", "at-risk"),
        (3, "green", "G", "Green", "#1a7a43", "on-track"),
    ],
    "red-amber-yellow-green": [
        (1, "red", "R", "Red", "#b3261e", "off-track"),
        (2, "amber", "A", "Amber", "#e07b00", "at-risk"),
        (3, "yellow", "Y", "Yellow", "#ffe066", "on-track"),
        (4, "green", "G", "Green", "#1a7a43", "on-track"),
    ],
    "one-to-four": [
        (1, "not-achieved", "4", "Not achieved", "#f3eee4", "off-track"),
        (2, "slipped", "3", "Slipped", "#b9d3dc", "at-risk"),
        (3, "on-track", "2", "On track", "#4f8aa0", "on-track"),
        (4, "achieved", "1", "Achieved", "#123f52", "done"),
    ],
}


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#b3261e", "#f0a202", "#1a7a43", "#2b5c9e", "#777777", "#767676"]
)
def test_text_stands_out_on_any_colour(colour: str) -> None:
    assert contrast(colour, Rating(colour=colour).text_colour) >= 4.5


@pytest.mark.parametrize(
    ("colour", "text"), [("#000000", "#ffffff"), ("#ffffff", "#000000"), ("#f0a202", "#000000")]
)
def test_black_or_white_whichever_stands_out_more(colour: str, text: str) -> None:
    assert Rating(colour=colour).text_colour == text


# Keys that are shipped


def test_four_keys_are_shipped(councils: None) -> None:
    shipped = {
        scale.slug: list(
            scale.ratings.order_by("position").values_list(
                "position", "slug", "letter", "word", "colour", "counts_as"
            )
        )
        for scale in RatingScale.objects.shipped()
    }

    assert shipped == SHIPPED


def test_a_new_plan_has_blue_red_amber_green_and_grey(councils: None) -> None:
    assert RatingScale.objects.default().slug == "brag"


@pytest.mark.parametrize("slug", SHIPPED)
def test_ratings_of_one_key_differ(councils: None, slug: str) -> None:
    ratings = list(Rating.objects.filter(scale__slug=slug))

    for field in ("letter", "word", "meaning", "colour"):
        assert len({getattr(rating, field).casefold() for rating in ratings}) == len(ratings)


@pytest.mark.parametrize("slug", SHIPPED)
def test_letters_stand_out_on_every_colour_that_is_shipped(councils: None, slug: str) -> None:
    unreadable = [
        rating
        for rating in Rating.objects.filter(scale__slug=slug)
        if contrast(rating.colour, rating.text_colour) < 4.5
    ]

    assert unreadable == []


def test_the_fixtures_own_words_for_what_a_rating_counts_as(councils: None) -> None:
    assert set(CountsAs.values) == {row[-1] for rows in SHIPPED.values() for row in rows}


# Who sees which


def test_everybody_sees_what_is_shipped_and_members_their_councils_own(northmoor: Plan, cast: Cast) -> None:
    seen = {
        name: set(RatingScale.objects.visible_to(getattr(cast, name)).values_list("slug", flat=True))
        for name in ("reader", "northmoor_administrator", "stranger", "staff")
    }

    assert seen == {
        "reader": set(SHIPPED),
        "northmoor_administrator": {*SHIPPED, "northmoor-brag"},
        "stranger": set(SHIPPED),
        "staff": set(SHIPPED),
    }


def test_a_plan_may_use_what_is_shipped_and_its_councils_own(harrow: Plan, northmoor: Plan) -> None:
    slugs = {
        plan.council.slug: [scale.slug for scale in RatingScale.objects.for_council(plan.council).in_order()]
        for plan in (harrow, northmoor)
    }

    assert slugs == {"harrow": list(SHIPPED), "northmoor": [*SHIPPED, "northmoor-brag"]}


# What the database does not let in


@pytest.mark.parametrize("again", ["slug", "letter", "position"])
def test_ratings_of_one_key_are_told_apart_by(northmoor: Plan, again: str) -> None:
    first = northmoor.rating_scale.ratings.all()[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        RatingFactory(scale=northmoor.rating_scale, **{again: getattr(first, again)})


def test_the_same_letter_in_another_key(northmoor: Plan) -> None:
    assert RatingFactory(letter=northmoor.rating_scale.ratings.all()[0].letter).pk


def test_a_rating_that_counts_as_nothing_known(northmoor: Plan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RatingFactory(scale=northmoor.rating_scale, counts_as="fine")


def test_one_key_is_the_default(councils: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RatingScaleFactory(is_default=True)


def test_the_default_is_no_councils_own(northmoor: Plan) -> None:
    RatingScale.objects.update(is_default=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        RatingScaleFactory(council=northmoor.council, is_default=True)


def test_a_council_has_a_name_once(northmoor: Plan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RatingScaleFactory(council=northmoor.council, name="Northmoor's key")
