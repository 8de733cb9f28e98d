"""Saying how an action stands."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from improvement import ledger
from improvement.models import Rating, User
from recommendations.models import Action, ProgressUpdate, Stage
from recommendations.models.action import ENDED
from recommendations.workflow import careful
from recommendations.workflow.access import fit, require_update, require_words
from recommendations.workflow.plan import from_file

NOTHING_SAID = 0
# What an update may say; the other stages are reached by a step of their own.
SAID_FREELY = (Stage.NOT_STARTED.value, Stage.IN_PROGRESS.value, Stage.ON_HOLD.value)


class UpdatedMeanwhile(Exception):
    """Somebody else updated the action since the form was opened; carries what they said."""

    def __init__(self, theirs: ProgressUpdate | None) -> None:
        super().__init__(
            "Somebody else updated this action while you were writing. Nothing of yours was lost."
        )
        self.theirs = theirs
        self.version = theirs.sequence if theirs else NOTHING_SAID


def stages_open_to(latest: ProgressUpdate | None) -> tuple[str, ...]:
    """The stages that an update may say: while an action awaits sign-off, that it still does."""
    if latest and latest.stage == Stage.AWAITING_SIGN_OFF:
        return (*SAID_FREELY, Stage.AWAITING_SIGN_OFF.value)
    return SAID_FREELY


@transaction.atomic
def post_update(
    *,
    action: Action,
    version: int,
    stage: str,
    rating: Rating | None,
    narrative: str,
    forecast_on: date | None,
    source: str = "",
    file: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> ProgressUpdate:
    """Say how an action stands. `version` is the sequence of the last update that the writer saw, 0 for none.

    Where it was written in a file, `source` is the file's name and `file` its SHA-256.

    Raises UpdatedMeanwhile when another update came between, ValidationError when a rule is broken, and
    LooksLikeChildRecord unless `kept_because` says why such words may stay. The same words sent twice by the same
    person, as by a double click, make one update.
    """
    require_update(by, action, on=on)
    latest = ProgressUpdate.objects.last_of(action)
    said: dict[str, Any] = {
        "stage": stage,
        "rating": rating,
        "narrative": narrative,
        "forecast_on": forecast_on,
    }
    if not is_sent_again(latest, version, by, **said):
        _check_stage(stage, latest)
    careful.check(narrative, kept_because=kept_because, before=latest.narrative if latest else "")
    return append(
        action,
        version,
        "post_update",
        by=by,
        on=on,
        source=source,
        file=file,
        kept_because=kept_because,
        latest=latest,
        **said,
    )


def is_sent_again(latest: ProgressUpdate | None, version: int, by: User, **said: Any) -> bool:
    """Whether the last update is what somebody now sends once more, as by a double click."""
    return bool(latest and latest.sequence == version + 1 and latest.by == by and latest.says(**said))


def append(
    action: Action,
    version: int,
    verb: str,
    *,
    by: User | None,
    on: date,
    source: str = "",
    file: str = "",
    reason: str = "",
    kept_because: str = "",
    stage: str,
    rating: Rating | None,
    narrative: str,
    forecast_on: date | None = None,
    latest: ProgressUpdate | None = None,
) -> ProgressUpdate:
    """Add the next update of an action, with its row in the ledger. Every stage is reached through here or, where a paper
    gives it, by `taking_over.take_over`.

    Without an account behind it, `by` is None and `source` says whose words they are. `latest` is the last update where
    it was read already: if another has come since, its place in the sequence is taken, and that is found out below.
    """
    latest = latest or ProgressUpdate.objects.last_of(action)
    narrative = fit(narrative)
    said: dict[str, Any] = {
        "stage": stage,
        "rating": rating,
        "narrative": narrative,
        "forecast_on": forecast_on,
    }
    check_words(action, rating, narrative, on, latest)
    update = _next(action, version, latest, on=on, by=by, source=source, **said)
    if update is None:
        theirs = ProgressUpdate.objects.last_of(action)
        if theirs and (theirs.by, theirs.source) == (by, source) and theirs.says(**said):
            return theirs
        raise UpdatedMeanwhile(theirs)
    ledger.record(
        by=by,
        on=on,
        council=action.recommendation.plan.council,
        verb=verb,
        subject=action,
        before=said_of(latest),
        after={**said_of(update), **(careful.kept(kept_because) if reason else {}), **from_file(file)},
        reason=reason or kept_because,
    )
    return update


def _next(action: Action, version: int, latest: ProgressUpdate | None, **said: Any) -> ProgressUpdate | None:
    """The next update in sequence; None where somebody else's has taken its place."""
    if version != (latest.sequence if latest else NOTHING_SAID):
        return None
    try:
        with transaction.atomic():
            return ProgressUpdate.objects.create(action=action, sequence=version + 1, **said)
    except IntegrityError:
        # On PostgreSQL two may have read the same last update; the database lets one of them have the next place.
        return None


def _check_stage(stage: str, latest: ProgressUpdate | None) -> None:
    if latest and latest.stage in ENDED:
        raise ValidationError(f"This action is {Stage(latest.stage).label.lower()}. Reopen it to update it.")
    if stage not in Stage.values:
        raise ValidationError({"stage": "Choose one of the stages."})
    if stage not in stages_open_to(latest):
        raise ValidationError(
            {"stage": "An update cannot say this. Claim that the action is complete, or have it withdrawn."}
        )


def check_words(
    action: Action, rating: Rating | None, narrative: str, on: date, latest: ProgressUpdate | None
) -> None:
    if rating is not None and rating.scale_id != action.recommendation.plan.rating_scale_id:
        raise ValidationError({"rating": "Choose a rating from this plan's own key."})
    require_words("narrative", narrative, "Say in a sentence or two how the action stands.")
    if on < action.added_on:
        raise ValidationError("The plan did not have this action on that day.")
    if latest and on < latest.on:
        raise ValidationError(f"Something was said already on a later day, {latest.on:%-d %B %Y}.")


def said_of(update: ProgressUpdate | None) -> dict[str, object]:
    if update is None:
        return {}
    return {
        "sequence": update.sequence,
        "stage": update.stage,
        "rating": update.rating.slug if update.rating else None,
        "narrative": update.narrative,
        "forecast_on": update.forecast_on,
    }
