"""Showing what became of an action or a recommendation, and taking back what should not have been shown."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement import ledger
from improvement.models import User
from improvement.permissions import Verb, may
from recommendations.models import Action, Evidence, Method, Recommendation, Step
from recommendations.workflow import careful
from recommendations.workflow.access import (
    require_in_plan,
    require_open,
    require_update,
    require_words,
)


class AlreadyWithdrawn(ValidationError):
    """The evidence was withdrawn before."""


@transaction.atomic
def add_evidence(
    *,
    recommendation: Recommendation,
    action: Action | None,
    shows: str,
    method: str,
    gathered_on: date,
    supports: str,
    exempt: bool,
    link: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Evidence:
    """Show what became of an action, or of a recommendation as a whole, by a link to where it can be seen."""
    _check(recommendation, action, by=by, on=on)
    _check_words(shows, method, gathered_on, supports, link, on=on)
    careful.check(shows, kept_because=kept_because)
    evidence = Evidence.objects.create(
        plan=recommendation.plan,
        recommendation=recommendation,
        action=action,
        shows=shows,
        method=method,
        gathered_on=gathered_on,
        supports=supports,
        exempt=exempt,
        link=link,
        added_on=on,
        added_by=by,
    )
    ledger.record(
        by=by,
        on=on,
        council=recommendation.plan.council,
        verb="add_evidence",
        subject=evidence,
        before={},
        after={
            "recommendation": recommendation.pk,
            "action": action.pk if action else None,
            "supports": supports,
            "method": method,
            "exempt": exempt,
            "sha256": evidence.sha256,
        },
        reason=kept_because,
    )
    return evidence


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, reason: str, by: User, on: date) -> Evidence:
    """Take evidence back for a reason. Its file is destroyed; that it was there, and why it went, stays."""
    plan = evidence.plan
    if not may(by, Verb.KEEP_PLAN, plan.council) and evidence.added_by_id != by.pk:
        require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    require_open(plan, on=on)
    require_words("reason", reason, "Say why it is withdrawn.")
    withdrawn = Evidence.objects.filter(pk=evidence.pk, withdrawn_on=None).update(
        withdrawn_on=on, withdrawn_by=by, withdrawn_because=reason
    )
    if not withdrawn:
        raise AlreadyWithdrawn("This evidence was withdrawn already.")
    evidence.refresh_from_db()
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="withdraw_evidence",
        subject=evidence,
        before={"withdrawn": False},
        after={"withdrawn": True},
        reason=reason,
    )
    return evidence


def _check(recommendation: Recommendation, action: Action | None, *, by: User, on: date) -> None:
    if action is None:
        require_in_plan(by, Verb.REVIEW, recommendation.plan, on=on)
        return
    require_update(by, action, on=on)
    if action.recommendation_id != recommendation.pk:
        raise ValidationError("The action answers another recommendation.")


def _check_words(shows: str, method: str, gathered_on: date, supports: str, link: str, *, on: date) -> None:
    require_words("shows", shows, "Say in a sentence what it shows.")
    if not link.startswith("https://"):
        raise ValidationError({"link": "A link starts with https://."})
    if method not in Method.values:
        raise ValidationError({"method": "Choose how it was got."})
    if supports not in Step.values:
        raise ValidationError({"supports": "Choose what it supports."})
    if gathered_on > on:
        raise ValidationError({"gathered_on": "Choose a day that has come."})
