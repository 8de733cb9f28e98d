"""Questions of a plan as of a day: thresholds, dismissals, what a page shows of them, and what they cost."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from improvement.models import LeadOfficer, Plan
from recommendations import challenge
from recommendations.models import Action, ChallengeSettings, Dismissal, Recommendation
from tests.cast import HARROW
from tests.factories import ActionFactory, PlanFactory, ProgressUpdateFactory, RecommendationFactory
from tests.recommendations.challenge.plans import ON, Quiet


def settings(quiet: Quiet, on: date = date(2012, 11, 1), **values: int) -> ChallengeSettings:
    sequence = ChallengeSettings.objects.for_plan(quiet.plan).count() + 1
    return ChallengeSettings.objects.create(
        plan=quiet.plan, sequence=sequence, on=on, by=quiet.somebody, **values
    )


def dismiss(quiet: Quiet, question: challenge.Question, **fields: Any) -> Dismissal:
    values = {
        "plan": quiet.plan,
        "rule": question.rule.slug,
        "subject": question.subject.key,
        "fingerprint": question.fingerprint,
        "sentence": question.sentence,
        "dismissed": True,
        "reason": "The board knows.",
        "on": date(2012, 11, 10),
        "by": quiet.somebody,
        **fields,
    }
    return Dismissal.objects.create(**values)


# Thresholds


def test_thresholds_move_what_is_asked(quiet: Quiet) -> None:
    """One after the other, each threshold alone sets one question off."""
    quiet.said(quiet.action("1", original_due_on=date(2012, 11, 12)), rating=None, on=date(2012, 11, 7))
    quiet.said(quiet.action("2"), rating=quiet.green, on=date(2012, 11, 7))
    Recommendation.objects.filter(pk=quiet.recommendation.pk).update(
        timescale="immediate", raised_on=date(2012, 11, 1)
    )
    wide = {"immediate_days": 180}

    asked = {}
    for name, value in {
        "silence_days": 7,
        "open_per_post": 1,
        "overdue_per_post": 0,
        "immediate_days": 20,
    }.items():
        settings(quiet, **{**wide, name: value})
        asked[name] = [question.rule.slug for question in quiet.questions()]
    settings(quiet, **wide)

    assert quiet.asked() == []
    assert asked == {
        "silence_days": ["on-track-silent"],
        "open_per_post": ["one-post"],
        "overdue_per_post": ["one-post"],
        "immediate_days": ["timescale"],
    }


@pytest.mark.parametrize(("actions", "percent", "asked"), [(2, 66, 1), (2, 67, 0), (3, 66, 0), (2, 100, 0)])
def test_thresholds_of_one_day(quiet: Quiet, actions: int, percent: int, asked: int) -> None:
    """Two of three actions, 66.7 per cent, are due on one day."""
    for number, due_on in (("1", date(2013, 1, 1)), ("2", date(2013, 1, 1)), ("3", date(2013, 2, 1))):
        quiet.said(quiet.action(number, original_due_on=due_on))
    settings(quiet, same_day_actions=actions, same_day_percent=percent)

    assert len(quiet.asked()) == asked


def test_thresholds_hold_from_their_day_on(quiet: Quiet) -> None:
    quiet.said(quiet.action("1"), rating=quiet.green, on=date(2012, 11, 1))
    settings(quiet, on=date(2012, 11, 12), silence_days=7)

    counts = [len(quiet.asked(on=day)) for day in (date(2012, 11, 11), date(2012, 11, 12))]

    assert counts == [0, 1]


def test_a_rule_gives_its_reason_with_the_plans_own_thresholds(quiet: Quiet) -> None:
    quiet.said(quiet.action("1"), rating=quiet.green, on=date(2012, 11, 1))
    settings(quiet, silence_days=10)

    assert [question.reason for question in quiet.questions()] == [
        "A rating is only as fresh as the update that gave it. This plan asks after 10 days."
    ]


def test_thresholds_that_make_no_sense_are_refused_by_the_database(quiet: Quiet) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        settings(quiet, same_day_percent=101)


# Dismissals


def overdue(quiet: Quiet) -> Action:
    action = quiet.action(original_due_on=date(2012, 11, 8))
    quiet.said(action, rating=quiet.green)
    return action


def test_a_dismissed_question_stays_away_with_its_reason(quiet: Quiet) -> None:
    overdue(quiet)
    dismiss(quiet, quiet.questions()[0])

    found = challenge.of_plan(quiet.plan, on=ON)

    assert found.asked == ()
    assert [(one.question.subject.key, one.dismissal.reason) for one in found.dismissed] == [
        ("Q1 (1)", "The board knows.")
    ]


def test_it_stays_away_while_days_go_by(quiet: Quiet) -> None:
    overdue(quiet)
    dismiss(quiet, quiet.questions()[0])

    assert quiet.asked("on-track-overdue", on=date(2013, 6, 1)) == []


def test_it_is_back_when_something_changes(quiet: Quiet) -> None:
    action = overdue(quiet)
    dismiss(quiet, quiet.questions()[0])
    quiet.said(action, rating=quiet.green, on=date(2012, 11, 12), narrative="Nearly there.")

    assert quiet.asked(on=date(2012, 11, 11)) == []
    assert len(quiet.asked(on=date(2012, 11, 12))) == 1


def test_it_was_asked_until_the_day_of_its_dismissal(quiet: Quiet) -> None:
    overdue(quiet)
    dismiss(quiet, quiet.questions()[0], on=date(2012, 11, 11))

    counts = [len(quiet.asked(on=date(2012, 11, day))) for day in (10, 11)]

    assert counts == [1, 0]


def test_a_dismissal_that_was_taken_back(quiet: Quiet) -> None:
    overdue(quiet)
    question = quiet.questions()[0]
    dismiss(quiet, question, on=date(2012, 11, 10))
    dismiss(quiet, question, on=date(2012, 11, 12), dismissed=False, reason="Ask again.")

    counts = [len(quiet.asked(on=date(2012, 11, day))) for day in (9, 10, 11, 12)]

    assert counts == [1, 0, 0, 1]


def test_a_dismissal_in_one_plan_is_none_in_another(quiet: Quiet) -> None:
    overdue(quiet)
    other = PlanFactory(council=quiet.plan.council, rating_scale=quiet.plan.rating_scale)
    dismiss(quiet, quiet.questions()[0], plan=other)

    assert len(quiet.asked()) == 1


@pytest.mark.parametrize("change", ["due", "stage", "rating"])
def test_a_fingerprint_is_that_of_the_facts(quiet: Quiet, change: str) -> None:
    action = overdue(quiet)
    before = quiet.questions()[0].fingerprint
    if change == "due":
        Action.objects.filter(pk=action.pk).update(original_due_on=date(2012, 11, 7))
    else:
        quiet.said(action, rating=quiet.green, stage="on-hold" if change == "stage" else "in-progress")

    after = quiet.questions()[0].fingerprint

    assert (len(before), before == quiet.questions()[0].fingerprint) == (64, before == after)
    # The stage is none of the facts of this question.
    assert (before == after) is (change != "due")


def test_dismissals_are_append_only(quiet: Quiet) -> None:
    overdue(quiet)
    made = dismiss(quiet, quiet.questions()[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Dismissal.objects.filter(pk=made.pk).update(reason="Another.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Dismissal.objects.filter(pk=made.pk).delete()


# The day


def test_before_the_plan_took_its_actions_in_nothing_is_asked(harrow: Plan) -> None:
    assert challenge.of_plan(harrow, on=date(2012, 9, 9)).asked == ()


# Parts of a plan


def load(reference: str, number: str) -> Action:
    return Action.objects.with_recommendation().get_by_natural_key(*HARROW, reference, number)


@pytest.mark.parametrize("place", [("S7", "5"), ("S2", "3"), ("LAC10", "2"), ("S2", "2"), ("S9", "2")])
def test_an_action_asks_what_the_plan_asks_of_it(harrow: Plan, place: tuple[str, str]) -> None:
    whole = challenge.of_plan(harrow, on=ON)
    of_it = [
        question.fingerprint
        for question in whole.asked
        if question.concerns(*place) and question.rule.slug not in ("one-post", "one-day", "timescale")
    ]

    found = challenge.of_action(load(*place), on=ON)

    assert [question.fingerprint for question in found.asked] == of_it
    assert of_it != []


@pytest.mark.parametrize("reference", ["S7", "LAC4", "S11", "S1", "LAC11"])
def test_a_recommendation_asks_what_the_plan_asks_of_it(harrow: Plan, reference: str) -> None:
    whole = challenge.of_plan(harrow, on=ON)
    of_it = [
        question.fingerprint
        for question in whole.asked
        if reference in question.references and question.rule.slug not in ("one-post", "one-day")
    ]

    found = challenge.of_recommendation(
        Recommendation.objects.select_related("plan").get(plan=harrow, reference=reference), on=ON
    )

    assert [question.fingerprint for question in found.asked] == of_it


def test_an_action_is_not_asked_about_its_neighbours(harrow: Plan) -> None:
    found = challenge.of_action(load("S2", "5"), on=ON)

    assert {question.subject.key for question in found.asked} == {"S2 (5)"}


# What it costs


def queries(work: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def test_the_whole_plan_costs_five_queries_however_many_actions(harrow: Plan) -> None:
    before = queries(lambda: challenge.of_plan(harrow, on=ON))
    post = LeadOfficer.objects.get(council=harrow.council, abbreviation="SM QA")
    for _ in range(20):
        made = ActionFactory(
            recommendation=Recommendation.objects.get(plan=harrow, reference="S2"), leads=[post]
        )
        ProgressUpdateFactory(action=made)
    after = queries(lambda: challenge.of_plan(harrow, on=ON))

    # Where the plan has measures, a sixth reads their readings.
    assert (before, after) == (5, 5)


def test_an_action_costs_four_queries(harrow: Plan) -> None:
    action = load("S7", "5")

    assert queries(lambda: challenge.of_action(action, on=ON)) == 4


def test_a_recommendation_costs_five_queries_and_one_for_readings(harrow: Plan) -> None:
    made = Recommendation.objects.select_related("plan").get(plan=harrow, reference="S7")
    RecommendationFactory(theme=made.theme, reference="S99", text=made.text)

    assert queries(lambda: challenge.of_recommendation(made, on=ON)) == 5
