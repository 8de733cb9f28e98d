"""Progress in words and figures: every figure that `progress.py` gives, and beside it how it was at the last report."""

from collections.abc import Iterator

from recommendations import progress
from recommendations.models import Stage
from recommendations.progress import Figure, Figures, Part
from reports.paper import Block, Cell, Column, Table, day
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.saying import (
    NO_ACTIONS,
    NOT_RATED,
    actions,
    counted,
    listed,
    plural,
    source,
    words,
)

COMES_FROM = "counted from what lead officers last said of each action and from its due date."


def of(asked: Asked) -> tuple[Block, ...]:
    return tuple(_blocks(asked))


def _blocks(asked: Asked) -> Iterator[Block]:
    figures = asked.figures
    yield source(asked.on, COMES_FROM)
    if not figures.actions.count:
        yield words(NO_ACTIONS)
        return
    yield in_words(asked)
    yield from tables(asked)


def tables(asked: Asked) -> Iterator[Block]:
    before = progress.of_plan(asked.plan, on=asked.since) if asked.since and asked.compares else None
    yield _how_it_stands(asked, before)
    yield _ratings(asked.figures, before)
    if len(asked.breakdown.themes) > 1:
        yield themes_of(asked.figures, asked.breakdown.themes)


def in_words(asked: Asked) -> Block:
    """The same in sentences."""
    figures = asked.figures
    stages = [f"{figure.count} {figure.label.lower()}" for figure in figures.stages if figure.count]
    return words(
        f"{figures.headline}.",
        f"The plan answers {plural(asked.recommendations, 'recommendation')} with {actions(figures.actions.count)}:",
        f"{listed(stages)}.",
        _still_to_come(figures),
        asked.slippage.sentence,
    )


def _still_to_come(figures: Figures) -> str:
    said = [
        (figures.due_soon.count, "due in the next 30 days"),
        (figures.silent.count, "not updated for 30 days"),
        (figures.undated.count, "without a due date"),
    ]
    found = [f"{count} {words}" for count, words in said if count]
    return f"Of these, {listed(found)}." if found else ""


def _how_it_stands(asked: Asked, before: Figures | None) -> Table:
    caption = f"How the plan stands on {day(asked.on)}"
    columns: tuple[Column, ...] = (Column("What is counted", 60), Column("Actions", 40, number=True))
    if before:
        caption += f", and how it stood on {day(before.on)}"
        columns = (
            Column("What is counted", 46),
            Column(f"{before.on:%-d %b %Y}", 18, number=True),
            Column(f"{asked.on:%-d %b %Y}", 18, number=True),
            Column("Difference", 18, number=True),
        )
    pairs = zip(_counted(asked.figures), _counted(before or asked.figures), strict=True)
    rows = (_row(now, then if before else None) for now, then in pairs if _matters(asked.figures, now, then))
    return Table(caption, columns, tuple(rows))


def _matters(figures: Figures, now: Figure, then: Figure) -> bool:
    """What was none and is none is left out, but for what everybody asks."""
    return bool(now.count or then.count) or now in (figures.actions, figures.complete, figures.overdue)


def _counted(figures: Figures) -> tuple[Figure, ...]:
    return (
        figures.actions,
        *(figures.stage(stage) for stage in Stage),
        figures.should_be_finished,
        figures.overdue,
        figures.due_soon,
        figures.silent,
        figures.undated,
        figures.moved,
        figures.completed_on_time,
        figures.completed_late,
    )


def _row(now: Figure, then: Figure | None, head: Cell | None = None) -> tuple[Cell, ...]:
    first = head or Cell(now.label)
    if then is None:
        return (first, counted(now))
    return (first, Cell(str(then.count)), counted(now), Cell(difference(now.count - then.count)))


def difference(change: int) -> str:
    return f"{change} more" if change > 0 else f"{-change} fewer" if change < 0 else "the same"


def _ratings(figures: Figures, before: Figures | None) -> Table:
    """How the actions are rated; with what each rating means, so that it is the key too."""
    then = {figure.label: figure.count for figure in before.ratings} if before else {}
    rows = []
    for figure in figures.ratings:
        head = Cell("", rating=figure.rating) if figure.rating else Cell(NOT_RATED)
        meaning = figure.rating.meaning if figure.rating else "Nobody has given it a rating."
        earlier = (Cell(str(then[figure.label])),) if before else ()
        rows.append((head, Cell(meaning), *earlier, counted(figure)))
    columns = [Column("Rating", 22), Column("Meaning in this plan", 58), Column("Actions", 20, number=True)]
    if before:
        columns = [
            Column("Rating", 22),
            Column("Meaning in this plan", 46),
            Column(f"{before.on:%-d %b %Y}", 16, number=True),
            Column(f"{figures.on:%-d %b %Y}", 16, number=True),
        ]
    return Table("How the actions are rated", tuple(columns), tuple(rows))


def themes_of(whole: Figures, themes: tuple[Part, ...]) -> Table:
    """Each theme and the whole plan."""
    columns = (
        Column("Theme", 36),
        Column("Actions", 14, number=True),
        Column("Complete", 16, number=True),
        Column("Should be finished", 18, number=True),
        Column("Overdue", 16, number=True),
    )
    told = [(Cell(part.label), part.figures) for part in themes]
    told.append((Cell("Whole plan", strong=True), whole))
    rows = tuple(
        (
            head,
            counted(figures.actions),
            counted(figures.complete),
            counted(figures.should_be_finished),
            counted(figures.overdue),
        )
        for head, figures in told
    )
    return Table("Theme by theme", columns, rows)
