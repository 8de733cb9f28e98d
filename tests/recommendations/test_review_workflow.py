"""Recording what a review found: who may, in which order, on which evidence, and how a step is lost again."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from improvement import ledger
from improvement.models import Change, LeadOfficer
from recommendations import workflow
from recommendations.models import Action, Review
from tests.cast import NORTHMOOR, Cast
from tests.factories import HoldingFactory
from tests.recommendations.shown import DAY, load_action, load_recommendation, review, show


def recorded() -> int:
    """Reviews, each of which has one change."""
    count = Review.objects.count()
    assert Change.objects.filter(verb="record_review").count() == count
    return count


@pytest.mark.parametrize("who", ["board_member", "plan_administrator"])
def test_a_review_is_recorded_with_one_change(action: Action, cast: Cast, who: str) -> None:
    evidence = show(action, cast.board_member)

    made = review(action, getattr(cast, who), evidence)

    change = Change.objects.get(verb="record_review")
    assert (made.step, made.holds, made.on, made.by, list(made.evidence.all())) == (
        "delivered",
        True,
        DAY,
        getattr(cast, who),
        [evidence],
    )
    assert (change.before, change.after) == (
        {"step": "delivered", "holds": False},
        {
            "recommendation": action.recommendation_id,
            "action": action.pk,
            "step": "delivered",
            "holds": True,
            "finding": "The board read the audit.",
            "evidence": [evidence.pk],
        },
    )
    assert ledger.verify() is None


@pytest.mark.parametrize(
    "who", ["reader", "scrutiny_officer", "lead_officer", "stranger", "northmoor_administrator"]
)
def test_others_may_not_review(action: Action, cast: Cast, who: str) -> None:
    evidence = show(action, cast.board_member)

    with pytest.raises(PermissionDenied):
        review(action, getattr(cast, who), evidence)

    assert not workflow.may_review(getattr(cast, who), action.recommendation, action, on=DAY)
    assert recorded() == 0


def test_nobody_reviews_an_action_that_they_lead(cast: Cast) -> None:
    led = load_action("S5", "1")
    post = LeadOfficer.objects.get(council=led.recommendation.plan.council, abbreviation="SM QA")
    HoldingFactory(lead_officer=post, user=cast.board_member)
    evidence = show(led, cast.board_member)

    with pytest.raises(workflow.OwnWork):
        review(led, cast.board_member, evidence)

    assert not workflow.may_review(cast.board_member, led.recommendation, led, on=DAY)
    assert workflow.may_review(cast.board_member, led.recommendation, None, on=DAY)
    assert recorded() == 0


def test_the_steps_follow_one_another(cast: Cast) -> None:
    whole = load_recommendation("S2")
    evidence = show(whole, cast.board_member)

    with pytest.raises(workflow.EarlierStepMissing) as refused:
        review(whole, cast.board_member, evidence, step="impact-evidenced")
    for step in ("delivered", "complied-with", "impact-evidenced"):
        review(whole, cast.board_member, evidence, step=step)

    assert refused.value.message_dict == {"step": ["First it has to be found that this holds: Delivered."]}
    assert recorded() == 3


def test_a_step_of_an_action_is_not_a_step_of_the_whole(action: Action, cast: Cast) -> None:
    evidence = show(action, cast.board_member)
    review(action, cast.board_member, evidence)

    with pytest.raises(workflow.EarlierStepMissing):
        review(action.recommendation, cast.board_member, evidence, step="complied-with")


def test_a_step_can_be_lost_and_won_again(action: Action, cast: Cast) -> None:
    evidence = show(action, cast.board_member, on=date(2012, 11, 1))
    found = {"on": date(2012, 11, 1)}
    review(action, cast.board_member, evidence, **found)

    review(action, cast.board_member, holds=False, finding="It has stopped.", on=date(2012, 11, 5))
    review(action, cast.board_member, evidence, finding="It was taken up again.", on=date(2012, 11, 9))

    last = workflow.assurance.standing
    held = {
        day: last(action.recommendation, action, "delivered", on=date(2012, 11, day))
        for day in (1, 4, 5, 8, 9)
    }
    assert held == {1: True, 4: True, 5: False, 8: False, 9: True}
    assert recorded() == 3


def test_what_does_not_hold_cannot_be_lost(action: Action, cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        review(action, cast.board_member, holds=False)

    assert refused.value.message_dict == {"step": ["This step does not hold now, so it cannot be lost."]}
    assert recorded() == 0


def test_nothing_holds_without_evidence(action: Action, cast: Cast) -> None:
    with pytest.raises(workflow.EvidenceMissing):
        review(action, cast.board_member)

    assert recorded() == 0


@pytest.mark.parametrize("holds", [True, False])
def test_evidence_of_another_recommendation_is_refused(action: Action, cast: Cast, holds: bool) -> None:
    """Case 25."""
    own = show(action, cast.board_member)
    review(action, cast.board_member, own)
    elsewhere = show(load_action("S3", "1"), cast.board_member)
    foreign = show(load_action("N1", "1", NORTHMOOR), cast.northmoor_administrator, on=date(2025, 7, 4))

    for evidence in (elsewhere, foreign):
        with pytest.raises(ValidationError):
            review(action, cast.board_member, own, evidence, holds=holds, finding="Looked at again.")

    assert recorded() == 1


def test_evidence_that_was_withdrawn_is_refused(action: Action, cast: Cast) -> None:
    evidence = show(action, cast.board_member)
    workflow.withdraw_evidence(evidence=evidence, reason="Gone.", by=cast.board_member, on=DAY)

    with pytest.raises(ValidationError):
        review(action, cast.board_member, evidence)

    assert recorded() == 0


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"step": "believed"}, "step", "Choose one of the steps."),
        ({"finding": " "}, "finding", "Say what was found."),
        ({"finding": "x" * 5001}, "finding", "Keep it under 5,000 characters."),
        ({"reviewer": ""}, "reviewer", "Say which post or body reviewed it."),
        ({"reviewer": "x" * 161}, "reviewer", "Keep it under 160 characters."),
    ],
)
def test_a_broken_rule_is_refused_by_its_field(
    action: Action, cast: Cast, changed: dict[str, Any], field: str, words: str
) -> None:
    """Case 92."""
    evidence = show(action, cast.board_member)

    with pytest.raises(ValidationError) as refused:
        review(action, cast.board_member, evidence, **changed)

    assert refused.value.message_dict == {field: [words]}
    assert recorded() == 0


def test_the_reason_why_words_may_stay_is_kept(action: Action, cast: Cast) -> None:
    evidence = show(action, cast.board_member)

    with pytest.raises(workflow.LooksLikeChildRecord):
        review(action, cast.board_member, evidence, finding="Two children were seen.")
    review(action, cast.board_member, evidence, finding="Two children were seen.", kept_because="In a film.")

    assert Change.objects.get(verb="record_review").reason == "In a film."


@pytest.mark.parametrize("holds", [True, False])
def test_one_form_sent_twice_records_one_review(action: Action, cast: Cast, holds: bool) -> None:
    """Case 106."""
    evidence = show(action, cast.board_member)
    review(action, cast.board_member, evidence, finding="First.")

    again = [review(action, cast.board_member, evidence, holds=holds) for _ in range(2)]

    assert again[0] == again[1]
    assert recorded() == 2


def test_a_review_is_never_altered(action: Action, cast: Cast) -> None:
    """Case 97."""
    made = review(action, cast.board_member, show(action, cast.board_member))

    for change in (
        lambda: Review.objects.filter(pk=made.pk).update(holds=False),
        lambda: Review.objects.filter(pk=made.pk).delete(),
        made.evidence.clear,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    assert (Review.objects.get().holds, made.evidence.count()) == (True, 1)
