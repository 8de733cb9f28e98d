"""What the inspections judged: each area's grade, in the scale that the inspectors used."""

from collections.abc import Iterator

from improvement.models import Inspection
from reports.paper import Block, Cell, Column, Table, day
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.saying import source, words
from reports.plan_blocks.statutory_clock import NO_INSPECTION

COMES_FROM = "from the inspectors’ published reports."
COLUMNS = (Column("What was judged", 60), Column("Judgement", 40))


def of(asked: Asked) -> tuple[Block, ...]:
    return tuple(_blocks(asked))


def _blocks(asked: Asked) -> Iterator[Block]:
    yield source(asked.on, COMES_FROM)
    found = asked.plan.inspections.begun(on=asked.on).with_judgements().order_by("started_on", "pk")
    inspections = list(found)
    if not inspections:
        yield words(NO_INSPECTION)
    for inspection in inspections:
        yield from _of_inspection(inspection, asked)


def _of_inspection(inspection: Inspection, asked: Asked) -> Iterator[Block]:
    judgements = sorted(inspection.judgements.all(), key=lambda judged: (judged.area.position, judged.pk))
    if inspection.reported_on > asked.on:
        yield words(f"{inspection.name}: the inspectors had not reported yet.")
    elif not judgements:
        yield words(f"{inspection.name}: the inspectors gave no grade.")
    else:
        rows = tuple((Cell(str(judged.area)), Cell(judged.grade.name, strong=True)) for judged in judgements)
        yield Table(_caption(inspection), COLUMNS, rows)
        used = {judged.grade.scale for judged in judgements}
        yield words(*(_scale(inspection, scale) for scale in sorted(used)))


def _caption(inspection: Inspection) -> str:
    published = f", published {day(inspection.published_on)}" if inspection.published_on else ""
    return f"{inspection.name}, by {inspection.inspectorates}{published}"


def _scale(inspection: Inspection, scale: str) -> str:
    grades = [grade for grade in inspection.framework.grades.all() if grade.scale == scale]
    names = "; ".join(grade.name for grade in sorted(grades, key=lambda grade: grade.position))
    return f"The scale, from best to worst: {names}."
