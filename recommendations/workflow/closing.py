"""Closing an action takes two people: one claims that it is complete and shows evidence, another signs it off."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.models import Rating, User
from improvement.permissions import Verb
from recommendations.models import Action, Evidence, ProgressUpdate, Stage
from recommendations.models.action import ENDED
from recommendations.workflow import careful, updates
from recommendations.workflow.access import OwnWork, leads, require_in_plan, require_update, require_words

MAY_BE_CLAIMED = updates.SAID_FREELY


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

    Raises EvidenceMissing while nothing shows it, NotInStage where it is complete, withdrawn or claimed already.
    """
    require_update(by, action, on=on)
    latest = _latest_in(action, MAY_BE_CLAIMED, version, "This action is already {}.")
    _require_evidence(action, on=on)
    careful.check(narrative, kept_because=kept_because, before=latest.narrative if latest else "")
    return updates.append(
        action,
        version,
        "claim_complete",
        by=by,
        on=on,
        reason=kept_because,
        stage=Stage.AWAITING_SIGN_OFF,
        rating=rating,
        narrative=narrative,
    )


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
    latest = _latest_in(action, (Stage.AWAITING_SIGN_OFF,), version, "Nobody claims that this is complete.")
    _require_evidence(action, on=on)
    careful.check(narrative, kept_because=kept_because, before=latest.narrative if latest else "")
    return updates.append(
        action,
        version,
        "sign_off",
        by=by,
        on=on,
        reason=kept_because,
        stage=Stage.COMPLETE,
        rating=rating,
        narrative=narrative,
    )


@transaction.atomic
def return_claim(
    *, action: Action, version: int, reason: str, by: User, on: date, kept_because: str = ""
) -> ProgressUpdate:
    """Send a claim back with a reason. The action is in progress again."""
    _require_another(action, by, on=on)
    require_words("reason", reason, "Say what is missing, so that the lead officer knows what to do.")
    latest = _latest_in(action, (Stage.AWAITING_SIGN_OFF,), version, "Nobody claims that this is complete.")
    careful.check(reason, kept_because=kept_because)
    return _back_to_work(action, version, "return_claim", latest, reason, by=by, on=on)


@transaction.atomic
def reopen(
    *, action: Action, version: int, reason: str, by: User, on: date, kept_because: str = ""
) -> ProgressUpdate:
    """Take up again, with a reason, an action that was complete or withdrawn."""
    require_update(by, action, on=on)
    require_words("reason", reason, "Say why it is reopened.")
    latest = _latest_in(action, ENDED, version, "This action is not complete or withdrawn.")
    careful.check(reason, kept_because=kept_because)
    return _back_to_work(action, version, "reopen", latest, reason, by=by, on=on)


@transaction.atomic
def withdraw(
    *, action: Action, version: int, reason: str, by: User, on: date, kept_because: str = ""
) -> ProgressUpdate:
    """Take an action out of what is to be done, with a reason. It stays in the plan's history."""
    require_in_plan(by, Verb.KEEP_PLAN, action.recommendation.plan, on=on)
    require_words("reason", reason, "Say why it is withdrawn.")
    open_stages = (*updates.SAID_FREELY, Stage.AWAITING_SIGN_OFF)
    latest = _latest_in(action, open_stages, version, "This action is already {}.")
    careful.check(reason, kept_because=kept_because)
    return updates.append(
        action,
        version,
        "withdraw",
        by=by,
        on=on,
        reason=reason,
        stage=Stage.WITHDRAWN,
        rating=latest.rating if latest else None,
        narrative=reason,
    )


def may_sign_off(user: User, action: Action, *, on: date) -> bool:
    """Whether it would not be the user's own work; what the role allows is asked of the permissions."""
    return user.pk not in _claimants(action) and not leads(user, action, on=on)


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


def _latest_in(
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
    if not Evidence.objects.of_action(action).standing(on=on).exists():
        raise EvidenceMissing(
            "Add at least one piece of evidence first: nothing shows yet that it is complete."
        )


def _back_to_work(
    action: Action,
    version: int,
    verb: str,
    latest: ProgressUpdate | None,
    reason: str,
    *,
    by: User,
    on: date,
) -> ProgressUpdate:
    return updates.append(
        action,
        version,
        verb,
        by=by,
        on=on,
        reason=reason,
        stage=Stage.IN_PROGRESS,
        rating=latest.rating if latest else None,
        narrative=reason,
    )
