"""The progress report to the department while the government intervenes: an improvement notice, a direction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from improvement import duties
from improvement.models import Intervention
from improvement.models.intervention import InterventionQuerySet
from reports.paper import Block, Facts, Heading, Paper, Part, Row, day
from reports.papers.dated import paper
from reports.plan_blocks import Asked, changes, evidence, in_figures, overdue, risks, statutory_clock
from reports.plan_blocks.saying import plural
from reports.plan_blocks.statutory_clock import inspections_of

TITLE = "Progress report to the department"


def fits(asked: Asked) -> bool:
    """Only where the government has stepped in, or is expected to, and has not stepped back."""
    return _interventions(asked).exists()


def of(asked: Asked) -> Paper:
    asked = replace(asked, since=_last_report(asked))
    return paper(
        asked,
        TITLE,
        (
            Part("progress", TITLE, tuple(_blocks(asked))),
            Part("evidence", "Evidence tracker", evidence.of(asked), landscape=True),
        ),
    )


def _interventions(asked: Asked) -> InterventionQuerySet:
    return Intervention.objects.for_plan(asked.plan).known(on=asked.on).not_ended(on=asked.on)


def _last_report(asked: Asked) -> date | None:
    """The day of the last report to the department; before the first, the day on which the intervention began."""
    clocks = duties.clocks(inspections_of(asked), on=asked.on)
    rounds = [standing for clock in clocks for standing in clock.standings if standing.intervention]
    reported = [standing.met_on for standing in rounds if standing.met_on and standing.met_on < asked.on]
    begun = [standing.start for standing in rounds if standing.start and standing.start < asked.on]
    return max(reported, default=max(begun, default=None))


def _blocks(asked: Asked) -> Iterator[Block]:
    for intervention in _interventions(asked).select_related("inspection").in_order():
        yield Heading(f"{intervention.get_kind_display()}, {intervention.by_whom}")
        yield _facts(intervention)
    for heading, told in (
        ("How the plan stands", in_figures.of),
        ("What changed", changes.of),
        ("What is overdue, and why", overdue.of),
        ("Risks", risks.of),
        ("Statutory deadlines", statutory_clock.of),
    ):
        yield Heading(heading)
        yield from told(asked)


def _facts(intervention: Intervention) -> Facts:
    issued = day(intervention.issued_on) if intervention.issued_on else intervention.issued_text
    rows = [Row("Issued", (issued or "Not issued yet",))]
    if intervention.expected and not intervention.issued_on:
        rows.append(Row("Expected", (intervention.expected,)))
    if intervention.inspection:
        rows.append(Row("After", (intervention.inspection.name,)))
    if intervention.expected_months:
        rows.append(Row("Expected to last", (plural(intervention.expected_months, "month"),)))
    if intervention.report_every:
        unit = intervention.get_report_unit_display().removesuffix("s")
        every = unit if intervention.report_every == 1 else plural(intervention.report_every, unit)
        rows.append(Row("Progress is reported", (f"Every {every}",)))
    if intervention.note:
        rows.append(Row("Note", (intervention.note,)))
    return Facts(tuple(rows))
