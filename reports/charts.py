"""The report's chart: where its bars lie. Only geometry happens here; every number comes from `progress.py`.

Each row has two bars on one scale: all actions by stage, and below them those that should be finished, with the
overdue ones filled. Bars of one kind are joined into one path, which keeps a PDF small and quick to make. On a phone the
words of a row stand above and below its bars instead of beside them, so that they are not made small.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from boards.charts import STAGE_COLOURS, STAGE_LETTERS
from recommendations.models import Stage
from recommendations.progress import Figures, Part

STAGE_HEIGHT, DUE_HEIGHT, GAP = 24, 12, 4


@dataclass(frozen=True)
class Shape:
    """How wide a drawing is, how high each of its rows, and where the bars begin in it; `room` is what they may fill.

    A name of more lines than `name_lines` of `name_length` letters is cut; the table below the drawing has it whole.
    """

    width: int
    row: int
    bars: tuple[int, int]
    room: int
    name_length: int
    name_lines: int
    beside: bool


WIDE = Shape(width=680, row=54, bars=(136, 4), room=422, name_length=21, name_lines=2, beside=True)
NARROW = Shape(width=300, row=94, bars=(1, 22), room=298, name_length=38, name_lines=1, beside=False)
# A letter needs this much room on its bar; narrower bars are told apart by pattern, legend and table.
ROOM_FOR_LETTER = 14
# Finished ones first, because they are what the reader looks for.
IN_ORDER = (
    Stage.COMPLETE,
    Stage.AWAITING_SIGN_OFF,
    Stage.IN_PROGRESS,
    Stage.ON_HOLD,
    Stage.NOT_STARTED,
    Stage.WITHDRAWN,
)


@dataclass(frozen=True)
class Bars:
    """All bars of one stage, as one path; the template knows the stage's pattern."""

    stage: Stage
    letter: str
    colour: str
    path: str


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """Everything that the drawing needs; `description` says the numbers for those who do not see it.

    `narrow` is the same drawing for a phone.
    """

    height: int
    width: int
    description: str
    stages: tuple[Bars, ...]
    due: str
    overdue: str
    letters: tuple[Label, ...]
    names: tuple[Label, ...]
    totals: tuple[Label, ...]
    due_labels: tuple[Label, ...]
    axis: str
    narrow: "Chart | None" = None


def of(whole: Figures, parts: Sequence[Part]) -> Chart:
    """The chart of a plan and of its parts."""
    rows = [("Whole plan", whole), *((part.label, part.figures) for part in parts)]
    return replace(_drawn(rows, WIDE), narrow=_drawn(rows, NARROW))


def _drawn(rows: Sequence[tuple[str, Figures]], shape: Shape) -> Chart:
    start, bars = shape.bars
    scale = shape.room / max(1, rows[0][1].actions.count)
    placed = [(index * shape.row + bars, name, figures) for index, (name, figures) in enumerate(rows)]
    below, height = STAGE_HEIGHT + GAP, len(rows) * shape.row
    letters: list[Label] = []
    paths: dict[str, list[str]] = {}
    for top, _, figures in placed:
        _stack(figures, float(start), top, scale, paths, letters)
    return Chart(
        height=height,
        width=shape.width,
        description="; ".join(_in_words(name, figures) for name, figures in rows) + ".",
        stages=tuple(_bars(stage, paths.get(stage.value, [])) for stage in IN_ORDER if stage.value in paths),
        due="".join(
            _bar(start, top + below, f.should_be_finished.count * scale, DUE_HEIGHT) for top, _, f in placed
        ),
        overdue="".join(
            _bar(start, top + below, f.overdue.count * scale, DUE_HEIGHT) for top, _, f in placed
        ),
        letters=tuple(letters),
        names=tuple(line for top, name, _ in placed for line in _name(name, top, shape)),
        totals=tuple(_total(top, f, scale, start) for top, _, f in placed) if shape.beside else (),
        due_labels=tuple(_due_label(top + below, f, scale, shape) for top, _, f in placed),
        axis=f"M{start} 0V{height - 6}" if shape.beside else "",
    )


def _stack(
    figures: Figures,
    start: float,
    top: float,
    scale: float,
    paths: dict[str, list[str]],
    letters: list[Label],
) -> None:
    """One bar of stages."""
    for stage in IN_ORDER:
        count = figures.stage(stage.value).count
        length = count * scale
        if count:
            paths.setdefault(stage.value, []).append(_bar(start, top, length, STAGE_HEIGHT))
        if length >= ROOM_FOR_LETTER:
            letters.append(Label(round(start + length / 2, 2), top + 16.5, STAGE_LETTERS[stage]))
        start += length


def _bars(stage: Stage, paths: list[str]) -> Bars:
    return Bars(stage, STAGE_LETTERS[stage], STAGE_COLOURS[stage], "".join(paths))


def _bar(start: float, top: float, length: float, height: float) -> str:
    if not length:
        return ""
    return f"M{round(start, 2)} {top}h{round(length, 2)}v{height}h-{round(length, 2)}z"


def _name(name: str, top: float, shape: Shape) -> list[Label]:
    lines = textwrap.wrap(name, shape.name_length, max_lines=shape.name_lines, placeholder="…")
    first = top + 17 if shape.beside else top - 8
    return [Label(0, first + 15 * index, line) for index, line in enumerate(lines)]


def _total(top: float, figures: Figures, scale: float, start: float) -> Label:
    return Label(
        round(start + figures.actions.count * scale + 7, 2), top + 17, f"{figures.actions.count} actions"
    )


def _due_label(top: float, figures: Figures, scale: float, shape: Shape) -> Label:
    text = f"{figures.overdue.count} of {figures.should_be_finished.count} not finished"
    if not shape.beside:
        return Label(0, top + 28, f"{figures.actions.count} actions; {text}")
    end = shape.bars[0] + figures.should_be_finished.count * scale
    return Label(round(end + 7, 2), top + 10.5, text)


def _in_words(name: str, figures: Figures) -> str:
    stages = ", ".join(f"{figure.count} {figure.label.lower()}" for figure in figures.stages if figure.count)
    due = f"{figures.should_be_finished.count} should be finished, {figures.overdue.count} of them are not"
    return f"{name}: {figures.actions.count} actions, {stages}; {due}"
