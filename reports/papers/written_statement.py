"""The written statement of action: what the council will do about each recommendation, who leads it and by when.

It holds no progress: it is what the council undertakes, in the words of the plan on the day.
"""

from collections import defaultdict
from collections.abc import Iterator

from improvement import duties
from recommendations import progress
from recommendations.models import Action, Recommendation, Stage
from recommendations.progress import Standing
from reports.paper import Block, Cell, Column, Facts, Heading, Paper, Part, Row, Table, day
from reports.papers.dated import paper
from reports.plan_blocks import Asked
from reports.plan_blocks.rows import due
from reports.plan_blocks.saying import led_by, plural, reference, source, words
from reports.plan_blocks.statutory_clock import inspections_of
from reports.plan_blocks.whole_plan import provenance

TITLE = "Written statement of action"
STATEMENT = "written-statement"
COMES_FROM = "in the words of the plan on that day."
COLUMNS = (
    Column("Action", 12),
    Column("What will be done", 52),
    Column("Lead officers", 18),
    Column("By when", 18),
)


def of(asked: Asked) -> Paper:
    return paper(asked, TITLE, (Part("statement", TITLE, tuple(_blocks(asked))),))


def _blocks(asked: Asked) -> Iterator[Block]:
    yield source(asked.on, COMES_FROM)
    yield _about(asked)
    found = Recommendation.objects.for_plan(asked.plan).raised_by(on=asked.on).in_order()
    recommendations = list(found.select_related("theme").prefetch_related("organisations"))
    if not recommendations:
        yield words("The plan had no recommendations on this day.")
    answers = _answers(asked)
    theme = None
    for recommendation in recommendations:
        if recommendation.theme_id != theme:
            theme = recommendation.theme_id
            yield Heading(recommendation.theme.name)
        yield from _answer(recommendation, answers[recommendation.pk])


def _about(asked: Asked) -> Facts:
    rows = [
        Row("Council", (asked.plan.council.name,)),
        Row("Plan", (provenance(asked.plan, asked.on),)),
    ]
    for clock in duties.clocks(inspections_of(asked), on=asked.on):
        inspection = clock.inspection
        rows.append(Row("Inspection", (inspection.name, inspection.inspectorates)))
        rows += [
            Row("Statement due", (f"{day(standing.due_on)}, {standing.within}",))
            for standing in clock.standings
            if standing.duty.slug == STATEMENT and standing.due_on
        ]
    return Facts(tuple(rows))


def _answers(asked: Asked) -> dict[int, list[Standing]]:
    """The actions that stand in the plan, by recommendation; what was withdrawn is no undertaking."""
    found = Action.objects.for_plan(asked.plan).as_of(asked.on).in_plan_order()
    answers: dict[int, list[Standing]] = defaultdict(list)
    for standing in progress.standings(found.with_recommendation().with_leads(), on=asked.on):
        if standing.stage != Stage.WITHDRAWN:
            answers[standing.action.recommendation_id].append(standing)
    return answers


def _answer(recommendation: Recommendation, standings: list[Standing]) -> Iterator[Block]:
    yield Heading(f"{recommendation.reference} {recommendation.title}", 3)
    yield words(recommendation.text)
    named = ", ".join(organisation.name for organisation in recommendation.organisations.all())
    facts = [Row("The inspectors want it", (recommendation.get_timescale_display(),))]
    if named:
        facts.append(Row("Addressed to", (named,)))
    if recommendation.outcome:
        facts.append(Row("Outcome required", (recommendation.outcome,)))
    yield Facts(tuple(facts))
    rows = tuple(map(_row, standings))
    caption = f"{recommendation.reference}: {plural(len(rows), 'action')}"
    yield Table(caption, COLUMNS, rows, "No action answers it yet.")


def _row(standing: Standing) -> tuple[Cell, ...]:
    return (reference(standing), Cell(standing.text), led_by(standing), Cell(due(standing)))
