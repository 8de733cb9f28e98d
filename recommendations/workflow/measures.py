"""The scorecard: taking a measure in, adding a reading, and correcting one."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from improvement import ledger
from improvement.models import Plan, User
from improvement.permissions import Verb
from recommendations.models import Measure, MeasureKind, Reading, ReadingPrecision, Recommendation, Whose
from recommendations.workflow import careful
from recommendations.workflow.access import require_in_plan, require_length, require_words

# "add" is an address of the scorecard's own.
RESERVED = {"add"}
HUNDRED = 100


class CorrectedMeanwhile(Exception):
    """Somebody else corrected the reading since the form was opened; carries how it stands."""

    def __init__(self, theirs: Reading) -> None:
        super().__init__("Somebody else corrected this reading while you were writing.")
        self.theirs = theirs


@transaction.atomic
def add_measure(
    *,
    plan: Plan,
    name: str,
    kind: str,
    unit: str,
    better: str,
    target: Decimal | None,
    tolerance: Decimal | None,
    recommendation: Recommendation | None,
    asked: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Measure:
    """Take a measure into the scorecard. The same one sent twice on a day, as by a double click, is one."""
    require_in_plan(by, Verb.KEEP_MEASURES, plan, on=on)
    require_words("name", name, "Say what is counted, or the statement itself.")
    require_words("asked", asked, "Say how it is counted or asked.")
    _check_target(kind, target, tolerance)
    if recommendation and recommendation.plan_id != plan.pk:
        raise ValidationError({"recommendation": "Choose a recommendation of this plan."})
    careful.check(name, asked, kept_because=kept_because)
    measures = Measure.objects.for_plan(plan)
    twin = measures.filter(name__iexact=name).first()
    if twin and (twin.added_on, twin.kind, twin.asked) == (on, kind, asked):
        return twin
    if twin:
        raise ValidationError({"name": "The scorecard has a measure of this name."})
    measure = Measure.objects.create(
        plan=plan,
        slug=_slug(name, {*measures.values_list("slug", flat=True), *RESERVED}),
        name=name,
        kind=kind,
        unit=unit,
        better=better,
        target=target,
        tolerance=tolerance,
        recommendation=recommendation,
        asked=asked,
        added_on=on,
        position=(measures.aggregate(last=Max("position"))["last"] or 0) + 1,
    )
    told = {"name": name, "kind": kind, "unit": unit, "better": better, "asked": asked}
    aims = {"target": target, "tolerance": tolerance}
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="add_measure",
        subject=measure,
        before={},
        after={**told, **aims, "recommendation": recommendation.reference if recommendation else ""},
        reason=kept_because,
    )
    return measure


@transaction.atomic
def add_reading(
    *,
    measure: Measure,
    whose: str,
    taken_on: date,
    precision: str,
    value: Decimal | None,
    source: str,
    note: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Reading:
    """Add what a measure showed. A day that has a reading already asks for a correction instead."""
    require_in_plan(by, Verb.KEEP_MEASURES, measure.plan, on=on)
    taken_on = taken_on.replace(day=1) if precision == ReadingPrecision.MONTH else taken_on
    if taken_on > on:
        raise ValidationError({"taken_on": "This day is still to come."})
    if whose not in Whose.values or precision not in ReadingPrecision.values:
        raise ValidationError("Choose from what is offered.")
    _check_value(measure, value, source, note)
    careful.check(source, note, kept_because=kept_because)
    there = Reading.objects.last_of(measure, whose, taken_on)
    if there and (there.value, there.source, there.note) == (value, source, note):
        return there
    if there:
        raise ValidationError({"taken_on": f"There is a reading for {there.when} already. Correct that one."})
    said = {"whose": whose, "on": taken_on, "precision": precision, "value": value}
    words = {"source": source, "note": note}
    reading = _keep(measure, {**said, **words}, sequence=1, reason="", by=by, on=on)
    if reading is None:
        raise ValidationError({"taken_on": "Somebody else has just added a reading for it."})
    ledger.record(
        by=by,
        on=on,
        council=measure.plan.council,
        verb="add_reading",
        subject=reading,
        before={},
        after={"measure": measure.slug, **said, **words},
        reason=kept_because,
    )
    return reading


@transaction.atomic
def correct_reading(
    *,
    reading: Reading,
    value: Decimal | None,
    source: str,
    note: str,
    reason: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Reading:
    """Put another reading in the place of one. The first stays in the history; raises CorrectedMeanwhile."""
    measure = reading.measure
    require_in_plan(by, Verb.KEEP_MEASURES, measure.plan, on=on)
    require_words("reason", reason, "Say why it is corrected.")
    _check_value(measure, value, source, note)
    careful.check(source, note, reason, kept_because=kept_because)
    last = Reading.objects.last_of(measure, reading.whose, reading.on)
    if last and last.pk != reading.pk:
        if (last.by_id, last.value, last.reason) == (by.pk, value, reason):
            return last
        raise CorrectedMeanwhile(last)
    before = {"value": reading.value, "source": reading.source, "note": reading.note}
    after = {"value": value, "source": source, "note": note}
    if before == after:
        raise ValidationError("It says that already.")
    said = {"whose": reading.whose, "on": reading.on, "precision": reading.precision, **after}
    kept = _keep(measure, said, sequence=reading.sequence + 1, reason=reason, by=by, on=on)
    if kept is None:
        theirs = Reading.objects.last_of(measure, reading.whose, reading.on)
        raise CorrectedMeanwhile(theirs or reading)
    ledger.record(
        by=by,
        on=on,
        council=measure.plan.council,
        verb="correct_reading",
        subject=kept,
        before=before,
        after={**after, **careful.kept(kept_because)},
        reason=reason,
    )
    return kept


def _keep(
    measure: Measure, said: Mapping[str, Any], *, sequence: int, reason: str, by: User, on: date
) -> Reading | None:
    """The reading; None where somebody else had the place first, as two may on PostgreSQL."""
    try:
        with transaction.atomic():
            return Reading.objects.create(
                measure=measure, sequence=sequence, reason=reason, recorded_on=on, by=by, **said
            )
    except IntegrityError:
        return None


def _check_target(kind: str, target: Decimal | None, tolerance: Decimal | None) -> None:
    if kind == MeasureKind.PERCENTAGE and target is not None and not 0 <= target <= HUNDRED:
        raise ValidationError({"target": "A percentage runs from 0 to 100."})
    if tolerance is None:
        return
    if target is None:
        raise ValidationError({"tolerance": "A tolerance needs a target."})
    if tolerance < 0:
        raise ValidationError(
            {"tolerance": "Give it without a sign: it counts to the wrong side of the target."}
        )


def _check_value(measure: Measure, value: Decimal | None, source: str, note: str) -> None:
    require_words("source", source, "Say where it comes from.")
    require_length("note", note)
    if value is None and not note.strip():
        raise ValidationError({"value": "Give the number, or say in the note what was found."})
    if measure.kind == MeasureKind.PERCENTAGE and value is not None and not 0 <= value <= HUNDRED:
        raise ValidationError({"value": "A percentage runs from 0 to 100."})


def _slug(name: str, taken: set[str]) -> str:
    start = slugify(name)[:40] or "measure"
    return next(
        slug for n in range(1, len(taken) + 2) if (slug := start if n == 1 else f"{start}-{n}") not in taken
    )
