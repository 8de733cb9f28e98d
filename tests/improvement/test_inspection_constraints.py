"""What the database does not let in about frameworks, inspections and their duties, whoever writes."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from improvement.models import (
    Area,
    Duty,
    DutyMet,
    DutyOverride,
    Framework,
    Grade,
    Inspection,
    Intervention,
    Plan,
)
from tests.factories import InterventionFactory

ON = date(2012, 11, 14)


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        (Framework, {"kind": "raid"}),
        (Framework, {"from_on": date(2013, 1, 1), "until_on": date(2012, 12, 31)}),
        (Duty, {"unit": "fortnights"}),
        (Duty, {"counted_from": "whenever"}),
        (Duty, {"amount": None, "counted_from": "received"}),
        (Duty, {"amount": 0}),
        (Inspection, {"received_on": date(2012, 5, 7)}),
        (Inspection, {"published_on": date(2012, 5, 7)}),
        (Intervention, {"kind": "raid"}),
        (Intervention, {"issued_on": None, "expected": ""}),
        (Intervention, {"ended_on": date(2012, 8, 5)}),
        (Intervention, {"report_unit": "working-days"}),
        (Intervention, {"report_every": 0}),
    ],
)
def test_a_value_that_makes_no_sense(harrow: Plan, model: Any, changed: dict[str, object]) -> None:
    InterventionFactory(council=harrow.council)

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**changed)


@pytest.mark.parametrize("model", [Framework, Area, Grade, Duty, Intervention])
def test_the_same_twice(harrow: Plan, model: Any) -> None:
    InterventionFactory(council=harrow.council)
    row = model._default_manager.order_by("pk")[0]
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_two_grades_in_one_place(councils: None) -> None:
    best = Grade.objects.filter(framework__slug="sif-2013").order_by("position")[0]
    best.pk, best.slug = None, "splendid"

    with pytest.raises(IntegrityError), transaction.atomic():
        best.save(force_insert=True)


def test_an_area_is_no_part_of_itself(councils: None) -> None:
    area = Area.objects.get(framework__slug="sif-2013", slug="adoption")

    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.filter(pk=area.pk).update(part_of=area.pk)


@pytest.fixture
def met(harrow: Plan) -> DutyMet:
    inspection = Inspection.objects.get(council=harrow.council)
    duty = Duty.objects.get(framework=inspection.framework_id, slug="written-statement")
    fields = {"inspection": inspection, "duty": duty, "sequence": 1, "on": ON}
    DutyOverride.objects.create(**fields, due_on=ON, reason="Agreed with Ofsted.")
    return DutyMet.objects.create(**fields, met_on=date(2012, 10, 4), what="Published.")


@pytest.mark.parametrize("model", [DutyMet, DutyOverride])
def test_what_was_recorded_is_neither_altered_nor_removed(met: DutyMet, model: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(on=date(2012, 11, 13))
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")


@pytest.mark.parametrize("model", [DutyMet, DutyOverride])
def test_each_record_has_a_place_of_its_own(met: DutyMet, model: Any) -> None:
    row = model.objects.get()
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("changed", [{"met_on": date(2012, 11, 15)}, {"what": ""}])
def test_a_record_makes_sense(met: DutyMet, changed: dict[str, Any]) -> None:
    fields = {"met_on": date(2012, 10, 4), "what": "Published.", **changed}

    with pytest.raises(IntegrityError), transaction.atomic():
        DutyMet.objects.create(inspection=met.inspection, duty=met.duty, sequence=2, on=ON, **fields)


def test_an_override_has_a_reason(met: DutyMet) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyOverride.objects.create(inspection=met.inspection, duty=met.duty, sequence=2, on=ON, reason="")
