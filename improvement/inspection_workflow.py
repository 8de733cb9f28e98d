"""Every change to inspections: the frameworks they follow, what they found, what the government did."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from improvement import ledger
from improvement.framework_text import FrameworkText
from improvement.models import (
    Area,
    Change,
    Council,
    Duty,
    Framework,
    Grade,
    Inspection,
    Intervention,
    Judgement,
    User,
)
from improvement.permissions import Verb, require, require_staff
from improvement.workflow import RecordedMeanwhile

# What of an intervention may change after it was recorded.
CHANGING = ("issued_on", "expected_months", "report_every", "report_unit", "ended_on")


@transaction.atomic
def add_framework(*, text: FrameworkText, by: User, on: date, **fields: Any) -> Framework:
    """Add an inspection regime; `fields` are its name, kind, inspectorates, dates and note."""
    require_staff(by)
    if not text.areas:
        raise ValidationError({"areas": "A framework judges at least one area."})
    framework = Framework(slug=_new_slug(fields["name"], Framework.objects.all()), **fields)
    _check(framework)
    framework.save()
    for scale in dict.fromkeys(grade.scale for grade in text.grades):
        steps = [grade for grade in text.grades if grade.scale == scale]
        for position, step in enumerate(steps, start=1):
            Grade.objects.create(
                framework=framework, scale=scale, slug=step.slug, name=step.name, position=position
            )
    made: dict[str, Area] = {}
    for position, line in enumerate(text.areas, start=1):
        part_of = made[line.part_of] if line.part_of else None
        words = {"slug": line.slug, "group": line.group, "name": line.name, "scale": line.scale}
        made[line.slug] = Area.objects.create(
            framework=framework, part_of=part_of, position=position, **words
        )
    for position, duty in enumerate(text.duties, start=1):
        Duty.objects.create(framework=framework, position=position, **vars(duty))
    ledger.record(
        by=by,
        on=on,
        council=None,
        verb="add_framework",
        subject=framework,
        before={},
        after={
            "slug": framework.slug,
            **fields,
            "areas": [str(area) for area in made.values()],
            "grades": [grade.name for grade in text.grades],
            "duties": [duty.name for duty in text.duties],
        },
    )
    return framework


@transaction.atomic
def add_inspection(
    *, council: Council, judgements: Mapping[Area, Grade], by: User, on: date, **fields: Any
) -> Inspection:
    """Record an inspection of a council with the grades it gave; `fields` are the inspection's own."""
    require(by, Verb.ADD_INSPECTION, council)
    if fields["started_on"] > on:
        raise ValidationError({"started_on": "An inspection is recorded once it has begun."})
    inspection = Inspection(
        council=council, slug=_new_slug(fields["name"], council.inspections.all()), **fields
    )
    _check(inspection)
    for area, grade in judgements.items():
        if area.framework_id != inspection.framework_id:
            raise ValidationError(f"{area} is no area of {inspection.framework}.")
        if (grade.framework_id, grade.scale) != (area.framework_id, area.scale):
            raise ValidationError(f"{grade} is no grade that {area} can have.")
    inspection.save()
    for area, grade in judgements.items():
        Judgement.objects.create(inspection=inspection, area=area, grade=grade)
    ledger.record(
        by=by,
        on=on,
        council=council,
        verb="add_inspection",
        subject=inspection,
        before={},
        after={
            "slug": inspection.slug,
            **fields,
            "framework": inspection.framework.slug,
            "judgements": {area.slug: grade.slug for area, grade in judgements.items()},
        },
    )
    return inspection


@transaction.atomic
def record_receipt(
    *, inspection: Inspection, received_on: date, received_note: str = "", by: User, on: date
) -> None:
    """Say on which day the council received the report, which starts the clock. Said once; raises RecordedMeanwhile."""
    require(by, Verb.KEEP_CLOCK, inspection.council)
    if not inspection.ended_on <= received_on <= on:
        raise ValidationError(
            {"received_on": "The report is received after the inspection, and not in the future."}
        )
    said = {"received_on": received_on, "received_note": received_note.strip()}
    waiting = Inspection.objects.filter(pk=inspection.pk, received_on__isnull=True)
    if waiting.update(**said) != 1:
        raise RecordedMeanwhile
    ledger.record(
        by=by,
        on=on,
        council=inspection.council,
        verb="record_receipt",
        subject=inspection,
        before={"received_on": None},
        after=said,
    )


@transaction.atomic
def add_intervention(
    *, council: Council, inspection: Inspection | None, by: User, on: date, **fields: Any
) -> Intervention:
    """Record that the government stepped in, or is expected to; `fields` are the intervention's own."""
    require(by, Verb.ADD_INSPECTION, council)
    if inspection is not None and inspection.council_id != council.pk:
        raise ValidationError(f"The inspection must be one of {council}.")
    intervention = Intervention(council=council, inspection=inspection, **fields)
    intervention.slug = _new_slug(intervention.get_kind_display(), council.interventions.all())
    _check_intervention(intervention, on)
    intervention.save()
    ledger.record(
        by=by,
        on=on,
        council=council,
        verb="add_intervention",
        subject=intervention,
        before={},
        after={"inspection": inspection.slug if inspection else None, **fields},
    )
    return intervention


@transaction.atomic
def change_intervention(
    *, intervention: Intervention, version: int, reason: str, by: User, on: date, **fields: Any
) -> Intervention:
    """Say when it was issued or lifted, or how often it is reported on; `fields` are some of CHANGING.

    `version` is `version_of(intervention)` as the writer saw it. Raises RecordedMeanwhile when somebody else changed it.
    """
    require(by, Verb.ADD_INSPECTION, intervention.council)
    now = Intervention.objects.select_for_update().get(pk=intervention.pk)
    if version != version_of(now):
        raise RecordedMeanwhile
    before = {name: getattr(now, name) for name in CHANGING}
    after = {**before, **{name: value for name, value in fields.items() if name in CHANGING}}
    if after == before:
        return now
    if not reason.strip():
        raise ValidationError({"reason": "Say why it changes."})
    for name, value in after.items():
        setattr(now, name, value)
    _check_intervention(now, on)
    if Intervention.objects.filter(pk=now.pk, **before).update(**after) != 1:
        raise RecordedMeanwhile
    ledger.record(
        by=by,
        on=on,
        council=intervention.council,
        verb="change_intervention",
        subject=now,
        before=before,
        after=after,
        reason=reason.strip(),
    )
    return now


def version_of(intervention: Intervention) -> int:
    """How often the ledger speaks of an intervention: what a writer has seen."""
    return Change.objects.about(intervention).count()


def _check_intervention(intervention: Intervention, on: date) -> None:
    if not (intervention.issued_on or intervention.issued_text or intervention.expected.strip()):
        raise ValidationError({"issued_on": "Say when it was issued or, before that, what is expected."})
    if intervention.issued_on and intervention.issued_on > on:
        raise ValidationError(
            {"issued_on": "It is recorded as issued once it is; until then say what is expected."}
        )
    if intervention.ended_on and (
        not intervention.issued_on or intervention.ended_on < intervention.issued_on
    ):
        raise ValidationError({"ended_on": "It ends after it was issued."})
    if intervention.ended_on and intervention.ended_on > on:
        raise ValidationError({"ended_on": "It is recorded as ended once it is."})
    _check(intervention)


def _check(row: Framework | Inspection | Intervention) -> None:
    """What the database would refuse anyhow, in words."""
    row.full_clean(validate_unique=False)


def _new_slug(name: str, taken: Any) -> str:
    """An address from a name, not used yet; `add` is the address of the form."""
    bare = slugify(name)[:44].strip("-") or "item"
    used = {"add", *taken.filter(slug__startswith=bare).values_list("slug", flat=True)}
    return next(slug for slug in (bare, *(f"{bare}-{n}" for n in range(2, 10_000))) if slug not in used)
