"""The plan's risks, what is done about them, and for an enclosure what the plan costs."""

from collections.abc import Iterator

from boards import register
from boards.models import Cost, Risk
from boards.register import RiskStanding, Score
from reports.paper import Block, Cell, Column, Heading, Table, day
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.saying import plural, source, words

COMES_FROM = "from the plan’s own list of risks."
NO_RISKS = "No risk had been recorded for the plan on this day."
NOTHING_STATED = "Nothing is stated."
PLAIN = (Column("Risk", 50), Column("What is done about it", 50))
SCORED = (
    Column("Risk", 40),
    Column("What is done about it", 32),
    Column("Before", 14),
    Column("After", 14),
)
IN_FULL = (
    Column("Risk", 16),
    Column("What may happen", 34),
    Column("What is done about it", 26),
    Column("Money for it", 12),
    Column("Known since", 12),
)
IN_FULL_SCORED = (
    Column("Risk", 14),
    Column("What may happen", 26),
    Column("What is done about it", 22),
    Column("Money for it", 8),
    Column("Known since", 10),
    Column("Before", 10),
    Column("After", 10),
)
COSTS = (
    Column("Cost", 36),
    Column("Year", 14),
    Column("As printed", 16, number=True),
    Column("Paid from", 34),
)


def of(asked: Asked) -> tuple[Block, ...]:
    """The risks shortly, for a section."""
    return tuple(_shortly(asked))


def in_full(asked: Asked) -> tuple[Block, ...]:
    """The risks with their scores and money, and the costs."""
    return tuple(_in_full(asked))


def _risks(asked: Asked) -> list[RiskStanding]:
    """Those that were open on the day, as they were scored then."""
    return register.standings(Risk.objects.for_plan(asked.plan).open(on=asked.on), on=asked.on)


def _opening(asked: Asked, risks: list[RiskStanding]) -> Iterator[Block]:
    yield source(asked.on, COMES_FROM)
    if not risks:
        yield words(NO_RISKS)
    elif not any(risk.is_scored for risk in risks):
        yield words("No likelihood and no impact is stated, so none is shown.")
    else:
        yield words("Likelihood and impact run from 1, the least, to 5; before and after what is done.")


def _shortly(asked: Asked) -> Iterator[Block]:
    risks = _risks(asked)
    yield from _opening(asked, risks)
    if risks:
        scored = any(risk.is_scored for risk in risks)
        rows = tuple(_row(risk, scored=scored) for risk in risks)
        yield Table(plural(len(risks), "risk"), SCORED if scored else PLAIN, rows)


def _row(standing: RiskStanding, *, scored: bool) -> tuple[Cell, ...]:
    risk = standing.risk
    told = (
        Cell(_named(risk), risk.description, strong=True),
        Cell(risk.response or NOTHING_STATED),
    )
    return (*told, _score(standing.before), _score(standing.after)) if scored else told


def _named(risk: Risk) -> str:
    return f"{risk.reference} {risk.title}".strip()


def _score(score: Score) -> Cell:
    if not score.is_given:
        return Cell("Not given")
    return Cell(f"Likelihood {_or(score.likelihood)}", f"impact {_or(score.impact)}")


def _or(score: int | None) -> str:
    return "not given" if score is None else str(score)


def _in_full(asked: Asked) -> Iterator[Block]:
    risks = _risks(asked)
    yield from _opening(asked, risks)
    if risks:
        scored = any(risk.is_scored for risk in risks)
        rows = tuple(_whole_row(risk, scored=scored) for risk in risks)
        yield Table(plural(len(risks), "risk"), IN_FULL_SCORED if scored else IN_FULL, rows)
    costs = list(Cost.objects.for_plan(asked.plan).stated_by(on=asked.on).in_order())
    if costs:
        yield Heading("What the plan costs", 3)
        yield Table("Costs and budgets, each figure as it is printed", COSTS, tuple(map(_cost, costs)))


def _whole_row(standing: RiskStanding, *, scored: bool) -> tuple[Cell, ...]:
    risk = standing.risk
    told = (
        Cell(_named(risk), strong=True),
        Cell(risk.description, risk.note),
        Cell(risk.response or NOTHING_STATED),
        Cell(risk.get_funded_display()),
        Cell(day(risk.raised_on)),
    )
    return (*told, _score(standing.before), _score(standing.after)) if scored else told


def _cost(cost: Cost) -> tuple[Cell, ...]:
    return (
        Cell(cost.what, cost.note),
        Cell(cost.year or "No year given"),
        Cell(cost.amount_text or "No figure"),
        Cell(cost.funded_by or "Not stated"),
    )
