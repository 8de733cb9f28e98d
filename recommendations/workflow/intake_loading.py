"""Loading what was understood from a file: all of it or nothing, once, and only as it was shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.module_loading import import_string

from improvement import clock
from improvement.models import Plan, User
from improvement.permissions import Verb, require
from recommendations.intake import checking
from recommendations.intake.difference import Difference, is_among
from recommendations.intake.plan_read import PlanRead
from recommendations.models import Intake, IntakeState
from recommendations.workflow import careful
from recommendations.workflow.access import require_open
from recommendations.workflow.applying import apply, written_by
from recommendations.workflow.handing_over import HandedOverMeanwhile
from recommendations.workflow.intake_known import (
    LOAD,
    BadRows,
    ChangedMeanwhile,
    change,
    differences_of,
    known_of,
    record,
    understood,
)
from recommendations.workflow.loading import Origin, load_new, written_of
from recommendations.workflow.plan import RewordedMeanwhile
from recommendations.workflow.taking_over import nobody
from recommendations.workflow.updates import UpdatedMeanwhile

LOAD_FILE = "recommendations.intake.job.load_file"
MOVED = (
    "The plan was changed since the differences were shown. Nothing was loaded: look at them as they are now."
)
# Told how much is written, and of how much.
OnCount = Callable[[int, int], None]


@transaction.atomic
def ask_to_load(
    *,
    intake: Intake,
    version: int,
    chosen: frozenset[str] | None,
    kept_because: str = "",
    by: User,
    on: date,
) -> Intake:
    """Have it loaded as a job. What can be known to be refused is refused at once, as `load_intake` would."""
    require(by, Verb.KEEP_PLAN, intake.council)
    read = understood(intake)
    _check(intake, read, _chosen(intake, read, chosen, on=on))
    looked = [each.suspicion for each in checking.looks_like_children(read)]
    if looked and intake.plan is None and not kept_because.strip():
        raise careful.LooksLikeChildRecord(tuple(dict.fromkeys(looked)))
    change(intake, version, state=IntakeState.LOADING, saying="Loading", problem="")
    keys = None if chosen is None else sorted(chosen)
    import_string(LOAD_FILE).enqueue(
        intake.pk, version=intake.version, chosen=keys, kept_because=kept_because, by=by.pk, on=on.isoformat()
    )
    return intake


@transaction.atomic
def load_intake(
    *,
    intake: Intake,
    version: int,
    chosen: frozenset[str] | None,
    kept_because: str = "",
    by: User,
    on: date,
    on_count: OnCount | None = None,
) -> Plan:
    """Load what was understood and mended: a new plan whole, or of a newer file the `chosen` differences; all or nothing.

    `chosen` are keys of `differences_of`, None for those that are ticked at first. Raises ChangedMeanwhile where the
    intake or what was chosen is no longer as it was shown, BadRows where a rule is broken, LooksLikeChildRecord where
    words want a reason. Loaded a second time, as by a double click, it changes nothing.
    """
    require(by, Verb.KEEP_PLAN, intake.council)
    claimed = Intake.objects.filter(
        pk=intake.pk, version=version, state__in=(IntakeState.UNDERSTOOD, IntakeState.LOADING)
    )
    if not claimed.update(version=version + 1):
        now = Intake.objects.select_related("plan").get(pk=intake.pk)
        if now.plan and now.version == version + 1 and now.was_said_by(by, on):
            return now.plan
        raise ChangedMeanwhile
    intake.refresh_from_db()
    read = understood(intake)
    found = _chosen(intake, read, chosen, on=on)
    _check(intake, read, found)
    of = written_by(found) if intake.plan else written_of(*read.recommendations)
    told = _Tally(of, on_count).add if on_count else nobody
    plan = _write(intake, read, found, Origin(intake.name, intake.sha256, by, on, kept_because, told))
    # Of a plan that was made of it the whole file was loaded, and no difference.
    count = {"differences": len(found)} if intake.plan else {}
    _loaded(intake, plan, count, by=by, on=on, kept_because=kept_because)
    return plan


def _write(intake: Intake, read: PlanRead, found: Sequence[Difference], origin: Origin) -> Plan:
    plan = intake.plan
    if plan is None:
        return load_new(
            read=read, council=intake.council, name=intake.plan_name, slug=intake.plan_slug, origin=origin
        )
    require_open(plan, on=origin.on)
    try:
        apply(read=read, plan=plan, chosen=found, origin=origin)
    except (UpdatedMeanwhile, RewordedMeanwhile, HandedOverMeanwhile) as error:
        raise ChangedMeanwhile(MOVED) from error
    return plan


@dataclass
class _Tally:
    """Adds up what is written, and says so. Where loading fails it was all in vain; whoever shows it says that."""

    of: int
    on_count: OnCount
    done: int = 0

    def add(self, count: int) -> None:
        self.done += count
        self.on_count(self.done, self.of)


def _chosen(
    intake: Intake, read: PlanRead, chosen: frozenset[str] | None, *, on: date
) -> tuple[Difference, ...]:
    """The differences to apply, found anew: one that is not there any more was changed since it was shown."""
    if intake.plan is None:
        if intake.council.plans.filter(slug=intake.plan_slug).exists():
            raise ChangedMeanwhile("Somebody made a plan at this address meanwhile. Nothing was loaded.")
        return ()
    found = differences_of(intake, on=on)
    if chosen is None:
        return tuple(each for each in found if each.chosen)
    if chosen - {each.key for each in found}:
        raise ChangedMeanwhile(MOVED)
    wanted = tuple(each for each in found if each.key in chosen)
    if not all(each.may_be_chosen for each in wanted):
        raise ValidationError("Something was chosen that is only shown.")
    return wanted


def _check(intake: Intake, read: PlanRead, chosen: Sequence[Difference]) -> None:
    """Every fault at once, of what is to be loaded."""
    ratings = frozenset(slug for slug, *_ in known_of(intake, on=intake.begun_on).ratings)
    wanted = {each.read_subject for each in chosen}
    faults = [
        each
        for each in checking.faults(read, ratings)
        if intake.plan is None or is_among(each.subject, wanted)
    ]
    if faults:
        raise BadRows(faults)


def _loaded(
    intake: Intake, plan: Plan, count: dict[str, int], *, by: User, on: date, kept_because: str
) -> None:
    fields: dict[str, Any] = {
        "state": IntakeState.LOADED,
        "plan": plan,
        "loaded_on": on,
        "loaded_at": clock.now(),
        "loaded_by": by,
        "saying": "",
        "problem": "",
    }
    Intake.objects.filter(pk=intake.pk).update(**fields)
    intake.refresh_from_db()
    after = {"plan": plan.slug, "sha256": intake.sha256, **count, **careful.kept(kept_because)}
    record(intake, LOAD, after, by=by, on=on)
