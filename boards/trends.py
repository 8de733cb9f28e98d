"""Months beside each other: columns and lines. Only geometry happens here; every number comes from `months.py`.

Places across are per cent of the chart's width and places down are pixels, so that a chart is as wide as its page and
its words keep their size on a phone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.urls import reverse

from boards import charts
from improvement.models import Rating
from improvement.pages import PlanPage
from recommendations.models import Stage
from recommendations.months import Moment

HEIGHT, TOP, FLOOR = 220, 18, 190
# A part lower than this has no room for its letter.
ROOM_FOR_LETTER = 16
# More columns than this are too narrow on a phone for a letter and a total each.
ROOMY = 9
# Names of months under a chart, few enough for a phone.
NAMES = 6
ENOUGH_FOR_A_TREND = 2
# The list of actions that a figure of a day counts.
Link = Callable[[str, date], str]


@dataclass(frozen=True)
class Block:
    """A part of a column; `y` and `height` in pixels. Without a letter where it has no room."""

    y: float
    height: float
    colour: str
    pattern: str
    letter: str


@dataclass(frozen=True)
class Column:
    """A month; `x` and `width` are per cent of the chart. `name` is empty where there is no room for it."""

    x: float
    middle: float
    width: float
    name: str
    total: int
    total_y: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Head:
    label: str
    letter: str
    colour: str
    text_colour: str


@dataclass(frozen=True)
class Cell:
    """A figure in a chart's table and the list that it opens, where there is one."""

    value: int
    url: str


@dataclass(frozen=True)
class Line:
    """A month's row in the table."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Columns:
    """A chart of stacked columns with its table."""

    title: str
    description: str
    columns: tuple[Column, ...]
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]

    @property
    def is_crowded(self) -> bool:
        return len(self.columns) > ROOMY


@dataclass(frozen=True)
class Stretch:
    """From one month to the next."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Course:
    """One line of a chart; `kind` is how it is drawn, which tells lines apart without colour."""

    label: str
    kind: str
    stretches: tuple[Stretch, ...]
    last: int
    last_y: float


@dataclass(frozen=True)
class Courses:
    """A chart of lines with its table."""

    title: str
    description: str
    courses: tuple[Course, ...]
    names: tuple[tuple[float, str, str], ...]
    last_x: float
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Part:
    """What a column is made of: how it looks, how it is counted and which list shows it."""

    head: Head
    pattern: str
    count: Callable[[Moment], int]
    query: str


def to_lists_of(page: PlanPage) -> Link:
    """Where a figure of a day leads: the list of that day, whichever day the page shows."""
    address = reverse("recommendations:action_list", args=[page.plan.council.slug, page.plan.slug])

    def link(query: str, on: date) -> str:
        if on == page.day.on:
            return page.actions_url(query)
        return f"{address}?{query}{'&' if query else ''}on={on.isoformat()}"

    return link


def stages(months: list[Moment], link: Link) -> Columns | None:
    parts = [
        _stage(stage) for stage in (Stage.COMPLETE, *(s for s in reversed(Stage) if s != Stage.COMPLETE))
    ]
    return _columns("How far the actions were, month by month", parts, months, link)


def ratings(months: list[Moment], scale: list[Rating], link: Link) -> Columns | None:
    rated = [_rating(rating) for rating in scale]
    none = _Part(
        Head("Not rated", "–", charts.UNRATED, charts.BLACK), "", lambda m: m.rated(None), "rating=none"
    )
    return _columns("How they were rated, month by month", [*rated, none], months, link)


def completion(months: list[Moment], link: Link) -> Courses | None:
    """What was finished against what should have been, by the dates of then and by the first ones."""
    if len(months) < ENOUGH_FOR_A_TREND:
        return None
    known = (
        ("Promised at first", "first", [month.promised for month in months]),
        ("Should be finished", "due", [month.should_be_finished for month in months]),
        ("Complete", "done", [month.complete for month in months]),
    )
    # While no date has moved, the first two are one line.
    drawn = known if known[0][2] != known[1][2] else known[1:]
    most = max(1, *(value for _, _, values in drawn for value in values))
    places = [_middle(at, len(months), 4, 78) for at in range(len(months))]
    ends = _apart([_height(values[-1], most) for _, _, values in drawn])
    return Courses(
        title="Finished against promised, month by month",
        description=_in_words(months),
        courses=tuple(
            Course(label, kind, _stretches(places, values, most), values[-1], end)
            for (label, kind, values), end in zip(drawn, ends, strict=True)
        ),
        names=_names(months, places),
        last_x=places[-1],
        heads=(*(label for label, _, _ in known), "Overdue", "Dates moved", "Days later than at first"),
        lines=tuple(_completion_line(month, link) for month in months),
    )


def _completion_line(month: Moment, link: Link) -> Line:
    queries = (
        (month.promised, "due=first-passed"),
        (month.should_be_finished, "due=passed"),
        (month.complete, "stage=complete"),
        (month.overdue, "overdue=yes"),
        (month.moved, "moved=yes"),
    )
    cells = tuple(_cell(value, query, month.on, link) for value, query in queries)
    return Line(_when(month.on), (*cells, Cell(month.days_later, "")))


def _stage(stage: Stage) -> _Part:
    text = charts.WHITE if stage == Stage.COMPLETE else charts.BLACK
    head = Head(stage.label, charts.STAGE_LETTERS[stage], charts.STAGE_COLOURS[stage], text)
    return _Part(head, stage.value, lambda month: month.in_stage(stage), f"stage={stage.value}")


def _rating(rating: Rating) -> _Part:
    head = Head(rating.word, rating.letter, rating.colour, rating.text_colour)
    return _Part(head, "", lambda month: month.rated(rating.pk), f"rating={rating.slug}")


def _columns(title: str, parts: list[_Part], months: list[Moment], link: Link) -> Columns | None:
    """None while there is one month: the bars above say it all."""
    if len(months) < ENOUGH_FOR_A_TREND:
        return None
    used = [part for part in parts if any(part.count(month) for month in months)]
    most = max(1, *(month.count for month in months))
    first, last = months[0], months[-1]
    told = [f"{part.head.label.lower()} {part.count(first)}, then {part.count(last)}" for part in used]
    places = [_middle(at, len(months), 0, 100) for at in range(len(months))]
    named = {x: name for x, name, _ in _names(months, places)}
    return Columns(
        title=title,
        description=f"From {_when(first.on)} to {_when(last.on)}: {'; '.join(told)}.",
        columns=tuple(
            _column(month, used, most, x, 100 / len(months), named.get(x, ""))
            for month, x in zip(months, places, strict=True)
        ),
        heads=tuple(part.head for part in used),
        lines=tuple(
            Line(
                _when(month.on),
                (
                    *(_cell(part.count(month), part.query, month.on, link) for part in used),
                    _cell(month.count, "", month.on, link),
                ),
            )
            for month in months
        ),
    )


def _column(month: Moment, parts: list[_Part], most: int, x: float, room: float, name: str) -> Column:
    blocks, floor, width = [], float(FLOOR), min(room * 0.72, 12)
    for part in parts:
        height = round((FLOOR - TOP) * part.count(month) / most, 2)
        floor = round(floor - height, 2)
        letter = part.head.letter if height >= ROOM_FOR_LETTER else ""
        if height:
            blocks.append(Block(floor, height, part.head.colour, part.pattern, letter))
    return Column(
        x=round(x - width / 2, 3),
        middle=x,
        width=round(width, 3),
        name=name,
        total=month.count,
        total_y=floor - 5,
        blocks=tuple(blocks),
    )


def _stretches(places: list[float], values: list[int], most: int) -> tuple[Stretch, ...]:
    points = [(x, _height(value, most)) for x, value in zip(places, values, strict=True)]
    return tuple(Stretch(x1, y1, x2, y2) for (x1, y1), (x2, y2) in pairwise(points))


def _height(value: int, most: int) -> float:
    return round(FLOOR - (FLOOR - TOP) * value / most, 2)


def _apart(heights: list[float], gap: float = 17) -> list[float]:
    """The heights of labels, moved until none stands on another."""
    order = sorted(range(len(heights)), key=lambda at: -heights[at])
    placed, floor = dict(enumerate(heights)), float(FLOOR + gap)
    for at in order:
        floor = placed[at] = min(heights[at], floor - gap)
    return [round(placed[at], 2) for at in range(len(heights))]


def _middle(at: int, of: int, start: float, room: float) -> float:
    return round(start + room * (at + 0.5) / of, 3)


def _names(months: list[Moment], places: list[float]) -> tuple[tuple[float, str, str], ...]:
    """Where a month's name stands, and its year where the year is new; the last month always has one."""
    step = -(-len(months) // NAMES)
    shown = [at for at in range(len(months)) if (len(months) - 1 - at) % step == 0]
    return tuple((places[at], f"{months[at].on:%b}", f"{months[at].on:%Y}") for at in shown)


def _in_words(months: list[Moment]) -> str:
    last = months[-1]
    return (
        f"By {_when(last.on)} {last.promised} actions should have been finished by their first dates, "
        f"{last.should_be_finished} by the dates as they stood then; {last.complete} of all {last.count} were complete."
    )


def _cell(value: int, query: str, on: date, link: Link) -> Cell:
    return Cell(value, link(query, on) if value else "")


def _when(day: date) -> str:
    return f"{day:%-d %B %Y}"
