"""Finding that what was done holds: that it was delivered, is complied with, and made a difference."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement import ledger
from improvement.models import User
from improvement.permissions import Verb, may
from recommendations.models import Action, Evidence, Recommendation, Review, Step
from recommendations.workflow import careful
from recommendations.workflow.access import OwnWork, leads, require_in_plan, require_words
from recommendations.workflow.closing import EvidenceMissing

LONGEST_REVIEWER = 160


class EarlierStepMissing(ValidationError):
    """The steps follow one another: what was not delivered cannot be complied with."""


@transaction.atomic
def record_review(
    *,
    recommendation: Recommendation,
    action: Action | None,
    step: str,
    holds: bool,
    finding: str,
    evidence: Sequence[Evidence],
    reviewer: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Review:
    """Record that a step of assurance holds, or that it is lost. Nobody reviews an action that they lead."""
    require_in_plan(by, Verb.REVIEW, recommendation.plan, on=on)
    if action and leads(by, action, on=on):
        raise OwnWork("You lead this action. Somebody else has to review it.")
    last = last_of(recommendation, action, step, on=on)
    if last and last.is_by(by, on=on, holds=holds, finding=finding, reviewer=reviewer, evidence=evidence):
        # Sent twice, as by a double click.
        return last
    _check(recommendation, action, step, holds, evidence, on=on)
    require_words("finding", finding, "Say what was found.")
    require_words("reviewer", reviewer, "Say which post or body reviewed it.")
    if len(reviewer) > LONGEST_REVIEWER:
        raise ValidationError({"reviewer": f"Keep it under {LONGEST_REVIEWER} characters."})
    careful.check(finding, reviewer, kept_because=kept_because)
    review = Review.objects.create(
        recommendation=recommendation,
        action=action,
        step=step,
        holds=holds,
        finding=finding,
        reviewer=reviewer,
        on=on,
        by=by,
    )
    review.evidence.set(evidence)
    ledger.record(
        by=by,
        on=on,
        council=recommendation.plan.council,
        verb="record_review",
        subject=review,
        before={"step": step, "holds": bool(last and last.holds)},
        after={
            "recommendation": recommendation.pk,
            "action": action.pk if action else None,
            "step": step,
            "holds": holds,
            "finding": finding,
            "evidence": sorted(shown.pk for shown in evidence),
        },
        reason=kept_because,
    )
    return review


def last_of(recommendation: Recommendation, action: Action | None, step: str, *, on: date) -> Review | None:
    reviews = Review.objects.of_action(action) if action else Review.objects.of_recommendation(recommendation)
    return reviews.filter(step=step).done_by(on=on).first()


def standing(recommendation: Recommendation, action: Action | None, step: str, *, on: date) -> bool:
    """Whether a step held on a day, by its last review."""
    last = last_of(recommendation, action, step, on=on)
    return bool(last and last.holds)


def may_review(user: User, recommendation: Recommendation, action: Action | None, *, on: date) -> bool:
    """Whether the role allows it, the plan is open, and it would not be the user's own work."""
    plan = recommendation.plan
    if plan.is_closed(on) or not may(user, Verb.REVIEW, plan.council):
        return False
    return action is None or not leads(user, action, on=on)


def _check(
    recommendation: Recommendation,
    action: Action | None,
    step: str,
    holds: bool,
    evidence: Sequence[Evidence],
    *,
    on: date,
) -> None:
    if step not in Step.values:
        raise ValidationError({"step": "Choose one of the steps."})
    if action and action.recommendation_id != recommendation.pk:
        raise ValidationError("The action answers another recommendation.")
    shown = Evidence.objects.about(recommendation).standing(on=on).filter(pk__in=[e.pk for e in evidence])
    if shown.count() != len({e.pk for e in evidence}):
        raise ValidationError({"evidence": "Choose evidence of this recommendation that was not withdrawn."})
    if not holds:
        if not standing(recommendation, action, step, on=on):
            raise ValidationError({"step": "This step does not hold now, so it cannot be lost."})
        return
    if not evidence:
        raise EvidenceMissing({"evidence": "Choose the evidence that shows it."})
    missing = [
        earlier
        for earlier in Step.values[: Step.values.index(step)]
        if not standing(recommendation, action, earlier, on=on)
    ]
    if missing:
        raise EarlierStepMissing(
            {"step": f"First it has to be found that this holds: {Step(missing[0]).label}."}
        )
