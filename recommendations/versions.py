"""Which version of a plan stood on a day, who had signed it off, and whether the plan has moved on since."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from improvement.models import Plan, PlanVersion, SignOff
from recommendations.models import Action, DueDateChange, ProgressUpdate, Recommendation, Rewording, Stage


class PlanState(TextChoices):
    """A plan is a draft until a version is agreed, and revised once it no longer says what that version says."""

    DRAFT = "draft", "Draft"
    AGREED = "agreed", "Agreed"
    REVISED = "revised", "Revised since it was agreed"
    CLOSED = "closed", "Closed"


@dataclass(frozen=True)
class VersionStanding:
    """A version and who had signed it off by a day."""

    version: PlanVersion
    sign_offs: tuple[SignOff, ...]


@dataclass(frozen=True)
class PlanStanding:
    """The state of a plan on a day, its latest agreed version and the earlier ones."""

    state: PlanState
    versions: tuple[VersionStanding, ...]

    @property
    def latest(self) -> VersionStanding | None:
        return self.versions[0] if self.versions else None


def of(plan: Plan, *, on: date) -> PlanStanding:
    """In two queries, and a few more where a version was agreed."""
    versions = list(PlanVersion.objects.for_plan(plan).agreed_by(on=on).without_content())
    signed = list(SignOff.objects.filter(version__in=versions).signed_by(on=on))
    return PlanStanding(
        _state(plan, versions, on),
        tuple(
            VersionStanding(version, tuple(sign for sign in signed if sign.version_id == version.pk))
            for version in versions
        ),
    )


def _state(plan: Plan, versions: list[PlanVersion], on: date) -> PlanState:
    if plan.is_closed(on):
        return PlanState.CLOSED
    if not versions:
        return PlanState.DRAFT
    return PlanState.REVISED if _revised(plan, versions[0].agreed_on, on) else PlanState.AGREED


def _revised(plan: Plan, since: date, on: date) -> bool:
    """Whether what is to be done, or by when, changed after a day. How it goes does not change a plan."""
    of_plan = {"action__recommendation__plan": plan}
    return (
        Action.objects.for_plan(plan).filter(added_on__gt=since, added_on__lte=on).exists()
        or Recommendation.objects.for_plan(plan).filter(raised_on__gt=since, raised_on__lte=on).exists()
        or Rewording.objects.filter(**of_plan, on__gt=since, on__lte=on).exists()
        or DueDateChange.objects.filter(**of_plan).agreed(on=on).filter(decided_on__gt=since).exists()
        or ProgressUpdate.objects.filter(**of_plan, stage=Stage.WITHDRAWN, on__gt=since, on__lte=on).exists()
    )
