"""Grades over time, laid out as panels: one for each scale, one row for each area. Only geometry happens here.

Scales that differ are never drawn as one line: areas share a panel only where the same inspectorate used the same words
in the same order under the same name of a scale.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from improvement.models import Area, Grade, Inspection
from improvement.models.framework import GRADES

LANE, TOP = 15, 13  # pixels between two grades, and above the best


@dataclass(frozen=True)
class Step:
    """One grade of a panel's scale; `letter` stands for it in the chart, `y` is its height."""

    letter: str
    name: str
    y: int


@dataclass(frozen=True)
class Mark:
    """A grade that an inspection gave; `x` is percent of the row, `latest` the area's last."""

    inspection: Inspection
    step: Step
    x: float
    latest: bool


@dataclass(frozen=True)
class Line:
    """From one mark to the next of the same area."""

    x1: float
    y1: int
    x2: float
    y2: int


@dataclass(frozen=True)
class Cell:
    """What an inspection said of an area, for the table: a grade, or nothing."""

    inspection: Inspection
    step: Step | None


@dataclass(frozen=True)
class Row:
    """An area, its marks in order of time, and for the table one cell for each inspection of the panel."""

    area: Area
    title: str
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]

    @property
    def in_words(self) -> str:
        return ", ".join(f"{mark.inspection.started_on:%B %Y} {mark.step.name}" for mark in self.marks)


@dataclass(frozen=True)
class Panel:
    """Everything on one scale."""

    title: str
    inspectorate: str
    steps: tuple[Step, ...]
    inspections: tuple[Inspection, ...]
    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    height: int


@dataclass(frozen=True)
class Group:
    """Judgements of one inspection under one heading, in the framework's order."""

    name: str
    judged: tuple[tuple[Area, Step], ...]


Signature = tuple[str, str, tuple[str, ...]]


def panels(inspections: Iterable[Inspection]) -> tuple[Panel, ...]:
    """A panel for each scale that the inspections used, the newest first.

    The inspections come with their framework, its grades, and their judgements with area and grade, as
    `Inspection.objects.with_judgements()` loads them.
    """
    found: dict[Signature, dict[Inspection, dict[str, tuple[Area, Grade]]]] = {}
    for inspection in sorted(inspections, key=lambda each: (each.started_on, each.pk)):
        grades = list(inspection.framework.grades.all())
        for judgement in inspection.judgements.all():
            area = judgement.area
            words = tuple(grade.name for grade in grades if grade.scale == judgement.grade.scale)
            signature = (inspection.framework.lead_inspectorate, judgement.grade.scale, words)
            judged = found.setdefault(signature, {}).setdefault(inspection, {})
            judged[str(area)] = (area, judgement.grade)
    newest_first = sorted(found.items(), key=lambda item: list(item[1])[-1].started_on, reverse=True)
    return tuple(_panel(signature, judged) for signature, judged in newest_first)


def grouped(inspection: Inspection) -> tuple[Group, ...]:
    """The judgements of an inspection by the parallel sets of its framework."""
    grades = list(inspection.framework.grades.all())
    steps: dict[int, Step] = {}
    for scale in {grade.scale for grade in grades}:
        of_scale = [grade for grade in grades if grade.scale == scale]
        for grade, letter in zip(of_scale, letters(grade.name for grade in of_scale), strict=True):
            steps[grade.pk] = Step(letter, grade.name, 0)
    groups: dict[str, list[tuple[Area, Step]]] = {}
    for judgement in inspection.judgements.all():
        groups.setdefault(judgement.area.group, []).append((judgement.area, steps[judgement.grade_id]))
    return tuple(Group(name, tuple(judged)) for name, judged in groups.items())


def letters(names: Iterable[str]) -> tuple[str, ...]:
    """A letter for each grade: its first, or its place in the scale where two grades would share one."""
    words = list(names)
    initials = [word[:1].upper() for word in words]
    if len(set(initials)) == len(initials):
        return tuple(initials)
    return tuple(str(place) for place in range(1, len(words) + 1))


def _panel(signature: Signature, judged: dict[Inspection, dict[str, tuple[Area, Grade]]]) -> Panel:
    inspectorate, scale, words = signature
    steps = {
        name: Step(letter, name, TOP + LANE * place)
        for place, (name, letter) in enumerate(zip(words, letters(words), strict=True))
    }
    inspections = tuple(judged)
    columns = tuple(round(100 * (place + 0.5) / len(inspections), 3) for place in range(len(inspections)))
    areas: dict[str, Area] = {}
    for of_inspection in judged.values():
        areas.update({title: area for title, (area, _) in of_inspection.items() if title not in areas})
    rows = []
    for title, area in areas.items():
        given = {inspection: each[title][1] for inspection, each in judged.items() if title in each}
        cells = tuple(
            Cell(inspection, steps[given[inspection].name] if inspection in given else None)
            for inspection in inspections
        )
        rows.append(_row(area, title, columns, cells))
    return Panel(
        title=_title(scale, words),
        inspectorate=inspectorate,
        steps=tuple(steps.values()),
        inspections=inspections,
        columns=columns,
        rows=tuple(rows),
        height=TOP * 2 + LANE * (len(words) - 1),
    )


def _row(area: Area, title: str, columns: tuple[float, ...], cells: tuple[Cell, ...]) -> Row:
    given = [(cell.inspection, cell.step, x) for cell, x in zip(cells, columns, strict=True) if cell.step]
    marks = tuple(
        Mark(inspection, step, x, latest=inspection == given[-1][0]) for inspection, step, x in given
    )
    lines = tuple(Line(before.x, before.step.y, after.x, after.step.y) for before, after in pairwise(marks))
    return Row(area, title, marks, lines, cells)


def _title(scale: str, words: tuple[str, ...]) -> str:
    """The scale's own name, or all its grades in one line."""
    if scale != GRADES:
        return scale.replace("-", " ").capitalize()
    return ", ".join((words[0], *(word[:1].lower() + word[1:] for word in words[1:])))


def reported(inspections: Iterable[Inspection], *, on: date) -> list[Inspection]:
    """Those whose judgements were known on a day."""
    return [inspection for inspection in inspections if inspection.reported_on <= on]
