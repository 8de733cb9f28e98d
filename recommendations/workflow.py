"""Every change to what is recommended and done. Forms, lists, imports and commands call only these."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F

from improvement import ledger
from improvement.models import Council, LeadOfficer, Rating, User
from improvement.permissions import Verb, may, require
from recommendations.models import Action, ProgressUpdate, Stage

LONGEST_NARRATIVE = 5000


class UpdatedMeanwhile(Exception):
    """Somebody else updated the action since the form was opened; carries what they said."""

    def __init__(self, theirs: ProgressUpdate | None, version: int) -> None:
        super().__init__(
            "Somebody else updated this action while you were writing. Nothing of yours was lost."
        )
        self.theirs = theirs
        self.version = version


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
    """Say how an action stands. `version` is the one that the writer saw.

    Raises UpdatedMeanwhile when another update came between, ValidationError when a rule is broken. The same words
    sent twice by the same person, as by a double click, make one update.
    """
    plan = action.recommendation.plan
    require(by, Verb.UPDATE_OWN, plan.council)
    if not updatable_by(by, plan.council, on=on).covers(action):
        raise PermissionDenied("You can update only the actions of posts that you hold.")
    _check_update(action, stage, rating, narrative, on)
    moved = Action.objects.filter(pk=action.pk, version=version).update(version=F("version") + 1)
    latest = (
        ProgressUpdate.objects.filter(action=action)
        .select_related("rating", "by")
        .order_by("-sequence")
        .first()
    )
    if not moved:
        if latest and latest.by == by and latest.says(stage, rating, narrative, forecast_on):
            return latest
        raise UpdatedMeanwhile(latest, Action.objects.values_list("version", flat=True).get(pk=action.pk))
    update = ProgressUpdate.objects.create(
        action=action,
        sequence=latest.sequence + 1 if latest else 1,
        on=on,
        stage=stage,
        rating=rating,
        narrative=narrative,
        forecast_on=forecast_on,
        by=by,
    )
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


def _check_update(action: Action, stage: str, rating: Rating | None, narrative: str, on: date) -> None:
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
