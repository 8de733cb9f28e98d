"""Closing an action takes two people: one claims that it is complete and shows evidence, another signs it off."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.models import Rating, User
from improvement.permissions import Verb, may, require
from recommendations.models import Action, Evidence, ProgressUpdate, Stage
from recommendations.models.action import ENDED
from recommendations.workflow import careful, updates
from recommendations.workflow.access import (
    OwnWork,
    leads,
    one_at_a_time,
    require_in_plan,
    require_update,
    require_words,
    updatable_by,
)

MAY_BE_CLAIMED = updates.SAID_FREELY
MAY_BE_WITHDRAWN = (*updates.SAID_FREELY, Stage.AWAITING_SIGN_OFF.value)
CLAIMED = (Stage.AWAITING_SIGN_OFF.value,)
ALREADY = "This action is already {}."
NO_CLAIM = "Nobody claims that this is complete."


class EvidenceMissing(ValidationError):
    """Nothing shows yet that the action is complete."""


class NotInStage(ValidationError):
    """The action is not in a stage from which this step can be taken."""


@transaction.atomic
def claim_complete(
    *,
    action: Action,
    version: int,
    rating: Rating | None,
    narrative: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> ProgressUpdate:
    """Say that an action is complete. It then awaits sign-off by somebody else.

    `version` is the sequence of the last update that the person saw, here and in every step: UpdatedMeanwhile where
    somebody else's came between; the same sent twice by one person, as by a double click, is one. Raises
    EvidenceMissing while nothing shows that it is complete, NotInStage where it is complete, withdrawn or claimed.
    """
    require_update(by, action, on=on)
    said = {"stage": Stage.AWAITING_SIGN_OFF, "rating": rating, "narrative": narrative}
    if not _sent_before(action, version, by, said):
        _require_stage(action, MAY_BE_CLAIMED, version, ALREADY)
        _require_evidence(action, on=on)
    return _append(action, version, "claim_complete", said, by=by, on=on, kept_because=kept_because)


@transaction.atomic
def sign_off(
    *,
    action: Action,
    version: int,
    rating: Rating | None,
    narrative: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> ProgressUpdate:
    """Agree that an action is complete. Raises OwnWork for whoever claimed it or leads it."""
    _require_another(action, by, on=on)
    one_at_a_time(action)
    said = {"stage": Stage.COMPLETE, "rating": rating, "narrative": narrative}
    if not _sent_before(action, version, by, said):
        _require_stage(action, CLAIMED, version, NO_CLAIM)
        _require_evidence(action, on=on)
    return _append(action, version, "sign_off", said, by=by, on=on, kept_because=kept_because)


@transaction.atomic
def return_claim(
    *,
    action: Action,
    version: int,
    rating: Rating | None,
    reason: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> ProgressUpdate:
    """Send a claim back with a reason. The action is in progress again."""
    _require_another(action, by, on=on)
    require_words("reason", reason, "Say what is missing, so that the lead officer knows what to do.")
    said = {"stage": Stage.IN_PROGRESS, "rating": rating, "narrative": reason}
    if not _sent_before(action, version, by, said):
        _require_stage(action, CLAIMED, version, NO_CLAIM)
    return _append(
        action, version, "return_claim", said, by=by, on=on, reason=reason, kept_because=kept_because
    )


@transaction.atomic
def reopen(
    *,
    action: Action,
    version: int,
    rating: Rating | None,
    reason: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> ProgressUpdate:
    """Take up again, with a reason, an action that was complete or withdrawn.

    What was withdrawn comes back only by those who may withdraw: it is the plan that changes.
    """
    require_update(by, action, on=on)
    require_words("reason", reason, "Say why it is reopened.")
    said = {"stage": Stage.IN_PROGRESS, "rating": rating, "narrative": reason}
    if not _sent_before(action, version, by, said):
        latest = _require_stage(action, ENDED, version, "This action is not complete or withdrawn.")
        if latest and latest.stage == Stage.WITHDRAWN:
            require(by, Verb.KEEP_PLAN, action.recommendation.plan.council)
    return _append(action, version, "reopen", said, by=by, on=on, reason=reason, kept_because=kept_because)


@transaction.atomic
def withdraw(
    *, action: Action, version: int, reason: str, by: User, on: date, kept_because: str = ""
) -> ProgressUpdate:
    """Take an action out of what is to be done, with a reason. It keeps its rating, and stays in the history."""
    require_in_plan(by, Verb.KEEP_PLAN, action.recommendation.plan, on=on)
    require_words("reason", reason, "Say why it is withdrawn.")
    one_at_a_time(action)
    latest = ProgressUpdate.objects.last_of(action)
    said = {"stage": Stage.WITHDRAWN, "rating": latest.rating if latest else None, "narrative": reason}
    if not _sent_before(action, version, by, said):
        _require_stage(action, MAY_BE_WITHDRAWN, version, ALREADY)
    return _append(action, version, "withdraw", said, by=by, on=on, reason=reason, kept_because=kept_because)


def may_sign_off(user: User, action: Action, *, on: date) -> bool:
    """Whether it would not be the user's own work; what the role allows is asked of the permissions."""
    return user.pk not in _claimants(action) and not leads(user, action, on=on)


def may_reopen(user: User, action: Action, *, stage: str, on: date) -> bool:
    """Whether the user may take up again an action that ended in this stage."""
    council = action.recommendation.plan.council
    if stage == Stage.WITHDRAWN:
        return may(user, Verb.KEEP_PLAN, council)
    return updatable_by(user, council, on=on).covers(action)


def has_evidence(action: Action, *, on: date) -> bool:
    """Whether anything shows that the action is complete, exempt or not."""
    return Evidence.objects.of_action(action).standing(on=on).exists()


def _require_another(action: Action, by: User, *, on: date) -> None:
    require_in_plan(by, Verb.SIGN_OFF, action.recommendation.plan, on=on)
    if not may_sign_off(by, action, on=on):
        raise OwnWork("You claimed or lead this action. Somebody else has to sign it off or return it.")


def _claimants(action: Action) -> set[int | None]:
    """Everybody who said anything while the claim stands."""
    authors: set[int | None] = set()
    for update in ProgressUpdate.objects.filter(action=action).order_by("-sequence"):
        if update.stage != Stage.AWAITING_SIGN_OFF:
            break
        authors.add(update.by_id)
    return authors


def _sent_before(action: Action, version: int, by: User, said: dict[str, Any]) -> bool:
    latest = ProgressUpdate.objects.last_of(action)
    return updates.is_sent_again(latest, version, by, forecast_on=None, **said)


def _require_stage(
    action: Action, stages: tuple[str, ...], version: int, otherwise: str
) -> ProgressUpdate | None:
    """The last update, if the action is in one of the stages. Somebody else's step in between is told as such."""
    latest = ProgressUpdate.objects.last_of(action)
    stage = latest.stage if latest else Stage.NOT_STARTED.value
    if stage not in stages:
        if version != (latest.sequence if latest else updates.NOTHING_SAID):
            raise updates.UpdatedMeanwhile(latest)
        raise NotInStage(otherwise.format(Stage(stage).label.lower()))
    return latest


def _require_evidence(action: Action, *, on: date) -> None:
    # Locked, where the database locks rows: what is counted on cannot be withdrawn before this is saved.
    if Evidence.objects.of_action(action).standing(on=on).select_for_update().first() is None:
        raise EvidenceMissing(
            "Add at least one piece of evidence first: nothing shows yet that it is complete."
        )


def _append(
    action: Action,
    version: int,
    verb: str,
    said: dict[str, Any],
    *,
    by: User,
    on: date,
    reason: str = "",
    kept_because: str,
) -> ProgressUpdate:
    latest = ProgressUpdate.objects.last_of(action)
    careful.check(said["narrative"], kept_because=kept_because, before=latest.narrative if latest else "")
    return updates.append(
        action, version, verb, by=by, on=on, reason=reason, kept_because=kept_because, latest=latest, **said
    )
