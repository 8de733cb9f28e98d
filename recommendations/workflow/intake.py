"""A plan's file on its way in: begun, its columns chosen, values put right, loaded whole or not at all, or left.

`intake_reading` says what is in the file; here is what people do with it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.module_loading import import_string

from improvement.models import Council, Plan, User
from improvement.permissions import Verb, require
from improvement.stored_files import FileRefused, Stored, store
from recommendations.intake import reading, written
from recommendations.intake.columns import Meaning, TableMapping, heading_key
from recommendations.intake.header_rows import Heads
from recommendations.intake.held import hold
from recommendations.intake.mending import NotMended, mended, typed
from recommendations.models import Intake, IntakeState, RememberedColumn
from recommendations.models.intake import OPEN
from recommendations.workflow.access import fit, require_open
from recommendations.workflow.beginning import LONGEST_NAME, check_slug
from recommendations.workflow.intake_choosing import keep_ticks, ticks_of
from recommendations.workflow.intake_known import (
    BadRows,
    ChangedMeanwhile,
    base_of,
    change,
    compared_of,
    differences_of,
    known_of,
    mended_now,
    record,
    remembered_by,
    understood,
)
from recommendations.workflow.intake_loading import ask_to_load, load_intake

__all__ = [
    "BadRows",
    "ChangedMeanwhile",
    "ask_to_load",
    "base_of",
    "begin_intake",
    "check_target",
    "choose_columns",
    "compared_of",
    "differences_of",
    "keep_ticks",
    "known_of",
    "leave_intake",
    "load_intake",
    "mend",
    "remembered_by",
    "ticks_of",
    "understood",
]

FOLDER = "intakes"
LONGEST_FILE_NAME, LONGEST_HEADING = 120, 200
MOST_MENDED = 5000
READ_FILE = "recommendations.intake.job.read_file"


def begin_intake(
    *,
    council: Council,
    plan: Plan | None,
    plan_slug: str,
    plan_name: str,
    content: File[Any],
    name: str,
    by: User,
    on: date,
    at_once: bool = False,
) -> Intake:
    """Take a file in and have it read as a job, or `at_once` by the caller. The same file twice while one waits is one.

    Without a `plan` it becomes a new one of that name at that address. Raises FileRefused, ValidationError.
    """
    require(by, Verb.KEEP_PLAN, council)
    check_target(council, plan, plan_slug, plan_name, on)
    if (content.size or 0) > reading.LARGEST_MEGABYTES * 1024 * 1024:
        raise FileRefused(reading.TOO_LARGE)
    stored = store(content, FOLDER)
    intake = None
    try:
        intake = _begin(
            stored,
            at_once=at_once,
            council=council,
            plan=plan,
            plan_slug=plan.slug if plan else plan_slug,
            plan_name=plan.name if plan else plan_name.strip(),
            name=name[-LONGEST_FILE_NAME:],
            by=by,
            begun_on=on,
        )
    finally:
        # Without its row a file is nobody's.
        if intake is None or intake.file != stored.name:
            default_storage.delete(stored.name)
    return intake


@transaction.atomic
def _begin(stored: Stored, *, at_once: bool, **fields: Any) -> Intake:
    intake = Intake(file=stored.name, size=stored.size, sha256=stored.sha256, **fields)
    try:
        with transaction.atomic():
            intake.save(force_insert=True)
    except IntegrityError:
        same = Intake.objects.for_council(intake.council).waiting()
        found = same.filter(plan_slug=intake.plan_slug, sha256=stored.sha256).first()
        if found is None:
            raise
        return found
    record(
        intake,
        "begin_intake",
        {"plan": intake.plan_slug, "sha256": stored.sha256},
        by=intake.by,
        on=intake.begun_on,
    )
    if not at_once:
        # A job in the same transaction: there is never a file that nobody will read.
        import_string(READ_FILE).enqueue(intake.pk)
    return intake


@transaction.atomic
def choose_columns(
    *,
    intake: Intake,
    version: int,
    mapping: Sequence[TableMapping],
    at_once: bool = False,
    by: User,
    on: date,
) -> Intake:
    """Say what the file's columns are. With other columns it is understood anew; the council's headings are remembered."""
    require(by, Verb.KEEP_PLAN, intake.council)
    if intake.source is None:
        raise ChangedMeanwhile("The file is still being read.")
    source = written.source_from(intake.source)
    if [each.table for each in mapping] != list(range(len(source.tables))):
        raise ValidationError("Say of every table of the file what it is.")
    if not any({Meaning.ACTION, Meaning.RECOMMENDATION} & set(each.columns) for each in mapping):
        raise ValidationError("At least one column must hold the actions, or the recommendations.")
    before = intake.mapping
    # Where the proposal was right, it is understood already, and nobody has to wait for it again.
    same = bool(before) and written.mapping_from(before) == tuple(mapping)
    state = IntakeState.UNDERSTOOD if same else IntakeState.READING
    change(intake, version, mapping=written.as_json(tuple(mapping)), state=state, saying="")
    for each in mapping:
        heads = Heads.at(source.tables[each.table], each.headers)
        _remember(intake.council, {heads.heading(place): what for place, what in enumerate(each.columns)})
    after = {"columns": [list(each.columns) for each in mapping], "sha256": intake.sha256}
    record(intake, "choose_columns", after, by=by, on=on, before={"columns": _columns(before)})
    if not (at_once or same):
        import_string(READ_FILE).enqueue(intake.pk)
    return intake


@transaction.atomic
def mend(*, intake: Intake, version: int, key: str, value: str, by: User, on: date) -> Intake:
    """Put one value right. `key` names it as the preview does; `value` is as typed, read by the rules of the file."""
    require(by, Verb.KEEP_PLAN, intake.council)
    if len(intake.mended.get("typed", ())) >= MOST_MENDED:
        raise ValidationError("So much was put right by hand that the file itself had better be mended.")
    read, known, value = understood(intake), known_of(intake, on=on), fit(value)
    try:
        after = mended(read, [(key, value)], known)
    except NotMended as error:
        raise ValidationError({"value": str(error)}) from error
    # A list, since the order in which they were typed matters and a database need not keep that of keys.
    now = mended_now(intake)
    now["typed"] = [*now.get("typed", []), typed(read, key, value, known)]
    as_saved = written.plan_changed(intake.understood, read, after)
    change(intake, version, mended=now, understood=as_saved)
    transaction.on_commit(lambda: hold(intake, after))
    record(intake, "mend_intake", {"key": key, "value": value, "sha256": intake.sha256}, by=by, on=on)
    return intake


@transaction.atomic
def leave_intake(*, intake: Intake, by: User, on: date) -> Intake:
    """Put an intake aside. Its file stays as it came; nothing of it was loaded."""
    require(by, Verb.KEEP_PLAN, intake.council)
    left = Intake.objects.filter(pk=intake.pk, state__in=OPEN).update(
        state=IntakeState.LEFT, version=F("version") + 1
    )
    before = intake.state
    intake.refresh_from_db()
    if left:
        record(intake, "leave_intake", {"state": IntakeState.LEFT}, by=by, on=on, before={"state": before})
    elif intake.state != IntakeState.LEFT:
        raise ChangedMeanwhile
    return intake


def check_target(council: Council, plan: Plan | None, slug: str, name: str, on: date) -> None:
    """Raise ValidationError where a file cannot become a plan of this name at this address, or go into this plan."""
    if plan is not None:
        if plan.council_id != council.pk:
            raise ValidationError({"plan": f"Choose a plan of {council}."})
        require_open(plan, on=on)
        return
    if not name.strip() or len(name.strip()) > LONGEST_NAME[Plan]:
        raise ValidationError(
            {"plan_name": f"Give the plan a name of up to {LONGEST_NAME[Plan]} characters."}
        )
    check_slug(slug, "plan_slug")
    if council.plans.filter(slug=slug).exists():
        raise ValidationError({"plan_slug": f"{council} has a plan at the address {slug} already."})


def _remember(council: Council, headings: Mapping[str, Meaning]) -> None:
    for heading, meaning in headings.items():
        key = heading_key(heading)[:LONGEST_HEADING]
        if key:
            RememberedColumn.objects.update_or_create(
                council=council, heading=key, defaults={"meaning": meaning.value}
            )


def _columns(mapping: Any) -> Any:
    return [list(each.columns) for each in written.mapping_from(mapping)] if mapping else None
