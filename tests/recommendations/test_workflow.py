"""Saying how an action stands."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from improvement import ledger
from improvement.models import Change, Holding, LeadOfficer, Plan, Rating, User
from recommendations import workflow
from recommendations.models import Action, ProgressUpdate, Stage
from tests.cast import HARROW, NORTHMOOR, Cast
from tests.factories import HoldingFactory

ON = date(2012, 11, 14)
POSTERS = {
    "board_member": "any",
    "plan_administrator": "any",
    "lead_officer": "own",
    "reader": "none",
    "scrutiny_officer": "none",
    "northmoor_administrator": "none",
    "staff": "none",
    "stranger": "none",
}


def load(reference: str, number: str, plan: tuple[str, str] = HARROW) -> Action:
    return Action.objects.with_recommendation().get_by_natural_key(*plan, reference, number)


def post(action: Action, by: User, **changed: Any) -> ProgressUpdate:
    values: dict[str, Any] = {
        "version": version_of(action),
        "stage": Stage.ON_HOLD,
        "rating": None,
        "narrative": "Signed off by the board.",
        "forecast_on": None,
        "on": ON,
    }
    return workflow.post_update(action=action, by=by, **{**values, **changed})


def version_of(action: Action) -> int:
    """What the writer of the next update has to have seen."""
    return len(said_of(action))


def said_of(action: Action) -> list[ProgressUpdate]:
    return list(ProgressUpdate.objects.filter(action=action).order_by("sequence"))


def nothing_was_written(action: Action) -> bool:
    return (Change.objects.count(), len(said_of(action))) == (0, 1)


@pytest.fixture
def own(harrow: Plan) -> Action:
    """An action that the cast's lead officer leads, as SM QA, and that has one update."""
    led = Action.objects.for_plan(harrow).led_by(
        list(LeadOfficer.objects.filter(council=harrow.council, abbreviation="SM QA")), on=ON
    )
    return load(*_place(led.in_plan_order().with_recommendation()[0]))


def _place(action: Action) -> tuple[str, str]:
    return action.recommendation.reference, action.number


def test_an_update_stands_beside_the_one_before(action: Action, cast: Cast) -> None:
    green = Rating.objects.get_by_natural_key("rag", "green")

    with time_machine.travel(datetime(2012, 11, 14, 9, 0, tzinfo=UTC), tick=False):
        update = post(
            action,
            cast.board_member,
            stage=Stage.IN_PROGRESS,
            rating=green,
            narrative="The protocol is with the printers.",
            forecast_on=date(2012, 12, 31),
        )

    first, second = said_of(action)
    assert second == update
    assert (first.sequence, first.stage, first.by) == (1, "awaiting-sign-off", None)
    assert (
        second.sequence,
        second.on,
        second.stage,
        second.rating,
        second.narrative,
        second.forecast_on,
        second.by,
        second.source,
        second.recorded_at,
    ) == (
        2,
        ON,
        "in-progress",
        green,
        "The protocol is with the printers.",
        date(2012, 12, 31),
        cast.board_member,
        "",
        datetime(2012, 11, 14, 9, 0, tzinfo=UTC),
    )


def test_each_update_writes_exactly_one_change(action: Action, cast: Cast) -> None:
    """Case 96."""
    green = Rating.objects.get_by_natural_key("rag", "green")
    first = said_of(action)[0]

    with time_machine.travel(datetime(2012, 11, 14, 9, 0, tzinfo=UTC), tick=False):
        post(action, cast.board_member, rating=green, forecast_on=date(2012, 12, 31))

    change = Change.objects.get()
    assert (change.by, change.at, change.on, change.council, change.verb) == (
        cast.board_member,
        datetime(2012, 11, 14, 9, 0, tzinfo=UTC),
        ON,
        action.recommendation.plan.council,
        "post_update",
    )
    assert (change.subject, change.subject_id) == ("recommendations.action", action.pk)
    assert change.before == {
        "sequence": 1,
        "stage": "awaiting-sign-off",
        "rating": None,
        "narrative": first.narrative,
        "forecast_on": None,
    }
    assert change.after == {
        "sequence": 2,
        "stage": "on-hold",
        "rating": "green",
        "narrative": "Signed off by the board.",
        "forecast_on": "2012-12-31",
    }
    assert ledger.verify() is None


def test_the_first_update_of_an_action_comes_from_nothing(harrow: Plan, cast: Cast) -> None:
    action = load("LAC7", "4")

    update = post(action, cast.board_member)

    assert update.sequence == 1
    assert Change.objects.get().before == {}


def test_three_updates_three_changes(action: Action, cast: Cast) -> None:
    """Case 96."""
    for words in ("one", "two", "three"):
        post(load("S2", "1"), cast.board_member, narrative=words)

    assert [update.sequence for update in said_of(action)] == [1, 2, 3, 4]
    assert [change.after["narrative"] for change in Change.objects.all()] == ["one", "two", "three"]
    assert ledger.verify() is None


# Who


@pytest.mark.parametrize(("who", "may"), POSTERS.items())
def test_an_action_of_a_post_one_holds(own: Action, cast: Cast, who: str, may: str) -> None:
    """Case 28."""
    if may == "none":
        with pytest.raises(PermissionDenied):
            post(own, getattr(cast, who))
        assert nothing_was_written(own)
    else:
        assert post(own, getattr(cast, who)).by == getattr(cast, who)


@pytest.mark.parametrize(("who", "may"), POSTERS.items())
def test_an_action_of_somebody_elses_post(action: Action, cast: Cast, who: str, may: str) -> None:
    """Case 28: S2 (1) is led by LSCB SP and the Designated Nurse."""
    if may != "any":
        with pytest.raises(PermissionDenied):
            post(action, getattr(cast, who))
        assert nothing_was_written(action)
    else:
        assert post(action, getattr(cast, who)).by == getattr(cast, who)


def test_the_second_post_of_an_action_may_update_it_too(action: Action, cast: Cast) -> None:
    council = action.recommendation.plan.council
    HoldingFactory(
        user=cast.lead_officer,
        lead_officer=LeadOfficer.objects.get(council=council, abbreviation="Des Nurse"),
    )

    assert post(action, cast.lead_officer).sequence == 2


@pytest.mark.parametrize(
    ("from_on", "until_on", "may"),
    [
        (None, None, True),
        (ON, ON, True),
        (date(2012, 11, 15), None, False),
        (None, date(2012, 11, 13), False),
        (date(2012, 1, 1), date(2012, 12, 31), True),
    ],
)
def test_a_post_is_held_from_a_day_to_a_day(
    own: Action, cast: Cast, from_on: date | None, until_on: date | None, may: bool
) -> None:
    Holding.objects.update(from_on=from_on, until_on=until_on)

    if may:
        post(own, cast.lead_officer)
    else:
        with pytest.raises(PermissionDenied):
            post(own, cast.lead_officer)
        assert nothing_was_written(own)


def test_a_post_held_by_a_reader_changes_nothing(own: Action, cast: Cast) -> None:
    HoldingFactory(user=cast.reader, lead_officer=own.leads.all()[0].lead_officer)

    with pytest.raises(PermissionDenied):
        post(own, cast.reader)

    assert nothing_was_written(own)


def test_the_same_abbreviation_in_another_council_is_another_post(northmoor: Plan, cast: Cast) -> None:
    """Case 25: both councils have an SM QA."""
    theirs = load("N1", "4", NORTHMOOR)

    with pytest.raises(PermissionDenied):
        post(theirs, cast.lead_officer, on=date(2025, 7, 1))

    assert nothing_was_written(theirs)


# Clashes


def test_a_version_that_is_past_is_refused_with_what_was_said(action: Action, cast: Cast) -> None:
    """Case 104."""
    theirs = post(action, cast.board_member, narrative="Theirs.")

    with pytest.raises(workflow.UpdatedMeanwhile) as clash:
        post(action, cast.plan_administrator, narrative="Mine.", version=1)

    assert (clash.value.theirs, clash.value.version) == (theirs, 2)
    assert [update.narrative for update in said_of(action)][1:] == ["Theirs."]
    assert Change.objects.count() == 1


@pytest.mark.parametrize("version", [0, -1, 2, 999, 2**31 - 1])
def test_a_version_that_never_was_is_refused(action: Action, cast: Cast, version: int) -> None:
    """Case 27."""
    with pytest.raises(workflow.UpdatedMeanwhile):
        post(action, cast.board_member, version=version)

    assert nothing_was_written(action)


def test_the_same_words_sent_twice_make_one_update(action: Action, cast: Cast) -> None:
    """Case 106."""
    first = post(action, cast.board_member, version=1)
    again = post(action, cast.board_member, version=1)

    assert again == first
    assert len(said_of(action)) == 2
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"stage": Stage.NOT_STARTED},
        {"narrative": "Signed off by the board"},
        {"forecast_on": date(2012, 12, 31)},
        {"rating": "green"},
    ],
)
def test_other_words_on_a_version_that_is_past_are_a_clash(
    action: Action, cast: Cast, changed: dict[str, Any]
) -> None:
    """Case 106."""
    post(action, cast.board_member)
    if "rating" in changed:
        changed = {"rating": Rating.objects.get_by_natural_key("rag", "green")}

    with pytest.raises(workflow.UpdatedMeanwhile):
        post(action, cast.board_member, version=1, **changed)

    assert len(said_of(action)) == 2


def test_the_same_words_by_somebody_else_are_a_clash(action: Action, cast: Cast) -> None:
    """Case 106."""
    post(action, cast.board_member)

    with pytest.raises(workflow.UpdatedMeanwhile):
        post(action, cast.plan_administrator, version=1)

    assert len(said_of(action)) == 2


def test_the_same_words_knowingly_said_again_are_a_second_update(action: Action, cast: Cast) -> None:
    post(action, cast.board_member)
    post(load("S2", "1"), cast.board_member)

    assert len(said_of(action)) == 3


# Rules


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"stage": "finished"}, "stage", "Choose one of the stages."),
        ({"stage": ""}, "stage", "Choose one of the stages."),
        ({"narrative": ""}, "narrative", "Say in a sentence or two how the action stands."),
        ({"narrative": " \n\t "}, "narrative", "Say in a sentence or two how the action stands."),
        ({"narrative": "x" * 5001}, "narrative", "Keep it under 5,000 characters."),
    ],
)
def test_a_broken_rule_is_refused_by_its_field(
    action: Action, cast: Cast, changed: dict[str, Any], field: str, words: str
) -> None:
    """Case 92."""
    with pytest.raises(ValidationError) as refused:
        post(action, cast.board_member, **changed)

    assert refused.value.message_dict == {field: [words]}
    assert nothing_was_written(action)


def test_five_thousand_characters_are_not_too_many(action: Action, cast: Cast) -> None:
    assert len(post(action, cast.board_member, narrative="é" * 5000).narrative) == 5000


def test_a_rating_of_another_key_is_refused(action: Action, northmoor: Plan, cast: Cast) -> None:
    """Case 25."""
    blue = Rating.objects.get_by_natural_key("northmoor-brag", "blue")

    with pytest.raises(ValidationError) as refused:
        post(action, cast.board_member, rating=blue)

    assert refused.value.message_dict == {"rating": ["Choose a rating from this plan's own key."]}
    assert nothing_was_written(action)


def test_a_day_before_the_plan_had_the_action_is_refused(action: Action, cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        post(action, cast.board_member, on=date(2012, 9, 9))

    assert refused.value.messages == ["The plan did not have this action on that day."]
    assert nothing_was_written(action)


@pytest.mark.parametrize("stage", ["not-started", "in-progress", "on-hold", "awaiting-sign-off"])
def test_an_update_says_how_far_open_work_is(action: Action, cast: Cast, stage: str) -> None:
    """S2 (1) awaits sign-off, so an update may say that it still does."""
    assert post(action, cast.board_member, stage=stage).stage == stage


@pytest.mark.parametrize("stage", ["complete", "withdrawn"])
def test_an_update_ends_nothing(action: Action, cast: Cast, stage: str) -> None:
    with pytest.raises(ValidationError, match="An update cannot say this"):
        post(action, cast.board_member, stage=stage)

    assert len(said_of(action)) == 1


def test_a_stage_says_nothing_of_the_rating_nor_the_other_way(action: Action, cast: Cast) -> None:
    red = Rating.objects.get_by_natural_key("rag", "red")

    update = post(action, cast.board_member, stage=Stage.ON_HOLD, rating=red)

    assert (update.stage, update.rating) == ("on-hold", red)


def test_the_action_itself_is_left_alone(action: Action, cast: Cast) -> None:
    before = Action.objects.values().get(pk=action.pk)

    post(action, cast.board_member, forecast_on=date(2013, 6, 30))

    assert Action.objects.values().get(pk=action.pk) == before


# Which


@pytest.mark.parametrize(("who", "may"), POSTERS.items())
def test_which_actions_somebody_may_update(harrow: Plan, cast: Cast, who: str, may: str) -> None:
    updatable = workflow.updatable_by(getattr(cast, who), harrow.council, on=ON)

    covered = [action for action in Action.objects.for_plan(harrow).with_leads() if updatable.covers(action)]

    led = Action.objects.for_plan(harrow).filter(lead_officers__abbreviation="SM QA").distinct().count()
    assert len(covered) == {"any": 101, "own": led, "none": 0}[may]
    assert 0 < led < 101
