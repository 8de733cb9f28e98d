"""A plan as it was understood, beside its file: each value with how it was read, how sure that is, and its cells."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openpyxl.utils import get_column_letter

from recommendations.intake import checking
from recommendations.intake.columns import TableMapping, heads_of
from recommendations.intake.plan_read import (
    ActionRead,
    Due,
    PlanRead,
    RecommendationRead,
    Said,
    Standing,
    Sureness,
)
from recommendations.intake.rows import Kind, Place, Source
from recommendations.models import DuePrecision, Phase, Stage, Timescale

LONGEST_HEADING = 60


@dataclass(frozen=True)
class Spot:
    """One cell of the file: where a person finds it, and what it says."""

    where: str
    text: str


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a value beside how sure it is. `stops` where nothing can be loaded before it is mended."""

    sentence: str
    stops: bool


@dataclass(frozen=True)
class Value:
    """One value of the plan as it would be. `part` names it within its recommendation or action, for mending it.

    `shown` is the value for people, `typed` what somebody would type to say the same. `same` where its only cell says
    exactly this and nothing else. `standing` is there for what the file says of how an action stands.
    """

    part: str
    label: str
    shown: str
    typed: str
    how: str
    sure: Sureness
    spots: tuple[Spot, ...]
    standing: Standing | None = None
    trouble: Trouble | None = None

    @property
    def to_look(self) -> bool:
        """Whether somebody has to look at it before it is loaded."""
        return self.sure == Sureness.UNSURE or self.trouble is not None

    @property
    def typed_words(self) -> bool:
        """Whether it says anything: "none" is what a choice says where nothing was chosen."""
        return self.typed not in ("", "none") or self.standing is not None

    @property
    def same(self) -> bool:
        return len(self.spots) == 1 and self.spots[0].text.split() == self.shown.split()

    @property
    def stage(self) -> Stage | None:
        return Stage(self.standing.stage) if self.standing else None


@dataclass(frozen=True)
class Item:
    """A recommendation, or with a number one of its actions. `to_look` counts the values that somebody has to look at."""

    recommendation: RecommendationRead
    action: ActionRead | None
    to_look: int

    @property
    def name(self) -> str:
        """As people write it: S2, and S2 (1)."""
        return name_of(self.recommendation, self.action)

    @property
    def title(self) -> str:
        return (self.action or self.recommendation).text.value


@dataclass(frozen=True)
class Figures:
    """What a preview says at its top. `stops` counts the values without whose mending nothing can be loaded."""

    recommendations: int
    actions: int
    posts: int
    to_look: int
    stops: int
    unplaced: int


def name_of(recommendation: RecommendationRead, action: ActionRead | None = None) -> str:
    reference = recommendation.reference.value
    return f"{reference} ({action.number.value})" if action else reference


def subject_of(key: str) -> str:
    """Whose value it is: "S2 (1)" of "S2 (1)/due" and of "S2 (1)/standing/1"."""
    return key.partition("/standing/")[0] if "/standing/" in key else key.rpartition("/")[0]


def troubles(plan: PlanRead, ratings: frozenset[str]) -> dict[str, Trouble]:
    """What is wrong with values, by the key under which each is mended. `ratings` are the slugs of the plan's key."""
    found: dict[str, Trouble] = {}
    for looked in checking.looks_like_children(plan):
        words = ", ".join(f"“{each}”" for each in looked.suspicion.found)
        sentence = f"It looks like it is about a child who could be recognised: {words} ({looked.suspicion.looks_like})."
        found[f"{looked.subject}/{looked.part}"] = Trouble(sentence, stops=False)
    for fault in checking.faults(plan, ratings):
        found[fault.key] = Trouble(f"It cannot be loaded like this. {fault.reason}", stops=True)
    return found


def items(plan: PlanRead, wrong: Mapping[str, Trouble]) -> tuple[Item, ...]:
    """Every recommendation, each with its actions after it, in the order of the file."""
    unsure = {f"{subject}/{part}" for subject, part, _ in checking.unsure(plan)}
    counted = Counter(subject_of(key) for key in {*unsure, *wrong})
    return tuple(_items(plan, counted))


def figures(plan: PlanRead, shown: Sequence[Item], wrong: Mapping[str, Trouble]) -> Figures:
    return Figures(
        recommendations=len(plan.recommendations),
        actions=sum(len(recommendation.actions) for recommendation in plan.recommendations),
        posts=len(plan.posts),
        to_look=sum(item.to_look for item in shown),
        stops=sum(each.stops for each in wrong.values()),
        unplaced=len(plan.unplaced),
    )


class Beside:
    """Finds the cells of values, and says where a person finds them in the file."""

    def __init__(
        self, source: Source, mapping: Sequence[TableMapping], wrong: Mapping[str, Trouble] | None = None
    ) -> None:
        self.source, self._wrong = source, wrong or {}
        self._heads = heads_of(source, mapping)

    def values(self, item: Item) -> tuple[Value, ...]:
        """All that is said of a recommendation or an action, in the order in which a plan prints it."""
        read = item.recommendation if item.action is None else item.action
        values = self._of_action(read) if isinstance(read, ActionRead) else self._of_recommendation(read)
        return tuple(replace(value, trouble=self._wrong.get(f"{item.name}/{value.part}")) for value in values)

    def row(self, item: Item) -> tuple[Spot, ...]:
        """Every cell that is not empty of the rows in which a recommendation or an action begins."""
        said = (item.action or item.recommendation).text
        rows = sorted({(place.table, place.row) for place in said.places})
        return tuple(spot for table, row in rows for spot in self._row(table, row))

    def spot(self, place: Place) -> Spot:
        return Spot(self.where(place), self._text(place))

    def where(self, place: Place) -> str:
        """A cell in words: its table if there are several, its row as a person counts it, and its column's heading."""
        table = self.source.tables[place.table]
        number = table.rows[place.row].number
        name = f"{table.name}, " if len(self.source.tables) > 1 else ""
        heading = self.heading(place.table, place.column)
        heads = self._heads.get(place.table)
        under = f", “{heading}”" if heading and heads and place.row not in heads.rows else ""
        match self.source.kind:
            case Kind.EXCEL:
                return f"{name}{get_column_letter(place.column + 1)}{number}{under}"
            case Kind.CSV:
                return f"line {number}{under}"
            case _:
                return f"{name}row {number}{under}"

    def heading(self, table: int, column: int) -> str:
        """What stands over a column; empty where nothing does."""
        heading = self._heads[table].heading(column) if table in self._heads else ""
        return heading if len(heading) <= LONGEST_HEADING else f"{heading[:LONGEST_HEADING].rstrip()}…"

    def _of_recommendation(self, read: RecommendationRead) -> Iterator[Value]:
        yield self._words("reference", "Reference", read.reference)
        yield self._words("theme", "Theme", read.theme)
        yield self._value(
            "timescale",
            "Timescale",
            read.timescale,
            _label(Timescale, read.timescale.value),
            read.timescale.value,
        )
        yield self._words("text", "Recommendation", read.text)
        yield self._words("outcome", "Outcome required", read.outcome)

    def _of_action(self, read: ActionRead) -> Iterator[Value]:
        yield self._words("number", "Number", read.number)
        yield self._words("text", "Action", read.text)
        yield self._value("phase", "Phase", read.phase, _label(Phase, read.phase.value), read.phase.value)
        leads = read.leads.value
        yield self._value("leads", "Lead officers", read.leads, ", then ".join(leads), " / ".join(leads))
        yield self._value("due", "Due", read.due, due_in_words(read.due.value), read.due.value.text)
        for place, said in enumerate(read.standings, 1):
            label = (
                "How it stands"
                if len(read.standings) == 1
                else f"How it stands, {place} of {len(read.standings)}"
            )
            part = "standing" if place == len(read.standings) else f"standing/{place}"
            spots = tuple(self.spot(each) for each in said.places)
            narrative = said.value.narrative
            yield Value(part, label, narrative, narrative, said.how, said.sure, spots, said.value)

    def _words(self, part: str, label: str, said: Said[str]) -> Value:
        return self._value(part, label, said, said.value, said.value)

    def _value(self, part: str, label: str, said: Said[Any], shown: str, typed: str) -> Value:
        return Value(
            part, label, shown, typed, said.how, said.sure, tuple(self.spot(place) for place in said.places)
        )

    def _row(self, table: int, row: int) -> Iterator[Spot]:
        for column, cell in enumerate(self.source.tables[table].rows[row].cells):
            if cell.text:
                yield Spot(self.where(Place(table, row, column)), cell.text)

    def _text(self, place: Place) -> str:
        cells = self.source.tables[place.table].rows[place.row].cells
        return cells[place.column].text if place.column < len(cells) else ""


def due_in_words(due: Due) -> str:
    """A due date for people: its day, or the month or quarter that it ends, or why there is none."""
    if due.on is None:
        return {DuePrecision.ONGOING.value: "Ongoing, without a day"}.get(
            due.precision, "No day yet: to be confirmed"
        )
    match due.precision:
        case DuePrecision.MONTH:
            return f"{due.on:%B %Y}, so by {due.on:%-d %B %Y}"
        case DuePrecision.QUARTER:
            return f"the quarter that ends on {due.on:%-d %B %Y}"
        case _:
            return f"{due.on:%-d %B %Y}"


def _items(plan: PlanRead, to_look: Mapping[str, int]) -> Iterator[Item]:
    for recommendation in plan.recommendations:
        yield Item(recommendation, None, to_look.get(name_of(recommendation), 0))
        for action in recommendation.actions:
            yield Item(recommendation, action, to_look.get(name_of(recommendation, action), 0))


def _label(choices: type[Phase] | type[Timescale], value: str) -> str:
    return str(choices(value).label) if value in choices.values else value
