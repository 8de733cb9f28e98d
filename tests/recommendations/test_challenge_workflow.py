"""Dismissing a question, asking it again, and setting the measure by which questions are asked."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement import ledger
from improvement.models import Change, Plan
from recommendations import challenge, workflow
from recommendations.models import THRESHOLDS, ChallengeSettings, Dismissal
from tests.cast import Cast

ON = date(2012, 11, 14)
MAY_NOT = ("reader", "lead_officer", "scrutiny_officer", "northmoor_administrator", "staff", "stranger")
OWN = {
    "silence_days": 42,
    "times_moved": 3,
    "same_day_actions": 8,
    "same_day_percent": 15,
    "open_per_post": 10,
    "overdue_per_post": 5,
    "immediate_days": 28,
}


def first(plan: Plan) -> challenge.Question:
    return challenge.of_plan(plan, on=ON).asked[0]


def dismiss(plan: Plan, fingerprint: str, **changed: Any) -> Dismissal:
    values: dict[str, Any] = {"reason": "The database went live on 1 November.", "on": ON, **changed}
    return workflow.dismiss_question(plan=plan, fingerprint=fingerprint, **values)


def take_back(plan: Plan, fingerprint: str, **changed: Any) -> Dismissal:
    values: dict[str, Any] = {"reason": "It went down again.", "on": ON, **changed}
    return workflow.take_back_dismissal(plan=plan, fingerprint=fingerprint, **values)


def set_to(plan: Plan, version: int = 0, *, by: Any, on: date = ON, **changed: int) -> ChallengeSettings:
    return workflow.set_thresholds(plan=plan, values={**OWN, **changed}, version=version, by=by, on=on)


@pytest.mark.parametrize("who", ["board_member", "plan_administrator"])
def test_a_question_is_dismissed_with_one_row_in_the_ledger(harrow: Plan, cast: Cast, who: str) -> None:
    question = first(harrow)

    made = dismiss(harrow, question.fingerprint, by=getattr(cast, who))

    change = Change.objects.get()
    assert (made.rule, made.subject, made.sentence, made.dismissed) == (
        "on-track-overdue",
        "LAC3 (6)",
        question.sentence,
        True,
    )
    assert (change.verb, change.subject_id, change.reason) == ("dismiss_question", made.pk, made.reason)
    assert change.after == {
        "dismissed": True,
        "rule": "on-track-overdue",
        "subject": "LAC3 (6)",
        "fingerprint": question.fingerprint,
    }
    assert ledger.verify() is None
    assert challenge.of_plan(harrow, on=ON).count == 127


@pytest.mark.parametrize("who", MAY_NOT)
def test_nobody_else_dismisses_or_takes_back(harrow: Plan, cast: Cast, who: str) -> None:
    question = first(harrow)

    for change in (dismiss, take_back):
        with pytest.raises(PermissionDenied):
            change(harrow, question.fingerprint, by=getattr(cast, who))
    assert (Dismissal.objects.count(), Change.objects.count()) == (0, 0)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 5001])
def test_a_reason_is_needed_and_not_a_book(harrow: Plan, cast: Cast, reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        dismiss(harrow, first(harrow).fingerprint, reason=reason, by=cast.board_member)

    assert set(refused.value.error_dict) == {"reason"}
    assert Dismissal.objects.count() == 0


def test_a_reason_that_looks_like_a_childs_record(harrow: Plan, cast: Cast) -> None:
    fingerprint, reason = first(harrow).fingerprint, "Waits for the child born on 3 May 2009."

    with pytest.raises(workflow.LooksLikeChildRecord):
        dismiss(harrow, fingerprint, reason=reason, by=cast.board_member)
    before = Dismissal.objects.count()
    dismiss(harrow, fingerprint, reason=reason, by=cast.board_member, kept_because="An invented child.")

    assert (before, Dismissal.objects.count()) == (0, 1)
    assert Change.objects.latest("position").after["kept_because"] == "An invented child."


def test_a_question_that_is_not_asked_cannot_be_dismissed(harrow: Plan, cast: Cast) -> None:
    fingerprint = first(harrow).fingerprint
    dismiss(harrow, fingerprint, by=cast.board_member)

    for never in (fingerprint, "0" * 64, ""):
        with pytest.raises(workflow.QuestionChanged):
            dismiss(harrow, never, by=cast.board_member)
    assert Dismissal.objects.count() == 1


def test_a_dismissal_is_taken_back_and_both_stay(harrow: Plan, cast: Cast) -> None:
    fingerprint = first(harrow).fingerprint
    dismiss(harrow, fingerprint, by=cast.board_member)

    take_back(harrow, fingerprint, by=cast.plan_administrator)

    assert first(harrow).fingerprint == fingerprint
    assert [row.dismissed for row in Dismissal.objects.order_by("pk")] == [True, False]
    assert [row.verb for row in Change.objects.order_by("position")] == [
        "dismiss_question",
        "take_back_dismissal",
    ]
    with pytest.raises(workflow.QuestionChanged):
        take_back(harrow, fingerprint, by=cast.plan_administrator)


def test_a_closed_plan_keeps_its_questions_as_they_are(harrow: Plan, cast: Cast) -> None:
    fingerprint = first(harrow).fingerprint
    Plan.objects.filter(pk=harrow.pk).update(closed_on=ON)
    harrow.refresh_from_db()

    with pytest.raises(workflow.PlanClosed):
        dismiss(harrow, fingerprint, by=cast.board_member)


# Thresholds


def test_thresholds_are_set_with_one_row_in_the_ledger(harrow: Plan, cast: Cast) -> None:
    made = set_to(harrow, by=cast.plan_administrator, silence_days=90)

    change = Change.objects.get()
    assert (made.sequence, made.on, made.silence_days) == (1, ON, 90)
    assert (change.verb, change.before, change.after) == (
        "set_thresholds",
        OWN,
        {**OWN, "silence_days": 90},
    )
    rules = {group.rule.slug for group in challenge.of_plan(harrow, on=ON).groups}
    assert rules & {"on-track-silent", "never-updated"} == set()


@pytest.mark.parametrize("who", ["board_member", *MAY_NOT])
def test_nobody_else_sets_thresholds(harrow: Plan, cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        set_to(harrow, by=getattr(cast, who))

    assert ChallengeSettings.objects.count() == 0


def test_the_second_of_two_is_told(harrow: Plan, cast: Cast) -> None:
    set_to(harrow, by=cast.plan_administrator, silence_days=90)

    with pytest.raises(workflow.SetMeanwhile):
        set_to(harrow, by=cast.plan_administrator, silence_days=60)
    assert [row.silence_days for row in ChallengeSettings.objects.all()] == [90]


def test_the_same_again_changes_nothing(harrow: Plan, cast: Cast) -> None:
    one = set_to(harrow, by=cast.plan_administrator, silence_days=90)

    other = set_to(harrow, 1, by=cast.plan_administrator, silence_days=90)

    assert (one, Change.objects.count()) == (other, 1)


def test_a_day_in_the_past_keeps_its_measure(harrow: Plan, cast: Cast) -> None:
    set_to(harrow, by=cast.plan_administrator, silence_days=90)

    with pytest.raises(ValidationError):
        set_to(harrow, 1, by=cast.plan_administrator, on=date(2012, 11, 13))
    holding = [
        ChallengeSettings.objects.holding(harrow, on=date(2012, 11, day)).silence_days for day in (13, 14)
    ]
    assert holding == [42, 90]


@pytest.mark.parametrize(
    "wrong", [{"silence_days": 6}, {"same_day_percent": 101}, {"times_moved": 0}, {"open_per_post": -1}]
)
def test_thresholds_out_of_reach_are_refused(harrow: Plan, cast: Cast, wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError) as refused:
        set_to(harrow, by=cast.plan_administrator, **wrong)

    assert set(refused.value.error_dict) == set(wrong)
    assert ChallengeSettings.objects.count() == 0


def test_only_thresholds_are_set(harrow: Plan, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        workflow.set_thresholds(
            plan=harrow, values={**OWN, "plan": 1}, version=0, by=cast.plan_administrator, on=ON
        )
    assert sorted(OWN) == sorted(THRESHOLDS)
