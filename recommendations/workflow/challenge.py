"""Dismissing a question, asking it again, and the measure by which questions are asked."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from improvement import ledger
from improvement.models import Plan, User
from improvement.permissions import Verb
from recommendations import challenge
from recommendations.models import THRESHOLDS, ChallengeSettings, Dismissal
from recommendations.workflow import careful
from recommendations.workflow.access import require_in_plan, require_words


class QuestionChanged(ValidationError):
    """The plan does not ask this question any more, or not as it was seen."""


class SetMeanwhile(ValidationError):
    """Somebody else set the thresholds since they were read."""


@transaction.atomic
def dismiss_question(
    *, plan: Plan, fingerprint: str, reason: str, by: User, on: date, kept_because: str = ""
) -> Dismissal:
    """Dismiss a question for a reason, until the facts that set it off change."""
    require_in_plan(by, Verb.CHALLENGE, plan, on=on)
    require_words("reason", reason, "Say why the board need not ask this.")
    careful.check(reason, kept_because=kept_because)
    question = challenge.of_plan(plan, on=on).with_fingerprint(fingerprint)
    if question is None:
        raise QuestionChanged("The plan no longer asks this question as you saw it.")
    return _record(plan, question, dismissed=True, reason=reason, kept_because=kept_because, by=by, on=on)


@transaction.atomic
def take_back_dismissal(
    *, plan: Plan, fingerprint: str, reason: str, by: User, on: date, kept_because: str = ""
) -> Dismissal:
    """Ask a question again that was dismissed. The dismissal and its reason stay in the record."""
    require_in_plan(by, Verb.CHALLENGE, plan, on=on)
    require_words("reason", reason, "Say why the question is asked again.")
    careful.check(reason, kept_because=kept_because)
    found = challenge.of_plan(plan, on=on).dismissed_with(fingerprint)
    if found is None:
        raise QuestionChanged("This question is not dismissed any more.")
    return _record(
        plan, found.question, dismissed=False, reason=reason, kept_because=kept_because, by=by, on=on
    )


@transaction.atomic
def set_thresholds(
    *, plan: Plan, values: Mapping[str, int], version: int, by: User, on: date
) -> ChallengeSettings:
    """Set what the plan counts as too long, too many or too late from this day on. `version` is what the writer saw."""
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    latest = ChallengeSettings.objects.for_plan(plan).order_by("-sequence").first()
    if latest and on < latest.on:
        raise ValidationError("They were set on a later day already.")
    before = latest or ChallengeSettings(plan=plan, sequence=0)
    if before.sequence != version:
        raise SetMeanwhile("Somebody else set them while you were writing. Yours are in the form below.")
    made = ChallengeSettings(plan=plan, sequence=version + 1, on=on, by=by, **_known(values))
    made.clean_fields()
    old, new = _thresholds(before), _thresholds(made)
    if old == new and latest:
        return latest
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as taken:
        raise SetMeanwhile(
            "Somebody else set them while you were writing. Yours are in the form below."
        ) from taken
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="set_thresholds",
        subject=made,
        before=old,
        after=new,
    )
    return made


def _record(
    plan: Plan,
    question: challenge.Question,
    *,
    dismissed: bool,
    reason: str,
    kept_because: str,
    by: User,
    on: date,
) -> Dismissal:
    dismissal = Dismissal.objects.create(
        plan=plan,
        rule=question.rule.slug,
        subject=question.subject.key[:200],
        fingerprint=question.fingerprint,
        sentence=question.sentence,
        dismissed=dismissed,
        reason=reason,
        on=on,
        by=by,
    )
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="dismiss_question" if dismissed else "take_back_dismissal",
        subject=dismissal,
        before={"dismissed": not dismissed},
        after={
            "dismissed": dismissed,
            "rule": question.rule.slug,
            "subject": question.subject.key,
            "fingerprint": question.fingerprint,
            **careful.kept(kept_because),
        },
        reason=reason,
    )
    return dismissal


def _known(values: Mapping[str, int]) -> dict[str, int]:
    if set(values) != set(THRESHOLDS):
        raise ValidationError("Give each of the thresholds, and nothing else.")
    return dict(values)


def _thresholds(found: ChallengeSettings) -> dict[str, int]:
    return {
        "silence_days": found.silence_days,
        "times_moved": found.times_moved,
        "same_day_actions": found.same_day_actions,
        "same_day_percent": found.same_day_percent,
        "open_per_post": found.open_per_post,
        "overdue_per_post": found.overdue_per_post,
        "immediate_days": found.immediate_days,
    }
