"""Every change to what is recommended and done. Forms, lists, imports and commands call only these."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from improvement import ledger
from improvement.models import Council, LeadOfficer, Rating, User
from improvement.permissions import Verb, may, require
from recommendations.models import Action, ProgressUpdate, Stage

LONGEST_NARRATIVE = 5000
NOTHING_SAID = 0


class UpdatedMeanwhile(Exception):
    """Somebody else updated the action since the form was opened; carries what they said."""

    def __init__(self, theirs: ProgressUpdate | None) -> None:
        super().__init__(
            "Somebody else updated this action while you were writing. Nothing of yours was lost."
        )
        self.theirs = theirs
        self.version = theirs.sequence if theirs else NOTHING_SAID


@dataclass(frozen=True)
class Updatable:
    """The actions of a council that a user may update: any, or those of the posts held."""

    any: bool
    posts: frozenset[int]

    def covers(self, action: Action) -> bool:
        return self.any or any(lead.lead_officer_id in self.posts for lead in action.leads.all())


def updatable_by(user: User, council: Council, *, on: date) -> Updatable:
    """Board members and plan administrators any action; lead officers those of posts that they hold on the day."""
    if may(user, Verb.UPDATE_ANY, council):
        return Updatable(any=True, posts=frozenset())
    if not may(user, Verb.UPDATE_OWN, council):
        return Updatable(any=False, posts=frozenset())
    held = LeadOfficer.objects.visible_to(user).filter(council=council).held_by(user, on=on)
    return Updatable(any=False, posts=frozenset(held.values_list("pk", flat=True)))


@transaction.atomic
def post_update(
    *,
    action: Action,
    version: int,
    stage: str,
    rating: Rating | None,
    narrative: str,
    forecast_on: date | None,
    by: User,
    on: date,
) -> ProgressUpdate:
    """Say how an action stands. `version` is the sequence of the last update that the writer saw, 0 for none.

    Raises UpdatedMeanwhile when another update came between, ValidationError when a rule is broken. The same words
    sent twice by the same person, as by a double click, make one update.
    """
    plan = action.recommendation.plan
    require(by, Verb.UPDATE_OWN, plan.council)
    if not updatable_by(by, plan.council, on=on).covers(action):
        raise PermissionDenied("You can update only the actions of posts that you hold.")
    latest = ProgressUpdate.objects.last_of(action)
    _check_update(action, stage, rating, narrative, on, latest)
    said: dict[str, Any] = {
        "stage": stage,
        "rating": rating,
        "narrative": narrative,
        "forecast_on": forecast_on,
    }
    update = _append(action, version, latest, on=on, by=by, **said)
    if update is None:
        theirs = ProgressUpdate.objects.last_of(action)
        if theirs and theirs.by == by and theirs.says(**said):
            return theirs
        raise UpdatedMeanwhile(theirs)
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="post_update",
        subject=action,
        before=_said(latest),
        after=_said(update),
    )
    return update


def _append(
    action: Action, version: int, latest: ProgressUpdate | None, **said: Any
) -> ProgressUpdate | None:
    """The next update in sequence; None where somebody else's has taken its place."""
    if version != (latest.sequence if latest else NOTHING_SAID):
        return None
    try:
        with transaction.atomic():
            return ProgressUpdate.objects.create(action=action, sequence=version + 1, **said)
    except IntegrityError:
        # On PostgreSQL two may have read the same last update; the database lets one of them have the next place.
        return None


def _check_update(
    action: Action,
    stage: str,
    rating: Rating | None,
    narrative: str,
    on: date,
    latest: ProgressUpdate | None,
) -> None:
    if stage not in Stage.values:
        raise ValidationError({"stage": "Choose one of the stages."})
    if rating is not None and rating.scale_id != action.recommendation.plan.rating_scale_id:
        raise ValidationError({"rating": "Choose a rating from this plan's own key."})
    if not narrative.strip():
        raise ValidationError({"narrative": "Say in a sentence or two how the action stands."})
    if len(narrative) > LONGEST_NARRATIVE:
        raise ValidationError({"narrative": f"Keep the update under {LONGEST_NARRATIVE:,} characters."})
    if on < action.added_on:
        raise ValidationError("The plan did not have this action on that day.")
    if latest and on < latest.on:
        raise ValidationError(f"Something was said already on a later day, {latest.on:%-d %B %Y}.")


def _said(update: ProgressUpdate | None) -> dict[str, object]:
    if update is None:
        return {}
    return {
        "sequence": update.sequence,
        "stage": update.stage,
        "rating": update.rating.slug if update.rating else None,
        "narrative": update.narrative,
        "forecast_on": update.forecast_on,
    }
