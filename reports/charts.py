"""The report's chart: where its bars lie. Only geometry happens here; every number comes from `progress.py`.

Each row has two bars on one scale: all actions by stage, and below them those that should be finished, with the
overdue ones filled. Bars of one kind are joined into one path, which keeps a PDF small and quick to make.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from boards.charts import STAGE_COLOURS, STAGE_LETTERS
from recommendations.models import Stage
from recommendations.progress import Figures, Part

WIDTH, LABEL_WIDTH, NUMBER_WIDTH = 680, 136, 122
ROW_HEIGHT, STAGE_HEIGHT, DUE_HEIGHT, GAP = 54, 24, 12, 4
# A name longer than two such lines is cut in the drawing; the table below has it whole.
NAME_LENGTH, NAME_LINES = 21, 2
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
    """Everything that the drawing needs; `description` says the numbers for those who do not see it."""

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


def of(whole: Figures, parts: Sequence[Part]) -> Chart:
    """The chart of a plan and of its parts."""
    rows = [("Whole plan", whole), *((part.label, part.figures) for part in parts)]
    scale = (WIDTH - LABEL_WIDTH - NUMBER_WIDTH) / max(1, whole.actions.count)
    tops = [index * ROW_HEIGHT + 4 for index in range(len(rows))]
    height = len(rows) * ROW_HEIGHT
    below = STAGE_HEIGHT + GAP
    letters: list[Label] = []
    paths: dict[str, list[str]] = {}
    for top, (_, figures) in zip(tops, rows, strict=True):
        _stack(figures, top, scale, paths, letters)
    placed = list(zip(tops, (figures for _, figures in rows), strict=True))
    return Chart(
        height=height,
        width=WIDTH,
        description="; ".join(_in_words(name, figures) for name, figures in rows) + ".",
        stages=tuple(_bars(stage, paths.get(stage.value, [])) for stage in IN_ORDER if stage.value in paths),
        due="".join(
            _bar(0, top + below, f.should_be_finished.count * scale, DUE_HEIGHT) for top, f in placed
        ),
        overdue="".join(_bar(0, top + below, f.overdue.count * scale, DUE_HEIGHT) for top, f in placed),
        letters=tuple(letters),
        names=tuple(line for top, (name, _) in zip(tops, rows, strict=True) for line in _name(name, top)),
        totals=tuple(_total(top, figures, scale) for top, figures in placed),
        due_labels=tuple(_due_label(top + below, figures, scale) for top, figures in placed),
        axis=f"M{LABEL_WIDTH} 0V{height - 6}",
    )


def _stack(
    figures: Figures, top: float, scale: float, paths: dict[str, list[str]], letters: list[Label]
) -> None:
    """One bar of stages."""
    start = 0.0
    for stage in IN_ORDER:
        count = figures.stage(stage.value).count
        length = count * scale
        if count:
            paths.setdefault(stage.value, []).append(_bar(start, top, length, STAGE_HEIGHT))
        if length >= ROOM_FOR_LETTER:
            letters.append(
                Label(round(LABEL_WIDTH + start + length / 2, 2), top + 16.5, STAGE_LETTERS[stage])
            )
        start += length


def _bars(stage: Stage, paths: list[str]) -> Bars:
    return Bars(stage, STAGE_LETTERS[stage], STAGE_COLOURS[stage], "".join(paths))


def _bar(start: float, top: float, length: float, height: float) -> str:
    if not length:
        return ""
    return f"M{round(LABEL_WIDTH + start, 2)} {top}h{round(length, 2)}v{height}h-{round(length, 2)}z"


def _name(name: str, top: float) -> list[Label]:
    lines = textwrap.wrap(name, NAME_LENGTH, max_lines=NAME_LINES, placeholder="…")
    return [Label(0, top + 17 + 15 * index, line) for index, line in enumerate(lines)]


def _total(top: float, figures: Figures, scale: float) -> Label:
    return Label(
        round(LABEL_WIDTH + figures.actions.count * scale + 7, 2),
        top + 17,
        f"{figures.actions.count} actions",
    )


def _due_label(top: float, figures: Figures, scale: float) -> Label:
    end = LABEL_WIDTH + figures.should_be_finished.count * scale
    text = f"{figures.overdue.count} of {figures.should_be_finished.count} not finished"
    return Label(round(end + 7, 2), top + 10.5, text)


def _in_words(name: str, figures: Figures) -> str:
    stages = ", ".join(f"{figure.count} {figure.label.lower()}" for figure in figures.stages if figure.count)
    due = f"{figures.should_be_finished.count} should be finished, {figures.overdue.count} of them are not"
    return f"{name}: {figures.actions.count} actions, {stages}; {due}"
