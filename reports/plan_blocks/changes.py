"""What changed since the last report: shortly, for a section, and every change in full, for an enclosure."""

from collections.abc import Iterator

from improvement.models import Rating
from recommendations import comparison, contents
from recommendations.comparison import Comparison, Difference, Group, Kind
from recommendations.contents import RecommendationContent
from reports.paper import Block, Cell, Column, Heading, Table, day
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.saying import RatingKey, Source, plural, ratings_by_word, words

NOTHING_BEFORE = "No report came before this one, so there is nothing to compare with."
SHORT = (Column("What changed", 24), Column("Actions", 16, number=True), Column("Which", 60))
COLUMNS = {
    Kind.ADDED: (Column("Action", 10), Column("What is to be done", 60), Column("Lead officers", 30)),
    Kind.REWORDED: (
        Column("Action", 10),
        Column("Lead officers", 14),
        Column("It said", 38),
        Column("It says", 38),
    ),
}
OTHERS = (
    Column("Action", 10),
    Column("What is to be done", 46),
    Column("Lead officers", 14),
    Column("It was", 14),
    Column("It is", 16),
)


def of(asked: Asked) -> tuple[Block, ...]:
    """How many actions changed in which way, and which."""
    return tuple(_shortly(asked))


def in_full(asked: Asked) -> tuple[Block, ...]:
    """Every change, from what to what."""
    return tuple(_in_full(asked))


def found(asked: Asked) -> Comparison:
    """What the plan says on the day against what it said at the last report. There must be an earlier day."""
    before = contents.of(asked.plan, on=asked.since or asked.on)
    return comparison.of(before, contents.of(asked.plan, on=asked.on))


def _opening(asked: Asked) -> Iterator[Block]:
    if asked.since is None:
        yield words(NOTHING_BEFORE)
    elif not asked.compares:
        yield words(f"The last report is of {day(asked.since)}, so there is nothing to compare with.")
    else:
        yield Source(
            f"From {day(asked.since)} to {day(asked.on)}, by comparing what the plan says on the two days."
        )


def _shortly(asked: Asked) -> Iterator[Block]:
    yield from _opening(asked)
    if not asked.compares:
        return
    compared = found(asked)
    yield words(f"{compared.headline}.", _recommendations(compared))
    if compared.groups:
        yield table(compared)


def table(compared: Comparison) -> Table:
    rows = tuple(
        (Cell(str(group.kind.label)), Cell(str(len(group.differences))), Cell(_which(group)))
        for group in compared.groups
    )
    return Table("What changed; an action may have changed in several ways", SHORT, rows)


def _which(group: Group) -> str:
    return ", ".join(
        f"{name(one)}: {one.moved_by}" if one.moved_by else name(one) for one in group.differences
    )


def name(difference: Difference) -> str:
    return f"{difference.action.reference} ({difference.action.number})"


def _recommendations(compared: Comparison) -> str:
    """New and former recommendations, in a sentence each."""

    def said(which: tuple[RecommendationContent, ...], what: str) -> str:
        names = ", ".join(one.reference for one in which)
        return f"{plural(len(which), what + ' recommendation')}: {names}." if which else ""

    sentences = (said(compared.new_recommendations, "new"), said(compared.former_recommendations, "former"))
    return " ".join(sentence for sentence in sentences if sentence)


def _in_full(asked: Asked) -> Iterator[Block]:
    yield from _opening(asked)
    if not asked.compares:
        return
    compared = found(asked)
    yield words(f"{compared.headline}.", _recommendations(compared))
    if compared.new_recommendations:
        yield Heading("New recommendations", 3)
        yield _new(compared)
    ratings = ratings_by_word(asked.plan)
    for group in compared.groups:
        yield Heading(f"{group.kind.label}: {len(group.differences)}", 3)
        rows = tuple(_row(one, ratings) for one in group.differences)
        yield Table(_caption(group, asked), COLUMNS.get(group.kind, OTHERS), rows)
        if group.kind == Kind.RERATED:
            yield RatingKey()


def _caption(group: Group, asked: Asked) -> str:
    since = f" since {day(asked.since)}" if asked.since else ""
    return f"{group.kind.label}{since}"


def _new(compared: Comparison) -> Table:
    columns = (Column("Reference", 14), Column("What is recommended", 60), Column("By when", 26))
    rows = tuple(
        (Cell(one.reference, strong=True), Cell(one.text), Cell(one.timescale_words))
        for one in compared.new_recommendations
    )
    return Table("Recommendations that the plan did not have", columns, rows)


def _row(one: Difference, ratings: dict[str, Rating]) -> tuple[Cell, ...]:
    first, leads = Cell(name(one), strong=True), Cell(" / ".join(one.leads))
    if one.kind == Kind.ADDED:
        return (first, Cell(one.action.text), leads)
    if one.kind == Kind.REWORDED:
        return (first, leads, Cell(one.before), Cell(one.after))
    before, after = Cell(one.before), Cell(one.after, one.moved_by)
    if one.kind == Kind.RERATED:
        before, after = _rating(one.before, ratings), _rating(one.after, ratings)
    return (first, Cell(one.action.text), leads, before, after)


def _rating(word: str, ratings: dict[str, Rating]) -> Cell:
    return Cell("", rating=ratings[word]) if word in ratings else Cell(word)
