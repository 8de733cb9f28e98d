"""Which version of a plan stood on a day, who had signed it off, and whether the plan has moved on since."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from improvement.models import Plan, PlanVersion, SignOff
from recommendations import contents


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
    standing = agreed(plan, on=on)
    return PlanStanding(_state(plan, standing, on), standing)


def agreed(plan: Plan, *, on: date) -> tuple[VersionStanding, ...]:
    """The versions agreed by a day, the latest first."""
    versions = list(PlanVersion.objects.for_plan(plan).agreed_by(on=on).without_content())
    signed = list(SignOff.objects.filter(version__in=versions).signed_by(on=on))
    return tuple(
        VersionStanding(version, tuple(sign for sign in signed if sign.version_id == version.pk))
        for version in versions
    )


def _state(plan: Plan, versions: tuple[VersionStanding, ...], on: date) -> PlanState:
    if plan.is_closed(on):
        return PlanState.CLOSED
    if not versions:
        return PlanState.DRAFT
    return PlanState.AGREED if _still_says_it(plan, versions[0].version, on) else PlanState.REVISED


def _still_says_it(plan: Plan, version: PlanVersion, on: date) -> bool:
    """Held word for word against what was agreed: a plan may be agreed and reworded on one day."""
    try:
        agreed = contents.of_version(version)
    except contents.NotAsAgreed:
        return False
    return contents.of(plan, on=on).says_the_same_as(agreed)
