"""The words that actions are asked for with."""

from datetime import date

import pytest

from improvement.models import LeadOfficer, Organisation, Plan, Rating
from recommendations import progress
from recommendations.models import Action, Phase, ProgressUpdate, Recommendation, Stage, Timescale
from recommendations.models.action import ActionQuerySet
from tests.cast import Cast
from tests.factories import (
    ActionFactory,
    LeadOfficerFactory,
    MembershipFactory,
    OrganisationFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
)

ON = date(2012, 11, 14)


@pytest.fixture
def only(northmoor: Plan) -> Recommendation:
    """Northmoor's recommendation without the actions that the cast has."""
    return RecommendationFactory(theme=northmoor.themes.get(), reference="N2", position=2)


def add(only: Recommendation, number: str, due_on: date | None = None, *said: tuple[date, str]) -> Action:
    made = ActionFactory(recommendation=only, number=number, position=int(number), original_due_on=due_on)
    for sequence, (on, stage) in enumerate(said, start=1):
        ProgressUpdateFactory(
            action=made, sequence=sequence, on=on, stage=stage, narrative=f"{stage} {number}"
        )
    return made


def numbers(actions: ActionQuerySet) -> list[str]:
    return [action.number for action in actions.in_plan_order()]


def of(only: Recommendation, on: date = ON) -> ActionQuerySet:
    return Action.objects.for_recommendation(only).as_of(on)


# Security


def test_each_sees_the_actions_of_their_councils(harrow: Plan, northmoor: Plan, cast: Cast) -> None:
    counts = {
        name: (
            Action.objects.visible_to(user).count(),
            Recommendation.objects.visible_to(user).count(),
            ProgressUpdate.objects.visible_to(user).count(),
            Plan.objects.visible_to(user).count(),
            LeadOfficer.objects.visible_to(user).count(),
            Organisation.objects.visible_to(user).count(),
        )
        for name, user in vars(cast).items()
    }

    assert counts == {
        **dict.fromkeys(
            ("lead_officer", "board_member", "scrutiny_officer", "plan_administrator", "reader"),
            (101, 22, 99, 1, 34, 8),
        ),
        "northmoor_administrator": (4, 1, 1, 1, 1, 1),
        "staff": (0, 0, 0, 0, 0, 0),
        "stranger": (0, 0, 0, 0, 0, 0),
    }


def test_a_member_of_both_sees_each_once(harrow: Plan, northmoor: Plan, cast: Cast) -> None:
    MembershipFactory(user=cast.reader, council=northmoor.council)

    assert Action.objects.visible_to(cast.reader).count() == 105


# The day


def test_an_action_nobody_spoke_of_is_not_started(only: Recommendation) -> None:
    add(only, "1")

    action = of(only).get()

    assert (action.stage, action.rating_now, action.narrative, action.updated_on, action.completed_on) == (
        "not-started",
        None,
        "",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("on", "stage", "narrative"),
    [
        (date(2012, 9, 30), "not-started", ""),
        (date(2012, 10, 1), "in-progress", "in-progress 1"),
        (date(2012, 10, 31), "in-progress", "in-progress 1"),
        (date(2012, 11, 1), "complete", "complete 1"),
        (date(2030, 1, 1), "complete", "complete 1"),
    ],
)
def test_an_action_is_what_was_last_said_by_the_day(
    only: Recommendation, on: date, stage: str, narrative: str
) -> None:
    add(only, "1", None, (date(2012, 10, 1), "in-progress"), (date(2012, 11, 1), "complete"))

    action = of(only, on).get()

    assert (action.stage, action.narrative) == (stage, narrative)


def test_of_two_words_on_one_day_the_second_counts(only: Recommendation) -> None:
    add(only, "1", None, (ON, "complete"), (ON, "on-hold"))

    assert of(only).get().stage == "on-hold"


def test_an_action_is_there_from_the_day_it_was_added(only: Recommendation) -> None:
    add(only, "1")

    assert [of(only, on).count() for on in (date(2012, 9, 9), date(2012, 9, 10))] == [0, 1]


@pytest.mark.parametrize(
    ("said", "completed_on"),
    [
        ([(date(2012, 10, 1), "complete")], date(2012, 10, 1)),
        ([(date(2012, 10, 1), "complete"), (date(2012, 10, 9), "complete")], date(2012, 10, 1)),
        ([(date(2012, 10, 1), "complete"), (date(2012, 10, 9), "in-progress")], None),
        (
            [
                (date(2012, 10, 1), "complete"),
                (date(2012, 10, 5), "in-progress"),
                (date(2012, 10, 9), "complete"),
                (date(2012, 10, 12), "complete"),
            ],
            date(2012, 10, 9),
        ),
        ([(date(2012, 10, 1), "complete"), (date(2012, 12, 1), "in-progress")], date(2012, 10, 1)),
        ([(date(2012, 10, 1), "withdrawn")], None),
        ([(date(2012, 10, 9), "complete"), (date(2012, 10, 1), "in-progress")], date(2012, 10, 9)),
        ([(date(2012, 12, 1), "complete")], None),
    ],
)
def test_the_day_of_completion_is_the_first_of_the_last_run(
    only: Recommendation, said: list[tuple[date, str]], completed_on: date | None
) -> None:
    add(only, "1", None, *said)

    assert of(only).get().completed_on == completed_on


# Adjectives, at their edges


def test_overdue(only: Recommendation) -> None:
    add(only, "1", date(2012, 11, 13))
    add(only, "2", date(2012, 11, 14))
    add(only, "3", None)
    add(only, "4", date(2012, 11, 13), (ON, "complete"))
    add(only, "5", date(2012, 11, 13), (ON, "withdrawn"))
    add(only, "6", date(2012, 11, 13), (ON, "awaiting-sign-off"))

    assert numbers(of(only).overdue(on=ON)) == ["1", "6"]
    assert numbers(of(only).should_be_finished(on=ON)) == ["1", "4", "6"]
    assert [
        standing.days_overdue
        for standing in progress.standings(of(only).with_recommendation().with_leads().in_plan_order(), on=ON)
    ] == [1, 0, 0, 0, 0, 1]


def test_due_soon(only: Recommendation) -> None:
    add(only, "1", date(2012, 11, 13))
    add(only, "2", date(2012, 11, 14))
    add(only, "3", date(2012, 12, 14))
    add(only, "4", date(2012, 12, 15))
    add(only, "5", date(2012, 12, 1), (ON, "complete"))

    assert numbers(of(only).due_soon(on=ON)) == ["2", "3"]


def test_silent(only: Recommendation) -> None:
    add(only, "1")
    add(only, "2", None, (date(2012, 10, 14), "in-progress"))
    add(only, "3", None, (date(2012, 10, 15), "in-progress"))
    add(only, "4", None, (date(2012, 10, 1), "complete"))
    add(only, "5", None, (date(2012, 10, 1), "on-hold"))

    assert numbers(of(only).silent(on=ON)) == ["1", "2", "5"]
    assert numbers(of(only).not_updated_since(date(2012, 10, 15))) == ["1", "2", "5"]
    assert numbers(of(only).not_updated_since(date(2012, 10, 16))) == ["1", "2", "3", "5"]


def test_open(only: Recommendation) -> None:
    for number, stage in enumerate(Stage.values):
        add(only, str(number), None, (ON, stage))

    assert [action.stage for action in of(only).open().in_plan_order()] == [
        "not-started",
        "in-progress",
        "on-hold",
        "awaiting-sign-off",
    ]
    assert [numbers(of(only).in_stage(stage)) for stage in Stage.values] == [[str(n)] for n in range(6)]


def test_finished_late_and_on_time(only: Recommendation) -> None:
    add(only, "1", date(2012, 10, 1), (date(2012, 10, 1), "complete"))
    add(only, "2", date(2012, 10, 1), (date(2012, 10, 2), "complete"))
    add(only, "3", None, (date(2012, 10, 2), "complete"))
    add(only, "4", date(2012, 10, 1), (date(2012, 9, 20), "complete"), (date(2012, 10, 20), "in-progress"))

    assert numbers(of(only).completed_on_time()) == ["1"]
    assert numbers(of(only).completed_late()) == ["2"]


def test_undated(only: Recommendation) -> None:
    add(only, "1", date(2012, 10, 1))
    add(only, "2", None)

    assert numbers(of(only).undated()) == ["2"]


def test_rated_and_not_rated(only: Recommendation) -> None:
    blue = Rating.objects.get_by_natural_key("northmoor-brag", "blue")
    first = add(only, "1", None, (date(2012, 10, 1), "in-progress"))
    ProgressUpdateFactory(action=first, sequence=2, on=date(2012, 10, 2), rating=blue)
    second = add(only, "2")
    ProgressUpdateFactory(action=second, sequence=1, on=date(2012, 10, 2), rating=blue)
    ProgressUpdateFactory(action=second, sequence=2, on=date(2012, 10, 3), rating=None)

    assert numbers(of(only).rated(blue)) == ["1"]
    assert numbers(of(only).not_rated()) == ["2"]


# Scopes


def test_scopes(northmoor: Plan, only: Recommendation) -> None:
    add(only, "1")
    theme = northmoor.themes.get()

    counts = [
        Action.objects.for_plan(northmoor).count(),
        Action.objects.for_theme(theme).count(),
        Action.objects.for_recommendation(only).count(),
        Action.objects.for_plan(northmoor).for_timescale(Timescale.IMMEDIATE).count(),
        Action.objects.for_plan(northmoor).for_phase(Phase.MUST_DO).count(),
    ]

    assert counts == [5, 5, 1, 4, 4]


def test_an_action_that_two_posts_lead_is_found_once(northmoor: Plan, only: Recommendation) -> None:
    council = northmoor.council
    police = OrganisationFactory(council=council, slug="police")
    posts = [LeadOfficerFactory(council=council, organisation=police) for _ in range(2)]
    made = ActionFactory(recommendation=only, leads=posts)

    assert list(Action.objects.led_by(posts, on=ON)) == [made]
    assert list(Action.objects.led_by(posts[1:], on=ON)) == [made]
    assert list(Action.objects.for_organisation(police, on=ON)) == [made]
    assert list(Action.objects.led_by([], on=ON)) == []


def test_leads_stand_in_their_order(northmoor: Plan, only: Recommendation) -> None:
    posts = [LeadOfficerFactory(council=northmoor.council, abbreviation=name) for name in ("Z", "A", "M")]
    ActionFactory(recommendation=only, number="1", leads=posts)

    action = Action.objects.for_recommendation(only).with_leads().get()

    assert [str(lead) for lead in action.leads.all()] == ["Z", "A", "M"]


def test_search_looks_in_text_update_title_and_reference(only: Recommendation) -> None:
    add(only, "1", None, (ON, "on-hold"))
    add(only, "2")

    found = {
        words: numbers(of(only).matching(words))
        for words in ("ACTION 1", "on-hold", "n2", "title", "hold text", "nothing", "  ")
    }

    assert found == {
        "ACTION 1": ["1"],
        "on-hold": ["1"],
        "n2": ["1", "2"],
        "title": ["1", "2"],
        "hold text": ["1"],
        "nothing": [],
        "  ": ["1", "2"],
    }


def test_without_a_date_comes_last_on_every_database(only: Recommendation) -> None:
    add(only, "1", None)
    add(only, "2", date(2012, 10, 2))
    add(only, "3", date(2012, 10, 1))

    assert [action.number for action in of(only).longest_overdue_first()] == ["3", "2", "1"]


def test_plan_order_is_by_place_not_by_name(harrow: Plan) -> None:
    references = [
        a.recommendation.reference
        for a in Action.objects.for_plan(harrow).with_recommendation().in_plan_order()
    ]

    assert list(dict.fromkeys(references)) == [f"S{n}" for n in range(1, 12)] + [
        f"LAC{n}" for n in range(1, 12)
    ]


# Natural keys


def test_everything_is_found_by_its_natural_key(harrow: Plan) -> None:
    for model in (Recommendation, Action, ProgressUpdate):
        row = model._default_manager.order_by("pk")[0]

        assert model._default_manager.get_by_natural_key(*row.natural_key()) == row
