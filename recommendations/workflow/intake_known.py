"""What the steps of an intake share: what is known of the council, how an intake changes, what its file says otherwise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from improvement import ledger
from improvement.models import Change, Council, Plan, RatingScale, User
from recommendations.intake import checking, comparing, written
from recommendations.intake.columns import Meaning
from recommendations.intake.difference import Difference
from recommendations.intake.held import held, hold
from recommendations.intake.known import Known
from recommendations.intake.plan_read import PlanRead
from recommendations.models import Intake, IntakeState

# The verb under which the ledger has what was loaded.
LOAD = "load_intake"


class ChangedMeanwhile(Exception):
    """Somebody changed the intake, or the plan, since the page was opened. Nothing was saved."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or "Somebody changed this while you were looking at it. Nothing was saved: look at it as it is now."
        )


class BadRows(ValidationError):
    """Some of what was understood breaks a rule; carries every place of it. Nothing was saved."""

    def __init__(self, faults: Sequence[checking.Fault]) -> None:
        super().__init__([f"{each.subject}, {each.part}: {each.reason}" for each in faults])
        self.faults = tuple(faults)


def differences_of(intake: Intake, *, on: date) -> tuple[Difference, ...]:
    """What the file says otherwise than the plan that it goes into; nothing for a new plan."""
    return compared_of(intake, understood(intake), on=on).differences


def compared_of(intake: Intake, read: PlanRead, *, on: date) -> comparing.Compared:
    """The same of what was understood already, and how much of the plan the file holds."""
    if intake.plan is None:
        return comparing.Compared((), "")
    return comparing.compare(read, intake.plan, base=base_of(intake.plan), on=on)


def base_of(plan: Plan) -> comparing.Base | None:
    """The last file of the council's own of which something was loaded into a plan: what a newer one started from.

    Waymark's own files say themselves what they started from. One of which nothing was taken over counts for nothing, so
    that what it says is offered again.
    """
    loaded = Intake.objects.loaded_into(plan)
    idle = Change.objects.filter(
        subject=Intake._meta.label_lower,
        subject_id__in=loaded.order_by().values("pk"),
        verb=LOAD,
        after__differences=0,
    )
    of_use = loaded.filter(understood__isnull=False).exclude(pk__in=idle.order_by().values("subject_id"))
    for at, as_written in of_use.values_list("loaded_at", "understood").iterator(chunk_size=1):
        read = written.plan_from(as_written)
        if at and not comparing.is_ours(read):
            return comparing.Base(read, at)
    return None


def understood(intake: Intake) -> PlanRead:
    """The plan as understood and mended, from memory where this process has it."""
    plan = held(intake)
    if plan is None:
        if intake.understood is None:
            raise ChangedMeanwhile("The file is still being read.")
        plan = written.plan_from(intake.understood)
        hold(intake, plan)
    return plan


def known_of(intake: Intake, *, on: date) -> Known:
    """What the council has already, as far as it helps to understand its file."""
    scale = intake.plan.rating_scale if intake.plan else RatingScale.objects.default()
    ratings = scale.ratings.order_by("position").values_list("slug", "letter", "word", "colour", "counts_as")
    posts = intake.council.lead_officers.values_list("abbreviation", "title")
    return Known(posts=tuple(posts), ratings=tuple(ratings), on=on)


def remembered_by(council: Council) -> dict[str, Meaning]:
    """What the council's headings stood for before."""
    known = {meaning.value for meaning in Meaning}
    rows = council.remembered_columns.values_list("heading", "meaning")
    return {heading: Meaning(meaning) for heading, meaning in rows if meaning in known}


def mended_now(intake: Intake) -> dict[str, Any]:
    """What people typed and ticked, as the database has it; nobody else changes it before this transaction ends."""
    locked = Intake.objects.select_for_update().filter(pk=intake.pk)
    return dict(locked.values_list("mended", flat=True).get())


def change(intake: Intake, version: int, **fields: Any) -> None:
    """Change an intake that is as its writer saw it, and can still be changed."""
    changed = Intake.objects.filter(pk=intake.pk, version=version, state=IntakeState.UNDERSTOOD)
    if not changed.update(version=version + 1, **fields):
        raise ChangedMeanwhile
    taken_on(intake, version=version + 1, **fields)


def taken_on(intake: Intake, **fields: Any) -> None:
    """What was just saved of it. Not read again: the rows of the file and of the plan are thousands."""
    for name, value in fields.items():
        setattr(intake, name, value)


def record(
    intake: Intake,
    verb: str,
    after: dict[str, Any],
    *,
    by: User,
    on: date,
    before: dict[str, Any] | None = None,
) -> None:
    ledger.record(
        by=by,
        on=on,
        council=intake.council,
        verb=verb,
        subject=intake,
        before=before or {},
        after=after,
    )
