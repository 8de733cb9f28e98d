"""Wording rating keys and choosing one: every rule, and one row of the ledger for each change."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement.models import Change, Plan, Rating, RatingScale
from recommendations import key_use, workflow
from recommendations.models import Action
from recommendations.workflow import rating_keys
from recommendations.workflow.rating_keys import Wording
from tests.cast import Cast
from tests.factories import ActionFactory, ProgressUpdateFactory, RecommendationFactory, ThemeFactory

ON = date(2012, 11, 14)
LATE = Wording("L", "Late", "#b3261e", "It has missed its date.", "off-track")
GOING = Wording("G", "Going", "#1a7a43", "It goes as planned.", "on-track")
DONE = Wording("D", "Done", "#1f4e8c", "The board has seen it done.", "done")


def word(plan: Plan, by: Any, **changed: Any) -> RatingScale:
    values = {"name": "Our key", "note": "The board decides.", "ratings": [LATE, GOING], **changed}
    return rating_keys.word_rating_key(council=plan.council, by=by, on=ON, **values)


def reword(scale: RatingScale, by: Any, **changed: Any) -> RatingScale:
    values = {"version": 1, "name": "Our key", "note": "", "ratings": [LATE, GOING, DONE], **changed}
    return rating_keys.reword_rating_key(scale=scale, by=by, on=ON, **values)


def rows(scale: RatingScale) -> list[tuple[int, str, str, str, str, str, str]]:
    return list(
        scale.ratings.order_by("position").values_list(
            "position", "slug", "letter", "word", "colour", "meaning", "counts_as"
        )
    )


# Wording


def test_a_council_words_a_key(harrow: Plan, cast: Cast) -> None:
    scale = word(harrow, cast.plan_administrator)

    assert (scale.council, scale.slug, scale.name, scale.note, scale.is_default, scale.version) == (
        harrow.council,
        "harrow-our-key",
        "Our key",
        "The board decides.",
        False,
        1,
    )
    assert rows(scale) == [
        (1, "late", "L", "Late", "#b3261e", "It has missed its date.", "off-track"),
        (2, "going", "G", "Going", "#1a7a43", "It goes as planned.", "on-track"),
    ]


def test_it_is_one_row_of_the_ledger(harrow: Plan, cast: Cast) -> None:
    scale = word(harrow, cast.plan_administrator)

    change = Change.objects.get()
    assert (change.verb, change.subject, change.subject_id, change.by, change.on, change.council) == (
        "word_rating_key",
        "improvement.ratingscale",
        scale.pk,
        cast.plan_administrator,
        ON,
        harrow.council,
    )
    assert change.before == {}
    assert change.after == {
        "name": "Our key",
        "note": "The board decides.",
        "ratings": [
            {
                "letter": "L",
                "word": "Late",
                "colour": "#b3261e",
                "meaning": "It has missed its date.",
                "counts_as": "off-track",
            },
            {
                "letter": "G",
                "word": "Going",
                "colour": "#1a7a43",
                "meaning": "It goes as planned.",
                "counts_as": "on-track",
            },
        ],
    }


def test_sent_twice_it_is_one_key(harrow: Plan, cast: Cast) -> None:
    """Case 106."""
    first = word(harrow, cast.plan_administrator)

    second = word(harrow, cast.plan_administrator)

    assert second == first
    assert Change.objects.count() == 1


@pytest.mark.parametrize("name", ["Our key", "OUR KEY", "Red, amber, green"])
def test_a_name_stands_once_among_the_keys_of_a_council(harrow: Plan, cast: Cast, name: str) -> None:
    word(harrow, cast.plan_administrator)

    with pytest.raises(ValidationError) as refused:
        word(harrow, cast.plan_administrator, name=name, ratings=[GOING, DONE])

    assert refused.value.message_dict == {
        "name": ["There is a key of that name already. Choose another name."]
    }
    assert Change.objects.count() == 1


def test_two_councils_may_use_the_same_name(harrow: Plan, northmoor: Plan, cast: Cast) -> None:
    slugs = [
        word(harrow, cast.plan_administrator).slug,
        word(northmoor, cast.northmoor_administrator).slug,
    ]

    assert slugs == ["harrow-our-key", "northmoor-our-key"]


def test_an_address_that_is_taken_gets_a_number(harrow: Plan, cast: Cast) -> None:
    slugs = [
        word(harrow, cast.plan_administrator, name=name).slug for name in ("Our key", "Our: key", "Our, key")
    ]

    assert slugs == ["harrow-our-key", "harrow-our-key-2", "harrow-our-key-3"]


def test_a_word_that_makes_no_address_gets_a_number(harrow: Plan, cast: Cast) -> None:
    """`rating=none` in an address means that nobody has rated it."""
    ratings = [
        replace(LATE, word="None"),
        replace(GOING, word="!!"),
        replace(DONE, word="Rating 2"),
        Wording("X", "??", "#777777", "Unclear.", "at-risk"),
    ]

    scale = word(harrow, cast.plan_administrator, ratings=ratings)

    assert [row[1] for row in rows(scale)] == ["rating-1", "rating-2", "rating-3", "rating-4"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ratings": []}, "A key has 2 to 6 ratings."),
        ({"ratings": [LATE]}, "A key has 2 to 6 ratings."),
        (
            {"ratings": [Wording(str(n), f"W{n}", f"#00000{n}", "m", "done") for n in range(7)]},
            "A key has 2 to 6 ratings.",
        ),
        (
            {"ratings": [LATE, replace(GOING, letter="l")]},
            "“Late” has this letter already. Choose another.",
        ),
        ({"ratings": [LATE, replace(GOING, word="LATE")]}, "“Late” has this word already. Choose another."),
        (
            {"ratings": [LATE, replace(GOING, colour="#b3261e")]},
            "“Late” has this colour already. Choose another.",
        ),
        (
            {"ratings": [LATE, replace(GOING, colour="green")]},
            "Write a colour as # and six of 0-9 a-f, for example #1d4f76.",
        ),
        (
            {"ratings": [LATE, replace(GOING, letter="GOI")]},
            "Ensure this value has at most 2 characters (it has 3).",
        ),
        ({"ratings": [LATE, replace(GOING, meaning="")]}, "This field cannot be blank."),
        ({"ratings": [LATE, replace(GOING, counts_as="fine")]}, "Value 'fine' is not a valid choice."),
        ({"name": "  "}, "Give the key a name."),
        ({"name": "n" * 121}, "Ensure this value has at most 120 characters (it has 121)."),
        ({"note": "n" * 501}, "Keep the note under 500 characters."),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(
    harrow: Plan, cast: Cast, changed: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        word(harrow, cast.plan_administrator, **changed)

    assert refused.value.messages == [sentence]
    assert (RatingScale.objects.filter(council=harrow.council).count(), Change.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "who",
    [
        "reader",
        "lead_officer",
        "board_member",
        "scrutiny_officer",
        "northmoor_administrator",
        "staff",
        "stranger",
    ],
)
def test_only_plan_administrators_word_keys(harrow: Plan, cast: Cast, who: str) -> None:
    """Case 22."""
    with pytest.raises(PermissionDenied, match="Your role does not allow you to word rating keys"):
        word(harrow, getattr(cast, who))

    assert Change.objects.count() == 0


# Rewording


def test_a_key_that_nobody_used_is_reworded(harrow: Plan, cast: Cast) -> None:
    scale = word(harrow, cast.plan_administrator)

    reword(scale, cast.plan_administrator, name="New name")

    fresh = RatingScale.objects.get(pk=scale.pk)
    assert (fresh.slug, fresh.name, fresh.note, fresh.version) == ("harrow-our-key", "New name", "", 2)
    assert [row[:4] for row in rows(scale)] == [
        (1, "late", "L", "Late"),
        (2, "going", "G", "Going"),
        (3, "done", "D", "Done"),
    ]
    change = Change.objects.get(verb="reword_rating_key")
    assert (change.before["name"], change.after["name"]) == ("Our key", "New name")
    assert [len(said["ratings"]) for said in (change.before, change.after)] == [2, 3]


def test_letters_may_change_places(harrow: Plan, cast: Cast) -> None:
    scale = word(harrow, cast.plan_administrator)

    reword(scale, cast.plan_administrator, ratings=[GOING, LATE])

    assert [row[:3] for row in rows(scale)] == [(1, "going", "G"), (2, "late", "L")]


def test_the_same_words_change_nothing(harrow: Plan, cast: Cast) -> None:
    scale = word(harrow, cast.plan_administrator)
    reword(scale, cast.plan_administrator)

    reword(scale, cast.plan_administrator)

    assert RatingScale.objects.get(pk=scale.pk).version == 2
    assert Change.objects.count() == 2


def test_the_second_of_two_loses_nothing(harrow: Plan, cast: Cast) -> None:
    """Case 104."""
    scale = word(harrow, cast.plan_administrator)
    reword(scale, cast.plan_administrator, note="Theirs.")

    with pytest.raises(rating_keys.ChangedMeanwhile):
        reword(scale, cast.plan_administrator, note="Mine.")

    assert RatingScale.objects.get(pk=scale.pk).note == "Theirs."
    assert [row[3] for row in rows(scale)] == ["Late", "Going", "Done"]
    assert Change.objects.count() == 2


def test_a_key_that_was_used_keeps_its_words(northmoor: Plan, cast: Cast) -> None:
    scale = northmoor.rating_scale
    before = rows(scale)

    with pytest.raises(rating_keys.KeyIsUsed, match="Updates have been rated by “Northmoor's key”"):
        reword(scale, cast.northmoor_administrator)

    assert rows(scale) == before
    assert Change.objects.count() == 0


def test_a_key_that_a_plan_has_and_nobody_used_may_be_reworded(northmoor: Plan, cast: Cast) -> None:
    scale = word(northmoor, cast.northmoor_administrator)
    Plan.objects.filter(pk=northmoor.pk).update(rating_scale=scale)

    reword(scale, cast.northmoor_administrator)

    assert [row[3] for row in rows(scale)] == ["Late", "Going", "Done"]


def test_a_key_that_came_with_waymark_is_nobodys_to_reword(harrow: Plan, cast: Cast) -> None:
    with pytest.raises(rating_keys.KeyIsShipped):
        reword(RatingScale.objects.get(slug="brag"), cast.plan_administrator)

    assert Change.objects.count() == 0


def test_the_name_of_another_key_is_refused(harrow: Plan, cast: Cast) -> None:
    scale = word(harrow, cast.plan_administrator)

    with pytest.raises(ValidationError) as refused:
        reword(scale, cast.plan_administrator, name="red, amber, green")

    assert list(refused.value.message_dict) == ["name"]


@pytest.mark.parametrize("who", ["reader", "board_member", "northmoor_administrator"])
def test_only_plan_administrators_reword_keys(harrow: Plan, cast: Cast, who: str) -> None:
    scale = word(harrow, cast.plan_administrator)

    with pytest.raises(PermissionDenied):
        reword(scale, getattr(cast, who))


# Choosing


def unrated(plan: Plan) -> Plan:
    """Northmoor's plan with another key, by which nobody has rated anything."""
    other = Plan.objects.create(
        council=plan.council, slug="other", name="Other plan", rating_scale=plan.rating_scale
    )
    return Plan.objects.select_related("council", "rating_scale").get(pk=other.pk)


def choose(plan: Plan, slug: str, by: Any, seen: str = "northmoor-brag") -> None:
    keys = {scale.slug: scale for scale in RatingScale.objects.all()}
    rating_keys.choose_rating_key(plan=plan, seen=keys[seen], scale=keys[slug], by=by, on=ON)


def key_of(plan: Plan) -> str:
    return Plan.objects.get(pk=plan.pk).rating_scale.slug


@pytest.mark.parametrize("slug", ["brag", "rag", "red-amber-yellow-green", "one-to-four"])
def test_a_plan_that_nobody_has_rated_takes_another_key(northmoor: Plan, cast: Cast, slug: str) -> None:
    plan = unrated(northmoor)

    choose(plan, slug, cast.northmoor_administrator)

    assert key_of(plan) == slug
    change = Change.objects.get()
    assert (change.verb, change.subject, change.subject_id, change.before, change.after) == (
        "choose_rating_key",
        "improvement.plan",
        plan.pk,
        {"rating_key": "northmoor-brag"},
        {"rating_key": slug},
    )


def test_the_same_key_again_changes_nothing(northmoor: Plan, cast: Cast) -> None:
    plan = unrated(northmoor)

    choose(plan, "northmoor-brag", cast.northmoor_administrator)

    assert Change.objects.count() == 0


def test_a_plan_that_was_rated_keeps_its_key(northmoor: Plan, cast: Cast) -> None:
    with pytest.raises(rating_keys.PlanIsRated):
        choose(northmoor, "brag", cast.northmoor_administrator)

    assert (key_of(northmoor), Change.objects.count()) == ("northmoor-brag", 0)


def test_an_update_without_a_rating_does_not_bind_the_plan(northmoor: Plan, cast: Cast) -> None:
    plan = unrated(northmoor)
    action = ActionFactory(recommendation=RecommendationFactory(theme=ThemeFactory(plan=plan)))
    ProgressUpdateFactory(action=action, rating=None)

    assert key_use.rated_in(plan) is None
    assert key_use.rated_in(northmoor) == key_use.Rated(1, date(2025, 3, 20))


def test_of_two_who_choose_the_second_is_told(northmoor: Plan, cast: Cast) -> None:
    """Case 104."""
    plan = unrated(northmoor)
    choose(plan, "rag", cast.northmoor_administrator)

    with pytest.raises(rating_keys.ChangedMeanwhile) as clash:
        choose(plan, "brag", cast.northmoor_administrator)

    assert str(clash.value) == "Somebody else chose “Red, amber, green” for this plan meanwhile."
    assert (key_of(plan), Change.objects.count()) == ("rag", 1)


def test_the_key_of_another_council_is_refused(harrow: Plan, northmoor: Plan, cast: Cast) -> None:
    """Case 25."""
    word(harrow, cast.plan_administrator)
    plan = unrated(northmoor)

    with pytest.raises(ValidationError):
        choose(plan, "harrow-our-key", cast.northmoor_administrator)

    assert key_of(plan) == "northmoor-brag"


@pytest.mark.parametrize("who", ["plan_administrator", "staff", "stranger"])
def test_only_the_councils_own_administrator_chooses(northmoor: Plan, cast: Cast, who: str) -> None:
    plan = unrated(northmoor)

    with pytest.raises(PermissionDenied):
        choose(plan, "brag", getattr(cast, who))

    assert key_of(plan) == "northmoor-brag"


def test_actions_are_rated_by_the_key_that_was_chosen(northmoor: Plan, cast: Cast) -> None:
    plan = unrated(northmoor)
    action = ActionFactory(recommendation=RecommendationFactory(theme=ThemeFactory(plan=plan)))
    choose(plan, "brag", cast.northmoor_administrator)
    fresh = Action.objects.with_recommendation().get(pk=action.pk)

    update = workflow.post_update(
        action=fresh,
        version=0,
        stage="not-started",
        rating=Rating.objects.get_by_natural_key("brag", "grey"),
        narrative="Begins in July.",
        forecast_on=None,
        by=cast.northmoor_administrator,
        on=date(2025, 6, 1),
    )

    assert (str(update.rating), update.rating.counts_as) == ("Grey", "not-yet")
