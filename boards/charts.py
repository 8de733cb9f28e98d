"""Figures laid out as tiles and bars. Only geometry happens here; every number comes from `progress.py`.

`link` turns a figure's query into the address of the list of exactly its actions.
"""

from collections.abc import Callable
from dataclasses import dataclass

from recommendations.models import Stage
from recommendations.progress import Figure, Figures, Part

# Quiet colours for stages, apart from those of any rating key; the pattern tells them apart in black and white.
STAGE_COLOURS = {
    Stage.NOT_STARTED: "#d8d2c4",
    Stage.IN_PROGRESS: "#8fb4c9",
    Stage.ON_HOLD: "#b7a3c7",
    Stage.AWAITING_SIGN_OFF: "#5a87a6",
    Stage.COMPLETE: "#1f4e66",
    Stage.WITHDRAWN: "#8c8c8c",
}
STAGE_LETTERS = {
    Stage.NOT_STARTED: "N",
    Stage.IN_PROGRESS: "P",
    Stage.ON_HOLD: "H",
    Stage.AWAITING_SIGN_OFF: "S",
    Stage.COMPLETE: "C",
    Stage.WITHDRAWN: "W",
}
UNRATED = "#e4dfd3"
BLACK, WHITE = "#000000", "#ffffff"
Link = Callable[[str], str]


@dataclass(frozen=True)
class Tile:
    """A figure as a card that opens its list; `of` is how many actions there are."""

    label: str
    value: int
    of: int
    url: str


@dataclass(frozen=True)
class Segment:
    """A piece of a bar; `x` and `width` are percent of the whole bar."""

    label: str
    letter: str
    count: int
    colour: str
    text_colour: str
    pattern: str
    x: float
    width: float
    url: str


@dataclass(frozen=True)
class Row:
    label: str
    total: int
    url: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Chart:
    title: str
    description: str
    rows: tuple[Row, ...]


def tiles(figures: Figures, link: Link) -> list[Tile]:
    """What needs somebody's attention, then what is done."""
    first = (
        figures.overdue,
        figures.due_soon,
        figures.silent,
        figures.complete,
        figures.completed_late,
    )
    whole = figures.actions.count
    return [
        Tile(figure.label, figure.count, whole, link(figure.query) if figure.count else "")
        for figure in first
    ]


def stages(figures: Figures, link: Link) -> Chart:
    row = _row("All actions", figures, _stage_pieces(figures), link)
    return Chart("How far the actions are", _in_words(figures.stages), (row,))


def ratings(figures: Figures, link: Link) -> Chart:
    row = _row("All actions", figures, _rating_pieces(figures), link)
    return Chart("How the actions are rated", _in_words(figures.ratings), (row,))


def stages_by_part(title: str, parts: tuple[Part, ...], link: Link) -> Chart:
    rows = tuple(_row(part.label, part.figures, _stage_pieces(part.figures), link) for part in parts)
    return Chart(title, "", rows)


@dataclass(frozen=True)
class _Piece:
    figure: Figure
    letter: str
    colour: str
    text_colour: str
    pattern: str


def _stage_pieces(figures: Figures) -> list[_Piece]:
    pieces = []
    for figure in figures.stages:
        stage = Stage(figure.stage)
        text = WHITE if stage == Stage.COMPLETE else BLACK
        pieces.append(_Piece(figure, STAGE_LETTERS[stage], STAGE_COLOURS[stage], text, stage.value))
    return pieces


def _rating_pieces(figures: Figures) -> list[_Piece]:
    return [
        _Piece(figure, figure.rating.letter, figure.rating.colour, figure.rating.text_colour, "")
        if figure.rating
        else _Piece(figure, "–", UNRATED, BLACK, "")
        for figure in figures.ratings
    ]


def _row(label: str, figures: Figures, pieces: list[_Piece], link: Link) -> Row:
    total, start, segments = figures.actions.count, 0, []
    for piece in pieces:
        count = piece.figure.count
        segments.append(
            Segment(
                label=piece.figure.label,
                letter=piece.letter,
                count=count,
                colour=piece.colour,
                text_colour=piece.text_colour,
                pattern=piece.pattern,
                x=_percent(start, total),
                width=_percent(count, total),
                url=link(piece.figure.query),
            )
        )
        start += count
    return Row(label, total, link(figures.actions.query), tuple(segments))


def _percent(count: int, total: int) -> float:
    return round(100 * count / total, 3) if total else 0.0


def _in_words(figures: tuple[Figure, ...]) -> str:
    return ", ".join(f"{figure.count} {figure.label.lower()}" for figure in figures if figure.count) + "."
