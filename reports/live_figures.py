"""Figures inside a text that an officer types: `[[overdue]]` stands for the number, which `progress.py` works out.

So a figure is written once. Until the paper is published it moves with the plan; an unknown name stays as it was typed.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from improvement.models import Rating
from recommendations.models import Stage
from recommendations.progress import Figure
from reports.paper import day
from reports.plan_blocks.asked import Asked

# A backslash before it keeps it as it is typed.
NAMED = re.compile(r"(?<!\\)\[\[([^\[\]\n]{1,60})\]\]")
# All that Markdown could read as markup.
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
RATED = "rated "


@dataclass(frozen=True)
class LiveFigure:
    """A name that can be typed between double brackets, what stands in its place in words, and how it is found."""

    name: str
    meaning: str
    value: Callable[[Asked], str]


def _counting(figure: Callable[[Asked], Figure]) -> Callable[[Asked], str]:
    return lambda asked: str(figure(asked).count)


def _stage(stage: Stage) -> LiveFigure:
    label = stage.label.lower()
    return LiveFigure(
        label, f"How many actions are {label}", _counting(lambda asked: asked.figures.stage(stage))
    )


LIVE_FIGURES = (
    LiveFigure("headline", "How the plan stands, in one sentence", lambda asked: asked.figures.headline),
    LiveFigure("actions", "How many actions the plan has", _counting(lambda asked: asked.figures.actions)),
    LiveFigure(
        "recommendations",
        "How many recommendations the plan answers",
        lambda asked: str(asked.recommendations),
    ),
    *(_stage(stage) for stage in Stage),
    LiveFigure("overdue", "How many actions are overdue", _counting(lambda asked: asked.figures.overdue)),
    LiveFigure(
        "should be finished",
        "How many actions were due before the day",
        _counting(lambda asked: asked.figures.should_be_finished),
    ),
    LiveFigure(
        "due in 30 days",
        "How many open actions are due in the next 30 days",
        _counting(lambda asked: asked.figures.due_soon),
    ),
    LiveFigure(
        "not updated for 30 days",
        "How many open actions have not been updated for 30 days",
        _counting(lambda asked: asked.figures.silent),
    ),
    LiveFigure(
        "without a due date",
        "How many actions have no due date",
        _counting(lambda asked: asked.figures.undated),
    ),
    LiveFigure(
        "moved", "How many actions had their due date moved", _counting(lambda asked: asked.figures.moved)
    ),
    LiveFigure(
        "completed on time",
        "How many actions were completed by their due date",
        _counting(lambda asked: asked.figures.completed_on_time),
    ),
    LiveFigure(
        "completed late",
        "How many actions were completed after their due date",
        _counting(lambda asked: asked.figures.completed_late),
    ),
    LiveFigure(
        "slippage",
        "How far due dates have moved, in one sentence",
        lambda asked: asked.slippage.sentence or "No due date has been moved.",
    ),
    LiveFigure("day", "The day that the report is of", lambda asked: day(asked.on)),
    LiveFigure(
        "last report",
        "The day of the last report",
        lambda asked: day(asked.since) if asked.since else "no earlier day",
    ),
    LiveFigure("plan", "The plan's name", lambda asked: asked.plan.name),
    LiveFigure("council", "The council's name", lambda asked: asked.plan.council.name),
)
BY_NAME = {figure.name: figure for figure in LIVE_FIGURES}


def offered(ratings: Iterable[Rating]) -> tuple[tuple[str, str], ...]:
    """Every name that can be typed in a report of a plan with this rating key, and what stands in its place."""
    named = [(figure.name, figure.meaning) for figure in LIVE_FIGURES]
    rated = [(_rated(rating), f"How many actions are rated {rating.word}") for rating in ratings]
    return (*named, *rated)


def expand(markdown: str, asked: Asked) -> str:
    """The text with every known name replaced by its value, which no markup can come of. Asks nothing where there is none."""
    return NAMED.sub(lambda found: _escaped(_value(found, asked)) or found[0], markdown)


def expand_plain(text: str, asked: Asked) -> str:
    """The same for a line that is not Markdown."""
    return NAMED.sub(lambda found: _value(found, asked) or found[0], text)


def unknown_in(markdown: str, ratings: Iterable[Rating] | None = None) -> tuple[str, ...]:
    """Names between double brackets that mean nothing, each once. Without the plan's ratings, any rating passes."""
    known = None if ratings is None else {_rated(rating) for rating in ratings}
    names = dict.fromkeys(_normal(found) for found in NAMED.findall(markdown))
    return tuple(name for name in names if not _is_known(name, known))


def _is_known(name: str, rated: set[str] | None) -> bool:
    if name in BY_NAME:
        return True
    return name.startswith(RATED) if rated is None else name in rated


def _value(found: re.Match[str], asked: Asked) -> str:
    """The value of a name; empty where there is no such name."""
    name = _normal(found[1])
    if name in BY_NAME:
        return BY_NAME[name].value(asked)
    if name.startswith(RATED):
        for figure in asked.figures.ratings:
            if figure.rating and _rated(figure.rating) == name:
                return str(figure.count)
    return ""


def _escaped(value: str) -> str:
    return PUNCTUATION.sub(r"\\\1", " ".join(value.split()))


def _rated(rating: Rating) -> str:
    return f"{RATED}{_normal(rating.word)}"


def _normal(name: str) -> str:
    return " ".join(name.lower().split())
