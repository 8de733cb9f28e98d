"""One lead officer's sheet: what the post leads, what is late, and what was last said of it."""

from collections.abc import Iterator
from dataclasses import replace

from improvement.models import LeadOfficer, Plan
from recommendations import progress
from recommendations.models import Action, ActionLead
from recommendations.progress import Figures, Standing
from reports.paper import Block, Cell, Column, Facts, Heading, Paper, Part, Row, Table
from reports.papers.dated import paper
from reports.plan_blocks import Asked
from reports.plan_blocks.saying import (
    RatingKey,
    actions,
    due_cell,
    last_said,
    plural,
    rated,
    reference,
    source,
    words,
)

TITLE = "Lead officer’s sheet"
COMES_FROM = "from the actions that the post leads and what was last said of each."
COLUMNS = (
    Column("Action", 10),
    Column("What is to be done", 30),
    Column("Due", 16),
    Column("Rating and stage", 14),
    Column("What was last said of it", 30),
)


def posts_of(plan: Plan) -> dict[str, LeadOfficer]:
    """The posts that lead or led an action of the plan, by abbreviation, in the order of the alphabet."""
    leads = ActionLead.objects.for_plan(plan).values("lead_officer")
    posts = LeadOfficer.objects.filter(pk__in=leads).select_related("organisation")
    return {post.abbreviation: post for post in sorted(posts, key=lambda post: post.abbreviation.casefold())}


def of(asked: Asked, lead: LeadOfficer) -> Paper:
    part = Part("sheet", lead.abbreviation, tuple(_blocks(asked, lead)), small=True)
    return paper(asked, f"{lead.abbreviation}: {lead.title}", (part,))


def _blocks(asked: Asked, lead: LeadOfficer) -> Iterator[Block]:
    led = Action.objects.for_plan(asked.plan).led_by([lead], on=asked.on)
    figures = progress.of(led, plan=asked.plan, on=asked.on)
    yield source(asked.on, COMES_FROM)
    found = led.as_of(asked.on).longest_overdue_first().with_recommendation().with_leads()
    standings = progress.standings(found, on=asked.on)
    yield _about(lead, standings)
    if not standings:
        yield words("The post led no action on this day.")
        return
    yield words(f"{figures.headline}.", _counts(figures))
    yield from _tables(standings)
    yield RatingKey()


def _counts(figures: Figures) -> str:
    return (
        f"{figures.complete.count} complete, {figures.overdue.count} overdue, "
        f"{figures.due_soon.count} due in the next 30 days, {figures.silent.count} not updated for 30 days."
    )


def _about(lead: LeadOfficer, standings: list[Standing]) -> Facts:
    accountable = sum(standing.leads[0] == lead for standing in standings)
    return Facts(
        (
            Row("Post", (lead.title,)),
            Row("Organisation", (lead.organisation.name,)),
            Row("Accountable for", (actions(accountable),)),
            Row("Supports", (actions(len(standings) - accountable),)),
        )
    )


def _tables(standings: list[Standing]) -> Iterator[Block]:
    for heading, found in (
        ("Overdue", [one for one in standings if one.days_overdue]),
        ("Still to do", [one for one in standings if not one.days_overdue and not one.is_ended]),
        ("Complete or withdrawn", [one for one in standings if one.is_ended]),
    ):
        if found:
            yield Heading(f"{heading}: {len(found)}")
            rows = tuple(map(_row, found))
            yield Table(plural(len(found), "action") + ", the earliest due first", COLUMNS, rows)


def _row(standing: Standing) -> tuple[Cell, ...]:
    others = " / ".join(officer.abbreviation for officer in standing.leads)
    led = f"Led by {others}" if len(standing.leads) > 1 else ""
    return (
        reference(standing),
        Cell(standing.text, led),
        due_cell(standing),
        _stage_and_rating(standing),
        last_said(standing),
    )


def _stage_and_rating(standing: Standing) -> Cell:
    return replace(rated(standing), small=str(standing.stage.label))
